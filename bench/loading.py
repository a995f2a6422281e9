"""``python -m bench.loading``: a whole load against the bare driver's loop, and a load with little changed.

What is measured is what ``lianpu load`` does: read, check, match and plan, commit to the truth store with the
evidence of each fact, then bring the graph up to it. The baseline is the bare driver's loop of
``bench.projection`` with the very members that the load wrote. Both are measured warm, on an emptied
database: a load into a truth store of its own goes before (``cold``), then the bare loop, then the load that
counts. The second load has one in a thousand rows of its largest files changed. ``--graph ckg`` needs
``LIANPU_CKG``, the folder with ChainKnowledgeGraph's tables as CSV; else tables are generated. ``--no-write``
leaves the engine out: plan and commit alone, of tables of any size.

Each engine is measured in a process of its own, so that ``peak_mb``, the largest memory of the client up to
the end of the cold load, owes nothing to another. Seconds are of the wall clock; ``cpu`` is the processor
time of this process and of those that it ended, the engine's not among it.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.generate import generate
from bench.generated.tables import Size
from bench.machine import engine, machine
from bench.projection import bare_loop, peak_mb, plain_driver
from graph.apply import bring_up_to_date
from graph.engine import EngineConfig
from graph.members import projected
from graph.model import Graph, Node
from graph.ontology import Ontology, load_ontology
from graph.store import Store, open_store
from graph.truth import TruthStore, View
from ingest.load import commit_load, plan_load
from tests.support.databases import empty

#: One row in so many is changed for the second load.
_EACH = 1000
#: Columns in which a row may say what another one says.
_CHANGED = ("note", "seen_at", "weight", "to_product", "industry_code")
_CKG_MAPPING = Path("data/mappings/ckg.yml")


class Clock:
    """Wall and processor seconds by step."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.cpu: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a ``with`` block."""
        begun, used = time.perf_counter(), _cpu()
        yield
        self.wall[name] = time.perf_counter() - begun
        self.cpu[name] = _cpu() - used
        print(f"{name} {self.wall[name]:.1f} s, {self.cpu[name]:.1f} s cpu", file=sys.stderr, flush=True)

    def rounded(self) -> dict[str, float]:
        """Each step, and all of them, in seconds."""
        out = {f"{name}_s": round(seconds, 2) for name, seconds in self.wall.items()}
        out |= {f"{name}_cpu_s": round(seconds, 2) for name, seconds in self.cpu.items()}
        return {**out, "all_s": round(self.total, 2), "all_cpu_s": round(sum(self.cpu.values()), 2)}

    @property
    def total(self) -> float:
        """Wall seconds of all steps."""
        return sum(self.wall.values())


async def measure_loading(config: EngineConfig, folder: Path, mapping: Path | None) -> dict[str, Any]:
    """Cold load, bare loop, first and second load of the tables in ``folder``; seconds, ratios, memory."""
    ontology = load_ontology()
    with tempfile.TemporaryDirectory(prefix="lianpu-loading-") as home:
        async with open_store(config, ontology) as store:
            await store.bootstrap()
            with _truth(Path(home) / "cold") as truth:
                cold = await _load(store, truth, ontology, folder, mapping)
                result: dict[str, Any] = {"cold": cold.rounded(), "peak_mb": peak_mb()}
                with truth.looking() as db:
                    graph = _graph(View(db, decisions=truth.decisions()), ontology)
        result |= {"nodes": len(graph.nodes), "relations": len(graph.relations)}
        await empty(config)
        with plain_driver():
            result["bare_s"] = round(await bare_loop(config, graph), 2)
        await empty(config)
        result["bare_extension_s"] = round(await bare_loop(config, graph), 2)
        await empty(config)
        del graph
        async with open_store(config, ontology) as store:
            with _truth(Path(home) / "warm") as truth:
                first = await _load(store, truth, ontology, folder, mapping)
                changed, result["rows_changed"] = _changed(folder, Path(home))
                second = await _load(store, truth, ontology, changed, mapping)
    result |= _both(first, second)
    result["ratio"] = round(result["bare_s"] / first.total, 2)
    result["ratio_extension"] = round(result["bare_extension_s"] / first.total, 2)
    return result


