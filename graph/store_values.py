"""Values of the driver as plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from neo4j import Record
from neo4j.graph import Entity, Path
from neo4j.time import Date, DateTime, Duration, Time

#: What is plain already: most of what a row holds, so it is asked first.
_SCALARS: Final = frozenset({str, int, float, bool, type(None)})


def plain_row(record: Record) -> dict[str, Any]:
    """One answer row: column name to plain value."""
    return dict(zip(record.keys(), map(plain, record.values()), strict=True))


def plain(value: Any) -> Any:
    """``value`` without driver objects.

    Nodes and relations become their properties, dates and times ISO text; lists and maps are converted
    throughout. A path has no plain form here.

    Raises
    ------
    TypeError
        For a path or a spatial value: a query returns its nodes and relations instead.
    """
    if type(value) in _SCALARS:
        return value
    if isinstance(value, list):
        return [item if type(item) in _SCALARS else plain(item) for item in value]
    if isinstance(value, Mapping):  # maps only: an Entity is a mapping by behaviour, not by type
        return {key: item if type(item) in _SCALARS else plain(item) for key, item in value.items()}
    if isinstance(value, Entity):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (Date, DateTime, Time, Duration)):
        return value.iso_format()
    name = "path" if isinstance(value, Path) else type(value).__name__
    raise TypeError(f"a query returned a {name}; return plain values, n {{.*}} or properties(n) instead")
