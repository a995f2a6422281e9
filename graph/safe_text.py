"""Text put into a workbook so that it stays text: nothing in it ever becomes a live formula."""

from __future__ import annotations

import re

from openpyxl.cell.cell import Cell, MergedCell

from graph.spreadsheets import FORMULA_STARTS

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
#: Excel's own limit for the text of a cell.
_LIMIT = 32_000


def visible(text: str) -> str:
    """``text`` with control characters, direction marks and lone surrogates as ``\\u202e``; cut to fit."""
    shown = _HIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return shown if len(shown) <= _LIMIT else shown[:_LIMIT] + "…"


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write ``text`` into ``cell`` as text; with the quote mark of Excel where it looks like a formula.

    Inside a merged range nothing is written.
    """
    if isinstance(cell, MergedCell):
        return
    cell.value = visible(text)
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
