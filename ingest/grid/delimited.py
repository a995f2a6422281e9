"""CSV and other delimited text as a grid: encoding found, nothing interpreted."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from ingest.faults import Fault
from ingest.grid.marks import wrong_text
from ingest.grid.model import MAX_CELL, MAX_COLUMNS, MAX_LINES, Grid, Line, letter
from ingest.grid.watch import Watch

_CHUNK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NO_ENCODING = (
    "UTF-8 或 GB18030 编码；在 Excel 里另存为 CSV UTF-8",
    "UTF-8 or GB18030 text; save it from Excel as CSV UTF-8",
)
#: Room that quotes and doubled quotes may take beyond the longest cell before the csv module gives up.
_FIELD_LIMIT = 16 * MAX_CELL


def read_delimited(path: Path) -> Iterator[Grid | Fault]:
    """The one grid of a delimited text file, or the fault that keeps it from being read.

    The encoding is that of the byte order mark (UTF-8 or UTF-16), else UTF-8, else GB18030. ``.csv`` is
    parted by commas; for ``.txt`` and ``.tsv`` the first line tells whether by tab, semicolon or comma.
    """
    watch = Watch(path)
    encoding = _encoding(path)
    if isinstance(encoding, Fault):
        yield encoding
        return
    grid = Grid(path.name, "", iter(()))
    if encoding in ("gb18030", "utf-16"):
        name = "UTF-16" if encoding == "utf-16" else "GB18030"
        grid.note(f"read-as-{encoding}", f"按 {name} 编码读", f"read as {name}")
    grid.lines = _lines(path, encoding, grid, watch)
    yield grid


def _encoding(path: Path) -> str | Fault:
    with path.open("rb") as handle:
        start = handle.read(4)
    bom = next((name for mark, name in _BOMS if start.startswith(mark)), None)
    found = ""
    for name in (bom,) if bom else ("utf-8", "gb18030"):
        error = _undecodable(path, name)
        if error is None:
            return name
        found = found or repr(error.object[error.start : error.end])
    return Fault(path.name, 0, "", found, *_NO_ENCODING)


def _undecodable(path: Path, encoding: str) -> UnicodeDecodeError | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return error
    return None


def _delimiter(path: Path, encoding: str) -> str:
    if path.suffix.lower() == ".csv":
        return ","
    with path.open(encoding=encoding, newline="") as handle:
        start = handle.read(64 * 1024)
    first = next((line for line in start.splitlines() if line.strip()), "")
    counts = {mark: first.count(mark) for mark in "\t;,"}
    return max(counts, key=lambda mark: counts[mark]) if any(counts.values()) else "\t"


def _lines(path: Path, encoding: str, grid: Grid, watch: Watch) -> Iterator[Line]:
    csv.field_size_limit(max(csv.field_size_limit(), _FIELD_LIMIT))
    try:
        with path.open(encoding=encoding, newline="") as handle:
            reader = csv.reader(handle, delimiter=_delimiter(path, encoding), strict=True)
            end = 0
            for cells in reader:
                start, end = end + 1, reader.line_num
                if start > MAX_LINES:
                    grid.faults.append(
                        grid.fault("…", f"至多 {MAX_LINES} 行", f"at most {MAX_LINES} lines", start)
                    )
                    break
                texts = [cell.replace("\ufeff", "").strip() for cell in cells]
                if any(texts):
                    yield checked(Line(start, texts), grid)
    except csv.Error as error:
        row = reader.line_num
        grid.faults.append(grid.fault(str(error), "有效的 CSV", "well-formed CSV", row))
    except UnicodeDecodeError:  # it was decodable a moment ago
        pass
    if fault := watch.changed():
        grid.faults.append(fault)


def checked(line: Line, grid: Grid) -> Line:
    """``line`` with a fault for each cell whose text may not stand, cut to the columns allowed."""
    extra = next((i for i, text in enumerate(line.cells[MAX_COLUMNS:], MAX_COLUMNS) if text), None)
    del line.cells[MAX_COLUMNS:]
    if extra is not None:
        line.faults[extra] = grid.fault(
            letter(extra),
            f"至多 {MAX_COLUMNS} 列",
            f"at most {MAX_COLUMNS} columns",
            line.number,
            letter(extra),
        )
    for index, text in enumerate(line.cells):
        if index not in line.faults and (expected := wrong_text(text)):
            shown = "…" if len(text) > MAX_CELL else text
            line.faults[index] = grid.fault(shown, *expected, line.number, letter(index))
    return line
