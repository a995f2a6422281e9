"""The sources that an answer cites."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar, get_args

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
    rows = await reader.rows("sources", {"ids": wanted})
    return {row["source"]["id"]: source_view(row["source"]) for row in rows}


def sources_in(value: BaseModel) -> set[str]:
    """Every source id that stands in a field ``sources`` of an answer or of a model anywhere inside it."""
    found: set[str] = set()
    waiting: list[Any] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, BaseModel):
            cites, inside = _plan(type(item))
            if cites:
                found.update(item.sources)  # type: ignore[attr-defined]
            waiting += [part for name in inside if (part := getattr(item, name))]
        elif isinstance(item, list | tuple):
            waiting += item
        elif isinstance(item, dict):
            waiting += item.values()
    return found


@cache
def _plan(cls: type[BaseModel]) -> tuple[bool, tuple[str, ...]]:
    """Whether a model has ``sources``, and which of its fields may hold models that have."""
    fields = cls.model_fields
    inside = tuple(name for name, field in fields.items() if _may_cite(field.annotation))
    return "sources" in fields, inside


def _may_cite(annotation: Any, above: frozenset[type] = frozenset()) -> bool:
    if isinstance(annotation, TypeVar):
        return True
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return any(_may_cite(part, above) for part in get_args(annotation))
    if annotation in above:
        return False
    fields, seen = annotation.model_fields, above | {annotation}
    return "sources" in fields or any(_may_cite(field.annotation, seen) for field in fields.values())
