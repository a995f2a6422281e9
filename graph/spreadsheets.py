"""Text for cells that a spreadsheet reads: nothing in it becomes a live formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

#: What may start a formula where a spreadsheet reads a cell anew, also as full-width characters.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def as_text(cell: str) -> str:
    """``cell``, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def csv_table(headings: Sequence[str], rows: Iterable[Sequence[object]], end: str = "\n") -> str:
    """A table as CSV with lines that end in ``end``; ``None`` is an empty cell, texts go by ``as_text``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(headings)
    writer.writerows([as_text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()
