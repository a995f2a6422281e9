"""Writing the workbook: one sheet a list, with title, filter, frozen headings and A4 landscape pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet

from graph.page_setup import fit_to_width
from graph.safe_text import put_text
from viz.documents.sheet import Number, Sheet, Value

#: The row of the headings; above it the title and the note.
HEADINGS: Final = 3
_FONT: Final = "Microsoft YaHei"
_SIDE: Final = Side(style="thin", color="C9CDD2")
_LINE: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_BLUE: Final = "1F6F8B"
_RED: Final = "9A3412"
#: Height of a line of text in points, and the highest row that Excel allows.
_POINTS, _HIGHEST = 13.0, 409.0


def write_workbook(path: Path, title: str, as_of: str, sheets: Sequence[Sheet]) -> None:
    """Write ``sheets`` to ``path``.

    Parameters
    ----------
    title : place and chain, on every sheet. as_of : the day, on every sheet.
    sheets : in their order.

    Notes
    -----
    Nothing is written as a formula. The headings stand in row ``HEADINGS``.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for look in _looks():
        book.add_named_style(look)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet, f"{title} · {sheet.name}", as_of)
    book.properties.title = title
    book.properties.creator = "链谱 Lianpu"
    book.save(path)


def _write(to: Worksheet, sheet: Sheet, title: str, as_of: str) -> None:
    width = len(sheet.columns)
    _band(to, 1, width, title, font=Font(name=_FONT, bold=True, size=15, color=_BLUE), height=26)
    note = f"截至 {as_of} · {sheet.counted} · {sheet.note} · 空白＝没有记录"
    total = sum(column.width for column in sheet.columns)
    whole = bool(sheet.lines) and sheet.total is None
    font = Font(name=_FONT, size=9, color="5A6470") if whole else Font(name=_FONT, bold=True, color=_RED)
    _band(to, 2, width, note, font=font, height=(14.0 if whole else 17.0) * _wraps(note, total))
    for index, column in enumerate(sheet.columns, 1):
        cell = to.cell(HEADINGS, index)
        put_text(cell, column.heading)
        cell.font = Font(name=_FONT, bold=True, size=10, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_BLUE)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _LINE
        to.column_dimensions[get_column_letter(index)].width = column.width
    to.row_dimensions[HEADINGS].height = 30
    for row, line in enumerate(sheet.lines, HEADINGS + 1):
        lines = 1
        for index, (column, value) in enumerate(zip(sheet.columns, line.values, strict=True), 1):
            cell = to.cell(row, index)
            cell.style = _look(column.kind)
            _put(cell, value)
            lines = max(lines, _wraps(_shown(value), column.width))
        to.row_dimensions[row].height = min(5 + _POINTS * lines, _HIGHEST)
    _set_up(to, sheet, title, as_of)


def _band(to: Worksheet, row: int, width: int, text: str, *, font: Font, height: float) -> None:
    cell = to.cell(row, 1)
    put_text(cell, text)
    cell.font = font
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    to.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    to.row_dimensions[row].height = height


def _set_up(to: Worksheet, sheet: Sheet, title: str, as_of: str) -> None:
    last = get_column_letter(len(sheet.columns))
    end = HEADINGS + max(len(sheet.lines), 1)
    to.auto_filter.ref = f"A{HEADINGS}:{last}{end}"
    to.freeze_panes = f"B{HEADINGS + 1}" if sheet.columns[0].width > 15 else f"C{HEADINGS + 1}"
    to.print_title_rows = f"{HEADINGS}:{HEADINGS}"
    to.print_area = f"A1:{last}{end}"
    fit_to_width(to)
    to.sheet_view.showGridLines = False
    margins = to.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.8, 0.35
    texts = (title.replace("&", "&&"), "第 &P 页，共 &N 页", f"截至 {as_of} · 链谱")
    footer = HeaderFooterItem()
    for part, text in zip((footer.left, footer.center, footer.right), texts, strict=True):
        part.text, part.size = text, 8
    to.HeaderFooter.oddFooter = footer


def _looks() -> list[NamedStyle]:
    """The looks of the cells by kind: named, so that each is stored once however many cells there are."""
    made = []
    for kind, across in (("text", None), ("long", None), ("number", "right"), ("short", "center")):
        look = NamedStyle(_look(kind))
        look.font = Font(name=_FONT, size=9)
        look.border = _LINE
        look.alignment = Alignment(horizontal=across, vertical="top", wrap_text=True)
        made.append(look)
    return made


def _look(kind: str) -> str:
    return f"lianpu {kind}"


def _put(cell: Cell | MergedCell, value: Value) -> None:
    if isinstance(cell, MergedCell) or value is None:
        return
    if isinstance(value, Number):
        cell.value = value.value
        before, after = (f'"{word}"' if word else "" for word in (value.before, value.after))
        cell.number_format = f"{before}{value.form}{after}"
    elif isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value


def _shown(value: Value) -> str:
    if isinstance(value, Number):
        shown = {"0%": ".0%", "0.00": ".2f"}.get(value.form, "g")
        return f"{value.before}{value.value:{shown}}{value.after}"
    return "" if value is None else str(value)


def _wraps(text: str, width: float) -> int:
    """About how many lines ``text`` takes in a column of ``width``: Chinese characters are two wide."""
    room = max(1.12 * width - 1, 4)
    return sum(1 + int((_wide(line) - 0.1) // room) for line in text.split("\n")) if text else 1


def _wide(line: str) -> float:
    return sum(2.0 if ord(char) > 0x2E80 else 1.05 for char in line)
