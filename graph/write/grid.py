"""Splitting relations so that two writers never touch the same entity at once.

Entities fall into a few buckets by their ids; a relation belongs to the pair of its ends' buckets. Two pairs
without a common bucket share no entity, so that their writers never wait for each other's locks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from zlib import crc32

from graph.model import Relation

#: With four, two writers always find pairs apart from each other while each pair still gives full batches.
BUCKETS = 4
#: Fewer relations than this are one batch: split up, they would cost more transactions than they save.
_WORTH_SPLITTING = 2000
EVERYWHERE = frozenset(range(BUCKETS))


def split(relations: Sequence[Relation]) -> list[tuple[frozenset[int], list[Relation]]]:
    """``relations`` by pair of buckets, neighbours in the list apart from each other where there are such."""
    if len(relations) < _WORTH_SPLITTING:
        return [(EVERYWHERE, list(relations))]
    cells: dict[frozenset[int], list[Relation]] = defaultdict(list)
    for relation in relations:
        cells[frozenset((_bucket(relation.source), _bucket(relation.target)))].append(relation)
    return sorted(cells.items(), key=lambda cell: _turn(cell[0]))


def _bucket(entity_id: str) -> int:
    return crc32(entity_id.encode()) % BUCKETS


def _turn(cell: frozenset[int]) -> tuple[int, list[int]]:
    """Order of the cells: those without a common bucket follow each other ({0,1} and {2,3} …)."""
    low, high = min(cell), max(cell)
    return (low ^ high) or BUCKETS, [low, high]
