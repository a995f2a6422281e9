"""A workbook as grids, one a sheet: cells as a person sees them, in bounded memory, nothing executed."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Any
from xml.sax import SAXException

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ingest.faults import Fault
from ingest.grid.cell_text import CellTexts, Wrong
from ingest.grid.delimited import checked
from ingest.grid.merges import Merges
from ingest.grid.model import Grid, Line, letter
from ingest.grid.package import container_fault
from ingest.grid.sheet_xml import Damaged, SheetRows, XmlRow, merged_ranges, shared_texts
from ingest.grid.watch import Watch

#: What reading a damaged part may raise.
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    OSError, SAXException, SyntaxError, DefusedXmlException, Damaged, RuntimeError,
)  # fmt: skip
#: Date formats that a Chinese Excel knows by number alone (ECMA-376 part 1, 18.8.30, zh-cn).
_CHINESE_DATES = {
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_SHEET = "/worksheet"
_NO_SHEET = ("至少一张有内容、不隐藏的工作表", "at least one sheet that is not hidden and holds something")


def read_xlsx(path: Path) -> Iterator[Grid | Fault]:
    """One grid for each sheet (``skipped`` for a hidden or empty one), and the faults of the whole file."""
    watch = Watch(path)
    fault = container_fault(path)
    if fault is not None:
        yield fault
        return
    with ExitStack() as stack:
        try:
            book = _Book(path, stack)
        except BROKEN as error:
            yield _damaged(path.name, "", error)
            return
        read = 0
        for sheet, target in book.sheets:
            with ExitStack() as opened:
                grid = book.grid(sheet, target, opened)
                yield grid
            read += not grid.skipped
        if not read:
            yield Fault(path.name, 0, "", f"{len(book.sheets)} sheets", *_NO_SHEET)
    if fault := watch.changed():
        yield fault


def _damaged(file: str, sheet: str, error: Exception, row: int = 0) -> Fault:
    return Fault(
        file,
        row,
        "",
        (str(error) or type(error).__name__)[:200],
        "完整的 xlsx 工作簿（文件已损坏；在 Excel 里打开并另存一次）",
        "a whole xlsx workbook (the file is damaged; open it in Excel and save it again)",
        sheet,
    )


class _Book:
    """An open workbook: its sheets, texts and formats."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        self.file = path.name
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep, such as validations, is not read
            handle = stack.enter_context(path.open("rb"))
            reader: Any = ExcelReader(handle, read_only=True, data_only=True, keep_links=False)
            self._archive: zipfile.ZipFile = stack.enter_context(reader.archive)
            reader.read_manifest()
            reader.read_workbook()
            book: Any = reader.wb
            apply_stylesheet(reader.archive, book)
            self.sheets = [(s, r.target) for s, r in reader.parser.find_sheets() if r.Type.endswith(_SHEET)]
        names = set(self._archive.namelist())
        strings = next((name for name in names if name.lower().endswith("sharedstrings.xml")), None)
        shared: list[str] = []
        if strings is not None:
            with self._archive.open(strings) as source:
                shared = shared_texts(source)
        formats = [_format(style.numFmtId, book._number_formats) for style in book._cell_styles]
        self._date_1904 = book.epoch == CALENDAR_MAC_1904
        self._texts = CellTexts(shared, formats, book.epoch)

    def grid(self, sheet: Any, target: str, opened: ExitStack) -> Grid:
        """The grid of a sheet; closing ``opened`` ends the reading of its lines."""
        grid = Grid(self.file, sheet.name, iter(()), date_1904=self._date_1904)
        if sheet.state != "visible":
            grid.note("hidden-sheet", "隐藏的工作表，没有读", "hidden sheet, not read")
            grid.skipped = True
            return grid
        lines = self._lines(target, grid)
        opened.callback(lines.close)
        first = next(lines, None)
        if first is None and not grid.faults:
            grid.note("empty-sheet", "空的工作表", "empty sheet")
            grid.skipped = True
        grid.lines = lines if first is None else chain([first], lines)
        return grid

    def _lines(self, target: str, grid: Grid) -> Generator[Line, None, None]:
        last = 0
        hidden: list[int] = []
        try:
            with self._archive.open(target) as source:
                merges = Merges(merged_ranges(source))
            with self._archive.open(target) as source:
                rows = SheetRows(source)
                for row in rows:
                    last = row.number
                    line = self._line(row, grid)
                    if not any(line.cells) and not line.faults:
                        continue
                    if row.hidden:
                        hidden.append(row.number)
                    merges.fill(line)
                    yield line
            _tell(grid, hidden, rows.hidden_columns, merges.filled)
        except BROKEN as error:
            grid.faults.append(_damaged(self.file, grid.sheet, error, last))

    def _line(self, row: XmlRow, grid: Grid) -> Line:
        line = Line(row.number, [])
        for cell in row.cells:
            text = self._texts.text(cell)
            if text == "":
                continue
            line.cells.extend([""] * (cell.column + 1 - len(line.cells)))
            if isinstance(text, Wrong):
                line.cells[cell.column] = text.found
                line.faults[cell.column] = grid.fault(
                    text.found, text.zh, text.en, row.number, letter(cell.column)
                )
            else:
                line.cells[cell.column] = text
        return checked(line, grid)


def _format(number: int, own: list[str]) -> str:
    if number in _CHINESE_DATES:
        return _CHINESE_DATES[number]
    if number < 164:
        return BUILTIN_FORMATS.get(number, "General")
    return own[number - 164] if number - 164 < len(own) else "General"


def _tell(grid: Grid, hidden: list[int], columns: list[tuple[int, int]], filled: list[str]) -> None:
    if hidden:
        zh, en = _some([str(n) for n in hidden], "、"), _some([str(n) for n in hidden], ", ")
        grid.note(
            "hidden-rows",
            f"隐藏的 {len(hidden)} 行也读了：{zh}",
            f"{len(hidden)} hidden rows were read too: {en}",
        )
    if columns:
        names = [letter(a) if a == b else f"{letter(a)}:{letter(b)}" for a, b in columns]
        grid.note(
            "hidden-columns",
            f"隐藏的列也读了：{_some(names, '、')}",
            f"hidden columns were read too: {_some(names, ', ')}",
        )
    if filled:
        zh, en = _some(filled, "、"), _some(filled, ", ")
        grid.note(
            "merged-cells",
            f"合并的单元格按首格填满：{zh}",
            f"merged cells filled with their first value: {en}",
        )


def _some(names: list[str], mark: str) -> str:
    return mark.join(names[:10]) + (" …" if len(names) > 10 else "")
