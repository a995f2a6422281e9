"""Writing tables in pieces, a few rows of them with a fault of a known kind, each told in a list."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bench.generated.texts import wrong_check

PIECE = 50_000


@dataclass(frozen=True, slots=True)
class Made:
    """A fault that was put into a table: where, what a reader must find there, and of which kind.

    ``row`` is the 1-based line of the file, its headings being line 1.
    """

    file: str
    row: int
    column: str
    found: str
    kind: str

    def as_json(self) -> dict[str, str | int]:
        """JSON-ready."""
        return asdict(self)


#: A table's columns in order: heading → cells of a piece of its rows.
Columns = dict[str, list[str]]


def places_of_faults(rng: np.random.Generator, rows: int, share: float) -> list[int]:
    """Which rows (from 0) get a fault: ``share`` of them, rounded, in order."""
    return [int(row) for row in np.sort(rng.choice(rows, round(rows * share), replace=False))]


class TableWriter:
    """One table being written: rows come in pieces, faults are put in by ``spoil``."""

    def __init__(self, folder: Path, table: str, faults: Sequence[tuple[int, str]]) -> None:
        self.path = folder / f"{table}.csv"
        self.rows = 0
        self.made: list[Made] = []
        self._faults = deque(faults)
        self._file = self.path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")

    def write(self, columns: Columns) -> None:
        """Append rows given by column; every piece has the same columns."""
        if not self.rows:
            self._writer.writerow(columns)
        size = len(next(iter(columns.values())))
        while self._faults and self._faults[0][0] < self.rows + size:
            row, kind = self._faults.popleft()
            self._spoil(columns, row - self.rows, kind)
        self._writer.writerows(zip(*columns.values(), strict=True))
        self.rows += size

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    def _spoil(self, columns: Columns, at: int, kind: str) -> None:
        column, text = SPOILT[kind]
        if kind == "self-loop":
            text = columns["from"][at]
        elif kind == "wrong check character":
            text = wrong_check(columns[column][at])
        elif kind == "unknown id":
            text = columns[column][at] + "-unknown"
        columns[column][at] = text
        # of a relation with itself both ends hold what is found; the first is named
        named = "from" if kind == "self-loop" else column
        self.made.append(Made(self.path.name, self.rows + at + 2, named, text, kind))


#: Kind of fault → the column it is in, and the cell it puts there unless that is made from the old one.
SPOILT = {
    "no such day": ("founded", "2024-13-45"),
    "no such year": ("seen_at", "20240"),
    "wrong check character": ("uscc", ""),
    "unknown place": ("place", "place/nowhere"),
    "self-loop": ("to", ""),
    "unknown id": ("to", ""),
    "no id": ("to", "某某有限公司"),
}


def pieces(count: int) -> Iterator[slice]:
    """``count`` rows in pieces."""
    for start in range(0, count, PIECE):
        yield slice(start, min(start + PIECE, count))
