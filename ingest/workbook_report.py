"""A copy of what was loaded, its faulty cells coloured and commented, with a list of the faults first."""

from __future__ import annotations

import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import copy
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from graph.page_setup import fit_to_width
from graph.safe_text import put_text, visible
from ingest.faults import Fault, in_order
from ingest.grid import Grid, Line, read_grids
from ingest.grid.package import container_fault
from ingest.grid.xlsx import BROKEN
from ingest.headings import plain
from ingest.tables import HEADING_ROWS

#: A workbook that unpacks to more bytes is not copied whole: only its headings and faulty rows are.
MAX_COPIED = 32 << 20
#: Rows of a CSV file copied whole; of a longer one only the headings and the faulty rows.
MAX_ROWS = 20_000
#: Faults listed, and cells commented.
MAX_LISTED, MAX_COMMENTS = 50_000, 5_000
_LIST = "错误 faults"
_RED, _HEAD = PatternFill("solid", fgColor="FFC7CE"), PatternFill("solid", fgColor="1F6F8B")
_COLUMNS = (("工作表 Sheet", 22), ("行 Row", 9), ("列 Column", 20), ("读到 Found", 36),
            ("应为 Expected (zh)", 60), ("Expected (en)", 60), ("到此格 Go to", 12))  # fmt: skip
#: (sheet of the copy, row, column) → the faults of a cell; column 1 where none is named.
Marks = dict[tuple[str, int, int], list[Fault]]


def write_marked_copy(source: Path, faults: Sequence[Fault], out: Path) -> None:
    """Write ``out``, an xlsx: the sheets of ``source`` with ``faults`` marked, and first a list of them.

    Parameters
    ----------
    source : the workbook, CSV file, or folder of CSV files that was read.
    faults : of that reading. Rows and columns are found by their number and heading.

    Notes
    -----
    No formula is written: a cell shows its stored result, and text that looks like a formula is quoted. A
    workbook beyond ``MAX_COPIED``, or a file beyond ``MAX_ROWS``, is copied in part: its first rows and those
    with faults, each at its own row. What cannot be opened at all has only the list.
    """
    book = _copied(source, faults)
    titles = _titles(book)
    placed = [(fault, _place(fault, source, titles)) for fault in in_order(faults)]
    marks: Marks = defaultdict(list)
    for fault, place in placed:
        if place is not None:
            marks[place].append(fault)
    for number, ((title, row, column), told) in enumerate(marks.items()):
        _mark(titles[title], row, column, told, comment=number < MAX_COMMENTS)
    _write_list(book.create_sheet(_free(_LIST, titles), 0), placed)
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False
    book.save(out)


def _copied(source: Path, faults: Sequence[Fault]) -> Workbook:
    """A workbook with the sheets of ``source`` as texts; without any where it cannot be read."""
    if source.is_file() and source.suffix.lower() in (".xlsx", ".xlsm") and _small(source):
        whole = _whole(source)
        if whole is not None:
            return whole
    book = Workbook()
    book.remove(book.worksheets[0])
    named = {fault.file for fault in faults}
    files = sorted(p for p in source.iterdir() if p.name in named) if source.is_dir() else [source]
    for file in files:
        for grid in read_grids(file):
            if isinstance(grid, Grid) and not grid.skipped:
                rows = {f.row for f in faults if f.file == file.name and f.sheet == grid.sheet}
                title = _free(grid.sheet or file.stem, _titles(book))
                _copy_lines(book.create_sheet(title), grid, rows)
    return book


def _titles(book: Workbook) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)}


def _small(source: Path) -> bool:
    if container_fault(source) is not None:
        return False
    with zipfile.ZipFile(source) as archive:
        return sum(part.file_size for part in archive.infolist()) <= MAX_COPIED


def _whole(source: Path) -> Workbook | None:
    """The workbook with its looks and the results of its formulas; ``None`` if openpyxl cannot open it."""
    try:
        with source.open("rb") as handle, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep
            book = load_workbook(handle, data_only=True, keep_links=False)
    except BROKEN:  # told by the faults already
        return None
    for sheet in book.worksheets:
        sheet.conditional_formatting = ConditionalFormattingList()
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and isinstance(cell.value, str):
                    put_text(cell, cell.value)
    return book


def _copy_lines(sheet: Worksheet, grid: Grid, faulty: set[int]) -> None:
    for line in grid.lines:
        if line.number > 1_048_576:
            return
        if line.number <= max(HEADING_ROWS, MAX_ROWS if not grid.sheet else 0) or line.number in faulty:
            _copy_line(sheet, line)


def _copy_line(sheet: Worksheet, line: Line) -> None:
    for column, text in enumerate(line.cells, 1):
        if text:
            put_text(sheet.cell(line.number, column), text)


