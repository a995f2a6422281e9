"""A table as CSV on stdout, for a spreadsheet: text that looks like a formula stays text."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Sequence

from graph.spreadsheets import as_text
from lianpu.out import ReaderLeft


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write ``columns`` and ``rows`` to stdout; ``None`` is an empty cell.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    try:
        sys.stdout.write(made.getvalue())
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderLeft from error


def _cell(value: object) -> object:
    if isinstance(value, str):
        return as_text(value)
    return "" if value is None else value
