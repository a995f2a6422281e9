"""Small workbooks for tests, made by openpyxl or part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def write_book(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook with the rows of each sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def with_part(path: Path, name: str, content: bytes, *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """``path`` with one part of the container replaced (or added)."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with zipfile.ZipFile(path, "w", compression) as archive:
        for part, old in {**parts, name: content}.items():
            archive.writestr(part, content if part == name else old)
    return path


def with_sheet_xml(path: Path, rows: str, tail: str = "", head: str = "") -> Path:
    """``path`` with the XML of its first sheet made of ``rows``."""
    xml = f'<worksheet xmlns="{_MAIN}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>'
    return with_part(path, "xl/worksheets/sheet1.xml", xml.encode())
