"""Projecting a graph onto an engine, against the bare driver's UNWIND + MERGE loop on the same rows.

The baseline is the loop an experienced user writes: batches of 5,000 maps, ``MERGE`` by id, ``SET +=``, with
the driver as it comes; once more with the driver's own extension (``neo4j-rust-ext``), which ours installs.
Ours stamps the graph and writes whole property sets with the identity of each relation. Each is measured
warm, on an emptied database, in turn; a ratio is baseline seconds by our seconds (above 1: faster).

Hubs and repeated pairs have no baseline: there the plain loop falls to some hundred relations a second.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from unittest.mock import patch

from neo4j import AsyncDriver
from neo4j._codec.packstream import RUST_AVAILABLE
from neo4j._codec.packstream.v1 import Packer

from graph.apply import form_of
from graph.engine import EngineConfig
from graph.model import Graph, Relation
from graph.ontology import load_ontology
from graph.store import MetaState, open_store
from graph.write import Change, write_changes
from tests.support.databases import empty, raw_driver

BATCH = 5000
NODES = "UNWIND $rows AS r MERGE (n:{cls} {{id: r.id}}) ON CREATE SET n:Entity SET n += r.props"
RELATIONS = (
    "UNWIND $rows AS r MATCH (a:Entity {{id: r.a}}) MATCH (b:Entity {{id: r.b}}) "
    "MERGE (a)-[e:{cls} {{rid: r.rid}}]->(b) SET e += r.props"
)


async def measure_projection(config: EngineConfig, graph: Graph, rounds: int) -> dict[str, object]:
    """Best of ``rounds`` for each way after a warm-up, in turn; counts, seconds, ratios and their spread.

    The ratios of the single rounds are ``ratios``; ``peak_mb`` is this process's largest resident memory so
    far, the graph itself and the baseline's rows among it.
    """
    await _bootstrap(config)
    plain: list[float] = []
    extended: list[float] = []
    ours: list[float] = []
    await bare_loop(config, graph)
    await empty(config)
    await _ours(config, graph)
    for _ in range(rounds):
        await empty(config)
        with plain_driver():
            plain.append(await bare_loop(config, graph))
        await empty(config)
        extended.append(await bare_loop(config, graph))
        await empty(config)
        ours.append(await _ours(config, graph))
    again = await _ours(config, graph)
    await empty(config)
    single = [a / b for a, b in zip(plain, ours, strict=True)]
    return {
        "nodes": len(graph.nodes),
        "relations": len(graph.relations),
        "bare_s": round(min(plain), 2),
        "bare_extension_s": round(min(extended), 2),
        "ours_s": round(min(ours), 2),
        "again_s": round(again, 2),
        "ratio": round(min(plain) / min(ours), 2),
        "ratio_extension": round(min(extended) / min(ours), 2),
        "ratios": f"{min(single):.2f}–{statistics.median(single):.2f}–{max(single):.2f}",
        "rows_per_s": round((len(graph.nodes) + len(graph.relations)) / min(ours)),
        "extension": RUST_AVAILABLE,
        "peak_mb": peak_mb(),
    }


async def measure_shape(config: EngineConfig, graph: Graph, rounds: int) -> dict[str, object]:
    """Relations a second of a hub or a repeated pair, the first time and the same again."""
    await _bootstrap(config)
    first: list[float] = []
    again: list[float] = []
    nodes = Graph(nodes=graph.nodes)
    relations = Graph(relations=graph.relations)
    for _ in range(rounds):
        await empty(config)
        await _ours(config, nodes)
        first.append(await _ours(config, relations))
        again.append(await _ours(config, relations))
    await empty(config)
    number = len(graph.relations)
    return {
        "nodes": len(graph.nodes),
        "relations": number,
        "first_per_s": round(number / min(first)),
        "slowest_first_per_s": round(number / max(first)),
        "again_per_s": round(number / min(again)),
        "peak_mb": peak_mb(),
    }


def peak_mb() -> int:
    """The largest resident memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextmanager
def plain_driver() -> Iterator[None]:
    """The driver without its extension, for the length of a ``with`` block."""
    with patch.object(Packer, "_pack", Packer._py_pack):
        yield


async def _bootstrap(config: EngineConfig) -> None:
    await empty(config)
    async with open_store(config, load_ontology()) as store:
        await store.bootstrap()


async def _ours(config: EngineConfig, graph: Graph) -> float:
    ontology = load_ontology()
    form = form_of(ontology)
    async with open_store(config, ontology) as store:
        begun = time.perf_counter()
        async with store.writing("bench", 60):
            await store.set_meta(MetaState("bench", 1, "applying", form))
            members: list[Change] = [*graph.nodes.values(), *graph.relations.values()]
            members.sort(key=lambda member: (isinstance(member, Relation), member.cls))
            await write_changes(store, ontology, members, len(members))
            await store.set_meta(MetaState("bench", 1, "whole", form))
        return time.perf_counter() - begun


async def bare_loop(config: EngineConfig, graph: Graph) -> float:
    """Seconds of the plain loop for a graph, through the driver as it comes."""
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
