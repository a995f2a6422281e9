"""Candidates of a gap among 100,000 firms, against the same Cypher sent by the bare driver.

The built-in data with firms made beside it: each in a city or county, two of five with a product by relation,
as many by the names in its own list, one of ten with a site at work in a segment, one of ten a subsidiary of
another; products and segments are skewed, and what the gap wants is among the
more frequent. The facts of the chain and the search index are there from an answer before, as in a server;
``makers``: who makes what is wanted is read for each answer, or kept since one before, as where weights are
moved. The baseline sends the statements of such an answer by the bare driver, one after the other; look-ups
in the search index, which are no Cypher, are not in it. ``ours_cpu_ms`` is this process's processor time an
answer. Goal: 300 ms for the 95th percentile.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from bench.firm_names import firms
from bench.graphs import builtin_graph
from bench.latency import Recording, send
from graph.engine import EngineConfig
from graph.gaps.candidates import candidates
from graph.gaps.candidates.makers import KEPT
from graph.gaps.gaps import Gaps
from graph.model import Graph, Node, Props, Relation, relation_id
from graph.ontology import load_ontology
from graph.repository.reader import Reader
from graph.search import LiveSearch, SearchIndex, Stamp
from graph.store import MetaState, Store, open_store
from graph.write import write_changes
from lianpu.serve import settle
from tests.support.databases import raw_driver

FIRMS: Final = 100_000
GAP: Final = "new-energy/electrolyte@360900"
SEGMENT: Final = "segment/new-energy/electrolyte"
#: Answers timed in a round.
CALLS: Final = 8
Call = Callable[[], Awaitable[object]]
_WANTED: Final = (9, 10, 11)
_STATES: Final = ("operating", "operating", "operating", "unknown", "suspended", "under_construction")
_BEFORE: Final = ("", "", "高压", "车用", "固态")
_STAMP: Final = MetaState("bench", 1, "whole", 1)


async def measure_candidates(config: EngineConfig, rounds: int) -> list[dict[str, Any]]:
    """A row for makers read and one for makers kept: how many make it, how many pass, how long it takes."""
    ontology = load_ontology()
    with tempfile.TemporaryDirectory() as folder:
        async with open_store(config, ontology) as store, raw_driver(config) as driver:
            await store.bootstrap()
            members = list(made(builtin_graph(), FIRMS))
            await write_changes(store, ontology, members, len(members))
            await store.set_meta(_STAMP)
            index = SearchIndex(Path(folder) / "search.sqlite", ontology)
            index.rebuild(members, Stamp(_STAMP.store_id, _STAMP.revision, _STAMP.token))
            search = LiveSearch(index, store)
            gaps = Gaps(store, ontology, search=search)
            look, segment = await gaps.look_at(GAP)

            async def ask(reader: Reader) -> tuple[int, int]:
                found = await candidates(
                    reader, look.index, gaps.rules, segment, look.place.id, look.index.day, search=search
                )
                return found.found, found.total

            settle()
            rows: list[dict[str, Any]] = []
            for makers in ("read", "kept"):
                recording = Recording(store)
                found, total = await ask(Reader(cast("Store", recording), ontology, gaps.limits))
                forget = KEPT.clear if makers == "read" else _nothing
                measured = await _measured(
                    partial(ask, gaps.reader), partial(send, driver, recording.sent), forget, rounds
                )
                row = {"makers": makers, "found": found, "candidates": total}
                rows.append({**row, "statements": len(recording.sent), **measured})
    return rows


async def _measured(ours: Call, bare: Call, forget: Callable[[], None], rounds: int) -> dict[str, float]:
    """Quantiles in ms of both calls, measured in turns, and the processor time of ours."""
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    cpu = 0.0
    for _ in range(rounds * CALLS):
        forget()
        for who, call in (("bare", bare), ("ours", ours)):
            begun, worked = time.perf_counter(), time.process_time()
            await call()
            times[who].append((time.perf_counter() - begun) * 1000)
            cpu += time.process_time() - worked if who == "ours" else 0.0
    told = {f"{who}_{name}_ms": value for who in times for name, value in _quantiles(times[who]).items()}
    return {**told, "ours_cpu_ms": round(cpu * 1000 / len(times["ours"]), 1)}


def _nothing() -> None:
    """What is kept stays."""


def _quantiles(times: Sequence[float]) -> dict[str, float]:
    return {
        "p50": round(statistics.median(times), 1),
        "p95": round(statistics.quantiles(times, n=20)[-1], 1),
    }


def made(graph: Graph, count: int) -> Iterator[Node | Relation]:
    """The members of ``graph`` and of ``count`` firms beside it, nodes first; the same each time."""
    rng = random.Random(1269)
    nodes, relations = list(graph.nodes.values()), list(graph.relations.values())
    places = sorted(n.id for n in nodes if n.cls == "Place" and n.props.get("level") in ("city", "county"))
    segments = sorted({r.source for r in relations if r.cls == "MAKES" and r.source.startswith("segment/")})
    wanted = sorted(r.target for r in relations if r.cls == "MAKES" and r.source == SEGMENT)
    products = [p for p in sorted(n.id for n in nodes if n.cls == "Product") if p not in wanted]
    for at, product in zip(_WANTED, wanted, strict=False):
        products.insert(at, product)
    segments.remove(SEGMENT)
    segments.insert(_WANTED[0], SEGMENT)
    names = {n.id: str(n.props["caption"]) for n in nodes}
    for number, record in enumerate(firms(count)):
        firm, draw = f"firm/made-{number}", number % 10
        props: Props = {"name": record.name, "status": "operating"}
        if draw in (4, 5, 6, 7):
            text = rng.choice(_BEFORE) + names[_skewed(rng, products)]
            props["products"] = [text, names[rng.choice(products)]]
        nodes.append(_node(firm, "Firm", record.name, **props))
        relations.append(_link("LOCATED_IN", firm, rng.choice(places)))
        if draw < 4:
            relations.append(_link("MAKES", firm, _skewed(rng, products)))
        if draw == 5:
            site = f"site/made-{number}"
            nodes.append(_node(site, "Site", record.name, name=record.name))
            relations.append(_link("OPERATES", firm, site))
            relations.append(_link("LOCATED_IN", site, rng.choice(places)))
            relations.append(_link("WORKS_IN", site, _skewed(rng, segments), status=rng.choice(_STATES)))
        if number and draw == 3:
            relations.append(_link("SUBSIDIARY_OF", firm, f"firm/made-{rng.randrange(number)}"))
    yield from sorted(nodes, key=lambda n: n.cls)
    yield from sorted({r.rid: r for r in relations}.values(), key=lambda r: r.cls)


def _node(key: str, cls: str, caption: str, **props: Any) -> Node:
    return Node(key, cls, {"id": key, "cls": cls, "caption": caption, "standing": "unverified", **props})


def _link(cls: str, source: str, target: str, **props: Any) -> Relation:
    rid = relation_id(cls, source, target)
    return Relation(rid, cls, source, target, {"rid": rid, "standing": "unverified", **props})


def _skewed(rng: random.Random, among: Sequence[str]) -> str:
    return among[min(int(rng.paretovariate(0.6)) - 1, len(among) - 1)]
