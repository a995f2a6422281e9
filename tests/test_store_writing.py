"""One writer at a time: within a process and between processes."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.engine import EngineConfig
from graph.errors import Busy, EngineUnavailable
from graph.store import Store, open_store
from graph.store_writing import WriteLock
from tests.support.databases import MERGE_FIRMS, SMALL_CLASSES, entity_rows

HOLD = """
import asyncio, sys
from pathlib import Path
from graph.store_writing import WriteLock

async def main():
    async with WriteLock(Path(sys.argv[1])).hold("lianpu load 江西", 5):
        print("held", flush=True)
        sys.stdin.read()

asyncio.run(main())
"""


def holder(home: Path) -> subprocess.Popen[str]:
    """Another process that holds the writers' lock of ``home`` until its stdin closes."""
    command = [sys.executable, "-c", HOLD, str(home)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


async def test_another_process_writes(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(Busy) as refusal:
            async with WriteLock(tmp_path).hold("lianpu apply", 0.2):
                pass
        assert refusal.value.extra["who"] == "lianpu load 江西"
        assert refusal.value.extra["pid"] == process.pid
        assert all(str(part) in refusal.value.detail for part in refusal.value.extra.values())
        process.communicate()
    async with WriteLock(tmp_path).hold("lianpu apply", 0):
        pass


async def test_a_writer_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.kill()
        process.wait()
    async with WriteLock(tmp_path).hold("lianpu apply", 1):
        pass


async def test_a_second_writer_waits_its_turn(tmp_path: Path) -> None:
    order: list[str] = []

    async def write(name: str) -> None:
        async with WriteLock(tmp_path).hold(name, 10):
            order.append(f"{name} begins")
            await asyncio.sleep(0.2)
            order.append(f"{name} ends")

    await asyncio.gather(write("a"), write("b"))
    assert order in (
        ["a begins", "a ends", "b begins", "b ends"],
        ["b begins", "b ends", "a begins", "a ends"],
    )


async def test_another_task_of_this_process_writes(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path)
    free = asyncio.Event()

    async def first() -> None:
        async with lock.hold("first", 0):
            await free.wait()

    task = asyncio.create_task(first())
    await asyncio.sleep(0)
    assert not lock.held_here
    with pytest.raises(Busy, match="first"):
        async with lock.hold("second", 0):
            pass
    free.set()
    await task
    async with lock.hold("second", 0):
        assert lock.held_here
    assert not lock.held_here


async def test_the_directory_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineUnavailable, match="LIANPU_HOME"):
        async with WriteLock(tmp_path / "file" / "home").hold("x", 0):
            pass


async def test_a_store_writes_in_its_own_turn_only(store: Store, engine_config: EngineConfig) -> None:
    await store.bootstrap()
    quick = EngineConfig(
        engine_config.home,
        engine_config.neo4j_uri,
        engine_config.neo4j_user,
        engine_config.neo4j_password,
        timeout_s=0.5,
    )
    async with open_store(quick, SMALL_CLASSES) as other:
        async with store.writing("lianpu load", 1):
            await store.write([(MERGE_FIRMS, entity_rows("firm/a"))])
            await store.write([(MERGE_FIRMS, entity_rows("firm/b"))])
            with pytest.raises(Busy, match=f"lianpu load.*{os.getpid()}"):
                await asyncio.create_task(_write_elsewhere(other))
        await store.write([("MATCH (n:Firm) DETACH DELETE n", {})])
        await other.write([(MERGE_FIRMS, entity_rows("firm/c"))])
    assert await store.read("MATCH (n:Entity) RETURN n.id AS id") == [{"id": "firm/c"}]


async def _write_elsewhere(store: Store) -> None:
    """As a task that did not begin under the lock would."""
    from contextvars import Context

    await asyncio.create_task(store.write([(MERGE_FIRMS, entity_rows("firm/x"))]), context=Context())


async def test_a_task_that_outlives_the_turn_it_began_in_does_not_hold_it(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path)
    over = asyncio.Event()
    held: list[bool] = []

    async def lasting() -> None:
        held.append(lock.held_here)
        await over.wait()
        held.append(lock.held_here)

    async with lock.hold("first", 0):
        task = asyncio.create_task(lasting())
        await asyncio.sleep(0)
    over.set()
    await task
    assert held == [True, False]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
async def test_a_link_leads_to_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "home")
    async with WriteLock(tmp_path / "home").hold("first", 0):
        with pytest.raises(Busy, match="first"):
            async with WriteLock(tmp_path / "link").hold("second", 0):
                pass
