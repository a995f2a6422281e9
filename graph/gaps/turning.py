"""On which work a status can turn: elsewhere it is enough to know whether somebody is present."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.gaps.areas import Areas
from graph.gaps.facts import Facts
from graph.gaps.said import areas_of
from graph.gaps.segments import Segments


def turning_areas(facts: Facts) -> dict[str, frozenset[str]]:
    """By segment, the places and parks whose work must be known one by one; that of ``facts`` is not asked.

    They are those in and around what is called missing or declared complete, for the segment it is told of
    and all above and below it: there each record may stand against what is said (``graph.gaps.decide``).
    """
    segments, known, found = Segments(facts), Areas(facts), defaultdict[str, set[str]](set)
    told = [((*r.segments,), areas_of(r)) for r in facts.remarks if r.gap_kind == "missing"]
    told += [((*d.segments, *d.chains), d.places) for d in facts.declarations if d.complete]
    for subjects, areas in told:
        within = _in_and_around(facts, known, areas)
        for subject in subjects:
            for segment in _related(segments, facts, subject):
                found[segment] |= within
    return {segment: frozenset(within) for segment, within in sorted(found.items())}


def turning_firms(facts: Facts) -> frozenset[str]:
    """The firms and sites whose work must be known wherever it is: leaders, and those said to be strong."""
    leaders = {lead.firm for lead in facts.leads if lead.stated}
    return frozenset(leaders.union(*(r.firms for r in facts.remarks if r.kind == "strength")))


def _in_and_around(facts: Facts, known: Areas, told: Iterable[str]) -> set[str]:
    own = [p for area in told for p in _places_of(facts, area)]
    inside = {p for place in own for p in facts.places.subtree(place)}
    parks = set(told).intersection(facts.parks)
    inside |= {key for key in facts.parks if not parks.isdisjoint(known.of((), (key,)))}
    return inside.union(*(facts.places.chain(place) for place in own))


def _places_of(facts: Facts, area: str) -> tuple[str, ...]:
    if area in facts.parks:
        return facts.parks[area].places
    return facts.zones.get(area) or (area,)


def _related(segments: Segments, facts: Facts, subject: str) -> set[str]:
    own = [subject] if subject in facts.segments else list(_of_chain(segments, facts.segments, subject))
    below = {s for one in own for s in segments.below(one)}
    return below.union(*(segments.above(s) for s in below))


def _of_chain(segments: Segments, known: Mapping[str, object], chain: str) -> tuple[str, ...]:
    return tuple(key for key in known if chain in segments.chains_of(key))
