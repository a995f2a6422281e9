"""kill -9 of the application at random moments of loads and undos, on the engine under test.

The facts are the old or the new version, whole. After the next start the graph is whole and equal to them.
"""

from __future__ import annotations

import itertools
import json
import multiprocessing
import random
import shutil
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from graph.digest import digest_of, digest_of_graph
from graph.engine import EngineConfig
from graph.ontology import Ontology, load_ontology
from graph.projection import project
from graph.store import Store
from graph.stored import stored_members
from graph.truth import TruthStore
from ingest.load import commit_load, plan_load
from lianpu.session import TRUTH_FILE, open_session
from lianpu.settings import Settings
from tests.support.apply_in_process import work
from tests.support.folders import SMALL, write_folder

KILLS, SEED = 50, 20_240_627
#: What the process says before it is killed; ``batch`` as often as drawn.
STAGES = ("reading", "planned", "committed", "batch", "batch")
ROWS = 20

#: A version of the dataset: what each row of it states.
Version = frozenset[tuple[str, str, str]]


def firms(names: range, word: str) -> dict[str, list[dict[str, str]]]:
    """``SMALL`` with more firms, each supplying the next; ``word`` is in every name."""
    numbers = list(names)
    rows = [
        {"id": f"firm/f{i}", "name": f"{word}{i}", "place": "place/360900", "sources": "source/a"}
        for i in numbers
    ]
    supplies = [
        {"from": f"firm/f{a}", "to": f"firm/f{b}", "what": word} for a, b in itertools.pairwise(numbers)
    ]
    return {**SMALL, "firms": [*SMALL["firms"], *rows], "supplies": supplies}


def versions(folder: Path) -> dict[Path, Version]:
    """Folders that hold versions of one dataset, and what each states by a store of its own."""
    made = {
        "a": firms(range(60), "甲"),
        "b": firms(range(30, 80), "甲"),
        "c": firms(range(60), "乙"),
        "d": SMALL,
    }
    found: dict[Path, Version] = {}
    for name, tables in made.items():
        at = write_folder(folder / name / "big", tables)
        alone = TruthStore(folder / name / "alone.sqlite")
        commit_load(plan_load(at, alone, load_ontology()), alone)
        found[at] = stated(alone)
        alone.close()
    return found


def stated(truth: TruthStore) -> Version:
    """What the current facts are."""
    return frozenset((a.key, a.table, json.dumps(a.props, sort_keys=True)) for a in truth.current())


@dataclass(frozen=True)
class Worker:
    """A process that waits for an order."""

    process: BaseProcess
    pipe: Connection

    def order(self, what: dict[str, Any], stage: str, nth: int, pause_s: float) -> str:
        """Give an order, and kill the process ``pause_s`` after it said ``stage`` for the ``nth`` time.

        The last that it said.
        """
        assert self.pipe.recv() == "ready"
        self.pipe.send(what)
        last, seen = "", 0
        while seen < nth and last != "whole":
            last = self.pipe.recv()
            seen += last == stage
        time.sleep(pause_s)
        self.process.kill()
        self.process.join(10)
        with suppress(EOFError):
            while True:
                last = self.pipe.recv()
        return last


@contextmanager
def worker(config: EngineConfig, truth_file: Path) -> Iterator[Worker]:
    """A process that waits for an order; ended after the block. Its modules are loaded once for all."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.apply_in_process"])
    here, there = context.Pipe()
    process = context.Process(target=work, args=(config, truth_file, ROWS, there))
    process.start()
    there.close()
    try:
        yield Worker(process, here)
    finally:
        process.kill()
        process.join(10)
        process.close()
        here.close()


def next_order(truth: TruthStore, folders: list[Path], chance: random.Random) -> dict[str, Any]:
    """A folder to load, or the newest load that can be taken back."""
    entries = truth.loads()
    if entries and entries[-1].before is not None and chance.random() < 0.35:
        return {"undo": entries[-1].id}
    return {"load": str(chance.choice(folders))}


def wanted(order: dict[str, Any], truth: TruthStore, known: dict[Path, Version]) -> Version:
    """What the facts are once the order is carried out."""
    if "load" in order:
        return known[Path(order["load"])]
    before = next(one.before for one in truth.loads() if one.id == order["undo"])
    (origin,) = (v["origin"] for d in truth.datasets() for v in d["versions"] if v["number"] == before)
    return known[Path(origin)]


async def settled(settings: Settings, store: Store, ontology: Ontology) -> None:
    """The next start: it leaves the graph whole and equal to the facts."""
    async with open_session(settings, seed=False, quiet=True) as session:
        meta = await store.meta(session.truth.store_id)
        assert meta is not None and (meta.state, meta.mark) == ("whole", session.truth.mark)
        stored = digest_of([m async for m in stored_members(store)])
        graph = project(session.truth.current(), session.truth.decisions(), ontology)
        assert stored.as_json() == digest_of_graph(graph).as_json()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX thing")
@pytest.mark.timeout(300)
async def test_fifty_kills_leave_nothing_half_and_lose_nothing(
    store: Store, engine_config: EngineConfig, tmp_path: Path
) -> None:
    ontology, chance, known = load_ontology(), random.Random(SEED), versions(tmp_path)
    settings = Settings(
        home=engine_config.home, neo4j_uri=engine_config.neo4j_uri, neo4j_user=engine_config.neo4j_user,
        neo4j_password=engine_config.neo4j_password,
    )  # fmt: skip
    file = engine_config.home / TRUTH_FILE
    truth = TruthStore(file)
    fell: Counter[str] = Counter()
    try:
        commit_load(plan_load(next(iter(known)), truth, ontology), truth)
        for turn in range(KILLS):
            with worker(engine_config, file) as process:
                if turn:
                    await settled(settings, store, ontology)  # while the next process starts
                order, old, revision = next_order(truth, list(known), chance), stated(truth), truth.revision
                new = wanted(order, truth, known)
                stage = chance.choice(STAGES)
                nth = chance.randint(1, 12) if stage == "batch" else 1
                last = process.order(order, stage, nth, chance.uniform(0, 0.04))
            fell[("undo " if "undo" in order else "load ") + last] += 1
            context = (turn, order, stage, nth, last)
            with sqlite3.connect(file) as db:
                assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",), context
            db.close()
            moved = truth.revision - revision
            assert moved in (0, 1), context
            assert stated(truth) == (new if moved else old), context
            if last in ("committed", "batch", "whole"):  # what it said to be stored is
                assert stated(truth) == new, context
        await settled(settings, store, ontology)
    finally:
        truth.close()
        for left in engine_config.home.glob("truth.sqlite*"):
            left.unlink()
        shutil.rmtree(engine_config.home / "scratch")
    # at which moment a kill falls, the machine's speed decides: most fall before the end, and in both kinds
    early = sum(count for moment, count in fell.items() if not moment.endswith("whole"))
    assert early >= KILLS // 2 and fell["load batch"] and fell["undo batch"], fell
