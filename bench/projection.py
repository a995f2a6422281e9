"""Projecting a graph onto an engine, against the bare driver's UNWIND + MERGE loop on the same rows.

The baseline is the loop an experienced user writes: batches of 5,000 maps, ``MERGE`` by id, ``SET +=``. Ours
plans against an empty graph, stamps it, and writes whole property sets with the identity of each relation.
Each is measured warm, on an emptied database; the ratio is baseline seconds by our seconds (above 1: faster).
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence

from neo4j import AsyncDriver

from graph.apply import apply_plan, form_of
from graph.engine import EngineConfig
from graph.model import Graph
from graph.ontology import load_ontology
from graph.plan import plan_between
from graph.store import MetaState, open_store
from tests.support.databases import empty, raw_driver

BATCH = 5000
NODES = "UNWIND $rows AS r MERGE (n:{cls} {{id: r.id}}) ON CREATE SET n:Entity SET n += r.props"
RELATIONS = (
    "UNWIND $rows AS r MATCH (a:Entity {{id: r.a}}) MATCH (b:Entity {{id: r.b}}) "
    "MERGE (a)-[e:{cls} {{rid: r.rid}}]->(b) SET e += r.props"
)


async def measure_projection(config: EngineConfig, graph: Graph, rounds: int) -> dict[str, object]:
    """Best of ``rounds`` for both ways after a warm-up, in turn; counts, seconds and the ratio."""
    async with open_store(config, load_ontology()) as store:
        await store.bootstrap()
    bare: list[float] = []
    ours: list[float] = []
    await _bare(config, graph)
    for _ in range(rounds):
        await empty(config)
        bare.append(await _bare(config, graph))
        await empty(config)
        ours.append(await _ours(config, graph))
    await empty(config)
    return {
        "nodes": len(graph.nodes),
        "relations": len(graph.relations),
        "bare_s": round(min(bare), 2),
        "ours_s": round(min(ours), 2),
        "ratio": round(min(bare) / min(ours), 2),
        "rows_per_s": round((len(graph.nodes) + len(graph.relations)) / min(ours)),
    }


async def _ours(config: EngineConfig, graph: Graph) -> float:
    ontology = load_ontology()
    form = form_of(ontology)
    async with open_store(config, ontology) as store:
        begun = time.perf_counter()
        async with store.writing("bench", 60):
            await store.set_meta(MetaState("bench", 1, "applying", form))
            await apply_plan(store, plan_between(Graph(), graph))
            await store.set_meta(MetaState("bench", 1, "whole", form))
        return time.perf_counter() - begun


async def _bare(config: EngineConfig, graph: Graph) -> float:
    nodes: dict[str, list[dict[str, object]]] = defaultdict(list)
    for n in graph.nodes.values():
        nodes[n.cls].append({"id": n.id, "props": n.props})
    relations: dict[str, list[dict[str, object]]] = defaultdict(list)
    for r in graph.relations.values():
        relations[r.cls].append({"rid": r.rid, "a": r.source, "b": r.target, "props": r.props})
    async with raw_driver(config) as driver:
        begun = time.perf_counter()
        await _loop(driver, NODES, nodes)
        await _loop(driver, RELATIONS, relations)
        return time.perf_counter() - begun


async def _loop(driver: AsyncDriver, form: str, rows: Mapping[str, Sequence[object]]) -> None:
    for cls, members in rows.items():
        for start in range(0, len(members), BATCH):
            part = {"rows": members[start : start + BATCH]}
            await driver.execute_query(form.format(cls=cls), part, database_="neo4j")
