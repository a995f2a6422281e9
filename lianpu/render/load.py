"""What a planned load says on the terminal: changes, faults, who is known already, what to look at."""

from __future__ import annotations

from ingest.load import LoadPlan
from ingest.notices import Notice
from lianpu.changing import show_changes
from lianpu.i18n import LANG, t
from lianpu.out import MOST_FAULTS, cell, console, more_faults, table

#: Merges, questions and notes shown.
_MOST = 10


def show_load(plan: LoadPlan) -> None:
    """All that a person should know before the load."""
    rows = t(f"读了 {plan.staged.rows} 行", f"{plan.staged.rows} rows read")
    title = f"{plan.input.title}: {rows}"
    if plan.refused:
        console().print(cell(title))
    else:
        show_changes(plan.changes, title)
    show_faults(plan)
    _show_identified(plan)
    _show_notices(plan.notices)
    for note in plan.staged.notes[:_MOST]:
        console().print(f"[dim]{cell(note.text(LANG))}[/]")
    if (more := len(plan.staged.notes) - _MOST) > 0:
        console().print(f"[dim]… {more}[/]")
    if plan.ignored:
        names = t("、", ", ").join(plan.ignored)
        told = t(
            f"没有读这些文件（文件夹里只读 .csv；工作簿请直接给出文件）：{names}",
            f"Not read (of a folder only .csv is; name a workbook itself): {names}",
        )
        console().print(f"[yellow]{t('注意', 'Note')}[/]: {cell(told)}")


def show_faults(plan: LoadPlan) -> None:
    """The faults, the first twenty of them, and what can be done about them."""
    for fault in plan.faults[:MOST_FAULTS]:
        console().print(fault.text(LANG), markup=False)
    count = plan.staged.fault_count
    for line in more_faults(count):
        console().print(line)
    if not count:
        return
    if plan.partial:
        told = t(f"{count} 处有误的行没有载入，其余载入", f"Rows with faults ({count}) are left out")
    else:
        told = t(
            f"{count} 处有误。改正后再来：lianpu check PATH --report 标错.xlsx 会把错处标在表上；"
            "只载入没有错的行：--accept-partial",
            f"{count} fault(s). Mend them: lianpu check PATH --report marked.xlsx marks them in a copy; "
            "to load only the rows without faults: --accept-partial",
        )
    console().print(f"[yellow]{t('注意', 'Note')}[/]: {told}")


def _show_identified(plan: LoadPlan) -> None:
    firms = [m for m in plan.merges if m.retire.startswith("firm/")]
    if firms:
        told = t(
            f"{len(firms)} 家是已有的企业，合为一家：", f"{len(firms)} firm(s) are known and become one:"
        )
        console().print(told)
        for merge in firms[:_MOST]:
            console().print(f"  {cell(merge.retire)} = {cell(merge.keep)}  [dim]{cell(merge.reason)}[/]")
    if plan.questions:
        told = t(
            f"{len(plan.questions)} 家可能已有，先当作新的；用 lianpu match 逐家回答：",
            f"{len(plan.questions)} firm(s) may be known; taken as new until you answer with lianpu match:",
        )
        console().print(told)
        for question in plan.questions[:_MOST]:
            best = question.candidates[0]
            name = question.firm.props.get("name", question.firm.key)
            other = question.names.get(best.id, best.id)
            console().print(f"  {cell(name)} ≈ {cell(other)} {cell(best.id)}  {best.score:.0%}")
    if plan.not_asked:
        console().print(
            t(
                f"企业太多（{plan.not_asked}），没有逐家与已有的比对",
                f"Too many firms ({plan.not_asked}) to compare each with the known ones",
            )
        )


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
