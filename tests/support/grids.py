"""Reading the grids of a file whole, for tests."""

from __future__ import annotations

from pathlib import Path

from ingest.faults import Fault
from ingest.grid import GridNote, Line, read_grids


def read(path: Path) -> tuple[list[tuple[str, int, list[str]]], list[Fault], list[GridNote]]:
    """(sheet, line, cells), faults and notes of a file."""
    lines: list[tuple[str, int, list[str]]] = []
    faults: list[Fault] = []
    notes: list[GridNote] = []
    for grid in read_grids(path):
        for item in [grid] if isinstance(grid, Fault) else grid.items():
            if isinstance(item, Line):
                lines.append((grid.sheet, item.number, item.cells))
                faults.extend(item.faults.values())
            elif isinstance(item, Fault):
                faults.append(item)
            else:
                notes.append(item)
    return lines, faults, notes


def only_fault(path: Path) -> Fault:
    """The one fault of a file, which has a text in both languages."""
    _, (fault,), _ = read(path)
    assert fault.file == path.name
    assert fault.expected_zh
    assert fault.expected_en
    return fault


def cells(path: Path) -> list[list[str]]:
    """The cells of a file without faults."""
    lines, faults, _ = read(path)
    assert faults == []
    return [texts for _, _, texts in lines]
