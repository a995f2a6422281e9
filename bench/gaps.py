"""Latency of the questions about links, against the same Cypher sent by the bare driver.

A question is asked of facts that are read anew each time, and of facts kept since an answer before. The
baseline sends the statements of the first kind by the bare driver, one after the other. Goals: 100 ms for the
95th percentile, and 3 times the baseline. As in a server, what is there at the start is left out of
later garbage collections. The graph is the built-in data with one of ChainKnowledgeGraph's size beside it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final, cast

from bench.graphs import builtin_graph, ckg_graph
from bench.latency import Recording, compare, send
from graph.engine import EngineConfig
from graph.gaps.gaps import Gaps
from graph.model import Node, Relation
from graph.ontology import Ontology, load_ontology
from graph.store import MetaState, Store, open_store
from graph.write import write_changes
from lianpu.serve import settle
from tests.support.databases import raw_driver

CHAIN, CITY, PROVINCE = "chain/new-energy", "place/360900", "place/360000"
_STAMP: Final = MetaState("bench", 1, "whole", 1)

Question = Callable[[Gaps], Awaitable[object]]
QUESTIONS: dict[str, Question] = {
    "panorama of a city": lambda g: g.panorama(CHAIN, CITY),
    "panorama of the province": lambda g: g.panorama(CHAIN, PROVINCE),
    "gaps of a chain in a city": lambda g: g.gaps(CITY, chain=CHAIN),
}


async def measure_gaps(config: EngineConfig, rounds: int) -> list[dict[str, Any]]:
    """One row a question and way of reading: medians and 95th percentiles in ms, and their ratios."""
    ontology = load_ontology()
    rows: list[dict[str, Any]] = []
    async with open_store(config, ontology) as store, raw_driver(config) as driver:
        await fill(store, ontology)
        kept = Gaps(store, ontology)
        settle()
        for name, question in QUESTIONS.items():
            recording = Recording(store)
            await question(Gaps(cast("Store", recording), ontology))
            bare = partial(send, driver, recording.sent)
            ways = {"read": partial(_anew, question, store, ontology), "kept": partial(_ask, question, kept)}
            for facts, ours in ways.items():
                row = await compare(ours, bare, 1, rounds)
                rows.append({"question": name, "facts": facts, "statements": len(recording.sent), **row})
    return rows


async def fill(store: Store, ontology: Ontology) -> str:
    """Write the graph, stamped, into an empty store; what it is."""
    await store.bootstrap()
    ckg, what = ckg_graph()
    for graph in (builtin_graph(), ckg):
        both: list[Node | Relation] = [*graph.nodes.values(), *graph.relations.values()]
        await write_changes(store, ontology, both, len(both))
    await store.set_meta(_STAMP)
    return f"built-in data and {what}"


async def _anew(question: Question, store: Store, ontology: Ontology) -> None:
    await question(Gaps(store, ontology))


async def _ask(question: Question, gaps: Gaps) -> None:
    await question(gaps)
