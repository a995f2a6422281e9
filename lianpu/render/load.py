"""What a planned load says on the terminal: changes, faults, who is known already, what to look at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from graph.truth import Merge
from ingest.faults import in_order
from ingest.grid import GridNote
from ingest.inputs import Input
from ingest.load import LoadPlan
from ingest.notices import Notice
from lianpu.changing import show_changes
from lianpu.i18n import LANG, t
from lianpu.names import both
from lianpu.out import MOST_FAULTS, cell, console, more_faults, table

#: Merges, questions and notes shown.
_MOST = 10
#: The kind of note that a person has to look at: two rows are taken as one.
_URGENT = "same-name"

#: Kind of notice → what a person can do about it.
_NEXT = {
    "possible-duplicate": (
        "可能重复：是同一个，就在表里加一列「编号」，填「现有」的编号；不是就不用管",
        "possibly a duplicate: if it is the same, add a column “id” with the known id; else leave it",
    ),
    "contradicts-itself": (
        "两行说法不同：两行的说法都记下，只有一个会显示；请改成一致",
        "two rows differ: both are kept, one is shown; make them agree",
    ),
    "coverage-old": (
        "覆盖声明的截至太早：重新查全后改截至，再载入；天数见规则 coverage 的 coverage_days",
        "a coverage declared too long ago: look anew, then date it anew (the rule's coverage_days)",
    ),
    "coverage-idle": (
        "覆盖声明要写明是否查全和截至（不晚于今天）才起作用；没有核实的行可以删去",
        "a coverage counts once it says whether the list is complete, and as of when (not later than today)",
    ),
    "replaces": (
        "要与原来的并存，载入时用 --as 另起名字",
        "to keep both, load it under another name with --as",
    ),
}


def show_load(plan: LoadPlan, marked: Path | None = None) -> None:
    """All that a person should know before the load; ``marked``: the copy in which the faults are marked."""
    rows = t(f"读了 {plan.staged.rows} 行", f"{plan.staged.rows} rows read")
    title = f"{plan.input.title}: {rows}"
    if plan.refused:
        console().print(cell(title))
    else:
        show_changes(plan.changes, title)
    show_faults(plan, marked)
    _show_identified(plan)
    _show_notices(plan.notices)
    for note in _urgent_first(plan.staged.notes)[:_MOST]:
        style = "yellow" if note.kind == _URGENT else "dim"
        console().print(f"[{style}]{cell(note.text(LANG))}[/]")
    if (more := len(plan.staged.notes) - _MOST) > 0:
        console().print(f"[dim]{t(f'另有 {more} 条说明', f'{more} more note' + 's' * (more > 1))}[/]")
    if plan.ignored:
        names = t("、", ", ").join(plan.ignored)
        told = t(
            f"没有读这些文件（文件夹里只读 .csv；工作簿请直接给出文件）：{names}",
            f"Not read (of a folder only .csv is; name a workbook itself): {names}",
        )
        console().print(f"[yellow]{t('注意', 'Note')}[/]: {cell(told)}")


def _urgent_first(notes: list[GridNote]) -> list[GridNote]:
    return sorted(notes, key=lambda note: note.kind != _URGENT)


def show_faults(plan: LoadPlan, marked: Path | None = None) -> None:
    """The faults, the first twenty of them, table by table, and what can be done about them."""
    last = ""
    for fault in in_order(plan.faults)[:MOST_FAULTS]:
        if fault.table(LANG) != last:
            last = fault.table(LANG)
            console().print(last, style="bold", markup=False)
        console().print(f"  {fault.inside(LANG)}", markup=False)
    count = plan.staged.fault_count
    for line in more_faults(count):
        console().print(line)
    if not count:
        return
    text = _left_out(count, plan) if plan.partial else _next_step(count, plan.input, marked)
    console().print(f"[yellow]{t('注意', 'Note')}[/]: {cell(text)}")


def _left_out(count: int, plan: LoadPlan) -> str:
    """What is left out of a load that leaves faults out; or that nothing is left."""
    if not plan.scratch.count:
        return t(
            f"一条也没有载入：有 {count} 处错，有错的行、有不认识的列名的表（整张）不载入，没有剩下的",
            f"Nothing at all is loaded: {count} fault(s), and rows with faults and whole tables with unknown "
            "headings are left out, which leaves none; mend them first",
        )
    return t(
        f"有 {count} 处错：有错的行、有不认识的列名的表（整张）不载入，其余载入",
        f"{count} fault(s): rows with faults and whole tables with unknown headings are left out, "
        "the others loaded",
    )


def _next_step(count: int, source: Input, marked: Path | None) -> str:
    """What to do about faults that keep a table from being loaded."""
    check, load = source.call("check"), source.call("load")
    if marked is not None:
        return t(
            f"{count} 处有误，都标在 {marked} 里（第一张表是清单）。改您自己的表，改好再检查一次：{check}",
            f"{count} fault(s), all marked in {marked} (a list comes first). Mend your own table, "
            f"then check it again: {check}",
        )
    return t(
        f"{count} 处有误，什么也没有载入。标在表的副本上看：{check} --report 标错.xlsx；"
        f"只载入没有错的行：{load} --accept-partial（有不认识的列名的表整张不载入）",
        f"{count} fault(s), nothing is loaded. To see them in a copy of the table: {check} "
        f"--report marked.xlsx; to load only the rows without faults: {load} --accept-partial "
        "(a table with an unknown heading is left out whole)",
    )


def _show_identified(plan: LoadPlan) -> None:
    firms = [m for m in plan.merges if m.retire.startswith("firm/")]
    count = len(firms)
    head = t(f"{count} 家是已有的企业，合为一家：", f"{count} firm(s) are known and become one:")
    _show_merged(head, firms, plan.names)
    count = len(plan.answered)
    head = t(
        f"{count} 家按您的回答合并（不对就 lianpu split 编号）：",
        f"{count} firm(s) merged by your answers (where that is wrong: lianpu split ID):",
    )
    _show_merged(head, plan.answered, plan.names, said=True)
    if plan.questions:
        match = plan.input.call("match")
        told = t(
            f"{len(plan.questions)} 家可能已有，没有回答就当作新的；回答：{match}",
            f"{len(plan.questions)} firm(s) may be known; taken as new until you answer: {match}",
        )
        console().print(cell(told))
        for question in plan.questions[:_MOST]:
            best = question.candidates[0]
            asked = question.firm.props.get("name", question.firm.key)
            other = question.names.get(best.id, best.id)
            console().print(f"  {cell(asked)} ≈ {cell(other)} {cell(best.id)}  {best.score:.0%}")
        _more(len(plan.questions))
    if plan.not_asked:
        console().print(
            t(
                f"企业太多（{plan.not_asked}），没有逐家与已有的比对",
                f"Too many firms ({plan.not_asked}) to compare each with the known ones",
            )
        )


def _show_merged(head: str, firms: list[Merge], names: Mapping[str, str], *, said: bool = False) -> None:
    """Firms that become one with known ones, under a heading; ``said``: by answers, then without reasons."""
    if not firms:
        return
    console().print(head)
    for merge in firms[:_MOST]:
        name = both(merge.retire, names) if said else names.get(merge.retire, merge.retire)
        why = "" if said else f"  [dim]{cell(merge.reason.split('；')[0])}[/]"
        console().print(f"  {cell(name)} = {cell(both(merge.keep, names))}{why}")
    _more(len(firms))


def _more(count: int) -> None:
    if count > _MOST:
        console().print(t(f"  ……共 {count} 家", f"  … {count} in all"))


def _show_notices(notices: list[Notice]) -> None:
    if not notices:
        return
    grid = table(
        t("请注意", "Please note"),
        t("何事", "What"),
        t("哪里", "Where"),
        t("条目", "Entry"),
        t("哪一项", "Property"),
        t("表里", "The table"),
        t("现有", "Known"),
    )
    for one in notices[:MOST_FAULTS]:
        where = f"{one.file}:{one.row}" if one.file else ""
        entry = one.caption if one.caption == one.key or "→" in one.caption else f"{one.caption} {one.key}"
        cells = (one.says(LANG), where, entry, one.what(LANG), one.found, one.known)
        grid.add_row(*(cell(value) for value in cells))
    console().print(grid)
    for line in more_faults(len(notices)):
        console().print(line)
    kinds = {one.kind for one in notices}
    for kind, told in _NEXT.items():
        if kind in kinds:
            console().print(f"  {cell(t(*told))}")
