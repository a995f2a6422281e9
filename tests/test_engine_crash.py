"""Engines and writers that die at work: what was acknowledged stays, nothing is there in part."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from pathlib import Path

import pytest

from graph.engine.launcher import running
from graph.errors import EngineUnavailable
from graph.store import MetaState, open_store
from tests.conftest import ON_NEO4J
from tests.support.databases import MERGE_FIRMS, SMALL_CLASSES, entity_rows
from tests.support.engine_user import EngineUser, engine_user, kill_engine, user_config, wait_for_end
from tests.test_store import VALUES, typed

pytestmark = pytest.mark.skipif(ON_NEO4J, reason="about the embedded engine's process")

SIZE = 400


async def prepared(home: Path) -> None:
    async with open_store(user_config(home), SMALL_CLASSES) as store:
        await store.bootstrap()


def acknowledged(user: EngineUser) -> int:
    """The last count that the process said before it ended."""
    assert user.process.stdout is not None
    said = [json.loads(line) for line in user.process.stdout.read().split("\n")[:-1]]
    return max((number for number in said if isinstance(number, int)), default=0)


async def firms(home: Path) -> dict[int, int]:
    """How many firms of each transaction are there."""
    query = "MATCH (n:Firm) WITH toInteger(split(n.id, '/')[1]) AS t RETURN t, count(*) AS n"
    async with open_store(user_config(home), SMALL_CLASSES) as store:
        return {row["t"]: row["n"] for row in await store.read(query)}


@pytest.mark.parametrize("victim", ["engine", "writer"])
@pytest.mark.parametrize("after_s", [0.1, 1.0])
async def test_killed_in_mid_write(tmp_path: Path, victim: str, after_s: float) -> None:
    await prepared(tmp_path)
    with engine_user(tmp_path) as user:
        user.line()
        user.tell(f"write 1000 {SIZE}")
        assert user.line() == 1
        await asyncio.sleep(after_s)
        if victim == "engine":
            kill_engine(tmp_path)
        else:
            user.process.kill()
        user.process.wait(timeout=60)
        said = max(1, acknowledged(user))
    found = await firms(tmp_path)
    assert set(found.values()) == {SIZE}
    assert set(found) in (set(range(said)), set(range(said + 1)))


async def test_a_store_opened_as_the_engine_dies(tmp_path: Path) -> None:
    await prepared(tmp_path)
    with engine_user(tmp_path) as user:
        user.line()
        run = running(user_config(tmp_path).engine_dir)
        assert run is not None
        os.kill(run.pid, signal.SIGKILL)
        async with open_store(user_config(tmp_path), SMALL_CLASSES) as store:
            assert await store.is_empty()


async def test_an_open_store_gets_a_new_engine(tmp_path: Path) -> None:
    config = user_config(tmp_path)
    async with open_store(config, SMALL_CLASSES) as store:
        await store.bootstrap()
        await store.write([(MERGE_FIRMS, entity_rows("firm/a"))])
        kill_engine(tmp_path)
        answers = await asyncio.gather(*(store.read("MATCH (n:Firm) RETURN n.id AS id") for _ in range(5)))
        assert answers == [[{"id": "firm/a"}]] * 5
        kill_engine(tmp_path)
        with pytest.raises(EngineUnavailable):  # whether it was stored is not known: the caller decides
            await store.write([(MERGE_FIRMS, entity_rows("firm/b"))])
        await store.write([(MERGE_FIRMS, entity_rows("firm/b"))])
        assert (await store.count()).nodes == 2
        run = running(config.engine_dir)
    assert run is not None
    await asyncio.to_thread(wait_for_end, run.pid)


async def test_values_are_the_same_after_a_restart(tmp_path: Path) -> None:
    config = user_config(tmp_path)
    rows = [{"id": f"firm/{i}", "props": {"id": f"firm/{i}", "v": value}} for i, value in enumerate(VALUES)]
    async with open_store(config, SMALL_CLASSES) as store:
        await store.bootstrap()
        await store.set_meta(MetaState("mine", 1, "whole", 1))
        await store.write([(MERGE_FIRMS, {"rows": rows})])
        run = running(config.engine_dir)
    assert run is not None
    await asyncio.to_thread(wait_for_end, run.pid)
    async with open_store(config, SMALL_CLASSES) as store:
        found = await store.read("MATCH (n:Firm) RETURN n.id AS id, n.v AS v")
        assert {row["id"]: typed(row["v"]) for row in found} == {
            f"firm/{i}": typed(value) for i, value in enumerate(VALUES)
        }
        assert await store.meta("mine") == MetaState("mine", 1, "whole", 1)
