"""Firms above the tier 门槛: listed, 链主 or 龙头, or holding a title of national or provincial level."""

from __future__ import annotations

from collections.abc import Iterable

from graph.gaps.facts import Fact, TitleFact, Work
from graph.gaps.index import Index
from graph.gaps.rules import Rules


def titles_above(index: Index, rules: Rules, segment: str, place: str, firm: str) -> list[TitleFact]:
    """The titles of a firm whose level and status count by the rule ``status``."""
    titles = index.titles(firm)
    if not titles:
        return []
    scope = index.chains_of(segment), index.around(place)
    levels = rules.texts("status", "title_levels", *scope)
    statuses = rules.texts("status", "title_statuses", *scope)
    return [t for t in titles if t.level in levels and t.status in statuses]


def is_listed(index: Index, firm: str) -> bool:
    """Whether an exchange code of the firm is recorded."""
    known = index.facts.firms.get(firm)
    return known is not None and bool(known.stock_codes)


def above_tier(index: Index, rules: Rules, segment: str, place: str, firms: Iterable[str]) -> list[Fact]:
    """What puts some of ``firms`` above the tier: leads and titles, and for a listed firm its work there."""
    leaders = index.leaders(segment)
    found: list[Fact] = []
    for firm in firms:
        found += leaders.get(firm, ())
        found += titles_above(index, rules, segment, place, firm)
        if is_listed(index, firm):
            works: Iterable[Work] = index.at_work(segment, place)
            found += [w for w in works if firm in w.firms]
    return found
