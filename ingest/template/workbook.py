"""Writing the template: explaining sheet, one sheet a table, and a hidden sheet with the lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from graph.ontology import EntityClass, Ontology, Property, RelationClass
from graph.page_setup import fit_to_width
from graph.safe_text import put_text
from ingest.template.examples import example_row, offered
from ingest.template.names import Names
from ingest.template.notes import contents, explanation, note_of
from ingest.template.sheets import SheetColumn, columns_for

#: Rows that have drop-downs.
ROWS = 5_000
_FONT = {"zh": "Microsoft YaHei", "en": "Calibri"}
_TITLE = {"zh": "填写说明", "en": "instructions"}
_LISTS = {"zh": "列表", "en": "lists"}
_HEAD, _NEEDED, _SAMPLE = (PatternFill("solid", fgColor=c) for c in ("1F6F8B", "B5451B", "F2F2F2"))
_SIDE = Side(style="thin", color="BFBFBF")
_LINE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WIDTHS = {
    "name": 30,
    "text": 24,
    "date": 13,
    "enum": 13,
    "boolean": 10,
    "quantity": 15,
    "uscc": 22,
    "url": 30,
}
#: Types typed as text, so that Excel does not turn codes into numbers and months into days.
_AS_TEXT = ("uscc", "stock_code", "place_code", "gb4754", "date")


def write_template(
    path: Path,
    ontology: Ontology,
    names: Names,
    classes: Sequence[EntityClass | RelationClass],
    lang: str = "zh",
) -> None:
    """Write the empty workbook for ``classes`` to ``path``.

    Parameters
    ----------
    names : what the drop-downs of references offer.
    lang : language of titles, headings, notes and values (``zh`` or ``en``).
    """
    book = Workbook()
    first = book.worksheets[0]
    lists = _Lists(book.create_sheet(_LISTS[lang]))
    writing = _Writing(ontology, names, lists, lang)
    for cls in classes:
        writing.write(book.create_sheet(cls.table.en if lang == "en" else cls.table.zh), cls)
    _write_explanation(first, classes, lang)
    lists.sheet.sheet_state = "hidden"
    book.move_sheet(lists.sheet, len(book.worksheets))
    book.active = 0
    book.save(path)


class _Lists:
    """The hidden sheet with the lists of the drop-downs, each list once."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._ranges: dict[tuple[str, ...], str] = {}

    def range_of(self, heading: str, texts: Sequence[str]) -> str:
        """The address of the list ``texts``, written if it is new."""
        key = tuple(texts)
        if key not in self._ranges:
            column = len(self._ranges) + 1
            put_text(self.sheet.cell(1, column), heading)
            for row, text in enumerate(texts, 2):
                put_text(self.sheet.cell(row, column), text)
            letter = get_column_letter(column)
            self._ranges[key] = f"'{self.sheet.title}'!${letter}$2:${letter}${len(texts) + 1}"
        return self._ranges[key]


