"""``python -m bench.loading``: a whole load against the bare driver's loop, and a load with little changed.

What is measured is what ``lianpu load`` does: read, check, match and plan, commit to the truth store with the
evidence of each fact, then bring the graph up to it. The baseline is the bare driver's loop of
``bench.projection`` with the very members that the load wrote; both are warm, on an emptied database. The
second load has one in a thousand rows of its largest files changed. ``--graph ckg`` needs ``LIANPU_CKG``, the
folder with ChainKnowledgeGraph's tables as CSV; else tables are generated.

Seconds are of the wall clock; ``cpu`` is the processor time of this process, the engine's not among it.
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
from contextlib import contextmanager
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
        begun, used = time.perf_counter(), time.process_time()
        yield
        self.wall[name] = time.perf_counter() - begun
        self.cpu[name] = time.process_time() - used
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


async def measure_loading(
    config: EngineConfig, folder: Path, mapping: Path | None, *, baseline: bool = True
) -> dict[str, Any]:
    """First load, second load and the bare loop for the tables in ``folder``; seconds, ratios, memory."""
    ontology = load_ontology()
    with tempfile.TemporaryDirectory(prefix="lianpu-loading-") as home:
        truth = TruthStore(Path(home) / "truth.sqlite")
        try:
            async with open_store(config, ontology) as store:
                await store.bootstrap()
                first = await _load(store, truth, ontology, folder, mapping)
                result: dict[str, Any] = {"first": first.rounded(), "peak_mb": peak_mb()}
                changed = Path(home) / folder.name
                shutil.copytree(folder, changed)
                result["rows_changed"] = change_some(changed)
                second = await _load(store, truth, ontology, changed, mapping)
                result["second"] = second.rounded()
                result["second_by_first"] = round(second.total / first.total, 3)
            if not baseline:
                return result
            with truth.looking() as db:
                graph = _graph(View(db, decisions=truth.decisions()), ontology)
        finally:
            truth.close()
    result |= {"nodes": len(graph.nodes), "relations": len(graph.relations)}
    await empty(config)
    for name, plain in (("warm_up", False), ("bare", True), ("bare_extension", False)):
        if plain:
            with plain_driver():
                result[f"{name}_s"] = round(await bare_loop(config, graph), 2)
        else:
            result[f"{name}_s"] = round(await bare_loop(config, graph), 2)
        await empty(config)
    result["ratio"] = round(result["bare_s"] / first.total, 2)
    result["ratio_extension"] = round(result["bare_extension_s"] / first.total, 2)
    return result


async def _load(
    store: Store, truth: TruthStore, ontology: Ontology, folder: Path, mapping: Path | None
) -> Clock:
    clock = Clock()
    with clock.step("plan"):
        plan = plan_load(folder, truth, ontology, "bench", mapping=mapping, partial=True)
        json.dumps(plan.as_json())  # the report
    with plan.scratch:
        with clock.step("commit"):
            commit_load(plan, truth)
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


def main() -> int:
    """Measure, and print the results as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.loading", description=__doc__)
    parser.add_argument("--engine", action="append", choices=("embedded", "neo4j"), help="default: both")
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
        for name in options.engine or ["embedded", "neo4j"]:
            with engine(name) as config:
                measured = asyncio.run(measure_loading(config, folder, mapping))
            told = {"engine": name, "tables": folder.name, **measured, "load_average": os.getloadavg()}
            print(json.dumps({"machine": machine(), **told}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
