"""Coverage declarations 覆盖声明: which one speaks for a segment in a place, and whether it still counts."""

from __future__ import annotations

from datetime import date

from graph.gaps.facts import Declaration
from graph.gaps.index import Index
from graph.gaps.rules import Rules


def declaration_for(index: Index, rules: Rules, segment: str, place: str) -> tuple[Declaration | None, bool]:
    """The declaration that speaks for a segment in a place, and whether it is valid.

    It covers the segment itself, a group above it or its chain, in the place itself or one around it. Of
    several the one for the nearest place speaks, then the one for the nearest segment, then the newest, then
    one that says that the list is complete; one that is undated or too old only where there is no other. One
    of a time after the day of the answer is none.

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

    days = rules.number("coverage", "coverage_days", index.chains_of(segment), areas)

    def weight(d: Declaration) -> tuple[bool, int, int, str, bool, str]:
        near = min(areas.index(p) for p in d.places if p in areas)
        of = min(over.index(s) for s in (*d.segments, *d.chains) if s in over)
        newest = d.date.last if d.date else ""
        return _counts(index, d, days), -near, -of, newest, bool(d.complete), d.key

    covering = [
        d
        for d in declared
        if not set(areas).isdisjoint(d.places) and (d.date is None or d.date.first <= index.day)
    ]
    if not covering:
        return None, False
    found = max(covering, key=weight)
    return found, bool(found.complete) and _counts(index, found, days)


def _counts(index: Index, declared: Declaration, days: float) -> bool:
    """Whether it is dated, and not longer ago than ``days``."""
    if declared.date is None:
        return False
    return (date.fromisoformat(index.day) - date.fromisoformat(declared.date.first)).days <= days
