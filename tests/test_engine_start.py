"""Starting the embedded engine where something is in the way."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from graph.engine.launcher import attach, running
from graph.engine.runfile import RUN_FILE, RunInfo, write_private
from graph.errors import EngineLocked, EngineUnavailable
from graph.store import open_store
from tests.conftest import ON_NEO4J
from tests.support.databases import MERGE_FIRMS, SMALL_CLASSES, entity_rows
from tests.support.engine_user import engine_user, kill_engine, user_config, wait_for_end
from tests.support.mounts import mounted, remount

pytestmark = pytest.mark.skipif(ON_NEO4J, reason="about the embedded engine's process")


def refused(
    home: Path, kind: type[EngineUnavailable] = EngineUnavailable, **changes: object
) -> EngineUnavailable:
    """The error that holding the engine on ``home`` ends with."""
    with pytest.raises(kind) as refusal:
        attach(user_config(home, **changes))
    assert type(refusal.value) is kind
    return refusal.value


def test_the_run_file_of_a_killed_engine_is_replaced(tmp_path: Path) -> None:
    with engine_user(tmp_path) as user:
        user.line()
        killed = kill_engine(tmp_path)
        assert (user_config(tmp_path).engine_dir / RUN_FILE).exists()
        assert running(user_config(tmp_path).engine_dir) is None
        with engine_user(tmp_path) as other:
            assert other.line()["engine"] != killed


def test_a_stranger_on_the_port_of_an_old_run_file_is_not_spoken_to(tmp_path: Path) -> None:
    config = user_config(tmp_path)
    config.engine_dir.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        old = RunInfo(os.getpid(), port, port, "secret", "secret", "2024-01-01T00:00:00+00:00")
        write_private(config.engine_dir / RUN_FILE, old)
        hold = attach(config)
        try:
            assert hold.run.bolt_port != port
            stranger.settimeout(0.2)
            with pytest.raises(TimeoutError):
                stranger.accept()
        finally:
            hold.release()
    wait_for_end(hold.run.pid)


def test_another_program_has_the_files_open(tmp_path: Path) -> None:
    hold = attach(user_config(tmp_path))
    hold.release()
    wait_for_end(hold.run.pid)
    script = (
        "import os, sys, arcadedb_embedded as arcadedb\n"
        "database = arcadedb.open_database(sys.argv[1])\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
        "os._exit(0)\n"
    )
    database = user_config(tmp_path).engine_dir / "databases" / "neo4j"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(database)],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        error = refused(tmp_path, EngineLocked)
        assert str(user_config(tmp_path).engine_dir) in error.detail
        other.communicate()
    hold = attach(user_config(tmp_path))
    hold.release()
    wait_for_end(hold.run.pid)


def test_the_directory_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    error = refused(tmp_path / "home")
    assert error.extra["reason"] == "not-writable"
    assert "LIANPU_HOME" in error.detail


def test_a_read_only_directory(tmp_path: Path) -> None:
    with mounted(tmp_path / "home", "ro,size=1m") as home:
        error = refused(home)
        assert error.extra["reason"] == "not-writable"
        assert "LIANPU_HOME" in error.detail


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="modes do not bind root or Windows")
def test_a_directory_without_leave_to_write(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o500)
    assert refused(tmp_path / "home").extra["reason"] == "not-writable"


def test_a_full_disk(tmp_path: Path) -> None:
    with mounted(tmp_path / "home", "size=16m") as home:
        error = refused(home)
        assert error.extra["reason"] == "disk-full"
        (home / "filler").write_bytes(bytes(15 * 2**20))
        with pytest.raises(OSError, match="space"):
            (home / "more").write_bytes(bytes(2 * 2**20))
        assert refused(home).extra["reason"] == "disk-full"


@pytest.mark.parametrize("guarded", [True, False])
async def test_a_disk_that_fills_up_while_writing(
    tmp_path: Path, guarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the last bytes are used and, where others use them up, after."""
    with mounted(tmp_path / "home", "size=96m") as home:
        config = user_config(home)
        acknowledged = 0
        async with open_store(config, SMALL_CLASSES) as store:
            await store.bootstrap()
            run = running(config.engine_dir)
            assert run is not None
            if not guarded:
                (home / "filler").write_bytes(bytes(shutil.disk_usage(home).free - 8 * 2**20))
                monkeypatch.setattr("graph.engine.launcher.MIN_FREE", 2**20)
            with pytest.raises(EngineUnavailable) as refusal:
                for i in range(2000):
                    firms = [f"firm/{i}/{n}" for n in range(500)]
                    await store.write([(MERGE_FIRMS, entity_rows(*firms, note="长" * 300))])
                    acknowledged += 500
            assert refusal.value.extra["reason"] == "disk-full"
            assert (await store.count()).nodes == acknowledged
        wait_for_end(run.pid, 60)
        remount(home, "size=256m")
        async with open_store(config, SMALL_CLASSES) as store:
            assert (await store.count()).nodes == acknowledged
            run = running(config.engine_dir)
            assert run is not None
        wait_for_end(run.pid, 60)


