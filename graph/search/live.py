"""Searching with an index that follows the graph."""

from __future__ import annotations

import asyncio

from graph.search.index import Found, SearchIndex
from graph.search.schema import Stamp
from graph.store import Store

#: Revision of an index made while the graph was being changed: it is made anew once the graph is whole.
_PASSING = -1


class LiveSearch:
    """A search index and the store it shows: looked up only after it was brought up to the store's stamp."""

    def __init__(self, index: SearchIndex, store: Store) -> None:
        self.index = index
        self._store = store
        self._building = asyncio.Lock()

    async def refresh(self) -> bool:
        """Build the index if the graph has another revision; whether it was built.

        While the graph is being changed the former index serves on.
        """
        meta = await self._store.meta()
        if meta is None:
            return False
        shown = await asyncio.to_thread(self.index.stamp)
        wanted = Stamp(meta.store_id, meta.revision if meta.state == "whole" else _PASSING, meta.token)
        if shown == wanted or (
            meta.state != "whole" and shown is not None and shown.store_id == meta.store_id
        ):
            return False
        async with self._building:
            return await self.index.ensure(self._store, wanted)

    async def find(
        self, query: str, *, cls: str | None = None, limit: int | None = None, after: str | None = None
    ) -> Found:
        """As ``SearchIndex.look_for``, on the graph as it is now."""
        await self.refresh()
        return await self.index.find(query, cls=cls, limit=limit, after=after)
