"""The target list and its funnel as text and as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape

from graph.gaps.gap_ids import ends_of
from graph.targets import STATUSES, Funnel, Target
from graph.targets.entry import FIELDS
from lianpu.i18n import LANG, t
from lianpu.out import cell, table

Names = Mapping[str, str]
TARGET_COLUMNS = (
    ("企业", "Firm"), ("环节", "Segment"), ("地区", "Place"), ("状态", "Status"),
    ("责任单位/人", "Responsible"), ("拟落园区", "Park"), ("最近接触", "Last contact"),
    ("下一步", "Next step"), ("时限", "Due"),
    ("合同资金", "Contracted"), ("实际进资", "Arrived"), ("项目", "Project"), ("备注", "Note"),
    ("版本", "Version"), ("标识", "Key"),
)  # fmt: skip
FUNNEL_COLUMNS = (
    ("组", "Group"), ("目标数", "Targets"), *((s.zh, s.en) for v, s in STATUSES.items() if v != "lost"),
    ("流失", "Lost"), ("合同资金（亿元）", "Contracted (亿元)"), ("实际进资（亿元）", "Arrived (亿元)"),
    ("资金未能相加", "Sums not read"),
)  # fmt: skip


def target_rows(targets: Iterable[Target], names: Names) -> Iterable[Sequence[object]]:
    """The rows of ``TARGET_COLUMNS``."""
    for one in targets:
        entry = one.entry
        segment, place = ends_of(entry.gap)
        known = [names.get(i, i) for i in (entry.firm, segment, place)]
        park, project = (names.get(i, i) if i else None for i in (entry.park, entry.project))
        yield (
            *known, _status(entry.status), entry.responsible, park, entry.contacted, entry.next_step,
            entry.due, entry.contracted, entry.arrived, project, entry.note, one.version, one.key,
        )  # fmt: skip


def show_targets(targets: Sequence[Target], names: Names, day: str, out: Console) -> None:
    """The list as a table; what is overdue is said in words."""
    if not targets:
        out.print(
            t(
                "没有招商目标。列入一个：lianpu target 企业 缺口编号；缺口编号见 lianpu gaps",
                "No targets. To enter one: lianpu target FIRM GAP; the ids of gaps come from lianpu gaps",
            )
        )
        return
    names_of = [t(*TARGET_COLUMNS[i]) for i in (0, 1, 2, 3, 4, 7, 8, 14)]
    grid = table("", *names_of)
    for one, row in zip(targets, target_rows(targets, names), strict=True):
        cells = [cell(row[i]) for i in (0, 1, 2, 3, 4, 7, 8, 14)]
        if one.entry.overdue(day):
            cells[6] += f" [red]{t('逾期', 'overdue')}[/]"
        grid.add_row(*cells)
    out.print(grid)


def show_no_hit(total: int, *, overdue_only: bool, out: Console) -> None:
    """Say that of all the targets, ``total``, none fits what was asked for."""
    none = t("没有逾期的", "None is overdue") if overdue_only else t("没有符合条件的", "None fits")
    out.print(none + t(f"（共 {total} 个目标）", f" ({total} target{'s' * (total > 1)} in all)"))


def show_target(one: Target, names: Names, out: Console) -> None:
    """An entry and its history."""
    (row,) = target_rows([one], names)
    for (zh, en), value in zip(TARGET_COLUMNS, row, strict=True):
        if value:
            out.print(f"{t(zh, en)}: {cell(value)}")
    for step in one.history:
        undone = t("（已撤销）", " (undone)") if step.undone else ""
        changed = t("；", "; ").join(
            f"{FIELDS[name][0].text(LANG)} {before or '—'} → {after or '—'}"
            for name, (before, after) in step.changed.items()
        )
        out.print(f"  {step.decision} {escape(step.at[:16])} {escape(step.user)}{undone}: {escape(changed)}")


def funnel_rows(funnel: Funnel) -> Iterable[Sequence[object]]:
    """The rows of ``FUNNEL_COLUMNS``."""
    for row in funnel.rows:
        yield (
            row.group, row.targets, *row.reached.values(), row.lost, row.contracted, row.arrived, row.unread
        )  # fmt: skip


def show_funnel(funnel: Funnel, out: Console) -> None:
    """The funnel as a table; contracted and arrived capital are never added up."""
    if not funnel.rows:
        out.print(t("没有招商目标", "No targets"))
        return
    first, *rest = (t(*c) for c in FUNNEL_COLUMNS)
    grid = table("", first, *(f"#{name}" for name in rest))
    for row in funnel_rows(funnel):
        grid.add_row(*(cell(value) for value in row))
    out.print(grid)


def _status(value: str) -> str:
    return STATUSES[value].text(LANG)
