"""Graphs of the shapes that are hard to write: a hub, and two entities with many relations between them."""

from __future__ import annotations

from graph.model import Graph, Node, Props, Relation, relation_id

HUB = 50_000
PAIR = 20_000


def hub_graph(size: int = HUB, *, outward: bool = True) -> Graph:
    """One firm that supplies ``size`` others, or (not ``outward``) is supplied by them."""
    graph = Graph()
    _firm(graph, "firm/hub")
    for i in range(size):
        _firm(graph, f"firm/f{i}")
        ends = ("firm/hub", f"firm/f{i}")
        _supply(graph, *(ends if outward else ends[::-1]), "磷酸铁锂")
    return graph


def pair_graph(size: int = PAIR) -> Graph:
    """Two firms, one of which supplies ``size`` different things to the other."""
    graph = Graph()
    _firm(graph, "firm/a")
    _firm(graph, "firm/b")
    for i in range(size):
        _supply(graph, "firm/a", "firm/b", f"零部件{i}")
    return graph


def shapes() -> tuple[tuple[str, Graph], ...]:
    """Every shape with its name."""
    return (
        ("hub, outward", hub_graph()),
        ("hub, inward", hub_graph(outward=False)),
        ("one pair", pair_graph()),
    )


def _firm(graph: Graph, key: str) -> None:
    graph.nodes[key] = Node(key, "Firm", {"id": key, "cls": "Firm", "caption": key, "name": key})


def _supply(graph: Graph, source: str, target: str, what: str) -> None:
    rid = relation_id("SUPPLIES", source, target, (what,))
    props: Props = {"rid": rid, "what": what, "standing": "unverified", "sources": ["source/bench"]}
    graph.relations[rid] = Relation(rid, "SUPPLIES", source, target, props)
