"""Finding the running embedded engine, or starting it.

Several processes share one engine. Each holds ``use.lock`` shared while it needs it; the first one
starts the engine under ``start.lock``; the engine, a process of its own, ends when nobody holds
``use.lock``. Whoever waits only looks at locks and files, so a starter or an engine that dies at any
point leaves nothing that the next one would trip over.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import graph
from graph.engine.config import EngineConfig
from graph.engine.locks import POLL_S, ExclusiveLock, SharedUse, is_held
from graph.engine.runfile import (
    ALIVE_LOCK,
    FAILURE_FILE,
    RUN_FILE,
    START_LOCK,
    USE_LOCK,
    RunInfo,
    read_failure,
    read_run,
)
from graph.engine.trouble import cannot_use_directory, did_not_start, disk_full, start_timed_out

_CONSOLE = "console.log"
_CONSOLE_LIMIT = 1_000_000
#: Bytes that must be free to start or to write. A full disk is where an engine is least to be trusted.
MIN_FREE = 64 * 1024 * 1024


@dataclass
class Attachment:
    """This user's hold on a running engine; ``release`` it once."""

    run: RunInfo
    directory: Path

    def release(self) -> None:
        """Leave; the engine ends when the last user has left."""
        SharedUse.release(self.directory / USE_LOCK)


def attach(config: EngineConfig, cancelled: threading.Event | None = None) -> Attachment:
    """Hold the embedded engine of ``config``, starting it if it does not run. Blocks while it starts.

    Parameters
    ----------
    cancelled : threading.Event, optional
        Ends the wait early when set.

    Raises
    ------
    EngineUnavailable
        If the directory cannot be written, the disk is full, no engine exists for this platform, or the
        start failed or took longer than ``start_timeout_s``; the text says which and what to do.
    EngineLocked
        If another program has the engine's files open.
    """
    directory = config.engine_dir
    cancelled = cancelled or threading.Event()
    deadline = time.monotonic() + config.start_timeout_s
    _prepare(directory)
    if not SharedUse.acquire(directory / USE_LOCK, deadline, cancelled):
        raise start_timed_out(config, "an engine that is ending did not end")
    try:
        while True:
            run = running(directory) or _start(config, deadline, cancelled)
            if run is not None:
                return Attachment(run, directory)
            if cancelled.wait(POLL_S) or time.monotonic() > deadline:
                raise start_timed_out(config, "another process's start did not finish")
    except BaseException:
        SharedUse.release(directory / USE_LOCK)
        raise


def running(directory: Path) -> RunInfo | None:
    """The engine that is alive and ready on ``directory``, or None. Does not wait."""
    if not is_held(directory / ALIVE_LOCK):
        return None
    return read_run(directory / RUN_FILE)


def check_room(directory: Path) -> None:
    """See that the disk has room for a start or a change.

    Raises
    ------
    EngineUnavailable
        If less than ``MIN_FREE`` is free.
    """
    free = shutil.disk_usage(directory).free
    if free < MIN_FREE:
        raise disk_full(directory, f"{free // 2**20} MiB are free, {MIN_FREE // 2**20} are needed")


def _prepare(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        (directory / "log").mkdir(exist_ok=True)
        probe = directory / f"probe.{os.getpid()}.{threading.get_ident()}"
        probe.write_bytes(b"probe")
        probe.unlink()
    except OSError as error:
        raise cannot_use_directory(directory, error) from error


def _start(config: EngineConfig, deadline: float, cancelled: threading.Event) -> RunInfo | None:
    """Start an engine; None if another process is just doing so, or had done so before our turn."""
    directory = config.engine_dir
    turn = ExclusiveLock(directory / START_LOCK)
    if not turn.try_acquire():
        return None
    try:
        if is_held(directory / ALIVE_LOCK):
            return None
        check_room(directory)
        (directory / FAILURE_FILE).unlink(missing_ok=True)
        process = _spawn(config)
        while not cancelled.wait(POLL_S):
            if run := running(directory):
                return run
            if process.poll() is not None:
                _explain_end(config, process.returncode)
                return None
            if time.monotonic() > deadline:
                raise start_timed_out(config, "the engine's process is there but the database is not ready")
        return None
    finally:
        turn.release()


def _explain_end(config: EngineConfig, code: int) -> None:
    """Raise why the engine's process ended, unless another engine came first (then look again)."""
    from graph.engine.child import EXIT_NOT_NEEDED

    if code == EXIT_NOT_NEEDED:
        return
    failure = read_failure(config.engine_dir / FAILURE_FILE)
    raise did_not_start(config, failure, code, config.engine_dir / "log" / _CONSOLE)


def _spawn(config: EngineConfig) -> subprocess.Popen[bytes]:
    """The engine's process, in a session of its own, with nothing of ours but the log file."""
    directory = config.engine_dir
    console = directory / "log" / _CONSOLE
    if console.exists() and console.stat().st_size > _CONSOLE_LIMIT:
        console.replace(console.with_suffix(".1.log"))
    # -P: a folder named "graph" in the current directory is not taken for the package.
    command = [sys.executable, "-P", "-m", "graph.engine.child", "--data", str(directory)]
    command += ["--heap", config.heap, "--timeout-ms", str(round(config.timeout_s * 1000))]
    command += ["--linger-s", str(config.linger_s)]
    with console.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(),
            start_new_session=os.name == "posix",
            creationflags=_windows_flags(),
        )
    threading.Thread(target=process.wait, daemon=True).start()  # reaps it, should it end before us
    return process


def _environment() -> dict[str, str]:
    """This process's environment, with the package to be found where this process found it."""
    package_root = str(Path(graph.__path__[0]).parent)
    path = os.pathsep.join(filter(None, [package_root, os.environ.get("PYTHONPATH")]))
    found = {**os.environ, "PYTHONPATH": path}
    locale = found.get("LC_ALL") or found.get("LC_CTYPE") or found.get("LANG") or ""
    if sys.platform == "linux" and "utf" not in locale.lower():
        found["LC_ALL"] = "C.UTF-8"  # Java reads file names by the locale; in C it cannot open 江西/
    return found


def _windows_flags() -> int:
    names = ("CREATE_NEW_PROCESS_GROUP", "CREATE_NO_WINDOW")
    return sum(int(getattr(subprocess, name, 0)) for name in names)