def _place(fault: Fault, source: Path, titles: dict[str, Worksheet]) -> tuple[str, int, int] | None:
    """Where ``fault`` is marked, if its sheet was copied and a row is named."""
    title = fault.sheet or (Path(fault.file).stem if fault.file != source.name or len(titles) == 1 else "")
    if title not in titles and not fault.sheet:
        title = next((t for t in titles if t == Path(fault.file).stem[:31]), title)
    if title not in titles or not 1 <= fault.row <= 1_048_576:
        return None
    return title, fault.row, _column(titles[title], fault) or 1


def _column(sheet: Worksheet, fault: Fault) -> int | None:
    """The column under the heading that ``fault`` names, or with the letter it names."""
    if not fault.column:
        return None
    wanted = plain(fault.column)
    for row in sheet.iter_rows(min_row=1, max_row=min(HEADING_ROWS, sheet.max_row)):
        for cell in row:
            if isinstance(cell.value, str) and plain(cell.value) == wanted:
                return int(cell.column)
    if (
        len(fault.column) <= 3
        and fault.column.isascii()
        and fault.column.isalpha()
        and fault.column.isupper()
    ):
        return column_index_from_string(fault.column)
    return None


def _mark(sheet: Worksheet, row: int, column: int, told: Sequence[Fault], *, comment: bool) -> None:
    cell = sheet.cell(row, column)
    cell.fill = copy(_RED)
    if isinstance(cell, MergedCell):
        span = next((s for s in sheet.merged_cells.ranges if cell.coordinate in s), None)
        if span is None:
            return
        cell = sheet.cell(span.min_row, span.min_col)
        cell.fill = copy(_RED)
    if cell.value is None and told[0].found.startswith("="):
        put_text(cell, told[0].found)  # a formula without a result: as it was written
    if not comment or not isinstance(cell, Cell):
        return
    text = "\n\n".join(line for fault in told[:5] for line in _told(fault))
    if cell.comment is not None and cell.comment.text:
        text += f"\n\n{cell.comment.text}"
    cell.comment = Comment(text[:4000], "Lianpu")
    cell.comment.width, cell.comment.height = 360, min(60 + 20 * (text.count("\n") + len(text) // 24), 500)


def _told(fault: Fault) -> Iterator[str]:
    found = visible(fault.found[:200]) or "（空 empty）"
    yield f"读到「{found}」，应为{fault.expected_zh[:600]}"
    yield f"found {found!r}; expected {fault.expected_en[:600]}"


def _write_list(sheet: Worksheet, placed: Sequence[tuple[Fault, tuple[str, int, int] | None]]) -> None:
    put_text(sheet["A1"], f"共 {len(placed)} 处有误 · {len(placed)} fault(s)")
    sheet["A1"].font = Font(bold=True, size=14)
    for column, (heading, width) in enumerate(_COLUMNS, 1):
        cell = sheet.cell(2, column)
        put_text(cell, heading)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A3"
    fit_to_width(sheet)
    for row, (fault, place) in enumerate(placed[:MAX_LISTED], 3):
        where = fault.sheet or fault.file
        texts = (
            where,
            fault.row or "",
            fault.column,
            fault.found[:1000],
            fault.expected_zh,
            fault.expected_en,
        )
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(row, column)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(text, int):
                cell.value = text
                cell.alignment = Alignment(vertical="top", horizontal="center")
            else:
                put_text(cell, text)
        lines = max(_lines(str(text), width) for text, (_, width) in zip(texts, _COLUMNS, strict=False))
        sheet.row_dimensions[row].height = 15 * min(lines, 20)
        if place is not None:
            _link(sheet.cell(row, len(_COLUMNS)), *place)


def _lines(text: str, width: int) -> int:
    """How many lines ``text`` takes in a column; Chinese characters are two wide."""
    wide = (sum(2 if ord(char) > 0x2E80 else 1 for char in line) for line in text.split("\n"))
    return sum(1 + count // width for count in wide)


def _link(cell: Cell | MergedCell, title: str, row: int, column: int) -> None:
    where = f"{get_column_letter(column)}{row}"
    put_text(cell, where)
    quoted = title.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{where}")
    cell.font, cell.alignment = Font(underline="single", color="0563C1"), Alignment(vertical="top")


def _free(title: str, taken: dict[str, Worksheet]) -> str:
    """A sheet title of at most 31 characters, without those Excel refuses, that is not taken."""
    clean = "".join(char for char in title if char not in "[]:*?/\\").strip("'")[:31] or "sheet"
    number = 1
    while clean.casefold() in {name.casefold() for name in taken}:
        number += 1
        clean = f"{clean[:27]} {number}"
    return clean
