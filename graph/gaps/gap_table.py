"""Gaps as a table for a spreadsheet: the same columns wherever one is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from graph.gaps.models import Gap
from graph.repository.models import Ref, SourceView, Text

#: Columns by name, in the order of an office's 缺口清单.
COLUMNS: Final[dict[str, Text]] = {
    "rank": Text(zh="排名", en="Rank"),
    "chain": Text(zh="产业链", en="Chain"),
    "segment": Text(zh="环节", en="Segment"),
    "place": Text(zh="地区", en="Place"),
    "status": Text(zh="现状", en="Status"),
    "risk": Text(zh="风险", en="Risks"),
    "role": Text(zh="定位", en="Positioning"),
    "action": Text(zh="对策", en="What to do"),
    "rule": Text(zh="规则", en="Rules"),
    "basis": Text(zh="依据", en="Basis"),
    "firms": Text(zh="企业数", en="Firms"),
    "building": Text(zh="在建", en="Projects"),
    "elsewhere": Text(zh="省内是否有", en="Elsewhere in the province"),
    "needed_by": Text(zh="受影响的本地企业或环节", en="Needed here by"),
    "priority": Text(zh="优先级", en="Priority"),
    "parts": Text(zh="分项", en="Parts"),
    "known": Text(zh="已知份额", en="Known share"),
    "candidates": Text(zh="候选数", en="Candidates"),
    "as_of": Text(zh="截至", en="As of"),
    "sources": Text(zh="来源", en="Sources"),
    "segment_id": Text(zh="环节编号", en="Segment id"),
    "id": Text(zh="缺口编号", en="Gap id"),
}


def gap_rows(gaps: Iterable[Gap], cited: Mapping[str, SourceView], lang: str) -> Iterator[list[object]]:
    """Of each gap the cells of ``COLUMNS``; what is not known is ``None`` or an empty text.

    Parameters
    ----------
    cited : sources by id, for their names; one that is not among them is told by its id.
    """
    comma = "、" if lang == "zh" else ", "
    for gap in gaps:
        cell, priority = gap.cell, gap.cell.priority
        bases = [cell.status.basis, *(risk.basis for risk in cell.risks)]
        parts = [] if priority is None else [p for p in priority.parts if p.value is not None]
        sources = dict.fromkeys(s for basis in bases for fact in basis.facts for s in fact.sources)
        cells: dict[str, object] = {
            "rank": gap.rank,
            "chain": cell.chain.caption,
            "segment": cell.segment.caption,
            "place": cell.place.caption,
            "status": cell.status.label.text(lang),
            "risk": comma.join(risk.label.text(lang) for risk in cell.risks),
            "role": cell.role.label.text(lang),
            "action": comma.join(action.label.text(lang) for action in cell.actions),
            "rule": comma.join(dict.fromkeys(basis.rule for basis in bases)),
            "basis": " ".join(basis.because.text(lang) for basis in bases),
            "firms": cell.presence.firms,
            "building": len(cell.building),
            "elsewhere": _captions(comma, (ref for risk in cell.risks for ref in risk.elsewhere)),
            "needed_by": _captions(comma, (ref for risk in cell.risks for ref in risk.needed_by)),
            "priority": None if priority is None or priority.value is None else round(priority.value, 3),
            "parts": comma.join(f"{p.label.text(lang)} {p.value:.2f}×{p.weight:g}" for p in parts),
            "known": None if priority is None else round(priority.known, 3),
            "candidates": gap.candidates_told,
            "as_of": cell.status.basis.as_of,
            "sources": comma.join(cited[s].name if s in cited else s for s in sources),
            "segment_id": cell.segment.id,
            "id": gap.id,
        }
        yield [cells[name] for name in COLUMNS]


def _captions(comma: str, refs: Iterable[Ref]) -> str:
    return comma.join(dict.fromkeys(ref.caption for ref in refs))
