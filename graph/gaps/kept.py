"""Facts that were read are kept while the graph stays as it is: an answer more needs no query."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from graph.store import MetaState

T = TypeVar("T")
_Key = tuple[Hashable, ...]


class Kept(Generic[T]):
    """A few values made from the graph, the least recently used of them forgotten first.

    Parameters
    ----------
    size : how large a value is, in facts; most : how large all are together. The newest is always kept.
    """

    def __init__(self, size: Callable[[T], int], most: int) -> None:
        self._size, self._most = size, most
        self._values: OrderedDict[_Key, T] = OrderedDict()
        self._making: dict[_Key, asyncio.Lock] = {}

    async def get(self, stamp: MetaState | None, key: _Key, make: Callable[[], Awaitable[T]]) -> T:
        """The value under ``key``, made by ``make`` unless it was made of this very graph; once at a time.

        ``stamp``: that of the graph as it is now. While the graph is being changed nothing is kept.
        """
        if stamp is None or stamp.state == "applying":
            return await make()
        whole: _Key = (stamp.store_id, *stamp.mark, *key)
        lock = self._making.setdefault(whole, asyncio.Lock())
        async with lock:
            try:
                if whole not in self._values:
                    self._keep(whole, await make())
                self._values.move_to_end(whole)
                return self._values[whole]
            finally:
                if self._making.get(whole) is lock:
                    del self._making[whole]

    def _keep(self, key: _Key, value: T) -> None:
        for old in [k for k in self._values if k[:3] != key[:3]]:
            del self._values[old]
        self._values[key] = value
        while len(self._values) > 1 and sum(map(self._size, self._values.values())) > self._most:
            self._values.popitem(last=False)
