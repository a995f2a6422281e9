"""The facts of the built-in data, against plain loops over the same graph in memory: no query, no engine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from bench.graphs import builtin_graph
from graph.engine import EngineConfig
from graph.gaps.load import load_facts
from graph.limits import Limits
from graph.model import Graph, Node, Relation
from graph.ontology import Ontology
from graph.repository.reader import Reader
from graph.store import open_store
from graph.values import date_max, date_min
from graph.write import write_changes
from tests.support.chain_sample import STAMP
from tests.support.databases import empty

CASES = [
    (("chain/new-energy",), "2026-11-24"),
    (("chain/nonferrous", "chain/textile"), "2026-11-24"),
    (("chain/new-energy",), "2021-06-30"),
]


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The projection of the built-in data."""
    return builtin_graph()


@pytest.fixture(scope="module")
async def reader(engine_config: EngineConfig, ontology: Ontology, graph: Graph) -> AsyncIterator[Reader]:
    """Reads that graph from the engine under test."""
    await empty(engine_config)
    async with open_store(engine_config, ontology) as store:
        await store.bootstrap()
        members: list[Node | Relation] = [*graph.nodes.values(), *graph.relations.values()]
        await write_changes(store, ontology, members, len(members))
        await store.set_meta(STAMP)
        yield Reader(store, ontology, Limits())


class Naive:
    """Look-ups by looping over everything."""

    def __init__(self, graph: Graph, chains: tuple[str, ...], day: str) -> None:
        self.graph, self.day = graph, day
        own = {r.target for r in self.of("HAS_SEGMENT") if r.source in chains}
        flows = [r for r in self.of("INPUT_TO") if r.source.startswith("segment/")]
        shared = {(r.target, g) for r in flows if r.source in own and (g := r.props.get("alternative_group"))}
        self.inputs = {
            r.rid: r
            for r in flows
            if self.holds(r.props)
            and (own & {r.source, r.target} or (r.target, r.props.get("alternative_group")) in shared)
        }
        ends = {end for r in self.inputs.values() for end in (r.source, r.target)}
        self.segments = own | ends
        while above := {t for s in self.segments for t in self.targets("PART_OF", s)} - self.segments:
            self.segments |= above
        held = {r.source for r in self.of("HAS_SEGMENT") if r.target in self.segments}
        self.subjects = {*self.segments, *chains, *held}

    def of(self, cls: str) -> Iterator[Relation]:
        return (r for r in self.graph.relations.values() if r.cls == cls)

    def targets(self, cls: str, source: str) -> set[str]:
        return {r.target for r in self.of(cls) if r.source == source}

    def sources(self, cls: str, target: str) -> set[str]:
        return {r.source for r in self.of(cls) if r.target == target}

    def holds(self, props: dict[str, Any], *own: str) -> bool:
        """Neither later than the day nor over by then."""
        if props.get("valid_to") and date_max(props["valid_to"]) < self.day:
            return False
        for name in (*own, "valid_from", "seen_first"):
            if props.get(name):
                return date_min(props[name]) <= self.day
        return True

    def works(self) -> dict[str, tuple[set[str], set[str], set[str]]]:
        """Firms, places and parks of each relation of work."""
        found = {}
        for r in self.of("WORKS_IN"):
            if r.target in self.segments and self.holds(r.props, "as_of"):
                firms, parks = self.sources("OPERATES", r.source), self.targets("IN_PARK", r.source)
                places = self.targets("LOCATED_IN", r.source)
                places = places or {p for k in parks for p in self.targets("LOCATED_IN", k)}
                places = places or {p for f in firms for p in self.targets("LOCATED_IN", f)}
                found[r.rid] = (firms, places, parks)
        return found

    def about(self, cls: str, relation: str, *own: str) -> dict[str, set[str]]:
        """The entities of a class that speak of the subjects, each with all it speaks of."""
        said: dict[str, set[str]] = {}
        for r in self.of(relation):
            node = self.graph.nodes[r.source]
            if node.cls == cls and self.holds(dict(node.props), *own):
                said.setdefault(r.source, set()).add(r.target)
        return {key: about for key, about in said.items() if about & self.subjects}

    def rids(self, *classes: str) -> set[str]:
        """The relations of some classes that reach the subjects."""
        return {
            r.rid
            for cls in classes
            for r in self.of(cls)
            if r.target in self.subjects and self.holds(r.props)
        }


@pytest.mark.parametrize(("chains", "day"), CASES)
async def test_facts_are_those_that_loops_find(
    reader: Reader, graph: Graph, chains: tuple[str, ...], day: str
) -> None:
    facts, naive = await load_facts(reader, chains, day), Naive(graph, chains, day)
    assert set(facts.segments) == naive.segments
    assert {i.key for i in facts.inputs} == set(naive.inputs)
    assert {w.key: (set(w.firms), set(w.places), set(w.parks)) for w in facts.works} == naive.works()
    assert {
        r.key: {*r.segments, *r.chains, *r.places, *r.parks, *r.zones} for r in facts.remarks
    } == {
        key: {a for a in about if not a.startswith(("firm/", "site/"))}
        for key, about in naive.about("Statement", "ABOUT", "period").items()
    }  # fmt: skip
    assert {p.key for p in facts.projects} == {
        p for p in naive.about("Project", "FILLS", "status_date")
        if naive.targets("FILLS", p) & naive.segments
    }  # fmt: skip
    assert {x.key for x in facts.leads} == naive.rids("DESIGNATED_CHAIN_LEADER", "FLAGSHIP_IN")
    assert {p.key for p in facts.positions} == naive.rids("POSITIONED_FOR")
    rates = naive.about("Observation", "ABOUT", "period")
    assert {r.key for r in facts.rates} == {
        key for key in rates if graph.nodes[key].props.get("metric") == "local_rate"
    }
    assert set(facts.parks) == {n.id for n in graph.nodes.values() if n.cls == "Park"}
    assert facts.works
    assert facts.remarks
