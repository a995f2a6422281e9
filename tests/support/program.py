"""Runs the installed program as a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.engine import EngineConfig
from graph.engine.launcher import attach
from tests.support.databases import empty


@dataclass(frozen=True)
class Told:
    """What a run printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed on stdout, which has to be one JSON document."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """The program with the settings ``environ``, run from the folder ``cwd``."""

    environ: dict[str, str]
    cwd: Path

    def _call(self, args: tuple[str, ...], changes: dict[str, str]) -> dict[str, Any]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("LIANPU_")}
        return {
            "args": [sys.executable, "-m", "lianpu", *args],
            "env": {**clean, **self.environ, **changes},
            "cwd": self.cwd,
            "encoding": "utf-8",
            "stdin": subprocess.DEVNULL,
        }

    def __call__(self, *args: str, **environ: str) -> Told:
        """Run it to its end; ``environ`` changes single settings."""
        done = subprocess.run(**self._call(args, environ), capture_output=True, timeout=240, check=False)
        return Told(done.returncode, done.stdout, done.stderr)

    def start(self, *args: str, **environ: str) -> subprocess.Popen[str]:
        """Start it and return at once."""
        return subprocess.Popen(**self._call(args, environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@contextmanager
def running_program(folder: Path, neo4j: EngineConfig | None) -> Iterator[Program]:
    """The program with its data directory inside ``folder``.

    On the embedded engine, the engine runs all the while, so that a call need not start it; with ``neo4j``
    its database is emptied first.
    """
    home = folder / "数据 目录"
    if neo4j is None:
        hold = attach(EngineConfig(home))
        try:
            yield Program({"LIANPU_HOME": str(home)}, folder)
        finally:
            hold.release()
        return
    asyncio.run(empty(neo4j))
    names = {"URI": neo4j.neo4j_uri, "USER": neo4j.neo4j_user, "PASSWORD": neo4j.neo4j_password}
    address = {f"LIANPU_NEO4J_{name}": value for name, value in names.items() if value}
    yield Program({"LIANPU_HOME": str(home), **address}, folder)
