"""Text for cells that a spreadsheet reads: nothing in it becomes a live formula."""

from __future__ import annotations

#: What may start a formula where a spreadsheet reads a cell anew, also as full-width characters.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def as_text(cell: str) -> str:
    """``cell``, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
