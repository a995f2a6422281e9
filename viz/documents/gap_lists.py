"""缺口清单: the verdicts that make a gap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from graph.gaps.list_lines import newest
from graph.gaps.models import Basis, FactRef, Gap, Priority
from viz.documents.content import Content, Numbers, Surroundings, facts_of, sources_of
from viz.documents.lists import lines, names
from viz.documents.sheet import TAIL, Column, Line, Sheet, Value

_GAPS: Final = (
    Column("排名", 5, "short"),
    Column("环节", 12),
    Column("上级环节", 11),
    Column("现状", 7, "short"),
    Column("风险", 8, "short"),
    Column("定位", 7, "short"),
    Column("对策", 7, "short"),
    Column("规则", 11),
    Column("依据", 34, "long"),
    Column("省内是否有", 13),
    Column("受影响的本地企业", 18),
    Column("优先级(分项,已知份额)", 17),
    Column("候选数", 6, "short"),
)
#: What it means that there is none.
NO_GAP: Final = (
    "没有可据以判定的缺口：没有来源说本地哪个环节缺失或薄弱，也没有有效的覆盖声明。这不说明没有缺口"
)


def gap_sheet(content: Content, numbers: Numbers) -> Sheet:
    """缺口清单: every gap with its rules and what they rest on, in the order of the answer."""
    captions = {cell.segment.id: cell.segment.caption for cell in content.panorama.cells}
    made = [
        verdict_line(numbers, _gap(gap, captions, content.around.get(gap.id, Surroundings())), facts_of(gap))
        for gap in content.gaps.items
    ]
    note = "每个缺口都有规则和依据；没有记录不算“缺”，见《待核实与未知清单》。排名先看定位，再看优先级"
    total = content.gaps.total if content.gaps.total > len(made) else None
    return Sheet("缺口清单", (*_GAPS, *TAIL), made, note, NO_GAP, total)


def _gap(gap: Gap, captions: dict[str, str], around: Surroundings) -> list[Value]:
    cell = gap.cell
    bases = [cell.status.basis, *(risk.basis for risk in cell.risks)]
    return [
        gap.rank,
        cell.segment.caption,
        "、".join(captions.get(parent, parent) for parent in cell.parents) or None,
        cell.status.label.zh + ("（有冲突）" if cell.status.conflict else ""),
        lines(risk.label.zh for risk in cell.risks),
        cell.role.label.zh,
        lines(action.label.zh for action in cell.actions),
        lines(dict.fromkeys(f"{basis.rule_name.zh}（{basis.rule}）" for basis in bases)),
        lines(dict.fromkeys(map(because, bases))),
        elsewhere(around),
        names(around.affected),
        None if cell.priority is None else priority(cell.priority),
        gap.candidates_told,
    ]


def because(basis: Basis) -> str:
    """The sentence of a verdict, and what its facts say (two of them at most)."""
    said = "；".join(dict.fromkeys(fact.says.zh for fact in basis.facts[:2]))
    return f"{basis.because.zh}。依据：{said}" if said and said not in basis.because.zh else basis.because.zh


def elsewhere(around: Surroundings) -> str:
    """Whether another city of the province has it, as far as is recorded."""
    return f"有：{names(around.elsewhere)}" if around.elsewhere else "未见记录"


def priority(given: Priority) -> str:
    """Value, parts, and the known share of the weights."""
    value = "未知" if given.value is None else f"{given.value:.2f}"
    parts = "、".join(
        f"{part.label.zh} {'未知' if part.value is None else f'{part.value:.2f}'}" for part in given.parts
    )
    return f"{value}（{parts}；已知 {given.known:.0%}）"


def verdict_line(numbers: Numbers, values: Iterable[Value], facts: Iterable[FactRef]) -> Line:
    """A verdict's line: as of the newest of its facts, with the sources of all of them."""
    known = list(facts)
    used = numbers.of(sources_of(known))
    mark = numbers.mark(used) if known else None
    return Line((*values, newest(fact.date for fact in known), mark), used)
