"""Who makes what goes into what here: makers, what the work here needs, who makes it elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.gaps.facts import Input, Work
from graph.gaps.index import Index
from graph.repository.models import Ref


def works_of(index: Index, segment: str, place: str) -> list[Work]:
    """Works of the segment and of all that is part of it, of any status."""
    return [work for one in index.below(segment) for work in index.works(one, place)]


def at_work_of(index: Index, segment: str, place: str) -> list[Work]:
    """Those at work: operating, or under a status that is not recorded."""
    return [work for one in index.below(segment) for work in index.at_work(one, place)]


def operating_of(index: Index, segment: str, place: str) -> list[Work]:
    """Those recorded as operating, by a firm that is not gone."""
    return [work for work in at_work_of(index, segment, place) if work.status == "operating"]


def covered(index: Index, one: Input, place: str) -> bool:
    """Whether a member of the input's alternative group is at work in the place (its own source is one)."""
    if one.group is None:
        return False
    sources = {other.source for other in index.inputs(one.target) if other.group == one.group}
    return any(at_work_of(index, source, place) for source in sources)


def wanted(index: Index, segment: str, place: str) -> list[Input]:
    """The inputs by which a segment that is operating in the place requires ``segment``."""
    return [
        one
        for one in index.users(segment)
        if one.criticality == "required" and operating_of(index, one.target, place)
    ]


def uncovered(index: Index, inputs: Iterable[Input], place: str) -> list[Input]:
    """Those of ``inputs`` for which no alternative is at work in the place."""
    return [one for one in inputs if not covered(index, one, place)]


def firms_that_use(index: Index, inputs: Iterable[Input], place: str) -> list[Ref]:
    """The firms that operate here in the targets of ``inputs``, by id."""
    firms = {firm for one in inputs for firm in index.makers(operating_of(index, one.target, place))}
    return [index.ref(firm) for firm in sorted(firms)]


def elsewhere(index: Index, segment: str, place: str) -> list[Ref]:
    """Other places of the same province with somebody at work in the segment, those with most firms first.

    They are named as widely as they leave ``place`` out: for a city other cities, for a county other cities
    and the counties of its own. What is recorded only for a place around ``place`` may lie in it and is left
    out.
    """
    around = index.around(place)
    nodes = index.facts.places.nodes
    province = next((a for a in around if a in nodes and nodes[a].level == "province"), None)
    if province is None or province == place:
        return []
    makers: dict[str, set[str]] = defaultdict(set)
    for work in at_work_of(index, segment, province):
        if not index.inside(work.places, work.parks, place):
            for spot in _spots(index, work, place, around):
                makers[spot].update(index.makers([work]))
    return [index.ref(spot) for spot in sorted(makers, key=lambda one: (-len(makers[one]), one))]


def _spots(index: Index, work: Work, place: str, around: tuple[str, ...]) -> list[str]:
    if place in index.facts.parks and not index.areas.may_hold(place, work.places, work.parks):
        near = [park for park in work.parks if park not in around]
    else:
        near = []
    spots: list[str] = []
    for at in index.areas.finest(work.places, work.parks):
        apart = [one for one in index.facts.places.chain(at) if one not in around]
        spots += apart[-1:] or near
    return spots
