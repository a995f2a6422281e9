"""Statements 表述 about a chain as a whole in a place: of no segment, so they stand beside the cells."""

from __future__ import annotations

from typing import Final

from graph.gaps.facts import Remark
from graph.gaps.index import Index
from graph.gaps.models import ChainWide, Reach
from graph.gaps.said import areas_of
from graph.gaps.words import fact_ref, strongest

#: Statements that are shown.
MOST_WIDE: Final = 50
_REACHES: Final[tuple[Reach, ...]] = ("here", "around", "below")


def chain_wide(index: Index, chain: str, place: str) -> list[ChainWide]:
    """What is said of ``chain`` as a whole in ``place``, then in what lies around it and in what lies in it.

    They decide no verdict. At most ``MOST_WIDE``, of each reach the best first.
    """
    found: dict[Reach, list[Remark]] = {reach: [] for reach in _REACHES}
    around = set(index.around(place))
    for remark in index.facts.remarks:
        if chain in remark.chains and not remark.segments:
            reach = _reach(index, remark, place, around)
            if reach is not None:
                found[reach].append(remark)
    return [
        ChainWide(**fact_ref(index, remark).model_dump(), reach=reach, strength=remark.kind == "strength")
        for reach, remarks in found.items()
        for remark in strongest(remarks)
    ][:MOST_WIDE]


def _reach(index: Index, remark: Remark, place: str, around: set[str]) -> Reach | None:
    """Whether it speaks of the place itself, one around it or one in it; ``None`` for one elsewhere."""
    areas = areas_of(remark)
    if place in areas:
        return "here"
    if not around.isdisjoint(areas):
        return "around"
    return "below" if any(place in index.around(area) for area in areas) else None