def test_no_engine_for_this_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "packages" / "arcadedb_embedded"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('no build for this platform')")
    monkeypatch.setenv("PYTHONPATH", str(broken.parent))
    error = refused(tmp_path / "home")
    assert error.extra["reason"] == "no-engine"
    assert "no build for this platform" in error.detail and "LIANPU_NEO4J_URI" in error.detail


def test_an_engine_that_dies_at_once_shows_the_end_of_its_log(tmp_path: Path) -> None:
    error = refused(tmp_path, heap="1m")
    assert "heap" in error.detail.lower()
    assert str(user_config(tmp_path).engine_dir / "log") in error.detail


def test_a_start_that_takes_too_long(tmp_path: Path) -> None:
    began = time.monotonic()
    error = refused(tmp_path, start_timeout_s=0.2)
    assert time.monotonic() - began < 2
    assert error.extra["reason"] == "start-timeout"
    hold = attach(user_config(tmp_path))  # what was begun then is finished, and found
    hold.release()
    wait_for_end(hold.run.pid)


def test_a_start_that_is_called_off(tmp_path: Path) -> None:
    cancelled = threading.Event()
    threading.Timer(0.3, cancelled.set).start()
    began = time.monotonic()
    with pytest.raises(EngineUnavailable):
        attach(user_config(tmp_path), cancelled)
    assert time.monotonic() - began < 1.5
    hold = attach(user_config(tmp_path))
    hold.release()
    wait_for_end(hold.run.pid)


def test_a_starter_that_dies_in_mid_start_holds_nobody_up(tmp_path: Path) -> None:
    for pause_s in (0.3, 0.8, 1.3):
        with engine_user(tmp_path) as starter:
            time.sleep(pause_s)
            starter.kill()
            with engine_user(tmp_path) as user:
                pid = user.line()["engine"]
                assert user.ask("RETURN 1 AS one") == [{"one": 1}]
                user.leave()
            wait_for_end(pid)


def test_an_odd_place(tmp_path: Path) -> None:
    """A data directory with spaces and Chinese characters, in a locale that knows neither."""
    with engine_user(tmp_path / "江西 数据", {"LC_ALL": "C", "LANG": ""}) as user:
        user.line()
        user.tell("write 1 5")
        assert user.line() == 1


def test_a_folder_named_like_the_package_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "__init__.py").write_text("raise RuntimeError('the wrong package')")
    monkeypatch.chdir(tmp_path)
    hold = attach(user_config(tmp_path / "home"))
    hold.release()
    wait_for_end(hold.run.pid)


def test_the_run_file_of_another_version(tmp_path: Path) -> None:
    with engine_user(tmp_path) as user:
        user.line()
        path = user_config(tmp_path).engine_dir / RUN_FILE
        for found in ('{"port": 1}', "nothing of the sort"):
            path.write_text(found)
            assert "another version" in refused(tmp_path).detail
