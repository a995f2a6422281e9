"""One class's members as a CSV file for neo4j-admin, with its typed headings in a file of their own.

Columns are those of the properties that occur, typed by their values. Headings are written last, and a row
may end before the last column: the import takes what is missing as unknown. A cell without anything is an
unknown value, one of two quotes is the empty text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from graph.errors import OntologyError
from graph.model import Props

#: Unit separator: joins the texts of a list. Control characters are refused when tables are read.
ARRAY_DELIMITER = "\x1f"
#: Type of a value in Python → its type in the headings.
TYPES: dict[type, str] = {
    str: "string",
    list: "string[]",
    int: "long",
    float: "double",
    bool: "boolean",
}
_LONGEST = 2**63
#: Rows that are encoded and written at once.
_PIECE = 5000
#: Both are line ends to the import, and both must be quoted: csv quotes what is part of the line end.
_LINE_END = "\r\n"
_Cell = str | int | float | None


class MemberFile:
    """The files of one class, open for writing.

    Attributes
    ----------
    path, header : the rows, and the headings.
    rows : how many were added.
    broken : whether a value holds a line break, so that the import must be told.
    """

    def __init__(self, folder: Path, name: str, keys: Sequence[str]) -> None:
        """``keys`` are the headings of the first columns, whose cells are given apart from the properties."""
        self.path, self.header = folder / f"{name}.csv", folder / f"{name}.header.csv"
        self.rows = 0
        self.broken = False
        self._headings = list(keys)
        self._first = len(keys)
        self._columns: dict[str, tuple[int, type]] = {}
        self._waiting: list[list[_Cell]] = []
        self._file = self.path.open("wb")

    def add(self, keys: Sequence[str], props: Props, without: str = "") -> None:
        """Append one member.

        Parameters
        ----------
        keys : cells of the first columns.
        props : its properties. ``without``: a property among them that a first column holds already.

        Raises
        ------
        OntologyError
            A value that the import would not store as it is: of a property that has other types elsewhere, a
            whole number of more than 64 bits, an empty list, or a text with the separator of lists in it.
        """
        columns = self._columns
        row: list[_Cell] = [*keys, *[None] * len(columns)]
        for name, value in props.items():
            if name == without:
                continue
            kind = type(value)
            at, expected = columns.get(name) or self._column(name, kind, row)
            if kind is str:
                row[at] = value  # type: ignore[assignment]
            elif kind is list:
                row[at] = _joined(value, name)  # type: ignore[arg-type]
            elif kind is bool:
                row[at] = "true" if value else "false"
            elif kind is int and not -_LONGEST <= value < _LONGEST:  # type: ignore[operator]
                raise OntologyError(f"{name} = {value} has more than 64 bits.", field=name)
            else:
                row[at] = value  # type: ignore[assignment]
            if kind is not expected:
                raise OntologyError(
                    f"{name} is {TYPES[expected]} elsewhere in {self.path.stem}, here {kind.__name__}.",
                    field=name,
                    found=kind.__name__,
                    expected=TYPES[expected],
                )
        self._waiting.append(row)
        self.rows += 1
        if len(self._waiting) == _PIECE:
            self._flush()

    def close(self) -> None:
        """Write what waits and the headings."""
        try:
            self._flush()
            self.header.write_text(",".join(self._headings) + "\n", encoding="utf-8")
        finally:
            self._file.close()

    def discard(self) -> None:
        """Close the file as it is."""
        self._file.close()

    def _column(self, name: str, kind: type, row: list[_Cell]) -> tuple[int, type]:
        """A new column for a property seen for the first time."""
        if kind not in TYPES:
            raise OntologyError(f"{name} holds a {kind.__name__}, which is not stored.", field=name)
        column = self._first + len(self._columns), kind
        self._columns[name] = column
        self._headings.append(f"{name}:{TYPES[kind]}")
        row.append(None)
        return column

    def _flush(self) -> None:
        rows, self._waiting = self._waiting, []
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator=_LINE_END)
        if any("" in row for row in rows):
            buffer.writelines(_quoted(row) if "" in row else _plain(row) for row in rows)
        else:
            writer.writerows(rows)
        text = buffer.getvalue()
        self.broken |= text.count("\n") > len(rows) or text.count("\r") > len(rows)
        self._file.write(text.encode())


def _joined(values: list[str], name: str) -> str:
    text = values[0] if len(values) == 1 else ARRAY_DELIMITER.join(values)
    if not text or text.count(ARRAY_DELIMITER) != len(values) - 1:
        raise OntologyError(
            f"{name} = {values!r}: an empty list, or U+001F in a text, is not stored.", field=name
        )
    return text


def _quoted(row: Sequence[_Cell]) -> str:
    """A line in which every known value is quoted, the empty text too, which csv would leave out."""
    cells = ("" if v is None else '"' + str(v).replace('"', '""') + '"' for v in row)
    return ",".join(cells) + _LINE_END


def _plain(row: Sequence[_Cell]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator=_LINE_END).writerow(row)
    return buffer.getvalue()
