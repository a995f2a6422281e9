"""The run file: how a process finds the embedded engine that is running.

Only the engine writes and removes it, while it holds ``alive.lock``; so a run file is good exactly as
long as that lock is held. Passwords are drawn anew at each start and stand nowhere else.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import EngineUnavailable

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

WRITER, READER = "root", "reader"
USE_LOCK, ALIVE_LOCK, START_LOCK = "use.lock", "alive.lock", "start.lock"
RUN_FILE, FAILURE_FILE = "run.json", "failure.json"


@dataclass(frozen=True)
class RunInfo:
    """A running engine: process, loopback ports, passwords of the writing and the reading user."""

    pid: int
    bolt_port: int
    http_port: int
    writer_password: str = field(repr=False)
    reader_password: str = field(repr=False)
    started: str


@dataclass(frozen=True)
class Failure:
    """Why an engine did not start: ``kind`` is ``locked``, ``full``, ``missing`` or ``failed``."""

    kind: str
    message: str


def write_private(path: Path, value: DataclassInstance) -> None:
    """Write ``value`` as JSON, whole or not at all, readable by its owner only."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(asdict(value), stream)
    _replace(temporary, path)


def _replace(source: Path, target: Path) -> None:
    for _ in range(20):  # Windows refuses while another process reads the old file
        with contextlib.suppress(PermissionError):
            source.replace(target)
            return
        time.sleep(0.05)
    source.replace(target)


def read_run(path: Path) -> RunInfo | None:
    """The run file's content, or None if there is none.

    Raises
    ------
    EngineUnavailable
        If it is not of this version's form.
    """
    try:
        found = _read(path)
        return None if found is None else RunInfo(**found)
    except (TypeError, ValueError) as error:
        raise EngineUnavailable(
            f"The engine that runs on {path.parent} was started by another version of this program ({path}: "
            f"{error}). End the programs that use it, then try again.",
            path=str(path),
        ) from error


def read_failure(path: Path) -> Failure | None:
    """The failure that the last start left, or None."""
    found = _read(path)
    return None if found is None else Failure(**found)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    loaded: dict[str, Any] = json.loads(text)
    return loaded
