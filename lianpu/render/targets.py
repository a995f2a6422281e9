"""The target list and its funnel as text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from graph.office_time import office_time
from graph.targets import STATUSES, Funnel, Names, Target
from graph.targets.entry import ENDS, FIELDS, LINKED
from graph.targets.table import COLUMNS, FUNNEL_COLUMNS, funnel_rows, target_rows
from lianpu.i18n import LANG, t
from lianpu.out import cell, table

#: Columns that a screen has room for.
_SHOWN = ("firm", "segment", "place", "status", "responsible", "next_step", "due", "key")


def show_targets(targets: Sequence[Target], names: Names, day: str, out: Console) -> None:
    """The list as a table; what is overdue, or no longer recorded, is said in words."""
    if not targets:
        out.print(
            t(
                "没有招商目标。列入一个：lianpu target 企业 缺口编号；缺口编号见 lianpu gaps",
                "No targets. To enter one: lianpu target FIRM GAP; the ids of gaps come from lianpu gaps",
            )
        )
        return
    grid = table("", *(COLUMNS[name].text(LANG) for name in _SHOWN))
    for one, row in zip(targets, target_rows(targets, names, day, LANG), strict=True):
        known = dict(zip(COLUMNS, row, strict=True))
        cells = {name: cell(known[name]) for name in _SHOWN}
        if known["overdue"]:
            cells["due"] += f" [red]{t('逾期', 'overdue')}[/]"
        gone = names.gone(one)
        for end, i in zip(ENDS, one.ends, strict=True):
            if i in gone:
                cells[end] += f" [yellow]{t('已不在案', 'no longer recorded')}[/]"
        grid.add_row(*cells.values())
    out.print(grid)


def show_no_hit(total: int, *, overdue_only: bool, out: Console) -> None:
    """Say that of all the targets, ``total``, none fits what was asked for."""
    none = t("没有逾期的", "None is overdue") if overdue_only else t("没有符合条件的", "None fits")
    out.print(none + t(f"（共 {total} 个目标）", f" ({total} target{'s' * (total > 1)} in all)"))


def show_target(one: Target, names: Names, day: str, out: Console) -> None:
    """An entry and its history."""
    (row,) = target_rows([one], names, day, LANG)
    for label, value in zip(COLUMNS.values(), row, strict=True):
        if value:
            out.print(f"{label.text(LANG)}: {cell(value)}")
    for step in one.history:
        undone = t("（已撤销）", " (undone)") if step.undone else ""
        by = t(f"（自报经办人：{step.by}）", f" (handled by, as stated: {step.by})") if step.by else ""
        changed = t("；", "; ").join(
            f"{FIELDS[name][0].text(LANG)} {_value(name, before, names)} → {_value(name, after, names)}"
            for name, (before, after) in step.changed.items()
        )
        why = f" {t('说明：', 'reason: ')}{step.reason}" if step.reason else ""
        who = f"{office_time(step.at)} {step.user}{by}"
        out.print(f"  {step.decision} {escape(who)}{undone}: {escape(changed)}{escape(why)}")


def show_funnel(funnel: Funnel, out: Console) -> None:
    """The funnel as a table; contracted and arrived capital are never added up."""
    if not funnel.rows:
        out.print(t("没有招商目标", "No targets"))
        return
    first, *rest = (column.text(LANG) for column in FUNNEL_COLUMNS)
    grid = table("", first, *(f"#{name}" for name in rest))
    for row in funnel_rows(funnel):
        grid.add_row(*(cell(value) for value in row))
    out.print(grid)


def _value(name: str, value: str | None, names: Names) -> str:
    if value is None:
        return "—"
    if name == "status":
        return STATUSES[value].text(LANG)
    return names.caption(value) if name in LINKED else value
