"""Conditions on cells: as filters that choose rows, and as checks that report them."""

from __future__ import annotations

from collections.abc import Callable

from ingest.mapping.cells import Cells, Places
from ingest.mapping.model import Condition, Filter
from ingest.mapping.numbers import number
from ingest.mapping.patterns import fitting

Predicate = Callable[[str], bool]
RowPredicate = Callable[[Cells], bool]


def row_filter(filters: Filter, places: Places) -> RowPredicate | None:
    """Whether a row is chosen by all of ``filters``; ``None`` when all rows are.

    An empty cell is chosen by ``empty: true``, ``not_equals``, ``not_in`` and ``not_matches`` only.
    """
    tests = [
        (places[column], test)
        for column, condition in filters.items()
        for _, test in tests_of(condition, column)
    ]
    if not tests:
        return None
    if len(tests) == 1:
        at, test = tests[0]
        return lambda cells: test(cells[at])
    return lambda cells: all(test(cells[at]) for at, test in tests)


def tests_of(condition: Condition, column: str) -> list[tuple[tuple[str, str], Predicate]]:
    """Each test of a condition on ``column`` with what it expects, in Chinese and English."""
    c = condition
    tests: list[tuple[tuple[str, str], Predicate]] = []
    if c.empty is not None:
        words = ("空着", "an empty cell") if c.empty else ("不空", "a value")
        tests.append((words, _empty if c.empty else bool))
    if c.equals is not None:
        tests.append(((f"「{c.equals}」", repr(c.equals)), c.equals.__eq__))
    if c.not_equals is not None:
        words = (f"不是「{c.not_equals}」", f"anything but {c.not_equals!r}")
        tests.append((words, c.not_equals.__ne__))
    if c.one_of is not None:
        words = (f"「{'」「'.join(c.one_of)}」之一", "one of " + ", ".join(map(repr, c.one_of)))
        tests.append((words, frozenset(c.one_of).__contains__))
    if c.not_in is not None:
        words = (f"不是「{'」「'.join(c.not_in)}」", "none of " + ", ".join(map(repr, c.not_in)))
        tests.append((words, _none_of(frozenset(c.not_in))))
    if c.matches is not None:
        tests.append(((f"符合 {c.matches} 的文字", f"text that fits {c.matches}"), _fits(c.matches, column)))
    if c.not_matches is not None:
        words = (f"不符合 {c.not_matches} 的文字", f"text that does not fit {c.not_matches}")
        tests.append((words, _not(_fits(c.not_matches, column))))
    if c.min is not None or c.max is not None:
        tests.append((_range_words(c.min, c.max), _between(c.min, c.max)))
    return tests


def _empty(text: str) -> bool:
    return not text


def _none_of(texts: frozenset[str]) -> Predicate:
    return lambda text: text not in texts


def _fits(pattern: str, column: str) -> Predicate:
    fullmatch = fitting(pattern, column)
    return lambda text: fullmatch(text) is not None


def _not(test: Predicate) -> Predicate:
    return lambda text: not test(text)


def _between(low: float | None, high: float | None) -> Predicate:
    def inside(text: str) -> bool:
        value = number(text)
        return value is not None and (low is None or value >= low) and (high is None or value <= high)

    return inside


def _range_words(low: float | None, high: float | None) -> tuple[str, str]:
    if high is None:
        return f"不小于 {low:g} 的数", f"a number of at least {low:g}"
    if low is None:
        return f"不大于 {high:g} 的数", f"a number of at most {high:g}"
    return f"{low:g} 到 {high:g} 的数", f"a number from {low:g} to {high:g}"
