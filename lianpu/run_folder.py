"""A folder for the files of one run of a server; what runs left that were ended hard goes first."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from graph.engine.locks import ExclusiveLock

#: Room in the data directory for the deliverables of servers.
FOLDER: Final = "deliverables"
_LOCK: Final = ".lock"


@contextmanager
def run_folder(parent: Path) -> Iterator[Path]:
    """A new empty folder in ``parent``, removed at the end of the block.

    Each run holds the lock file beside its folder, so that other runs know which folders are left over.

    Raises ``EngineUnavailable`` where the file system has no locks, ``OSError`` where it cannot be written.
    """
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(parent)
    folder, lock = _new(parent)
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        _remove(folder, lock)


def empty_folders(parent: Path) -> None:
    """Remove all files of all runs; a run that goes on finds its own gone."""
    for path in parent.glob("*/*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _new(parent: Path) -> tuple[Path, ExclusiveLock]:
    while True:
        folder = parent / uuid.uuid4().hex[:12]
        lock = ExclusiveLock(_lock_of(folder))
        if lock.try_acquire():
            if _lock_of(folder).exists():
                return folder, lock
            lock.release()  # another run swept it away between its making and its locking


def _sweep(parent: Path) -> None:
    for path in [*parent.glob(f"*{_LOCK}"), *(p for p in parent.iterdir() if p.is_dir())]:
        folder = path.with_suffix("")
        lock = ExclusiveLock(_lock_of(folder))
        if lock.try_acquire():
            _remove(folder, lock)


def _remove(folder: Path, lock: ExclusiveLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    lock.release()
    with suppress(OSError):  # another run looks at it just now, and will remove it
        _lock_of(folder).unlink()


def _lock_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)
