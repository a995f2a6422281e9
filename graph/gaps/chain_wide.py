"""Statements 表述 about a chain as a whole in a place: of no segment, so they stand beside the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from graph.gaps.facts import Remark
from graph.gaps.index import Index
from graph.gaps.models import ChainWide, Reach
from graph.gaps.said import areas_of, is_filling
from graph.gaps.words import fact_ref, strongest
from graph.repository.models import Text

#: Statements that are shown.
MOST_WIDE: Final = 50
_REACHES: Final[tuple[Reach, ...]] = ("here", "around", "below")


def chain_wide(index: Index, chain: str, place: str) -> tuple[list[ChainWide], dict[Reach, int]]:
    """What is said of ``chain`` as a whole in ``place``, then in what lies around it and in what lies in it.

    They decide no verdict. At most ``MOST_WIDE``, the best of each reach first; and how many each has.
    """
    found: dict[Reach, list[Remark]] = {reach: [] for reach in _REACHES}
    around = set(index.around(place))
    for remark in index.facts.remarks:
        if chain in remark.chains and not remark.segments:
            reach = _reach(index, remark, place, around)
            if reach is not None:
                found[reach].append(remark)
    best = [(reach, remark) for reach, remarks in found.items() for remark in strongest(remarks)]
    shown = [_told(index, remark, reach) for reach, remark in best[:MOST_WIDE]]
    return shown, {reach: len(remarks) for reach, remarks in found.items() if remarks}


def cut_notes(shown: Sequence[ChainWide], counts: Mapping[Reach, int]) -> list[Text]:
    """That not all statements about the whole chain are shown, where that is so."""
    total = sum(counts.values())
    if total <= len(shown):
        return []
    return [
        Text(
            zh=f"对整条链的说法共 {total} 条，只列前 {len(shown)} 条：先本地的，再上级地区的，再下级地区的",
            en=f"{total} statements speak of the chain as a whole; the first {len(shown)} are shown: those "
            "of this place, then of wider places, then of places within",
        )
    ]


def _told(index: Index, remark: Remark, reach: Reach) -> ChainWide:
    return ChainWide(
        **fact_ref(index, remark).model_dump(),
        reach=reach,
        strength=remark.kind == "strength",
        gap_kind=remark.gap_kind,
        subject_kind=remark.subject_kind,
        filled=is_filling(remark, index.day),
    )


def _reach(index: Index, remark: Remark, place: str, around: set[str]) -> Reach | None:
    """Whether it speaks of the place itself, one around it or one in it; ``None`` for one elsewhere."""
    areas = areas_of(remark)
    if place in areas:
        return "here"
    if not around.isdisjoint(areas):
        return "around"
    return "below" if any(place in index.around(area) for area in areas) else None
