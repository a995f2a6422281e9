"""The neighbourhood as files: a CSV of its relations, a JSON document, names for both."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from graph.spreadsheets import as_text
from viz.picture.picture import Picture
from viz.words import Lang, translator

MEDIA_TYPES = {"csv": "text/csv", "json": "application/json", "html": "text/html"}


def picture_csv(picture: Picture, lang: Lang) -> str:
    """The relations as CSV with a byte order mark, so that Excel reads the Chinese.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    t = translator(lang)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = ("from", "relation", "to", "detail", "standing", "grade")
    writer.writerow(["from_id", "to_id", *(t(f"picture.col_{c}") for c in columns)])
    for row in picture.link_rows:
        cells = [row[k] for k in ("from_id", "to_id", "from_label", "name", "to_label", "detail")]
        writer.writerow([as_text(c) for c in [*cells, row["standing_text"], row["grade"]]])
    return "\ufeff" + out.getvalue()


def picture_json(picture: Picture) -> str:
    """Nodes, relations and limits as a JSON object."""
    body: dict[str, Any] = {
        "focus": picture.data["focus"],
        "nodes": [{k: v for k, v in row.items() if k != "page"} for row in picture.node_rows],
        "relations": picture.link_rows,
        "limits": picture.limits,
    }
    return json.dumps(body, ensure_ascii=False, indent=1)


def file_name(picture: Picture, kind: str) -> str:
    """An ASCII file name: the focus' id with dashes."""
    return f"{picture.data['file_name']}.{kind}"
