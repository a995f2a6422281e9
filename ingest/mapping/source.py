"""The lines of a file that a mapping reads, whatever its format, with the place of each column it needs."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.faults import Fault
from ingest.grid import MAX_CELL, MAX_TEXT_BYTES, Grid, Line, read_grids
from ingest.mapping.headings import Found, Headings, find_headings
from ingest.mapping.jsonl import read_jsonl
from ingest.mapping.model import FileSpec
from ingest.mapping.told import nearest

#: Endings of files that are read as JSON-lines.
JSON_LINES = (".jsonl", ".ndjson", ".json")


@dataclass(frozen=True, slots=True)
class Table:
    """A file or sheet whose columns are known.

    Attributes
    ----------
    places : index in each line of each column needed.
    width : number of headings; 0 where lines need not be as long as the headings (sheets, JSON-lines).
    lines : its lines after the headings, and the faults and notes between them.
    """

    file: str
    sheet: str
    places: dict[str, int]
    width: int
    lines: Iterator[Found]


def open_table(path: Path, spec: FileSpec, columns: Sequence[str]) -> Iterator[Table | Fault]:
    """The table that ``spec`` means in ``path``: one ``Table``, or the faults that keep it from it."""
    if path.suffix.lower() in JSON_LINES:
        places = {column: at for at, column in enumerate(columns)}
        yield Table(path.name, "", places, 0, read_jsonl(path, columns))
        return
    grids = read_grids(path)  # kept here: a workbook is open as long as its grids are
    grid = yield from _grid(path, spec, grids)
    if grid is None:
        return
    items = grid.items()
    found = find_headings(items, columns, spec.header, grid.file, grid.sheet)
    if not isinstance(found, Headings):
        yield from found
        return
    delimited = not grid.sheet
    width = found.width if delimited else 0
    yield Table(grid.file, grid.sheet, found.places, width, _headed(found, items))


def _grid(path: Path, spec: FileSpec, grids: Iterator[Grid | Fault]) -> Generator[Fault, None, Grid | None]:
    """Yields faults, returns the grid that ``spec`` means or ``None``."""
    if spec.encoding is not None or spec.delimiter is not None:
        return _declared(path, spec)
    titles: list[str] = []
    for grid in grids:
        if isinstance(grid, Fault):
            yield grid
            return None
        if spec.sheet is None or not grid.sheet:
            if not grid.skipped:
                return grid
        elif grid.sheet == spec.sheet:
            return grid
        titles.append(grid.sheet)
    if spec.sheet is None:
        yield Fault(path.name, 0, "", path.name, "有内容的工作表", "a sheet with something in it")
        return None
    zh, en = nearest(spec.sheet, titles)
    yield Fault(
        path.name,
        0,
        "",
        "、".join(titles),
        f"工作表「{spec.sheet}」{zh}",
        f"a sheet {spec.sheet!r}{en}",
    )
    return None


def _headed(found: Headings, items: Iterator[Found]) -> Iterator[Found]:
    yield from found.after
    yield from items


def _declared(path: Path, spec: FileSpec) -> Grid:
    """A delimited text whose encoding or delimiter the mapping states."""
    grid = Grid(path.name, "", iter(()))
    grid.lines = _declared_lines(path, spec, grid)
    return grid


def _declared_lines(path: Path, spec: FileSpec, grid: Grid) -> Iterator[Line]:
    from ingest.grid.delimited import checked  # the same checks of cells as for files that tell by themselves

    encoding = spec.encoding or "utf-8"
    if codecs.lookup(encoding).name == "utf-8":
        encoding = "utf-8-sig"
    csv.field_size_limit(max(csv.field_size_limit(), 16 * MAX_CELL))
    reader = None
    try:
        if path.stat().st_size > MAX_TEXT_BYTES:
            zh, en = f"至多 {MAX_TEXT_BYTES >> 20} MB 的文件", f"a file of at most {MAX_TEXT_BYTES >> 20} MB"
            grid.faults.append(grid.fault(f"{path.stat().st_size >> 20} MB", zh, en))
            return
        with path.open(encoding=encoding, newline="") as handle:
            reader = csv.reader(handle, delimiter=spec.delimiter or ",", strict=True)
            end = 0
            for cells in reader:
                start, end = end + 1, reader.line_num
                texts = [cell.strip() for cell in cells]
                if any(texts):
                    yield checked(Line(start, texts), grid)
    except UnicodeDecodeError as error:
        found = repr(error.object[error.start : error.end])
        number = reader.line_num + 1 if reader is not None else 0
        grid.faults.append(grid.fault(found, f"{encoding} 编码的文字", f"text in {encoding}", number))
    except csv.Error as error:
        number = reader.line_num if reader is not None else 0
        grid.faults.append(grid.fault(str(error), "有效的 CSV", "well-formed CSV", number))
    except OSError as error:
        grid.faults.append(grid.fault(error.strerror or str(error), "可读的文件", "a file that can be read"))


def cell_faults(line: Line, heading_of: dict[int, str]) -> list[Fault]:
    """The faults of the cells that the mapping uses, by the heading of their column."""
    return [replace(fault, column=heading_of[at]) for at, fault in line.faults.items() if at in heading_of]
