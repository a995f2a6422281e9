"""A panorama, gaps and a worklist as text and as rows of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from graph.gaps.models import Basis, Cell, FactRef, Gap, GapList, Panorama, Status, StatusVerdict, Worklist
from graph.gaps.signs import STATUS_SIGNS
from graph.gaps.words import STATUS_LABELS
from graph.repository import Text
from lianpu.i18n import LANG, t
from lianpu.out import cell, table
from lianpu.render.gap_rows import POSITIONS
from lianpu.render.words import heading, joined, mark, named, text

#: A colour for each status; never the only sign.
_COLOURS: dict[Status, str] = {
    "strong": "green",
    "weak": "yellow",
    "missing": "red",
    "recorded": "cyan",
    "unknown": "dim",
    "partly_unknown": "dim",
}
#: Facts shown under a verdict.
_FACTS = 5

#: Columns of the table on a terminal, those of numbers right-aligned.
GAP_TABLE = (
    ("名次", "Rank"), ("环节", "Segment"), ("现状", "Status"), ("风险", "Risks"), ("定位", "Role"),
    ("对策", "Actions"), ("优先级", "Priority"), ("编号", "Id"),
)  # fmt: skip
_NUMBERS = ("名次", "优先级")


def show_panorama(answer: Panorama, out: Console) -> None:
    """Every segment of the chain in the place, by position, with its verdict and who is there."""
    out.print(f"[bold]{named(answer.chain)} · {named(answer.place)}[/]  {as_of(answer.as_of)}")
    counts = (f"{signed(status)} {count}" for status, count in answer.counts.items() if count)
    out.print(joined(counts, "   ") or t("这条链没有环节", "This chain has no segments"))
    children: defaultdict[str, list[Cell]] = defaultdict(list)
    ids = {one.segment.id for one in answer.cells}
    for one in answer.cells:
        above = next((parent for parent in one.parents if parent in ids), "")
        children[above].append(one)
    for position, words in POSITIONS.items():
        tops = [one for one in children[""] if (one.position or "") == position]
        if tops:
            out.print(heading(t(*words)))
        for top in tops:
            _branch(top, children, out, 1)
    _wide(answer, out)
    _below(answer, out)
    for finding in answer.findings:
        out.print(f"[bold]{text(finding.rule_name)}[/]: {text(finding.says)}")
    show_notes(answer.notes, out)
    if answer.cells:
        out.print(f"[dim]{_legend()}[/]")


def show_gaps(answer: GapList, out: Console) -> None:
    """The gaps as a table, then what is behind each."""
    where = joined((named(answer.chain) if answer.chain else "", named(answer.place)), " · ")
    out.print(f"[bold]{where}[/]  {as_of(answer.as_of)}")
    if not answer.items:
        out.print(
            t(
                "没有缺失、薄弱或有风险的环节有据可查。没有据不等于没有缺口：lianpu worklist 列出该去问的",
                "No link is known to be missing, weak or at risk. That is not the same as none: "
                "lianpu worklist lists what to ask",
            )
        )
    else:
        grid = table("", *("#" * (zh in _NUMBERS) + t(zh, en) for zh, en in GAP_TABLE))
        for gap in answer.items:
            one = gap.cell
            grid.add_row(
                str(gap.rank), cell(one.segment.caption), signed(one.status.value), _risks(one),
                text(one.role.label), _actions(one), cell(priority(gap)), cell(gap.id),
            )  # fmt: skip
        out.print(grid)
        if answer.total > len(answer.items):
            out.print(t(f"共 {answer.total} 条，--limit 可多列", f"{answer.total} in all: see --limit"))
    show_notes(answer.notes, out)


def show_gap(gap: Gap, out: Console) -> None:
    """One gap with all that its verdicts rest on."""
    one = gap.cell
    out.print(f"[bold]{named(one.segment)} · {named(one.place)}[/]  {as_of(one.status.basis.as_of)}")
    out.print(f"{t('现状', 'Status')}: {signed(one.status.value)}")
    show_basis(one.status.basis, out)
    for risk in one.risks:
        out.print(f"{t('风险', 'Risk')}: {text(risk.label)}")
        show_basis(risk.basis, out)
    out.print(f"{t('定位', 'Role')}: {text(one.role.label)}")
    show_basis(one.role.basis, out)
    for action in one.actions:
        out.print(f"{t('对策', 'Action')}: {text(action.label)} — {text(action.basis.because)}")
    for project in one.building:
        stale = t("（状态待更新）", " (status wants an update)") if project.stale else ""
        told = joined((text(project.status_label), escape(project.status_date or "")))
        out.print(f"{t('项目', 'Project')}: {named(project.project)} {told}{stale}")
    for who in one.presence.who:
        out.print(f"{t('企业', 'Firm')}: {named(who)}")
    if one.priority is not None:
        out.print(f"{t('优先级', 'Priority')}: {priority(gap)}")
        for part in one.priority.parts:
            value = t("未知", "unknown") if part.value is None else f"{part.value:.2f}"
            out.print(f"  {text(part.label)} {value} × {part.weight:g} — {text(part.because)}")


def show_worklist(answer: Worklist, out: Console) -> None:
    """What to ask whom."""
    where = joined((named(answer.chain) if answer.chain else "", named(answer.place)), " · ")
    out.print(f"[bold]{where}[/]  {as_of(answer.as_of)}")
    if not answer.items:
        out.print(
            t(
                "没有要核实的：这里没有主攻的链，也没有在产企业必需而未知的环节",
                "Nothing to ask: no chain is a main one here, and nobody here needs a link that is unknown",
            )
        )
        return
    grid = table("", t("环节", "Segment"), t("现状", "Status"), t("为什么", "Why"), t("问什么", "Ask"),
                 t("问谁", "Whom"))  # fmt: skip
    for task in answer.items:
        status = signed(task.status.value)
        grid.add_row(cell(task.segment.caption), status, text(task.reason), text(task.ask), text(task.whom))
    out.print(grid)
    if answer.total > len(answer.items):
        out.print(t(f"共 {answer.total} 条，--limit 可多列", f"{answer.total} in all: see --limit"))


def show_basis(basis: Basis, out: Console) -> None:
    """Rule, thresholds, facts and what would change a verdict, indented."""
    rule = f"{text(basis.rule_name)} [dim]{escape(basis.rule)}[/]"
    out.print(f"  {text(basis.because)}  ({rule})")
    for fact in basis.facts[:_FACTS]:
        out.print(f"    · {fact_line(fact)}")
    if basis.fact_count > _FACTS:
        out.print(f"    [dim]… {t(f'共 {basis.fact_count} 条事实', f'{basis.fact_count} facts')}[/]")
    if basis.would_change is not None:
        out.print(f"    [dim]{t('什么会改变它', 'What would change it')}: {text(basis.would_change)}[/]")


def fact_line(fact: FactRef) -> str:
    """A fact with its date, standing, grade and sources."""
    date = f" {escape(fact.date)}" if fact.date else ""
    sources = escape(" ".join(fact.sources)) or rf"\[{t('无来源', 'no source')}]"
    return f"{text(fact.says)}{date}{mark(fact.standing, fact.grade)} [dim]{sources}[/]"


def signed(status: Status) -> str:
    """The status as a coloured letter and its word."""
    colour = _COLOURS[status]
    sign, word = STATUS_SIGNS[status].text(LANG), STATUS_LABELS[status].text(LANG)
    return f"[{colour}]{word}[/]" if sign == word else f"[{colour}]{sign}[/] {word}"


def priority(gap: Gap) -> str:
    """``0.62 (known 85%)``; empty where nothing of it is known."""
    known = gap.cell.priority
    if known is None:
        return ""
    if known.value is None:
        return t(f"已知太少（{known.known:.0%}）", f"too little known ({known.known:.0%})")
    return f"{known.value:.2f} ({t('已知', 'known')} {known.known:.0%})"


def _branch(one: Cell, children: dict[str, list[Cell]], out: Console, depth: int) -> None:
    indent = "  " * depth
    who = t(f"{one.presence.firms} 家", f"{one.presence.firms} firms") if one.presence.firms else ""
    split = _split(one.status)
    parts = (signed(one.status.value), split, who, _risks(one), _building(one))
    out.print(f"{indent}{named(one.segment)}  {joined(parts, '  ')}")
    for below in children.get(one.segment.id, []):
        _branch(below, children, out, depth + 1)


def _split(status: StatusVerdict) -> str:
    if not status.split:
        return ""
    counts = (f"{STATUS_SIGNS[value].text(LANG)}{count}" for value, count in status.split.items() if count)
    return f"[dim]({' '.join(counts)})[/]"


def _building(one: Cell) -> str:
    count = len(one.building)
    return t(f"项目 {count}", f"{count} projects") if count else ""


def _wide(answer: Panorama, out: Console) -> None:
    """What is said of the chain as a whole: all of the place itself, of others how many."""
    if not answer.chain_wide:
        return
    out.print(heading(t("对整条链的说法（不参与判断）", "Said of the chain as a whole (decides no verdict)")))
    for said in answer.chain_wide:
        if said.reach == "here":
            out.print(f"  · {fact_line(said)}")
    counts = answer.chain_wide_counts
    around, below = counts.get("around", 0), counts.get("below", 0)
    others = [t(f"上级地区的 {around} 条", f"{around} about a wider place")] if around else []
    others += [t(f"下级地区的 {below} 条", f"{below} about places within")] if below else []
    if others:
        see = t("见网页或 --json", "see the page or --json")
        out.print(f"  [dim]{joined(others, t('，', ', '))}: {see}[/]")


def _below(answer: Panorama, out: Console) -> None:
    if not answer.below:
        return
    out.print(heading(t("下级地区", "Places below")))
    for count in answer.below:
        place = named(count.place) if count.place else t("未落到下级", "not recorded for a place below")
        sites, firms = count.sites, count.firms
        out.print(f"  {place}: " + t(f"{sites} 个基地，{firms} 家企业", f"{sites} sites, {firms} firms"))


def show_notes(notes: Sequence[Text], out: Console) -> None:
    """What an answer cannot know."""
    for note in notes:
        out.print(f"[dim]{t('说明', 'Note')}: {text(note)}[/]")


def as_of(day: str) -> str:
    """The day of an answer."""
    return f"[dim]{t('截至', 'as of')} {escape(day)}[/]"


def _legend() -> str:
    """What the letters of a panorama stand for."""
    told = t("；", "; ").join(
        f"{sign.text(LANG)}={STATUS_LABELS[status].text(LANG)}" for status, sign in STATUS_SIGNS.items()
    )
    return told + t("（未知不等于没有）", " (unknown is not the same as none)")


def _risks(one: Cell) -> str:
    return joined((f"[red]{text(risk.label)}[/]" for risk in one.risks), " ")


def _actions(one: Cell) -> str:
    return joined((text(action.label) for action in one.actions), " ")
