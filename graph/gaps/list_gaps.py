"""What a gap of the list is told with besides its verdicts: who has it elsewhere, whom it touches here."""

from __future__ import annotations

from typing import Final

from graph.gaps.index import Index
from graph.gaps.models import Gap
from graph.repository.models import Ref

_ORDER: Final = ("required", "common", "optional", None)


def elsewhere(index: Index, gap: Gap) -> list[Ref]:
    """Other cities of the province with somebody at work in the link, by code."""
    told = {ref.id: ref for risk in gap.cell.risks for ref in risk.elsewhere}
    place, tree = gap.cell.place.id, index.facts.places
    own = set(index.around(place))
    for province in (p for p in own if p in tree.nodes and tree.nodes[p].level == "province"):
        for city in tree.children(province):
            if city not in own and any(
                index.at_work(leaf, city) for leaf in index.leaves(gap.cell.segment.id)
            ):
                told.setdefault(city, index.ref(city))
    return [told[key] for key in sorted(told)]


def affected(index: Index, gap: Gap) -> list[Ref]:
    """The firms at work here in links that the missing or weak link goes into, required inputs first."""
    place = gap.cell.place.id
    inputs = [one for leaf in index.leaves(gap.cell.segment.id) for one in index.users(leaf)]
    found: dict[str, None] = {}
    for one in sorted(inputs, key=lambda i: (_ORDER.index(i.criticality), i.target)):
        found |= dict.fromkeys(index.firms(index.at_work(one.target, place)))
    told = {ref.id: ref for risk in gap.cell.risks for ref in risk.needed_by if ref.cls == "Firm"}
    return [*told.values(), *(index.ref(firm) for firm in found if firm not in told)]
