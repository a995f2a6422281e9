"""Bounds on every answer. The settings fill them; nothing reads without one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one answer may hold.

    Attributes
    ----------
    page, page_max : neighbours on a page, if not asked for otherwise and at most.
    list_size, list_max : items in each list of a card or a chain neighbourhood, likewise.
    count_cap : distinct neighbours are counted up to here; beyond it a total is a lower bound.
    links_per_pair : relations shown between the same two entities.
    export : items of a list that is written out at most.
    depth : steps along a hierarchy (places, segments, plans).
    rows : rows that any single read may return.
    facts : rows that a read may return whose rows are counted or judged and not shown one by one.
    search, search_max : hits of a search, if not asked for otherwise and at most.
    query_chars : characters of a search text that are looked at.
    """

    page: int = 50
    page_max: int = 200
    list_size: int = 25
    list_max: int = 200
    export: int = 10_000
    count_cap: int = 1000
    links_per_pair: int = 20
    depth: int = 4
    rows: int = 10_000
    facts: int = 1_000_000
    search: int = 20
    search_max: int = 100
    query_chars: int = 64

    def page_size(self, asked: int | None) -> int:
        """Neighbours on a page when ``asked`` were asked for."""
        return _within(asked, self.page, self.page_max)

    def list_length(self, asked: int | None) -> int:
        """Items of a list when ``asked`` were asked for."""
        return _within(asked, self.list_size, self.list_max)

    def hits(self, asked: int | None) -> int:
        """Hits of a search when ``asked`` were asked for."""
        return _within(asked, self.search, self.search_max)


def _within(asked: int | None, default: int, most: int) -> int:
    return max(1, min(default if asked is None else asked, most))
