"""A sample as an xlsx file."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tools.samples.books import Book, Sheet

_LINE = Side(style="thin", color="999999")


def write_book(book: Book, path: Path, *, mended: bool) -> None:
    """Write ``book`` to ``path``; ``mended``: with what a person changes after the check."""
    made = Workbook()
    made.remove(made.worksheets[0])
    grids = {sheet.title: made.create_sheet(sheet.title) for sheet in book.sheets}
    for sheet in book.sheets:
        _write_sheet(grids[sheet.title], sheet)
    for title, where, value in book.mends if mended else []:
        cell = grids[str(title)][str(where)]
        if isinstance(cell, Cell):
            cell.value = value
    made.save(path)


def _write_sheet(grid: Worksheet, sheet: Sheet) -> None:
    for row in sheet.rows:
        grid.append(row)
    filled = [sum(cell is not None for cell in row) for row in sheet.rows]
    headings = next(n for n, count in enumerate(filled, 1) if count == max(filled) or count > 2)
    for line in grid.iter_rows(min_row=headings):
        for cell in line:
            cell.border = Border(_LINE, _LINE, _LINE, _LINE)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if cell.row == headings:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
    if headings > 1:
        for cell in next(grid.iter_rows(max_row=1)):
            cell.font, cell.alignment = Font(bold=True, size=14), Alignment(horizontal="center")
    columns = zip(*(row for row in sheet.rows[headings - 1 :] if len(row) == max(filled)), strict=False)
    for number, texts in enumerate(columns, 1):
        longest = max(sum(2 if ord(c) > 255 else 1 for c in str(text or "")) for text in texts)
        grid.column_dimensions[get_column_letter(number)].width = min(34, max(6, longest + 2))
    for area in sheet.merged:
        grid.merge_cells(area)
    for hidden in sheet.hidden_rows:
        grid.row_dimensions[hidden].hidden = True
    if sheet.hidden:
        grid.sheet_state = "hidden"
