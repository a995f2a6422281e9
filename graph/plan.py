"""The plan: what changes between two graphs, as keys and whole property sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from graph.model import Graph, Node, Relation

M = TypeVar("M", Node, Relation)


@dataclass(slots=True)
class Changes(Generic[M]):
    """Members to add, to write anew (same key, other content), and to remove."""

    added: list[M] = field(default_factory=list)
    changed: list[M] = field(default_factory=list)
    removed: list[M] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)


@dataclass(slots=True)
class Plan:
    """Changes of nodes and of relations; empty when both graphs are equal."""

    nodes: Changes[Node] = field(default_factory=Changes)
    relations: Changes[Relation] = field(default_factory=Changes)

    def __len__(self) -> int:
        return len(self.nodes) + len(self.relations)

    def as_json(self) -> dict[str, list[str]]:
        """The keys added, changed and removed, entities first, each list sorted within its kind."""

        def keys(kind: str) -> list[str]:
            nodes, relations = getattr(self.nodes, kind), getattr(self.relations, kind)
            return sorted(n.id for n in nodes) + sorted(r.rid for r in relations)

        return {kind: keys(kind) for kind in ("added", "changed", "removed")}


def plan_between(before: Graph, after: Graph) -> Plan:
    """The changes that turn ``before`` into ``after``.

    Between two projections only properties of a kept key can differ: the class of a node follows from its id,
    the class and ends of a relation from its key. What an engine holds may differ in these too (an older
    ontology, another program's doing): such a member is removed and added, and so is what its removal takes
    along.
    """
    nodes = _between(before.nodes, after.nodes, lambda n: n.cls)
    relations = _between(before.relations, after.relations, lambda r: (r.cls, r.source, r.target))
    _write_again(nodes, relations, after)
    return Plan(nodes, relations)


def _write_again(nodes: Changes[Node], relations: Changes[Relation], after: Graph) -> None:
    """Add the wanted relations that go with a removed node, or bear the rid of a removed relation."""
    ends = {n.id for n in nodes.removed} & after.nodes.keys()
    rids = {r.rid for r in relations.removed} & after.relations.keys()
    if ends or rids:
        written = {r.rid for r in (*relations.added, *relations.changed)}
        relations.added.extend(
            r
            for r in after.relations.values()
            if r.rid not in written and (r.rid in rids or r.source in ends or r.target in ends)
        )


def _between(before: Mapping[str, M], after: Mapping[str, M], identity: Callable[[M], object]) -> Changes[M]:
    changes: Changes[M] = Changes()
    for key, new in after.items():
        old = before.get(key)
        if old is None:
            changes.added.append(new)
        elif identity(old) != identity(new):
            changes.removed.append(old)
            changes.added.append(new)
        elif old != new:
            changes.changed.append(new)
    changes.removed.extend(old for key, old in before.items() if key not in after)
    return changes