@dataclass(frozen=True, slots=True)
class _Writing:
    """What all sheets of a workbook share."""

    ontology: Ontology
    names: Names
    lists: _Lists
    lang: str

    def write(self, sheet: Worksheet, cls: EntityClass | RelationClass) -> None:
        """Headings with notes, the example row, drop-downs."""
        columns = columns_for(cls, self.ontology)
        example = example_row(cls, columns, self.names, self.ontology, self.lang)
        for index, (column, sample) in enumerate(zip(columns, example, strict=True), 1):
            heading = column.heading(self.ontology, self.lang)
            self._write_heading(sheet.cell(1, index), heading, column)
            self._write_example(sheet.cell(2, index), sample)
            self._set_form(sheet, index, heading, column)
            self._add_choice(sheet, index, heading, cls, column)
        sheet.row_dimensions[1].height = 34
        sheet.freeze_panes = "B2"
        sheet.print_title_rows = "1:1"
        fit_to_width(sheet)

    def _write_heading(self, cell: Cell | MergedCell, heading: str, column: SheetColumn) -> None:
        put_text(cell, heading)
        cell.font = Font(name=_FONT[self.lang], bold=True, color="FFFFFF")
        cell.fill = _NEEDED if column.required else _HEAD
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _LINE
        cell.comment = _comment(note_of(column, self.ontology, self.lang))

    def _write_example(self, cell: Cell | MergedCell, sample: str) -> None:
        put_text(cell, sample)
        cell.font = Font(name=_FONT[self.lang], italic=True, color="7F7F7F")
        cell.fill, cell.border = _SAMPLE, _LINE
        cell.alignment = Alignment(vertical="top", wrap_text=True)

    def _set_form(self, sheet: Worksheet, index: int, heading: str, column: SheetColumn) -> None:
        kind = column.spec.type if isinstance(column.spec, Property) and not column.ends else "name"
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = max(_WIDTHS.get(kind, 16), min(2.2 * len(heading) + 2, 32))
        dimension.font = Font(name=_FONT[self.lang])
        if kind in _AS_TEXT:
            dimension.number_format = sheet.cell(2, index).number_format = "@"

    def _add_choice(
        self,
        sheet: Worksheet,
        index: int,
        heading: str,
        cls: EntityClass | RelationClass,
        column: SheetColumn,
    ) -> None:
        texts = self._choices(column)
        strict = bool(texts) and not column.ends and not column.many
        texts = texts or offered(cls.name, column.name)
        if not texts:
            return
        choice = DataValidation("list", formula1=self.lists.range_of(heading, texts), allow_blank=True)
        choice.showErrorMessage = strict
        choice.errorTitle = "Lianpu"
        choice.error = "Choose from the list" if self.lang == "en" else "请从下拉列表中选择"
        letter = get_column_letter(index)
        choice.add(f"{letter}2:{letter}{ROWS}")
        sheet.add_data_validation(choice)

    def _choices(self, column: SheetColumn) -> list[str]:
        spec = column.spec
        if column.ends:
            return self.names.of(column.ends) if len(column.ends) < 5 else []
        if isinstance(spec, Property) and spec.values:
            return [value.en if self.lang == "en" else value.zh for value in spec.values]
        if isinstance(spec, Property) and spec.type == "boolean":
            return ["yes", "no"] if self.lang == "en" else ["是", "否"]
        return []


def _comment(text: str) -> Comment:
    comment = Comment(text, "Lianpu")
    comment.width, comment.height = 320, 40 + 18 * (text.count("\n") + len(text) // 22)
    return comment


def _write_explanation(sheet: Worksheet, classes: Sequence[EntityClass | RelationClass], lang: str) -> None:
    sheet.title = _TITLE[lang]
    sheet.sheet_view.showGridLines = False
    fit_to_width(sheet)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 92
    put_text(sheet["A1"], "Lianpu: workbook to fill" if lang == "en" else "链谱填报工作簿")
    sheet["A1"].font = Font(name=_FONT[lang], bold=True, size=16, color="1F6F8B")
    row = 3
    for heading, text in explanation(lang):
        _write_pair(sheet, row, heading, text, lang)
        row += 1
    row += 1
    put_text(sheet.cell(row, 1), "Sheets" if lang == "en" else "各工作表")
    sheet.cell(row, 1).font = Font(name=_FONT[lang], bold=True, size=13, color="1F6F8B")
    for title, help_ in contents(classes, lang):
        row += 1
        _write_pair(sheet, row, title, help_, lang)
        cell = sheet.cell(row, 1)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!A1")
        cell.font = Font(name=_FONT[lang], underline="single", color="0563C1")


def _write_pair(sheet: Worksheet, row: int, heading: str, text: str, lang: str) -> None:
    put_text(sheet.cell(row, 1), heading)
    put_text(sheet.cell(row, 2), text)
    sheet.cell(row, 1).font = Font(name=_FONT[lang], bold=True)
    sheet.cell(row, 2).font = Font(name=_FONT[lang])
    for column in (1, 2):
        sheet.cell(row, column).alignment = Alignment(vertical="top", wrap_text=True)
    wide = sum(2 if ord(char) > 0x2E80 else 1 for char in text)
    sheet.row_dimensions[row].height = 18 * (1 + wide // 90)
