"""The XML of one sheet as a stream of rows, and the shared texts of a workbook.

Both are read by the SAX parser of defusedxml, chunk by chunk, so that memory does not grow with the number of
rows (openpyxl's own reader keeps an element for each). The elements are those of ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from xml.sax.handler import ContentHandler

from defusedxml.expatreader import DefusedExpatParser  # type: ignore[import-untyped]

from ingest.grid.model import MAX_CELL

#: Rows and columns that a sheet can have.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CHUNK = 64 * 1024
_KEPT = 4 * MAX_CELL
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.ASCII)
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Z0-9:$]{2,30})[\"']")
_MOST_MERGES = 200_000


class Damaged(Exception):
    """XML that is no sheet: what was found."""


@dataclass(slots=True)
class XmlCell:
    """A cell: 0-based column, type and style as written, its ``<v>`` or inline text, and its formula."""

    column: int
    type: str
    style: int
    value: str | None = None
    formula: str | None = None


@dataclass(slots=True)
class XmlRow:
    """A row: its number, whether it is hidden, its cells."""

    number: int
    hidden: bool
    cells: list[XmlCell] = field(default_factory=list)


def position(reference: str) -> tuple[int, int]:
    """(row, 0-based column) of ``B3``; raises ``Damaged`` beyond what a sheet can have."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise Damaged(reference[:30])
    column = 0
    for char in match.group(1):
        column = column * 26 + ord(char) - 64
    row = int(match.group(2))
    if not 1 <= row <= LAST_ROW or column > LAST_COLUMN:
        raise Damaged(reference[:30])
    return row, column - 1


def merged_ranges(source: IO[bytes]) -> list[tuple[int, int, int, int]]:
    """(first row, first column, last row, last column) of each merged range, by first row.

    They stand behind the rows, which need them, so that they are looked for in the bytes beforehand.
    """
    found: list[tuple[int, int, int, int]] = []
    rest = b""
    while chunk := source.read(_CHUNK):
        data = rest + chunk
        end = 0
        for match in _MERGE.finditer(data):
            end = match.end()
            first, _, last = match.group(1).decode().partition(":")
            found.append((*position(first), *position(last or first)))
            if len(found) > _MOST_MERGES:
                raise Damaged(f"> {_MOST_MERGES} merged ranges")
        rest = data[max(end, len(data) - 200) :]
    return sorted(found)


class _Rows(ContentHandler):
    """Gathers finished rows in ``done`` and the hidden columns."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[XmlRow] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.merges = 0
        self._row = XmlRow(0, False)
        self._last = 0
        self._cell: XmlCell | None = None
        self._text: list[str] = []
        self._length = 0
        self._into = ""

    def startElement(self, name: str, attrs: Any) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self._start_cell(attrs)
            case "v" | "f" | "t" as into if self._cell is not None and self._into != "rPh":
                self._into, self._text, self._length = into, [], 0
            case "rPh":
                self._into = "rPh"
            case "row":
                self._start_row(attrs)
            case "col" if attrs.get("hidden") in ("1", "true"):
                first, last = _number(attrs.get("min")), _number(attrs.get("max"))
                self.hidden_columns.append((first - 1, min(last, LAST_COLUMN) - 1))
            case "mergeCell":
                self.merges += 1

    def _start_row(self, attrs: Any) -> None:
        number = _number(attrs.get("r"), self._last + 1)
        if not self._last < number <= LAST_ROW:
            raise Damaged(f'<row r="{number}">')
        self._row = XmlRow(number, attrs.get("hidden") in ("1", "true"))
        self._last = number

    def _start_cell(self, attrs: Any) -> None:
        reference = attrs.get("r")
        cells = self._row.cells
        column = position(reference)[1] if reference else cells[-1].column + 1 if cells else 0
        if column >= LAST_COLUMN or (cells and column <= cells[-1].column):
            raise Damaged(str(reference))
        self._cell = XmlCell(column, attrs.get("t", "n"), _number(attrs.get("s"), 0))
        self._into = ""

    def characters(self, content: str) -> None:
        if self._into in ("v", "f", "t") and self._length <= _KEPT:
            self._text.append(content)
            self._length += len(content)

    def endElement(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "c" if self._cell is not None:
                self._row.cells.append(self._cell)
                self._cell = None
            case "v" if self._cell is not None:
                self._cell.value, self._into = "".join(self._text), ""
            case "f" if self._cell is not None:
                self._cell.formula, self._into = "".join(self._text), ""
            case "t" if self._cell is not None and self._into == "t":
                self._cell.value, self._into = (self._cell.value or "") + "".join(self._text), ""
            case "rPh":
                self._into = ""
            case "row":
                self.done.append(self._row)


def _number(text: str | None, default: int = 1) -> int:
    if text is None:
        return default
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise Damaged(text[:30])
    return int(text)


class SheetRows:
    """The rows of a sheet; ``hidden_columns`` (first, last; 0-based) and ``merges`` fill while reading."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._handler = source, _Rows()

    @property
    def hidden_columns(self) -> list[tuple[int, int]]:
        """Ranges of hidden columns met so far."""
        return self._handler.hidden_columns

    @property
    def merges(self) -> int:
        """Merged ranges met so far."""
        return self._handler.merges

    def __iter__(self) -> Iterator[XmlRow]:
        parser = _parser(self._handler)
        while chunk := self._source.read(_CHUNK):
            parser.feed(chunk)
            yield from self._handler.done
            self._handler.done.clear()
        parser.close()


class _Strings(ContentHandler):
    """The texts of ``<si>``: plain or runs of rich text, without phonetic guides."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._in_text = self._phonetic = False

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: ARG002
        match name.rpartition(":")[2]:
            case "si":
                self._parts = []
            case "rPh":
                self._phonetic = True
            case "t":
                self._in_text = not self._phonetic

    def characters(self, content: str) -> None:
        if self._in_text:
            self._parts.append(content)

    def endElement(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "si":
                self.texts.append("".join(self._parts))
            case "rPh":
                self._phonetic = False
            case "t":
                self._in_text = False


def shared_texts(source: IO[bytes]) -> list[str]:
    """The shared texts of a workbook, in their order."""
    handler = _Strings()
    parser = _parser(handler)
    while chunk := source.read(_CHUNK):
        parser.feed(chunk)
    parser.close()
    return handler.texts


def _parser(handler: ContentHandler) -> Any:
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(handler)
    return parser
