"""The status of every link of all chains in the province, its cities and counties, against a pandas group-by.

The baseline counts, from a table of the same work in memory, the distinct firms at work by segment and by
each place that a site lies in: what a spreadsheet would tell. Ours is read from the engine, and decides each
cell by the rules besides. Goals: 2 s with the built-in data; 15 s and 2 GB with a million firms and five
million relations (``LIANPU_BENCH_FIRMS`` makes it another number, 0 leaves them out), on Neo4j alone: the
embedded engine is not meant for so many.
"""

from __future__ import annotations

import itertools
import os
import resource
import time
from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from bench.gaps import PROVINCE, fill
from bench.many_firms import COMMON, CREATE, row, spots
from graph.engine import EngineConfig
from graph.gaps.gaps import Gaps
from graph.gaps.index import AT_WORK, Index
from graph.gaps.places import PlaceTree
from graph.ontology import load_ontology
from graph.store import Store, open_store
from lianpu.serve import settle
from tests.support.databases import raw_driver

FIRMS: Final = int(os.environ.get("LIANPU_BENCH_FIRMS", "1000000"))
_AT_ONCE: Final = 10_000
Row = tuple[str, str, str, str]


async def measure_verdicts(config: EngineConfig, rounds: int) -> list[dict[str, Any]]:
    """Seconds and ratio for the built-in data, and with a million firms more."""
    ontology = load_ontology()
    async with open_store(config, ontology) as store:
        what = await fill(store, ontology)
        index = (await Gaps(store, ontology).look(PROVINCE)).index
        own = [(w.segment, f, w.status, p) for w in index.facts.works for f in w.firms for p in w.places]
        rows = [{"graph": what, **await _measured(store, own, index.facts.places, rounds)}]
        if config.neo4j_uri is not None and FIRMS:
            more = await _write_many(config, store, index)
            row = await _measured(store, [*own, *more], index.facts.places, rounds)
            rows.append({"graph": f"and {FIRMS:,} firms", **row})
    return rows


async def _measured(store: Store, table: list[Row], tree: PlaceTree, rounds: int) -> dict[str, Any]:
    places, ours, cpu, bare = sorted(tree.subtree(PROVINCE)), [], [], []
    works = pd.DataFrame(table, columns=["segment", "firm", "status", "place"])
    settle()
    for _ in range(rounds + 1):  # the first warms the engine
        begun = time.perf_counter()
        counted = grouped(works, tree)
        bare.append(time.perf_counter() - begun)
        begun, used = time.perf_counter(), time.process_time()
        found = await Gaps(store, load_ontology()).statuses(places)
        ours.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - used)
    return {
        "works": len(table),
        "places": len(places),
        "cells": len(found.table),
        "group_by_cells": len(counted),
        "ours_s": round(min(ours[1:]), 2),
        "our_processor_s": round(min(cpu[1:]), 2),
        "group_by_s": round(min(bare[1:]), 3),
        "ratio": round(min(ours[1:]) / min(bare[1:]), 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def grouped(table: pd.DataFrame, tree: PlaceTree) -> pd.DataFrame:
    """Distinct firms at work by segment and by each place they lie in."""
    around = [(place, outer) for place in table["place"].unique() for outer in tree.chain(str(place))]
    areas = pd.DataFrame(around, columns=["place", "area"])
    at_work = table[table["status"].isin(AT_WORK)].merge(areas, on="place")
    return at_work.groupby(["segment", "area"], sort=False)["firm"].nunique().reset_index()


async def _write_many(config: EngineConfig, store: Store, index: Index) -> Iterator[Row]:
    """Write the firms; the rows of their work."""
    facts = index.facts
    leaves = sorted(s for s in facts.segments if index.is_leaf(s))
    counties = sorted(p for p in facts.places.subtree(PROVINCE) if facts.places.nodes[p].level == "county")
    found = await store.read("MATCH (p:Product) RETURN p.id AS id ORDER BY id", max_rows=10**6)
    products, made = [r["id"] for r in found], spots(leaves, counties, FIRMS)
    async with raw_driver(config) as driver:
        while some := list(itertools.islice(made, _AT_ONCE)):
            rows = [row(spot, products) for spot in some]
            await driver.execute_query(CREATE, rows=rows, common=COMMON, database_=config.neo4j_database)
    return ((s.segment, s.firm, s.status, s.place) for s in spots(leaves, counties, FIRMS))
