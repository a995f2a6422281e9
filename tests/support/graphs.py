"""Whole small graphs in memory: what an engine holds, and what becomes of one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graph.facts import Assertion
from graph.model import Graph, Node, Relation
from graph.ontology import Ontology
from graph.projection import project
from graph.store import Store
from graph.stored import stored_members
from graph.truth import TruthStore, View
from ingest.faults import Fault
from ingest.inputs import input_of
from ingest.staging import stage


def graph_of_members(members: Iterable[Node | Relation]) -> Graph:
    """The members as a graph; a relation that is there twice is there under two keys."""
    graph = Graph()
    for member in members:
        if isinstance(member, Node):
            graph.nodes[member.id] = member
            continue
        key = member.rid
        while key in graph.relations:
            key = f"{key}+"
        graph.relations[key] = member
    return graph


async def stored_graph(store: Store) -> Graph:
    """What the engine holds."""
    return graph_of_members([member async for member in stored_members(store)])


def wanted_graph(truth: TruthStore, ontology: Ontology) -> Graph:
    """What it should hold, projected at once."""
    return project(truth.current(), truth.decisions(), ontology)


def read_tables(
    path: Path, home: Path, ontology: Ontology, dataset: str = "small"
) -> tuple[list[Assertion], list[Fault]]:
    """What the tables at ``path`` state, and their faults, read against an empty truth store in ``home``."""
    truth = TruthStore(home / "read.sqlite")
    try:
        with truth.scratch() as scratch:
            found = stage(input_of(path).items(ontology), dataset, truth, scratch, ontology)
            with truth.looking(scratch) as db:
                return list(View(db, stage=dataset).all()), found.faults
    finally:
        truth.close()
