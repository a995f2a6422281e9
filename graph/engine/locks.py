"""File locks between processes, safe to use from several threads of one process.

POSIX locks belong to a process, not to an open file: closing any handle of a lock file gives up every
lock the process has on it, and a process never excludes itself. So each lock file is opened in one
place of this module only, and a registry keeps count of who holds it inside the process.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import fasteners

from graph.errors import EngineUnavailable

POLL_S = 0.05


class FileLock:
    """A reader/writer lock on a file whose calls return at once.

    Raises
    ------
    EngineUnavailable
        From the ``try_`` methods, if the file cannot be made or the file system has no locks.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = fasteners.InterProcessReaderWriterLock(path)

    def try_shared(self) -> bool:
        """Take the lock beside other shared holders; False if somebody holds it exclusively."""
        return self._try(self._lock.acquire_read_lock)

    def try_exclusive(self) -> bool:
        """Take the lock alone; False if anybody holds it."""
        return self._try(self._lock.acquire_write_lock)

    def release(self) -> None:
        """Give the lock up."""
        self._lock.release_read_lock()

    def _try(self, acquire: Callable[..., bool]) -> bool:
        try:
            gotten = acquire(blocking=False)
        except (OSError, threading.ThreadError) as error:
            self._close()
            raise EngineUnavailable(
                f"The lock file {self.path} cannot be used: {error}. The data directory must be "
                "writable and lie on a file system with locks; choose another with LIANPU_HOME.",
                path=str(self.path),
            ) from error
        if not gotten:
            self._close()
        return gotten

    def _close(self) -> None:
        if self._lock.lockfile is not None:
            self._lock.lockfile.close()
            self._lock.lockfile = None


def _key(path: Path) -> str:
    """The file itself, whatever links lead to it."""
    return os.path.realpath(path)


def is_held(path: Path) -> bool:
    """Whether another process holds the lock file exclusively. Not for a lock of this process."""
    if not path.exists():
        return False
    lock = FileLock(path)
    if lock.try_shared():
        lock.release()
        return False
    return True


class ExclusiveLock:
    """A lock that one holder has, among all threads of all processes."""

    _mutex = threading.Lock()
    _held: set[str] = set()  # noqa: RUF012 - one registry for the process, guarded by _mutex

    def __init__(self, path: Path) -> None:
        self._key = _key(path)
        self._file = FileLock(path)

    def try_acquire(self) -> bool:
        """Take the lock; False if anybody, this process included, holds it."""
        with self._mutex:
            if self._key in self._held or not self._file.try_exclusive():
                return False
            self._held.add(self._key)
            return True

    def release(self) -> None:
        """Give the lock up."""
        with self._mutex:
            self._file.release()
            self._held.discard(self._key)


class SharedUse:
    """How many users in this process hold a lock file shared; the file is held while any does."""

    _mutex = threading.Lock()
    _users: dict[str, tuple[FileLock, int]] = {}  # noqa: RUF012 - one registry for the process

    @classmethod
    def acquire(cls, path: Path, deadline: float, cancelled: threading.Event) -> bool:
        """Hold ``path`` shared, waiting until ``deadline`` (``time.monotonic``) or ``cancelled``.

        Returns
        -------
        bool
            False if the wait ended without the lock.
        """
        key = _key(path)
        while True:
            with cls._mutex:
                lock, users = cls._users.get(key, (None, 0))
                if lock is None:
                    fresh = FileLock(path)
                    lock = fresh if fresh.try_shared() else None
                if lock is not None:
                    cls._users[key] = (lock, users + 1)
                    return True
            if cancelled.wait(POLL_S) or time.monotonic() > deadline:
                return False

    @classmethod
    def release(cls, path: Path) -> None:
        """One user leaves; the last one gives the file up."""
        key = _key(path)
        with cls._mutex:
            lock, users = cls._users.pop(key)
            if users > 1:
                cls._users[key] = (lock, users - 1)
            else:
                lock.release()
