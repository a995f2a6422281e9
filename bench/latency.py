"""Latency of the first questions, against the same Cypher sent by the bare driver.

Each question is asked once to record the statements it sends; the baseline sends these again, one after
the other, by the bare driver. Both run warm, with one client and with eight at once, in turns. A ratio is our
quantile by the baseline's (below 1: faster). Goals: 1.5 for the median, 2 for the 95th percentile.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, cast

from neo4j import READ_ACCESS, AsyncDriver, AsyncManagedTransaction

from graph.apply import bring_up_to_date
from graph.engine import EngineConfig
from graph.ontology import load_ontology
from graph.repository import Repository
from graph.store import Store, open_store
from graph.truth import TruthStore
from ingest.inputs import BUILTIN
from ingest.load import commit_load, plan_load
from tests.support.databases import raw_driver

FIRM, PLACE, CHAIN = "firm/jiangxi-copper", "place/360900", "new-energy"
CLIENTS = (1, 8)
CALLS = 60

Call = Callable[[], Awaitable[None]]
Question = Callable[[Repository], Awaitable[object]]
QUESTIONS: dict[str, Question] = {
    "entity": lambda r: r.entity(FIRM),
    "neighbours of a place": lambda r: r.neighbours(PLACE, relation="LOCATED_IN", direction="in"),
    "chains": lambda r: r.chains(),
    "chain card": lambda r: r.chain(CHAIN),
    "who answers for a chain": lambda r: r.responsible(CHAIN),
    "neighbourhood of a firm": lambda r: r.firm_neighbourhood(FIRM),
}


class Recording:
    """A store that notes what is read through it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.sent: list[tuple[str, Mapping[str, Any]]] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    async def read(
        self, query: str, params: Mapping[str, Any] | None = None, /, **limits: Any
    ) -> list[dict[str, Any]]:
        self.sent.append((query, params or {}))
        return await self._store.read(query, params, **limits)


async def measure_latency(config: EngineConfig, rounds: int) -> list[dict[str, Any]]:
    """One row a question and number of clients: medians and 95th percentiles in ms, and their ratios."""
    ontology = load_ontology()
    truth = TruthStore(config.home / "truth.sqlite")
    commit_load(plan_load(BUILTIN, truth, ontology), truth)
    rows: list[dict[str, Any]] = []
    async with open_store(config, ontology) as store, raw_driver(config) as driver:
        async with store.writing("bench", 60):
            await bring_up_to_date(store, truth, ontology)
        repository = Repository(store, ontology, truth)
        for name, question in QUESTIONS.items():
            recording = Recording(store)
            await question(Repository(cast("Store", recording), ontology, truth))
            for clients in CLIENTS:
                ours, bare = partial(_ask, question, repository), partial(send, driver, recording.sent)
                row = await compare(ours, bare, clients, rounds)
                rows.append({"question": name, "statements": len(recording.sent), "clients": clients, **row})
    truth.close()
    return rows


async def _ask(question: Question, repository: Repository) -> None:
    await question(repository)


async def send(driver: AsyncDriver, sent: list[tuple[str, Mapping[str, Any]]]) -> None:
    """Send recorded statements one after the other by the bare driver."""
    for query, params in sent:
        async with driver.session(database="neo4j", default_access_mode=READ_ACCESS) as session:
            await session.execute_read(_rows, query, params)


async def compare(ours: Call, bare: Call, clients: int, rounds: int) -> dict[str, float]:
    """Medians and 95th percentiles of two calls in ms, measured in turns, and their ratios."""
    for call in (ours, bare):
        await _timed(call, clients, CALLS // 3)
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(rounds):
        times["bare"] += await _timed(bare, clients, CALLS)
        times["ours"] += await _timed(ours, clients, CALLS)
    bare_50, ours_50 = (statistics.median(times[k]) for k in ("bare", "ours"))
    bare_95, ours_95 = (statistics.quantiles(times[k], n=20)[-1] for k in ("bare", "ours"))
    return {
        "bare_p50_ms": round(bare_50, 1),
        "ours_p50_ms": round(ours_50, 1),
        "p50_ratio": round(ours_50 / bare_50, 2),
        "bare_p95_ms": round(bare_95, 1),
        "ours_p95_ms": round(ours_95, 1),
        "p95_ratio": round(ours_95 / bare_95, 2),
    }


async def _rows(
    transaction: AsyncManagedTransaction, query: str, params: Mapping[str, Any]
) -> list[dict[str, Any]]:
    return [dict(record) async for record in await transaction.run(query, dict(params))]


async def _timed(call: Call, clients: int, calls: int) -> list[float]:
    """Milliseconds of ``calls`` calls shared among ``clients`` at once."""
    times: list[float] = []

    async def client() -> None:
        for _ in range(max(1, calls // clients)):
            begun = time.perf_counter()
            await call()
            times.append((time.perf_counter() - begun) * 1000)

    await asyncio.gather(*(client() for _ in range(clients)))
    return times
