"""A table as CSV on stdout, for a spreadsheet."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from graph.spreadsheets import csv_table
from lianpu.out import ReaderLeft


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write ``columns`` and ``rows`` to stdout; see ``graph.spreadsheets.csv_table``."""
    made = csv_table(columns, rows)
    try:
        sys.stdout.write(made)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderLeft from error
