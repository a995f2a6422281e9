"""现状 of all segments in many places at once: only where some fact speaks; all the rest is unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from operator import attrgetter
from typing import Final

import pandas as pd

from graph.gaps.decide import Decision, decide_leaf
from graph.gaps.groups import decide_group
from graph.gaps.index import Index
from graph.gaps.models import Status
from graph.gaps.rules import Rules
from graph.gaps.said import areas_of

COLUMNS: Final = ("segment", "place", "leaf", "status", "step", "conflict", "firms", "operating", "sites")


def statuses(index: Index, rules: Rules, places: Collection[str]) -> pd.DataFrame:
    """The status of every segment of the chains asked for in each of ``places``, as a table.

    Parameters
    ----------
    places : ids of places, parks or zones.

    Returns
    -------
    pandas.DataFrame
        One row for a segment and place that some fact speaks of, ordered by segment and place; what has no
        row is ``unknown``. ``step`` names the step of the decision table, ``firms`` and ``operating`` count
        distinct firms at work and operating, ``sites`` distinct sites at work, of groups with all below.
    """
    own = sorted({s for chain in index.facts.chains for s in index.segments_of(chain)})
    leaves = {s for s in own if index.is_leaf(s)}
    touched = _touched(index, own, set(places))
    found: dict[tuple[str, str], Decision] = {}
    for segment in sorted({leaf for s in own for leaf in index.leaves(s)}):
        for place in sorted(touched.get(segment, ())):
            found[segment, place] = decide_leaf(index, rules, segment, place)
    for group in (s for s in own if s not in leaves):
        below = index.leaves(group)
        for place in sorted(set().union(*(touched.get(s, set()) for s in index.below(group)))):
            known = [d.value if (d := found.get((leaf, place))) else _UNKNOWN for leaf in below]
            found[group, place] = decide_group(index, rules, group, place, known)
    rows = [
        (segment, place, segment in leaves, d.value, d.step, d.conflict, *_counts(index, segment, place))
        for (segment, place), d in sorted(found.items(), key=lambda item: item[0])
        if segment in index.facts.segments
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


_SITE: Final = attrgetter("site")
_UNKNOWN: Final[Status] = "unknown"


def _touched(index: Index, segments: Iterable[str], places: set[str]) -> dict[str, set[str]]:
    """The places in which some fact speaks of a segment, by segment."""
    touched: dict[str, set[str]] = defaultdict(set)
    for segment, area in index.cells():
        if area in places:
            touched[segment].add(area)
    around = {place: set(index.around(place)) for place in places}
    for segment in segments:
        remarks = index.remarks(segment)
        touched[segment].update(places.intersection(a for r in remarks for a in areas_of(r)))
        # what holds in all that lies in the place it is told of
        over = {a for r in remarks if r.gap_kind == "missing" for a in areas_of(r)}
        over.update(place for d in index.declarations(segment) for place in d.places)
        if over:
            touched[segment].update(p for p in places if not over.isdisjoint(around[p]))
    return touched


def _counts(index: Index, segment: str, place: str) -> tuple[int, int, int]:
    here = [w for one in index.below(segment) for w in index.at_work(one, place)]
    if not here:
        return 0, 0, 0
    operating = [w for w in here if w.status == "operating"]
    firms = index.count_firms(here)
    return (
        firms,
        firms if len(operating) == len(here) else index.count_firms(operating),
        len(set(map(_SITE, here))),
    )
