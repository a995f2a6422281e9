"""The rows behind everything in a picture, so that a drawing can carry them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Protocol

from graph.repository import Assertions, FirmNeighbourhood

#: Rows of one node or relation that a drawing carries; rows that are read at the same time.
ROWS, AT_ONCE = 20, 8
Evidence = Mapping[str, Assertions]


class Asked(Protocol):
    """The one question of the repository that is asked here."""

    async def assertions(self, key: str, *, limit: int | None = None) -> Assertions:
        """The rows behind an entity id or relation id."""


async def evidence_of(repository: Asked, answer: FirmNeighbourhood) -> dict[str, Assertions]:
    """The rows behind every node and relation of ``answer``, by id and rid."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def read(key: str) -> Assertions:
        async with slots:
            return await repository.assertions(key, limit=ROWS)

    keys = list(_keys(answer))
    return dict(zip(keys, await asyncio.gather(*map(read, keys)), strict=True))


def _keys(answer: FirmNeighbourhood) -> Iterable[str]:
    yield from (node.id for node in answer.nodes)
    yield from (link.rid for link in answer.edges)
