"""A process that uses an embedded engine: ``python -m tests.support.engine_user HOME``.

Says ``{"engine": PID, "seconds": …}`` when its store is open; answers each line of its input, a Cypher
question, with a line of JSON rows; ends with its input. ``write N M`` writes N times M firms in one
transaction each, and says after each how many transactions are acknowledged.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.engine import EngineConfig
from graph.engine.launcher import running
from graph.store import Store, open_store
from tests.support.databases import MERGE_FIRMS, SMALL_CLASSES, entity_rows

ROOT = Path(__file__).parents[2]
LINGER_S = 0.5


def user_config(home: Path, **changes: Any) -> EngineConfig:
    """An engine that ends soon after its last user."""
    return EngineConfig(home, **{"linger_s": LINGER_S, **changes})


class EngineUser:
    """Another process with an open store on ``home``."""

    def __init__(self, home: Path, environment: dict[str, str] | None = None) -> None:
        command = [sys.executable, "-m", "tests.support.engine_user", str(home)]
        env = {**os.environ, **(environment or {}), "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env
        )

    @property
    def pid(self) -> int:
        return self.process.pid

    def line(self) -> Any:
        """The next line that it says."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said, "the process ended"
        return json.loads(said)

    def ask(self, question: str) -> Any:
        """The rows that answer ``question``."""
        self.tell(question)
        return self.line()

    def tell(self, line: str) -> None:
        """Send a line of input."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def leave(self) -> None:
        """End it as usual."""
        self.process.communicate(timeout=30)

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait(timeout=10)
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()


@contextmanager
def engine_user(home: Path, environment: dict[str, str] | None = None) -> Iterator[EngineUser]:
    """An ``EngineUser`` that has gone after the block."""
    user = EngineUser(home, environment)
    try:
        yield user
    finally:
        if user.process.poll() is None:
            user.kill()
        for stream in (user.process.stdin, user.process.stdout):
            assert stream is not None
            stream.close()


def alive(pid: int) -> bool:
    """Whether the process runs; one that ended and is not yet reaped does not."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.parent.joinpath("self").exists():
        return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for_end(pid: int, within_s: float = 15.0) -> None:
    """Wait until a process has ended."""
    deadline = time.monotonic() + within_s
    while alive(pid):
        assert time.monotonic() < deadline, f"process {pid} goes on"
        time.sleep(0.05)


def kill_engine(home: Path) -> int:
    """End the engine on ``home`` at once, as a power cut would; gives the pid it had."""
    run = running(user_config(home).engine_dir)
    assert run is not None
    os.kill(run.pid, signal.SIGKILL)
    wait_for_end(run.pid)
    deadline = time.monotonic() + 10
    while running(user_config(home).engine_dir) == run:  # a process's locks outlast its first thread
        assert time.monotonic() < deadline, "the lock of a killed engine is still held"
        time.sleep(0.01)
    return run.pid


def _say(value: Any) -> None:
    sys.stdout.write(f"{json.dumps(value)}\n")
    sys.stdout.flush()


async def _answer(store: Store, line: str) -> None:
    if not line.startswith("write "):
        _say(await store.read(line))
        return
    transactions, size = (int(word) for word in line.split()[1:])
    for done in range(transactions):
        ids = [f"firm/{done}/{i}" for i in range(size)]
        half = size // 2
        await store.write([(MERGE_FIRMS, entity_rows(*ids[:half])), (MERGE_FIRMS, entity_rows(*ids[half:]))])
        _say(done + 1)


async def _main(home: Path) -> None:
    began = time.monotonic()
    config = user_config(home)
    async with open_store(config, SMALL_CLASSES) as store:
        seconds = time.monotonic() - began
        run = running(config.engine_dir)
        _say({"engine": run and run.pid, "seconds": round(seconds, 2)})
        while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
            await _answer(store, line)


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
