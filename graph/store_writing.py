"""One writer at a time, among the processes of this machine that share a data directory."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.engine.locks import ExclusiveLock
from graph.engine.runfile import write_private
from graph.errors import Busy, EngineUnavailable

_POLL_S = 0.1


@dataclass(eq=False)
class _Hold:
    """One holding of a lock; ``lasts`` until it ends, also for a task that began under it."""

    path: Path
    lasts: bool = True


@dataclass(frozen=True)
class _Holder:
    who: str
    pid: int
    since: str


_holds: ContextVar[tuple[_Hold, ...]] = ContextVar("holds", default=())


class WriteLock:
    """The writers' lock of a data directory; beside it stands who holds it."""

    def __init__(self, home: Path) -> None:
        self._path = home / "write.lock"
        self._holder = home / "write.json"

    @property
    def held_here(self) -> bool:
        """Whether the running task, or one that started it, holds the lock."""
        return any(hold.lasts and hold.path == self._path for hold in _holds.get())

    @asynccontextmanager
    async def hold(self, who: str, wait_s: float) -> AsyncIterator[None]:
        """Hold the lock as ``who``, waiting up to ``wait_s`` seconds for another writer.

        Raises
        ------
        Busy
            If another writer holds it still; says who, since when, and its process.
        """
        lock = await self._acquire(wait_s)
        try:
            self._say_who(who)
            before, hold = _holds.get(), _Hold(self._path)
            _holds.set((*before, hold))
            try:
                yield
            finally:
                hold.lasts = False
                _holds.set(before)
                with contextlib.suppress(PermissionError):  # Windows, while another process reads it
                    self._holder.unlink(missing_ok=True)
        finally:
            lock.release()

    async def _acquire(self, wait_s: float) -> ExclusiveLock:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EngineUnavailable(
                f"The data directory {self._path.parent} cannot be made: {error.strerror}. Choose another "
                "with LIANPU_HOME.",
                path=str(self._path.parent),
            ) from error
        lock = ExclusiveLock(self._path)
        deadline = time.monotonic() + wait_s
        while not lock.try_acquire():
            if time.monotonic() >= deadline:
                raise self._busy(wait_s)
            await asyncio.sleep(_POLL_S)
        return lock

    def _say_who(self, who: str) -> None:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        write_private(self._holder, _Holder(who, os.getpid(), since))

    def _busy(self, wait_s: float) -> Busy:
        try:
            holder = json.loads(self._holder.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # it began or ended this very moment
            return Busy(f"Another writer is at work; waited {wait_s:g} s. Try again.")
        return Busy(
            f"{holder['who']} (process {holder['pid']}, since {holder['since']}) is writing; waited "
            f"{wait_s:g} s. Try again when it has ended.",
            **holder,
        )


class Turn:
    """One transaction's turn to commit, of which there is one at a time.

    At its commit a transaction locks relations that are linked to its own at the same entities. Two that
    commit at once can wait for each other, although they have no entity in common.
    """

    def __init__(self, lock: asyncio.Lock) -> None:
        self._lock = lock
        self._held = False

    async def begin(self) -> None:
        """Wait for the turn."""
        await self._lock.acquire()
        self._held = True

    def end(self) -> None:
        """Give the turn back, if it is held."""
        if self._held:
            self._held = False
            self._lock.release()
