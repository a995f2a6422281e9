"""Finding the line of headings that has the columns a mapping needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.faults import Fault
from ingest.grid import GridNote, Line
from ingest.mapping.told import nearest

#: What a grid gives: its lines, and between them faults and notes.
Found = Line | Fault | GridNote
#: The headings are looked for in that many lines.
LOOKED_AT = 10
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Headings:
    """Where each column needed stands; the number of headings; what was read that is not above them."""

    places: dict[str, int]
    width: int
    after: list[Found]


def find_headings(
    items: Iterator[Found], columns: Sequence[str], header: int | None, file: str, sheet: str
) -> Headings | list[Fault]:
    """The headings, or the faults: columns missing (the nearest heading is named) or standing twice.

    Parameters
    ----------
    items : lines of the file from its beginning; only those up to the headings are used up.
    header : 1-based line of the headings, or ``None``: the first of ten lines that has all ``columns``.
    """
    start = _start(items, header)
    lines = [(at, item) for at, item in enumerate(start) if isinstance(item, Line)]
    lines = [(at, line) for at, line in lines if header is None or line.number == header]
    faults = [item for item in start if isinstance(item, Fault)]
    if not lines:
        found = f"{len(start)} lines" if header is not None else ""
        zh, en = (f"第 {header} 行的列名", f"headings in line {header}") if header else ("列名", "headings")
        return faults or [Fault(file, 0, "", found, zh, en, sheet)]
    wanted = set(columns)
    at, line = max(lines, key=lambda one: (len(wanted & set(one[1].cells)), -one[0]))
    places = {column: line.cells.index(column) for column in columns if column in line.cells}
    wrongs = [_missing(column, line, file, sheet) for column in columns if column not in places]
    wrongs += [
        Fault(file, line.number, column, column, "每个列名只出现一次", "each heading once", sheet)
        for column in places
        if line.cells.count(column) > 1
    ]
    if wrongs:
        return [*faults, *wrongs]
    width = max((i for i, cell in enumerate(line.cells, 1) if cell), default=0)
    return Headings(
        places, width, [item for i, item in enumerate(start) if i > at or not isinstance(item, Line)]
    )


def _start(items: Iterator[Found], header: int | None) -> list[Found]:
    if header is None:
        return list(islice(items, LOOKED_AT))
    start: list[Found] = []
    for item in items:
        start.append(item)
        if isinstance(item, Line) and item.number >= header:
            break
    return start


def _missing(column: str, line: Line, file: str, sheet: str) -> Fault:
    zh, en = nearest(column, [cell for cell in line.cells if cell])
    shown = "、".join([cell for cell in line.cells if cell][:_SHOWN])
    return Fault(file, line.number, "", shown, f"列「{column}」{zh}", f"a column {column!r}{en}", sheet)
