"""现状 of all segments in many places at once: only where some fact speaks; all the rest is unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import chain
from typing import Final

import pandas as pd

from graph.gaps.crowds import Count, Crowd, counts
from graph.gaps.decide import Decision, decide_leaf
from graph.gaps.groups import decide_group
from graph.gaps.index import Index
from graph.gaps.models import Status
from graph.gaps.rules import Rules
from graph.gaps.said import areas_of

COLUMNS: Final = ("segment", "place", "leaf", "status", "step", "conflict", "firms", "operating")

_Cell = tuple[str, str]
_UNKNOWN: Final[Status] = "unknown"
_NOBODY: Final = Count(0, 0, present=False)
_RECORDED: Final = Decision("recorded", "recorded")


def statuses(index: Index, rules: Rules, places: Collection[str], crowds: Iterable[Crowd]) -> pd.DataFrame:
    """The status of every segment of the chains asked for in each of ``places``, as a table.

    Parameters
    ----------
    index : all that is said, and at least the work on which a status can turn (``graph.gaps.turning``).
    places : ids of places, parks or zones.
    crowds : all who are present.

    Returns
    -------
    pandas.DataFrame
        One row for a segment and place that some fact speaks of, ordered by segment and place; what has no
        row is ``unknown``. ``step`` names the step of the decision table, ``firms`` and ``operating`` count
        distinct firms at work and operating, of groups with all below.
    """
    own = sorted({s for one in index.facts.chains for s in index.segments_of(one)})
    every = sorted({*own, *(leaf for s in own for leaf in index.leaves(s))})
    here = counts(crowds, index.areas, index.segments, every, places)
    told = _told(index, every, set(places))
    found: dict[_Cell, Decision] = {
        cell: _RECORDED for cell, count in here.items() if count.present and index.is_leaf(cell[0])
    }
    for segment in filter(index.is_leaf, every):
        for place in told.get(segment, ()):
            decided = decide_leaf(index, rules, segment, place)
            if decided.value != _UNKNOWN or (segment, place) not in found:
                found[segment, place] = decided
    touched = _touched(found, here, told=told)
    for group in (s for s in own if not index.is_leaf(s)):
        leaves = index.leaves(group)
        for place in set().union(*(touched.get(s, set()) for s in index.below(group))):
            known = [d.value if (d := found.get((leaf, place))) else _UNKNOWN for leaf in leaves]
            recorded = here.get((group, place), _NOBODY).present
            found[group, place] = decide_group(index, rules, group, place, known, recorded=recorded)
    rows = [
        (segment, place, index.is_leaf(segment), d.value, d.step, d.conflict, count.firms, count.operating)
        for (segment, place), d in sorted(found.items(), key=lambda item: item[0])
        if segment in index.facts.segments
        for count in (here.get((segment, place), _NOBODY),)
    ]
    # an empty column has no type of its own
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"leaf": bool, "conflict": bool})


def _told(index: Index, segments: Iterable[str], places: set[str]) -> dict[str, set[str]]:
    """The places in which something is known one by one of a segment, or said of it, by segment."""
    told: dict[str, set[str]] = defaultdict(set)
    for segment, area in index.cells():
        if area in places:
            told[segment].add(area)
    around = {place: set(index.around(place)) for place in places}
    for segment in segments:
        remarks = index.remarks(segment)
        told[segment].update(places.intersection(a for r in remarks for a in areas_of(r)))
        # what holds in all that lies in the place it is told of
        over = {a for r in remarks if r.gap_kind == "missing" for a in areas_of(r)}
        over.update(place for d in index.declarations(segment) for place in d.places)
        if over:
            told[segment].update(p for p in places if not over.isdisjoint(around[p]))
    return told


def _touched(*cells: Iterable[_Cell], told: dict[str, set[str]]) -> dict[str, set[str]]:
    """The places of all ``cells`` and of what is ``told``, by segment."""
    touched = defaultdict(set, {segment: set(places) for segment, places in told.items()})
    for segment, place in chain.from_iterable(cells):
        touched[segment].add(place)
    return touched
