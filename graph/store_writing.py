"""One writer at a time, among the processes of this machine that share a data directory."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from graph.engine.locks import ExclusiveLock
from graph.errors import Busy, EngineUnavailable

_POLL_S = 0.1
_held_here: ContextVar[frozenset[str]] = ContextVar("held_here", default=frozenset())


class WriteLock:
    """The writers' lock of a data directory; beside it stands who holds it."""

    def __init__(self, home: Path) -> None:
        self._path = home / "write.lock"
        self._holder = home / "write.json"

    @property
    def held_here(self) -> bool:
        """Whether the running task, or one that started it, holds the lock."""
        return str(self._path) in _held_here.get()

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
            before = _held_here.get()
            _held_here.set(before | {str(self._path)})
            try:
                yield
            finally:
                _held_here.set(before)
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
        holder = {"who": who, "pid": os.getpid(), "since": since}
        temporary = self._holder.with_name(f"write.json.{os.getpid()}")
        temporary.write_text(json.dumps(holder, ensure_ascii=False), encoding="utf-8")
        temporary.replace(self._holder)

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
