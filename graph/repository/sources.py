"""The sources that an answer cites."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from graph.repository.models import Cited, source_view
from graph.repository.reader import Reader

#: Sources named in one answer at most.
MOST = 500


async def cited(reader: Reader, ids: Iterable[str]) -> Cited:
    """The sources with these ids, those that are recorded, by id (at most ``MOST``)."""
    wanted = sorted(set(ids))[:MOST]
    if not wanted:
        return {}
    rows = await reader.rows("entities", {"ids": wanted})
    return {row["node"]["id"]: source_view(row["node"]) for row in rows if row["node"]["cls"] == "Source"}


def sources_in(value: Any) -> set[str]:
    """Every source id that stands in a field ``sources`` anywhere inside an answer."""
    found: set[str] = set()
    if isinstance(value, BaseModel):
        own = getattr(value, "sources", None)
        if isinstance(own, list):
            found |= {s for s in own if isinstance(s, str)}
        for name in type(value).model_fields:
            found |= sources_in(getattr(value, name))
    elif isinstance(value, list | tuple):
        for item in value:
            found |= sources_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            if isinstance(item, BaseModel | list | tuple):
                found |= sources_in(item)
    return found
