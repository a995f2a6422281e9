"""The embedded engine's process: ArcadeDB in a JVM of its own, speaking Bolt on loopback.

Run as ``python -m graph.engine.child --data DIR …``. It is started by whoever needs the engine first,
belongs to nobody, and ends itself once no process holds ``use.lock``. Locks and files in DIR:

- ``alive.lock``: held exclusively from start to end, so that the run file is good while it is held;
- ``run.json``: ports and passwords, written when the database answers (see ``graph.engine.runfile``);
- ``failure.json``: why a start failed, for the process that waits for it.
"""

from __future__ import annotations

import argparse
import os
import signal
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from graph.engine.locks import FileLock
from graph.engine.runfile import (
    ALIVE_LOCK,
    FAILURE_FILE,
    RUN_FILE,
    USE_LOCK,
    Failure,
    RunInfo,
    write_private,
)

#: Ends with this when another engine won the race for the same directory.
EXIT_NOT_NEEDED = 4
EXIT_FAILED = 3
_STOP_LIMIT_S = 20.0
_KEEP_EVENT_LOGS = 5


class Stoppable(Protocol):
    """The running server, as far as its end is concerned."""

    def stop(self) -> None:
        """Close the database and stop."""


def main() -> None:
    """Serve until nobody uses the engine or SIGTERM comes; never returns."""
    parser = argparse.ArgumentParser(prog="lianpu-engine")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--heap", required=True)
    parser.add_argument("--timeout-ms", type=int, required=True)
    parser.add_argument("--linger-s", type=float, required=True)
    options = parser.parse_args()
    os.chdir(options.data)  # the engine writes ./log in its working directory
    alive = FileLock(options.data / ALIVE_LOCK)
    if not _patiently(alive):
        os._exit(EXIT_NOT_NEEDED)
    (options.data / RUN_FILE).unlink(missing_ok=True)
    (options.data / FAILURE_FILE).unlink(missing_ok=True)
    _prune_event_logs(options.data / "log")
    try:
        from graph.engine.arcade import start_server

        server, run = start_server(options.data, options.heap, options.timeout_ms)
    except BaseException as error:
        write_private(options.data / FAILURE_FILE, _failure(error))
        os._exit(EXIT_FAILED)  # threads of a half-started JVM would keep an ordinary exit waiting
    stop = threading.Event()
    for name in ("SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    started = datetime.now(UTC).isoformat(timespec="seconds")
    write_private(options.data / RUN_FILE, RunInfo(pid=os.getpid(), started=started, **run))
    _wait_until_unused(options.data / USE_LOCK, options.linger_s, stop)
    _end(server, options.data / RUN_FILE)


def _patiently(alive: FileLock) -> bool:
    """Take the lock, giving those who only look at it a moment to let go."""
    for _ in range(40):
        if alive.try_exclusive():
            return True
        time.sleep(0.05)
    return False


def _wait_until_unused(path: Path, linger_s: float, stop: threading.Event) -> None:
    """Return when ``stop`` is set, or, holding the lock, when nobody has used the engine for a while.

    The lock taken at the end is kept, so that a process that comes now waits for the end of this one
    and starts a fresh engine.
    """
    use = FileLock(path)
    step = min(1.0, linger_s / 2)
    unused_since: float | None = None
    while not stop.wait(step):
        if not use.try_exclusive():
            unused_since = None
            continue
        now = time.monotonic()
        unused_since = now if unused_since is None else unused_since
        if now - unused_since >= linger_s:
            return
        use.release()


def _end(server: Stoppable, run_file: Path) -> None:
    run_file.unlink(missing_ok=True)
    watchdog = threading.Timer(_STOP_LIMIT_S, os._exit, (EXIT_FAILED,))
    watchdog.daemon = True
    watchdog.start()
    try:
        server.stop()
    finally:
        os._exit(0)  # Bolt threads of connected clients would keep an ordinary exit waiting


def _failure(error: BaseException) -> Failure:
    text = f"{type(error).__name__}: {error}"
    if "is locked by another process" in text:
        return Failure("locked", text)
    if "No space left on device" in text or "not enough space" in text:
        return Failure("full", text)
    if isinstance(error, ImportError) or "JRE not found" in text or "JVM library not found" in text:
        return Failure("missing", text)
    return Failure("failed", text)


def _prune_event_logs(folder: Path) -> None:
    """The engine opens an event log at each start; keep the newest few."""
    for old in sorted(folder.glob("server-event-log-*.jsonl"))[:-_KEEP_EVENT_LOGS]:
        old.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
