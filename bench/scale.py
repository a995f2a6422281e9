"""``python -m bench.scale DIR``: a generated dataset onto an engine, from its tables' cells.

Measures the ordinary way of writing (``graph.write``), the engine's memory and disk, and the latency of a few
reads with one client, hubs among them. ``--engine neo4j`` does the same on Neo4j.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.generated.members import members_of
from bench.machine import machine
from graph.engine import EngineConfig
from graph.engine.launcher import attach, running
from graph.errors import LianpuError
from graph.model import Node, Relation
from graph.ontology import Ontology, load_ontology
from graph.store import MetaState, Store, open_store
from graph.write import write_changes
from tests.neo4j_server import neo4j_server

CALLS = 30
#: What is read: title, query, rows at most. ``$id`` is an ordinary firm, ``$hub`` the place of most firms.
READS = (
    ("an entity", "MATCH (n:Entity {id: $id}) RETURN properties(n) AS p", 1),
    (
        "two steps, 500 at most",
        "MATCH (:Entity {id: $id})-[]->(m:Entity)-[]->(k:Entity) RETURN DISTINCT k.id AS id LIMIT 500",
        500,
    ),
    (
        "a page of a hub, in order",
        "MATCH (n:Entity)-[:LOCATED_IN]->(:Entity {id: $hub}) "
        "RETURN n.id AS id, n.caption AS caption ORDER BY n.caption, n.id LIMIT 50",
        50,
    ),
    (
        "a filtered count at a hub",
        "MATCH (n:Entity)-[:LOCATED_IN]->(:Entity {id: $hub}) WHERE n.status = 'ceased' RETURN count(n) AS c",
        1,
    ),
    ("all firms by status", "MATCH (n:Firm) RETURN n.status AS s, count(n) AS c", 10),
)


async def measure(config: EngineConfig, folder: Path) -> dict[str, Any]:
    """Rates, memory, disk and latencies for one dataset on an empty engine."""
    ontology = load_ontology()
    members = list(members_of(folder, ontology))
    nodes = [m for m in members if isinstance(m, Node)]
    relations = sorted((m for m in members if isinstance(m, Relation)), key=lambda m: m.cls)
    del members
    result: dict[str, Any] = {"nodes": len(nodes), "relations": len(relations)}
    async with open_store(config, ontology) as store:
        await store.bootstrap()
        await store.set_meta(MetaState("bench", 1, "applying", 1))
        for what, some in (("nodes", nodes), ("relations", relations)):
            seconds = await _written(store, ontology, some)
            result |= {f"{what}_s": round(seconds, 1), f"{what}_per_s": round(len(some) / seconds)}
        result |= _engine(config)
        for title, query, rows in READS:
            result[title] = await _latency(store, query, rows)
    return result


async def _written(store: Store, ontology: Ontology, some: list[Any]) -> float:
    begun = time.perf_counter()
    async with store.writing("bench", 60):
        await write_changes(store, ontology, iter(some), len(some))
    return time.perf_counter() - begun


async def _latency(store: Store, query: str, rows: int) -> str:
    """Median and slowest in ms, or why there is none."""
    times: list[float] = []
    deadline = time.perf_counter() + 60
    for number in range(CALLS + 3):
        begun = time.perf_counter()
        try:
            parameters = {"id": f"firm/g{100 + 37 * number}", "hub": "place/g0"}
            await store.read(query, parameters, max_rows=rows, timeout_s=60)
        except LianpuError as error:
            return error.code
        times.append((time.perf_counter() - begun) * 1000)
        if time.perf_counter() > deadline:
            break
    times = times[3:] or times
    return f"{statistics.median(times):.1f} / {max(times):.0f} ms"


def _engine(config: EngineConfig) -> dict[str, Any]:
    """Memory and disk of the embedded engine, in MB; nothing for Neo4j."""
    run = running(config.engine_dir) if config.embedded else None
    if run is None:
        return {}
    status = Path(f"/proc/{run.pid}/status")
    found: dict[str, Any] = {"heap": config.heap}
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        found["peak_mb"] = int(lines["VmHWM"].split()[0]) // 1024
    files = (path for path in config.engine_dir.rglob("*") if path.is_file())
    return {**found, "disk_mb": sum(path.stat().st_size for path in files) // 10**6}


@contextmanager
def _engine_of(name: str, heap: str) -> Iterator[EngineConfig]:
    with tempfile.TemporaryDirectory(prefix="lianpu-scale-", ignore_cleanup_errors=True) as folder:
        if name == "neo4j":
            with neo4j_server() as server:
                yield EngineConfig(Path(folder), server.uri, server.user, server.password, timeout_s=300.0)
            return
        config = EngineConfig(Path(folder), heap=heap, timeout_s=300.0, linger_s=1.0)
        hold = attach(config)
        try:
            yield config
        finally:
            hold.release()


def main() -> int:
    """Measure, and print the results as JSON; a load that fails is told with its error."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="written by python -m bench.generate")
    parser.add_argument("--engine", choices=("embedded", "neo4j"), default="embedded")
    parser.add_argument("--heap", default="512m", help="of the embedded engine")
    options = parser.parse_args()
    with _engine_of(options.engine, options.heap) as config:
        try:
            result = asyncio.run(measure(config, options.folder))
        except LianpuError as error:
            result = {"heap": options.heap, "error": error.code, "detail": error.detail[:300]}
    print(json.dumps({"machine": machine(), "engine": options.engine, **result}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
