"""What a reader of files gives: grids of lines of cells, notes and faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from ingest.faults import Fault

#: Largest workbook or JSON file read, in bytes.
MAX_BYTES = 200 * 1024 * 1024
#: Largest delimited text: it is read line by line, and its size costs time, not memory.
MAX_TEXT_BYTES = 20 * 1024 * 1024 * 1024
#: Most lines of a delimited text.
MAX_LINES = 50_000_000
#: Most columns of a line.
MAX_COLUMNS = 1_000
#: Longest cell, in characters.
MAX_CELL = 20_000


@dataclass(frozen=True, slots=True)
class GridNote:
    """Something noticed that is no fault: hidden rows, merged cells, an encoding, a line left out.

    ``kind`` is a stable kebab-case word, ``row`` the 1-based line or 0 for the whole sheet or file.
    """

    kind: str
    file: str
    sheet: str
    row: int
    zh: str
    en: str

    def text(self, lang: str = "zh") -> str:
        """The note in one line."""
        if lang == "en":
            where = [f"sheet {self.sheet}"] if self.sheet else []
            where += [f"row {self.row}"] if self.row else []
            return f"{', '.join([self.file, *where])}: {self.en}"
        where = [f"工作表「{self.sheet}」"] if self.sheet else []
        where += [f"第{self.row}行"] if self.row else []
        place = f"{self.file} {''.join(where)}".rstrip()
        return f"{place}：{self.zh}"

    def as_json(self) -> dict[str, object]:
        """JSON-ready."""
        return asdict(self)


@dataclass(slots=True)
class Line:
    """One line: its 1-based number and its cells as stripped texts ("" is empty).

    ``faults`` holds what is wrong with single cells, by 0-based column; such a cell's text is as found and
    must not be used as a value. A fault's ``column`` is the letter of the column until a reader that knows
    the headings puts its own.
    """

    number: int
    cells: list[str]
    faults: dict[int, Fault] = field(default_factory=dict)


@dataclass(slots=True)
class Grid:
    """One sheet, or one CSV file (``sheet`` is empty then).

    ``lines`` may be read once, before the next grid is asked for, and leaves out lines without any text.
    ``notes`` and ``faults`` (of the whole sheet, e.g. a file cut short) fill while the lines are read.
    ``skipped``: the sheet is hidden or empty; it has no lines. ``date_1904``: serial numbers of days count
    from 1904, not 1900.
    """

    file: str
    sheet: str
    lines: Iterator[Line]
    notes: list[GridNote] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    skipped: bool = False
    date_1904: bool = False

    def items(self) -> Iterator[Line | Fault | GridNote]:
        """Lines, and between them the notes and faults as they come up.

        A line with faulty cells is given as it is; its faults are in the line.
        """
        told_notes = told_faults = 0
        lines = iter(self.lines)
        while True:
            line = next(lines, None)
            yield from self.notes[told_notes:]
            yield from self.faults[told_faults:]
            told_notes, told_faults = len(self.notes), len(self.faults)
            if line is None:
                return
            yield line

    def note(self, kind: str, zh: str, en: str, row: int = 0) -> None:
        """Add a note."""
        self.notes.append(self.noticed(kind, zh, en, row))

    def noticed(self, kind: str, zh: str, en: str, row: int = 0) -> GridNote:
        """A note of this grid; not added to it."""
        return GridNote(kind, self.file, self.sheet, row, zh, en)

    def fault(self, found: str, zh: str, en: str, row: int = 0, column: str = "") -> Fault:
        """A fault of this grid; not added to it."""
        return Fault(self.file, row, column, found, zh, en, self.sheet)


def letter(index: int) -> str:
    """The letter of a 0-based column: 0 is A, 27 is AB."""
    text = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
