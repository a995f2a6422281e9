"""Coverage declarations 覆盖声明: which one speaks for a segment in a place, and whether it still counts."""

from __future__ import annotations

from datetime import date

from graph.gaps.facts import Declaration
from graph.gaps.index import Index
from graph.gaps.rules import Rules


def declaration_for(index: Index, rules: Rules, segment: str, place: str) -> tuple[Declaration | None, bool]:
    """The newest declaration that covers a segment in a place, and whether it is valid.

    It covers the segment itself, a group above it or its chain, in the place itself or one around it. Of
    several of one date the one for the nearest place, then for the nearest segment is taken. One of a time
    after the day of the answer is none.

    Returns
    -------
    (Declaration, True) when it says that the list is complete and is not older than the threshold
    ``coverage_days`` on the day of the answer, reckoned from the first day of its date;
    ``(Declaration, False)`` when not; ``(None, False)``.
    """
    declared = index.declarations(segment)
    if not declared:
        return None, False
    areas = index.around(place)
    over = (segment, *index.parents_all(segment), *index.chains_of(segment))

    def newest(d: Declaration) -> tuple[str, int, int, bool, str]:
        near = min(areas.index(p) for p in d.places if p in areas)
        of = min(over.index(s) for s in (*d.segments, *d.chains) if s in over)
        return d.date.last if d.date else "", -near, -of, bool(d.complete), d.key

    covering = [
        d
        for d in declared
        if not set(areas).isdisjoint(d.places) and (d.date is None or d.date.first <= index.day)
    ]
    if not covering:
        return None, False
    found = max(covering, key=newest)
    return found, _is_valid(index, rules, found, segment, areas)


def _is_valid(index: Index, rules: Rules, found: Declaration, segment: str, areas: tuple[str, ...]) -> bool:
    if not found.complete or found.date is None:
        return False
    days = rules.number("coverage", "coverage_days", index.chains_of(segment), areas)
    return (date.fromisoformat(index.day) - date.fromisoformat(found.date.first)).days <= days
