"""Merged ranges: the value of the first cell fills the range."""

from __future__ import annotations

from dataclasses import replace

from ingest.faults import Fault
from ingest.grid.model import MAX_COLUMNS, Line, letter

#: First row, first column, last row, last column; columns are 0-based.
Range = tuple[int, int, int, int]


class Merges:
    """Fills lines in their order. ``filled`` holds the ranges used so far, as ``A3:A5``."""

    def __init__(self, ranges: list[Range]) -> None:
        self._waiting = sorted(ranges, reverse=True)
        self._active: list[tuple[Range, str, Fault | None]] = []
        self.filled: list[str] = []

    def fill(self, line: Line) -> None:
        """Put the values of the ranges that cross ``line`` into it."""
        row = line.number
        while self._waiting and self._waiting[-1][0] <= row:
            span = self._waiting.pop()
            first = span[1]
            if span[0] == row and first < len(line.cells) and (line.cells[first] or first in line.faults):
                self._active.append((span, line.cells[first], line.faults.get(first)))
                self.filled.append(f"{letter(first)}{row}:{letter(span[3])}{span[2]}")
        if not self._active:
            return
        self._active = [entry for entry in self._active if entry[0][2] >= row]
        for (_, first, _, last), text, fault in self._active:
            end = min(last + 1, MAX_COLUMNS)
            line.cells.extend([""] * (end - len(line.cells)))
            for column in range(first, end):
                line.cells[column] = text
                if fault is not None and column not in line.faults:
                    line.faults[column] = replace(fault, row=row, column=letter(column))
