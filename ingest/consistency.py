"""What must hold between the rows of a dataset and all that is already known: references and trees."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from graph.facts import Assertion
from graph.ontology import Ontology
from ingest.faults import Fault


def consistency_faults(
    assertions: list[Assertion], known: Iterable[Assertion], ontology: Ontology
) -> list[Fault]:
    """Dangling references, relations of a thing with itself, and cycles in relations that are trees.

    Parameters
    ----------
    assertions : of the dataset being read.
    known : the current assertions of all other datasets.
    """
    others = list(known)
    stated = {a.key for a in (*assertions, *others) if a.source is None}
    faults: list[Fault] = []
    reported: set[tuple[str, int, str]] = set()
    for a in assertions:
        for end in (a.source, a.target, *a.sources):
            if end is not None and end not in stated and (a.table, a.row, end) not in reported:
                reported.add((a.table, a.row, end))
                faults.append(Fault(a.table, a.row, a.cls, end, "已有的编号", "an id that some table states"))
    faults.extend(
        Fault(a.table, a.row, a.cls, a.target, "另一个编号，不是它自己", "another id than its own")
        for a in assertions
        if a.target is not None and a.source == a.target and not ontology.relations[a.cls].tree
    )
    for cls in (r for r in ontology.relations.values() if r.tree):
        faults.extend(_cycle([a for a in (*others, *assertions) if a.cls == cls.name]))
    return faults


def _cycle(edges: list[Assertion]) -> list[Fault]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for a in edges:
        graph.add_edge(str(a.source), str(a.target), at=(a.table, a.row))
    loops = [sorted(c) for c in nx.strongly_connected_components(graph) if len(c) > 1]
    loops += [[node] for node in nx.nodes_with_selfloops(graph)]
    return [_cycle_fault(graph, loop) for loop in loops]


def _cycle_fault(graph: nx.DiGraph[str], loop: list[str]) -> Fault:
    steps = nx.find_cycle(graph.subgraph(loop), loop[0])
    table, row = graph.edges[steps[-1][:2]]["at"]
    path = " → ".join([steps[0][0], *(step[1] for step in steps)])
    return Fault(table, row, "", path, "无环的树", "a tree without a cycle")
