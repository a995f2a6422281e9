"""Cutting a stream into batches that an engine takes: bounded in rows and in bytes."""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TypeVar

from graph.model import Node, Relation
from graph.write.changes import Change, RemoveNode, RemoveRelation

#: Most rows of a batch; the embedded engine hangs on messages over its limit.
ROWS = 5000
#: About the most bytes of property values in a batch (one row may be larger).
BYTES = 8_000_000
#: Changes that are weighed at once.
_PART = 250
#: Size of the ids of a row, about.
_KEYS = 100

C = TypeVar("C", RemoveRelation, RemoveNode, Node, Relation)


def batches(changes: Iterable[C], rows: int, most: int = BYTES) -> Iterator[list[C]]:
    """``changes`` in order, at most ``rows`` and about ``most`` bytes at once."""
    batch: list[C] = []
    size = 0
    for part, weight in _parts(iter(changes), min(rows, _PART), most):
        if batch and (len(batch) + len(part) > rows or size + weight > most):
            yield batch
            batch, size = [], 0
        batch += part
        size += weight
    if batch:
        yield batch


def by_class(batch: Sequence[C]) -> list[tuple[str, list[C]]]:
    """The members of a batch by their class, in the order in which the classes come first."""
    groups: dict[str, list[C]] = defaultdict(list)
    for change in batch:
        groups[change.cls].append(change)
    return list(groups.items())


def runs(changes: Iterable[Change]) -> Iterator[tuple[type[Change], Iterator[Change]]]:
    """Runs of changes of one kind, as long as one kind follows itself."""
    return groupby(changes, key=type)


def _parts(changes: Iterator[C], rows: int, most: int) -> Iterator[tuple[list[C], int]]:
    """Parts of at most ``rows`` changes with their sizes; smaller ones where these are beyond ``most``."""
    while part := list(islice(changes, rows)):
        weight = _weight(part)
        if weight <= most:
            yield part, weight
        else:
            yield from (([change], _weight([change])) for change in part)


def _weight(part: Sequence[Change]) -> int:
    """Bytes of the values of ``part``, about."""
    props = [change.props for change in part if isinstance(change, (Node, Relation))]
    return _KEYS * len(part) + len(marshal.dumps(props, 2))  # version 2 writes a repeated text out each time
