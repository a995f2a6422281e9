"""What to say when the embedded engine cannot be had: what happened, where, and what to do."""

from __future__ import annotations

from pathlib import Path

from graph.engine.config import EngineConfig
from graph.engine.runfile import Failure
from graph.errors import EngineLocked, EngineUnavailable

_NEO4J = "Or use a Neo4j 5 instead: set LIANPU_NEO4J_URI, LIANPU_NEO4J_USER and LIANPU_NEO4J_PASSWORD."
_TAIL_LINES = 12


def cannot_use_directory(directory: Path, error: OSError) -> EngineUnavailable:
    """The data directory is missing, a file, read-only, full or another user's."""
    if error.errno == 28:  # ENOSPC
        return disk_full(directory, error.strerror or "no space left")
    return EngineUnavailable(
        f"The data directory {directory} cannot be written: {error.strerror or error}. "
        f"Make it writable or choose another with LIANPU_HOME. {_NEO4J}",
        path=str(directory),
        reason="not-writable",
    )


def disk_full(directory: Path, found: str) -> EngineUnavailable:
    """No room for the engine's files."""
    return EngineUnavailable(
        f"The disk of the data directory {directory} is full ({found}). Free some space or choose another "
        "directory with LIANPU_HOME; nothing that was acknowledged is lost.",
        path=str(directory),
        reason="disk-full",
    )


def start_timed_out(config: EngineConfig, found: str) -> EngineUnavailable:
    """The start was waited for in vain."""
    return EngineUnavailable(
        f"The embedded engine on {config.engine_dir} was not ready within {config.start_timeout_s:g} s "
        f"({found}). Its log is {config.engine_dir / 'log'}. {_NEO4J}",
        path=str(config.engine_dir),
        reason="start-timeout",
    )


def did_not_start(config: EngineConfig, failure: Failure | None, code: int, log: Path) -> EngineUnavailable:
    """The engine's process ended before it was ready; names the cause it left, else the log's end."""
    directory = config.engine_dir
    kind = failure.kind if failure else "died"
    if failure and kind == "locked":
        return EngineLocked(
            f"Another program has the engine's files in {directory} open. End it, or choose another data "
            f"directory with LIANPU_HOME. The engine says: {failure.message}",
            path=str(directory),
            reason="locked",
        )
    if failure and kind == "full":
        return disk_full(directory, failure.message)
    if failure and kind == "missing":
        return EngineUnavailable(
            "The embedded engine does not run on this platform or is not installed (there are builds for "
            f"Linux with glibc, Windows and macOS on Apple silicon): {failure.message}. {_NEO4J}",
            reason="no-engine",
        )
    said = failure.message if failure else f"its process ended with {code}; {_tail(log)}"
    return EngineUnavailable(
        f"The embedded engine on {directory} did not start: {said} (log: {log}). {_NEO4J}",
        path=str(directory),
        reason=kind,
    )


def _tail(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError as error:
        return f"its log cannot be read: {error}"
    return "the end of its log: " + "\n".join(lines[-_TAIL_LINES:]).strip()
