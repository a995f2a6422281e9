"""Loads in trouble: several at once, interrupted, on a full disk, from a file that changes."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.engine import EngineConfig
from graph.engine.launcher import attach
from graph.ontology import load_ontology
from graph.store_writing import WriteLock
from graph.truth import TruthStore
from ingest.load import plan_load
from tests.cli.test_serving import get, serving
from tests.conftest import ON_NEO4J
from tests.support.folders import write_folder
from tests.support.mounts import mounted
from tests.support.program import Program, Told
from tests.support.small import HOME, small_home

pytestmark = pytest.mark.skipif(ON_NEO4J, reason="the trials are of a data directory of their own")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Program]:
    """The program with a small graph; its engine runs all the while."""
    program = small_home(tmp_path)
    hold = attach(EngineConfig(tmp_path / HOME))
    try:
        assert program("digest", "--json").code == 0
        yield program
    finally:
        hold.release()


def firms(folder: Path, number: int, word: str = "某") -> str:
    """A folder with so many firms."""
    rows = [{"id": f"firm/{folder.name}-{i}", "name": f"{word}{i}公司"} for i in range(number)]
    return str(write_folder(folder, {"firms": rows}))


def finished(process: subprocess.Popen[str]) -> Told:
    out, err = process.communicate(timeout=240)
    return Told(process.returncode, out, err)


def datasets(program: Program) -> set[str]:
    return {d["id"] for d in program("loads", "--json").json["datasets"]}


def clean(program: Program) -> bool:
    """Whether no scratch file is left."""
    return not list((program.cwd / HOME / "scratch").glob("*"))


def whole(program: Program) -> None:
    """The graph is that of the facts, after the next command at the latest."""
    told = program("digest", "--json")
    assert told.code == 0, told.out + told.err
    assert told.json["equal"] is True


# ---- several at once -------------------------------------------------------------------------------------


@pytest.mark.timeout(300)
def test_eight_commands_at_once_on_an_empty_home_all_succeed(tmp_path: Path) -> None:
    program = Program({"LIANPU_HOME": str(tmp_path / HOME), "LIANPU_WRITE_WAIT_S": "120"}, tmp_path)
    own = firms(tmp_path / "own", 3)
    calls = (
        ("loads",), ("decisions",), ("check",), ("digest", "--no-engine"), ("load", own, "--plan-only"),
        ("show", "chain/electronics"), ("chain", "electronics"), ("load", own, "--yes"),
    )  # fmt: skip
    running = [program.start(*call, "--json") for call in calls]
    for call, told in zip(calls, [finished(p) for p in running], strict=True):
        assert told.code == 0, (call, told)
        assert told.err == "", call
    entries = program("loads", "--json").json["loads"]
    assert [(e["dataset"], e["after"]) for e in entries] == [("builtin", 1), ("own", 1)]
    whole(program)


def test_of_two_loads_at_once_the_second_waits(home: Program) -> None:
    folders = [firms(home.cwd / name, 400) for name in ("left", "right")]
    told = [finished(p) for p in [home.start("load", f, "--yes", "--json") for f in folders]]
    assert [one.code for one in told] == [0, 0], told
    assert sorted(one.json["revision"] for one in told) == [2, 3]
    assert datasets(home) == {"base", "left", "right"}
    whole(home)


async def test_who_holds_the_lock_is_told_when_the_wait_is_over(home: Program) -> None:
    folder = firms(home.cwd / "late", 2)
    async with WriteLock(home.cwd / HOME).hold("load 大表", 0):
        told = await asyncio.to_thread(home, "load", folder, "--yes", "--json", LIANPU_WRITE_WAIT_S="0.3")
        assert (told.code, told.json["code"]) == (3, "busy")
        assert "load 大表" in told.json["detail"] and "0.3" in told.json["detail"]
        assert (await asyncio.to_thread(home, "show", "firm/one", "--json")).code == 0  # reading goes on
        waiting = home.start("load", folder, "--yes", "--json")
        await asyncio.sleep(3)
        assert waiting.poll() is None
    assert (await asyncio.to_thread(finished, waiting)).code == 0
    whole(home)


def test_a_load_while_the_pages_are_served_is_seen_there(home: Program) -> None:
    with serving(home) as (_, port):
        assert get(port, "/api/v1/entities/firm/seen-0")[0] == 404
        assert home("load", firms(home.cwd / "seen", 2, "后见"), "--yes", "--json").code == 0
        assert get(port, "/api/v1/entities/firm/seen-0")[0] == 200
        status, body = get(port, "/api/v1/search?q=%E5%90%8E%E8%A7%810")
        assert status == 200 and b"firm/seen-0" in body
    whole(home)


# ---- interrupted -----------------------------------------------------------------------------------------


def wait_until(holds: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.005)


def interrupted(process: subprocess.Popen[str]) -> tuple[Told, float]:
    """What was said after Ctrl-C, and the seconds until the end."""
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    told = finished(process)
    return told, time.monotonic() - began


@posix
@pytest.mark.timeout(300)
def test_ctrl_c_while_a_load_is_planned_leaves_no_trace(home: Program) -> None:
    folder = firms(home.cwd / "large", 60_000)
    truth, scratch = home.cwd / HOME / "truth.sqlite", home.cwd / HOME / "scratch"
    before = truth.read_bytes()
    for args, pause_s in (
        (("load", folder, "--yes"), 0.0), (("load", folder, "--yes"), 2.5),
        (("load", folder, "--plan-only"), 1.0), (("check", folder), 4.0),
    ):  # fmt: skip
        process = home.start(*args)
        wait_until(lambda: any(scratch.glob("*")), process)
        time.sleep(pause_s)
        told, took = interrupted(process)
        assert told.code == 130, (args, told)
        assert took < 5, args  # within 2 s on a machine with nothing else to do
        assert "Traceback" not in told.err and "已中断" in told.err
        assert clean(home), args
    assert truth.read_bytes() == before
    assert datasets(home) == {"base"}


@posix
def test_ctrl_c_while_the_graph_is_written_is_mended_by_the_next_command(home: Program) -> None:
    folder = firms(home.cwd / "many", 6000)
    file = home.cwd / HOME / "truth.sqlite"

    def revision() -> int:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as db:
            (found,) = db.execute("SELECT revision FROM state").fetchone()
        db.close()
        return int(found)

    process = home.start("load", folder, "--yes")
    wait_until(lambda: revision() == 2, process)
    time.sleep(0.4)
    told, took = interrupted(process)
    assert told.code == 130, told
    assert took < 10
    assert "Traceback" not in told.err and "事实已存入" in told.err
    assert clean(home)
    assert datasets(home) == {"base", "many"}
    whole(home)
    assert home("show", "firm/many-5999", "--json").code == 0


# ---- what is read changes --------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["appended", "replaced"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, how: str) -> None:
    folder = Path(firms(tmp_path / "moving", 3000))
    file = folder / "firms.csv"
    done: list[bool] = []

    def change(_step: str, _done: int, _total: int) -> None:
        if done:
            return
        done.append(True)
        if how == "appended":
            with file.open("a", encoding="utf-8") as handle:
                handle.write("firm/late,后来\n")
        else:
            other = tmp_path / "other.csv"
            other.write_text("id,name\nfirm/other,别的\n", encoding="utf-8")
            other.replace(file)

    truth = TruthStore(tmp_path / "truth.sqlite")
    plan = plan_load(folder, truth, load_ontology(), progress=change)
    truth.close()
    assert done and plan.refused
    assert [f.file for f in plan.faults] == ["firms.csv"]


# ---- full disks ------------------------------------------------------------------------------------------


def fill(home: Path, free: int) -> Path:
    """A file that leaves ``free`` bytes of the disk."""
    filler = home / "filler"
    with filler.open("wb", buffering=0) as handle:
        while (left := shutil.disk_usage(home).free - free) > 0:
            handle.write(bytes(min(left, 2**20)))
    return filler


@pytest.mark.timeout(300)
@pytest.mark.parametrize("stage", ["scratch", "truth", "graph"])
def test_a_disk_that_is_full_at_each_stage(tmp_path: Path, stage: str) -> None:
    with mounted(tmp_path / HOME, "size=160m") as disk:
        program = small_home(tmp_path)
        hold = attach(EngineConfig(disk))
        try:
            whole(program)
            before = program("digest", "--json").json["facts"]
            folder = firms(tmp_path / "much", 8000, "很长的名字" * 12)
            filler = fill(disk, {"scratch": 300 * 1024, "truth": 14 * 2**20, "graph": 36 * 2**20}[stage])
            told = program("load", folder, "--yes", "--json")
            assert told.code == 3, told
            place = {"scratch": disk / "scratch", "truth": disk / "truth.sqlite", "graph": disk / "engine"}
            assert str(place[stage]) in told.json["detail"]
            assert "Traceback" not in told.err
            assert ("事实已存入" in told.err) == (stage == "graph")
            reading = program("show", "firm/one", "--json")
            if stage == "graph":  # the graph is behind the facts, and cannot be brought up: told as such
                assert reading.code == 3 and str(disk) in reading.json["detail"]
            else:
                assert reading.code == 0, reading
            assert datasets(program) == ({"base", "much"} if stage == "graph" else {"base"})
            filler.unlink()
            whole(program)
            assert clean(program)
            if stage != "graph":
                assert program("digest", "--json").json["facts"] == before
        finally:
            hold.release()
