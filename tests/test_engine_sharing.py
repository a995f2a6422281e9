"""Processes share one embedded engine, in any order of coming and going."""

from __future__ import annotations

import asyncio
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.engine.launcher import attach, running
from graph.engine.runfile import RUN_FILE
from graph.store import open_store
from tests.conftest import ON_NEO4J
from tests.support.databases import MERGE_FIRMS, SMALL_CLASSES, entity_rows, eventually
from tests.support.engine_user import LINGER_S, engine_user, user_config, wait_for_end

pytestmark = pytest.mark.skipif(ON_NEO4J, reason="about the embedded engine's process")

COUNT = "MATCH (n) RETURN count(n) AS n"


@pytest.mark.parametrize("first_to_go", ["starter", "guest", "starter killed"])
def test_two_processes_share_an_engine_and_either_ends_first(tmp_path: Path, first_to_go: str) -> None:
    with engine_user(tmp_path) as starter:
        pid = starter.line()["engine"]
        with engine_user(tmp_path) as guest:
            assert guest.line()["engine"] == pid
            guest.tell("write 1 10")
            assert guest.line() == 1
            assert starter.ask(COUNT) == [{"n": 10}]
            goes, stays = (starter, guest) if first_to_go.startswith("starter") else (guest, starter)
            if first_to_go.endswith("killed"):
                goes.kill()
            else:
                goes.leave()
            for _ in range(3):  # well beyond the time an unused engine lingers
                stays.process.poll()
                assert stays.ask("UNWIND range(1, 2) AS i MATCH (n) RETURN i, count(n) AS n ORDER BY i") == [
                    {"i": 1, "n": 10},
                    {"i": 2, "n": 10},
                ]
                with pytest.raises(AssertionError):
                    wait_for_end(pid, LINGER_S)
            stays.leave()
            wait_for_end(pid)
    assert not (user_config(tmp_path).engine_dir / RUN_FILE).exists()


def test_an_engine_ends_when_its_only_user_is_killed(tmp_path: Path) -> None:
    with engine_user(tmp_path) as user:
        pid = user.line()["engine"]
        user.kill()
        wait_for_end(pid)


def test_users_that_come_at_once_start_one_engine(tmp_path: Path) -> None:
    with engine_user(tmp_path) as a, engine_user(tmp_path) as b, engine_user(tmp_path) as c:
        pids = {user.line()["engine"] for user in (a, b, c)}
        assert len(pids) == 1
        for user in (a, b, c):
            user.leave()
    wait_for_end(pids.pop())


async def test_stores_of_one_process_share_too(tmp_path: Path) -> None:
    config = user_config(tmp_path)
    async with open_store(config, SMALL_CLASSES) as lasting:
        for _ in range(2):
            async with open_store(config, SMALL_CLASSES) as brief:
                assert await brief.is_empty()
        run = running(config.engine_dir)
        await asyncio.sleep(3 * LINGER_S)
        assert await lasting.is_empty()
        assert run is not None and running(config.engine_dir) == run
    await asyncio.to_thread(wait_for_end, run.pid)


def test_threads_that_come_and_go(tmp_path: Path) -> None:
    config = user_config(tmp_path)

    def use(_: int) -> int:
        hold = attach(config)
        hold.release()
        return hold.run.pid

    keep = attach(config)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(use, range(40))) == {keep.run.pid}
    keep.release()
    wait_for_end(keep.run.pid)


async def test_one_who_comes_as_the_engine_ends_gets_a_new_one(tmp_path: Path) -> None:
    config = user_config(tmp_path)
    async with open_store(config, SMALL_CLASSES) as store:
        await store.write([(MERGE_FIRMS, entity_rows("firm/a"))])
        first = running(config.engine_dir)
    assert first is not None

    async def has_taken_back_its_run_file() -> bool:
        return running(config.engine_dir) is None

    await eventually(has_taken_back_its_run_file)
    async with open_store(config, SMALL_CLASSES) as store:
        second = running(config.engine_dir)
        assert second is not None and second.pid != first.pid
        assert await store.read("MATCH (n) RETURN n.id AS id") == [{"id": "firm/a"}]
    await asyncio.to_thread(wait_for_end, second.pid)


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX")
def test_passwords_are_the_owners_alone(tmp_path: Path) -> None:
    with engine_user(tmp_path) as user:
        user.line()
        directory = user_config(tmp_path).engine_dir
        run = running(directory)
        assert run is not None
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        assert stat.S_IMODE((directory / RUN_FILE).stat().st_mode) == 0o600
        secrets = (run.writer_password, run.reader_password)
        assert len({*secrets}) == 2 and all(len(secret) >= 24 for secret in secrets)
        command = Path(f"/proc/{run.pid}/cmdline")
        shown = [command.read_bytes()] if command.exists() else []
        shown += [
            path.read_bytes() for path in directory.rglob("*") if path.is_file() and path.name != RUN_FILE
        ]
        assert not any(secret.encode() in text for secret in secrets for text in shown)
        assert not any(secret in repr(run) for secret in secrets)
        user.leave()
    wait_for_end(run.pid)
    with engine_user(tmp_path) as user:
        user.line()
        again = running(directory)
        assert again is not None
        assert {again.writer_password, again.reader_password}.isdisjoint(secrets)
