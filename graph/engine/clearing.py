"""Having the embedded engine's files to oneself: to remove them, so that no byte of the graph is left."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graph.engine.config import EngineConfig
from graph.engine.locks import POLL_S, ExclusiveLock, is_held
from graph.engine.runfile import ALIVE_LOCK, START_LOCK, USE_LOCK
from graph.errors import EngineLocked

_LOCKS = {USE_LOCK, ALIVE_LOCK, START_LOCK}


@contextmanager
def engine_alone(config: EngineConfig, wait_s: float) -> Iterator[Callable[[], None]]:
    """No engine runs and nobody can start one while the block lasts.

    Gives a function that removes all files of the engine but its locks: the next start makes an empty
    database. Waits up to ``wait_s`` seconds, and as long as an engine lingers, for its users to leave.

    Raises
    ------
    EngineLocked
        A program uses the engine still.
    """
    folder = config.engine_dir
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = ExclusiveLock(folder / USE_LOCK)
    deadline = time.monotonic() + wait_s + 2 * config.linger_s + 10
    while True:
        if lock.try_acquire():
            if not is_held(folder / ALIVE_LOCK):
                break
            lock.release()  # an engine that lingers ends only when it can have the lock
        if time.monotonic() > deadline:
            raise EngineLocked(
                f"还有程序在用 {folder} 的图引擎（例如 lianpu serve）；先结束它 · "
                f"a program uses the engine in {folder} (lianpu serve, for example); end it first",
                path=str(folder),
            )
        time.sleep(4 * POLL_S)

    def clear() -> None:
        for path in folder.iterdir():
            if path.name in _LOCKS:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    try:
        yield clear
    finally:
        lock.release()
