"""What a mapping says must hold of each row, and the faults of the rows in which it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from ingest.mapping.cells import Cells, Places
from ingest.mapping.conditions import Predicate, row_filter, tests_of
from ingest.mapping.model import Check, Reference

#: (column or empty, found, expected in Chinese, in English, whether only the cell is left out)
Told = tuple[str, str, str, str, bool]
#: Values of a column of a file that was read, or ``None`` when it was not.
Known = Callable[[Reference], set[str] | None]
_Run = Callable[[Cells, int], Told | None]


class Checks:
    """The checks of one file.

    Parameters
    ----------
    checks : in the order in which faults are reported.
    places : index of each column.
    known : the values of a column that ``exists`` refers to.

    ``unique`` and ``exists`` keep one text for each value of a column; nothing else grows with the file.
    """

    def __init__(self, checks: Sequence[Check], places: Places, known: Known) -> None:
        self._runs = [run for check in checks for run in _runs(check, places, known)]

    def __bool__(self) -> bool:
        return bool(self._runs)

    def faults(self, cells: Cells, number: int) -> list[Told]:
        """What is wrong in the row of line ``number``; usually nothing."""
        return [told for run in self._runs if (told := run(cells, number)) is not None]


def _runs(check: Check, places: Places, known: Known) -> Iterator[_Run]:
    chosen = row_filter(check.when, places)
    for run in _bare(check, places, known):
        yield run if chosen is None else _when(chosen, run)


def _when(chosen: Callable[[Cells], bool], run: _Run) -> _Run:
    return lambda cells, number: run(cells, number) if chosen(cells) else None


def _bare(check: Check, places: Places, known: Known) -> Iterator[_Run]:
    if check.column is not None:
        at = places[check.column]
        for index, (words, test) in enumerate(tests_of(check, check.column)):
            about_empty = index == 0 and check.empty is not None
            yield _one(check, at, test if about_empty else _or_empty(test), words)
        if check.exists is not None:
            values = known(check.exists)
            if values is not None:
                ref = check.exists
                where = (
                    f"{ref.file}「{ref.column}」列里有的值",
                    f"a value of the column {ref.column} of {ref.file}",
                )
                yield _one(check, at, _or_empty(values.__contains__), where)
    if check.unique is not None:
        yield _unique(check, places)
    if check.different is not None:
        yield _different(check, places)


def _or_empty(test: Predicate) -> Predicate:
    return lambda text: not text or test(text)


def _one(check: Check, at: int, test: Predicate, words: tuple[str, str]) -> _Run:
    column, (zh, en), cell = check.column or "", _words(check, words), check.reject == "cell"
    return lambda cells, _: None if test(cells[at]) else (column, cells[at], zh, en, cell)


def _unique(check: Check, places: Places) -> _Run:
    columns = check.unique or ()
    seen: dict[Any, int] = {}
    pick = itemgetter(*(places[name] for name in columns))
    cell = check.reject == "cell"

    def run(cells: Cells, number: int) -> Told | None:
        value = pick(cells)
        first = seen.setdefault(value, number)
        if first == number or not any(value):
            return None
        shown = value if isinstance(value, str) else ", ".join(value)
        words = (f"不重复的值（第{first}行已有）", f"a value that is not in row {first} already")
        return (columns[0], shown, *_words(check, words), cell)

    return run


def _different(check: Check, places: Places) -> _Run:
    one, other = check.different or ("", "")
    first, second = places[one], places[other]
    zh, en = _words(check, (f"与「{one}」不同的值", f"another value than that of {one}"))
    cell = check.reject == "cell"
    return lambda cells, _: (
        (other, cells[second], zh, en, cell) if cells[first] and cells[first] == cells[second] else None
    )


def _words(check: Check, words: tuple[str, str]) -> tuple[str, str]:
    return words if check.expected is None else (check.expected.zh, check.expected.en)
