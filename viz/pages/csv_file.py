"""Tables as CSV files that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from fastapi.responses import Response

from graph.spreadsheets import csv_table


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """With a byte order mark, so that Excel reads the Chinese; a formula's first sign gets an apostrophe."""
    return "\ufeff" + csv_table(headings, rows, "\r\n")


def csv_answer(text: str, name: str) -> Response:
    """The answer that a browser saves under ``name``, encoded as RFC 6266 has it."""
    told = f'filename="{name}"' if name.isascii() else f"filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": f"attachment; {told}", "X-Content-Type-Options": "nosniff"}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