async def measure_planning(folder: Path, mapping: Path | None) -> dict[str, Any]:
    """First and second load of the tables in ``folder`` as far as the truth store; seconds, ratio, memory."""
    ontology = load_ontology()
    with tempfile.TemporaryDirectory(prefix="lianpu-loading-") as home, _truth(Path(home)) as truth:
        first = await _load(None, truth, ontology, folder, mapping)
        peak = peak_mb()
        changed, rows = _changed(folder, Path(home))
        second = await _load(None, truth, ontology, changed, mapping)
    return {**_both(first, second), "rows_changed": rows, "peak_mb": peak}


def _both(first: Clock, second: Clock) -> dict[str, Any]:
    share = round(second.total / first.total, 3)
    return {"first": first.rounded(), "second": second.rounded(), "second_by_first": share}


@contextmanager
def _truth(folder: Path) -> Iterator[TruthStore]:
    truth = TruthStore(folder / "truth.sqlite")
    try:
        yield truth
    finally:
        truth.close()


def _changed(folder: Path, home: Path) -> tuple[Path, int]:
    """A copy of the tables with some rows changed, and how many."""
    copy = home / folder.name
    shutil.copytree(folder, copy)
    return copy, change_some(copy)


async def _load(
    store: Store | None, truth: TruthStore, ontology: Ontology, folder: Path, mapping: Path | None
) -> Clock:
    """A load timed; without a ``store`` as far as the truth store."""
    clock = Clock()
    with clock.step("plan"):
        plan = plan_load(folder, truth, ontology, "bench", mapping=mapping, partial=True)
        json.dumps(plan.as_json())  # the report
    with plan.scratch:
        with clock.step("commit"):
            commit_load(plan, truth)
        if store is None:
            return clock
        with clock.step("write"):
            async with store.writing("bench", 60):
                await bring_up_to_date(store, truth, ontology, plan=plan.changes, scratch=plan.scratch)
    return clock


def change_some(folder: Path) -> int:
    """Give a cell of one in a thousand rows of each CSV file the text of the row above; how many changed."""
    changed = 0
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.reader(handle))
        column = next((rows[0].index(name) for name in _CHANGED if name in rows[0]), None)
        if column is None:
            continue
        for at in range(_EACH // 2, len(rows), _EACH):
            above, row = rows[at - 1], rows[at]
            if min(len(row), len(above)) > column and "" != above[column] != row[column]:
                row[column] = above[column]
                changed += 1
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows(rows)
    return changed


def _graph(view: View, ontology: Ontology) -> Graph:
    graph = Graph()
    for member in projected(view, ontology):
        if isinstance(member, Node):
            graph.nodes[member.id] = member
        else:
            graph.relations[member.rid] = member
    return graph


def _cpu() -> float:
    """Processor seconds of this process and of those that it waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def measured(name: str | None, folder: Path, mapping: Path | None) -> dict[str, Any]:
    """What there is to tell of the engine ``name``, or of planning alone; runs in a process of its own."""
    if name is None:
        return asyncio.run(measure_planning(folder, mapping))
    with engine(name) as config:
        return {"engine": name, **asyncio.run(measure_loading(config, folder, mapping))}


def main() -> int:
    """Measure, and print the results as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.loading", description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--engine", action="append", choices=("embedded", "neo4j"), help="default: both")
    which.add_argument("--no-write", action="store_true", help="plan and commit only, without an engine")
    parser.add_argument("--graph", choices=("ckg", "generated"), default="ckg")
    parser.add_argument("--firms", type=int, default=100_000, help="of the generated tables")
    parser.add_argument("--relations", type=int, default=170_000, help="of the generated tables")
    options = parser.parse_args()
    known = os.environ.get("LIANPU_CKG")
    with tempfile.TemporaryDirectory(prefix="lianpu-loading-") as made:
        if options.graph == "ckg" and known:
            folder, mapping = Path(known), _CKG_MAPPING
        else:
            folder, mapping = Path(made) / "generated", None
            generate(folder, Size(options.firms, options.relations, 0.001), 1)
        names: list[str | None] = [None] if options.no_write else options.engine or ["embedded", "neo4j"]
        for name in names:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
                result = apart.submit(measured, name, folder, mapping).result()
            told = {"tables": folder.name, **result, "load_average": os.getloadavg()}
            print(json.dumps({"machine": machine(), **told}, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
