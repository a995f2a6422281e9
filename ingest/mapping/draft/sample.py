"""The headings and first rows of a file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from graph.errors import BadInput
from ingest.faults import Fault
from ingest.grid import Line, read_grids
from ingest.mapping.headings import LOOKED_AT
from ingest.mapping.jsonl import keys_of, read_jsonl
from ingest.mapping.source import JSON_LINES

#: Rows looked at.
ROWS = 1000


@dataclass(frozen=True, slots=True)
class Sample:
    """Headings, rows as long as the headings, the sheet they are from and the line of the headings."""

    headings: list[str]
    rows: list[list[str]]
    sheet: str
    header: int


def sample(path: Path, sheet: str | None = None) -> Sample:
    """The beginning of ``path``; of a workbook, of the sheet named or the first that is visible.

    Raises
    ------
    BadInput
        The file or sheet cannot be read or has no headings.
    """
    if path.suffix.lower() in JSON_LINES:
        return _json_lines(path)
    titles: list[str] = []
    for grid in read_grids(path):
        if isinstance(grid, Fault):
            raise _refused(grid)
        titles.append(grid.sheet)
        if not grid.skipped and sheet in (None, grid.sheet):
            lines = [item for item in islice(grid.items(), ROWS + LOOKED_AT) if isinstance(item, Line)]
            return _headed(lines, path.name, grid.sheet)
    known = "、".join(titles)
    raise _refused(
        Fault(path.name, 0, "", sheet or "", f"工作表之一（{known}）", f"one of the sheets ({known})")
    )


def _json_lines(path: Path) -> Sample:
    try:
        keys = keys_of(path)
    except OSError as error:
        raise _refused(
            Fault(path.name, 0, "", str(error.strerror), "可读的文件", "a file that can be read")
        ) from error
    items = list(islice(read_jsonl(path, keys), ROWS)) if keys else []
    rows = [item.cells for item in items if isinstance(item, Line)]
    if not rows:
        raise _refused(Fault(path.name, 0, "", "", "每行一个 JSON 对象", "a JSON object on each line"))
    return Sample(keys, rows, "", 0)


def _headed(lines: list[Line], file: str, sheet: str) -> Sample:
    """The first of ten lines with nearly as many different texts as any other is that of the headings."""
    start = lines[:LOOKED_AT]
    most = max((_texts(line) for line in start), default=0)
    header = next((line for line in start if _texts(line) >= max(1, 0.8 * most)), None)
    if header is None:
        raise _refused(Fault(file, 0, "", "", "列名和行", "headings and rows", sheet))
    at = [i for i, text in enumerate(header.cells) if text and header.cells.index(text) == i]
    rows = [
        [line.cells[i] if i < len(line.cells) else "" for i in at]
        for line in lines
        if line.number > header.number
    ]
    return Sample([header.cells[i] for i in at], rows, sheet, header.number)


def _texts(line: Line) -> int:
    """How many different texts that are no numbers a line has."""
    return len({text for text in line.cells if text and not text.replace(".", "").isdigit()})


def _refused(fault: Fault) -> BadInput:
    detail = f"{fault.text()} · {fault.text('en')}"
    return BadInput(detail, faults=[fault.as_json()])
