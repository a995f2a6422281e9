"""Stopping a read on the embedded engine whose asker has given up.

The engine does not notice that a client went away: its statement would run on until the engine's own time
limit, and hold a core. But it lists what runs, with the text, and stops what it is told to. So each read
carries a comment by which it can be found. The comments are few and used again, because the engine keeps
the plans of statements by their text.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import EngineUnavailable

Run = Callable[[str], Awaitable[list[dict[str, Any]]]]
_STOP_S = 3.0


class StoppableReads:
    """Marks reads and stops those that are abandoned.

    Parameters
    ----------
    run : callable
        Runs a statement with the writer's rights and gives its rows.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._prefix = secrets.token_hex(4)
        self._free: list[int] = []
        self._made = 0

    @asynccontextmanager
    async def marked(self, query: str) -> AsyncIterator[str]:
        """``query`` with its mark, to be run inside the block; stopped if a time-out or a cancellation
        leaves the block.
        """
        slot = heapq.heappop(self._free) if self._free else self._made
        self._made = max(self._made, slot + 1)
        mark = f"// {self._prefix}.{slot}."
        try:
            yield f"{query}\n{mark}"
        except (TimeoutError, asyncio.CancelledError):
            await self._stop(mark)
            raise
        finally:
            heapq.heappush(self._free, slot)

    async def _stop(self, mark: str) -> None:
        # What cannot be stopped ends at the engine's own limit; the caller's error says the rest.
        with contextlib.suppress(TimeoutError, DriverError, Neo4jError, EngineUnavailable):
            async with asyncio.timeout(_STOP_S):
                for row in await self._run("SHOW TRANSACTIONS"):
                    if str(row["currentQuery"]).endswith(mark):
                        await self._run(f"TERMINATE TRANSACTIONS '{row['transactionId']}'")
