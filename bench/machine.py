"""The machine a measurement was made on, and the engines it can be made with."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.engine import EngineConfig
from graph.engine.launcher import attach
from tests.neo4j_server import neo4j_server


def machine() -> dict[str, object]:
    """Processor, cores, memory in GiB, system and Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


@contextmanager
def engine(name: str) -> Iterator[EngineConfig]:
    """A fresh engine, ``embedded`` or ``neo4j``, with an empty database, for a ``with`` block."""
    with tempfile.TemporaryDirectory(prefix="lianpu-bench-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        if name == "neo4j":
            with neo4j_server() as server:
                yield EngineConfig(home, server.uri, server.user, server.password, timeout_s=120.0)
            return
        config = EngineConfig(home, timeout_s=120.0, linger_s=1.0)
        hold = attach(config)
        try:
            yield config
        finally:
            hold.release()


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
