"""The canonical digest of a graph: equal for equal graphs, wherever they are held.

For each class the digest is the sum modulo 2**256 of the SHA-256 of its members, each written as JSON with
sorted keys and typed values. A sum needs no order, so a projection in memory and a database read page by page
give the same digest. (Adding hashes is the incremental multiset hash AdHash of Bellare & Micciancio, "A new
paradigm for collision-free hashing", EUROCRYPT 1997; here it guards against faults, not against forgers.)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.model import Graph, Node, Relation, Stored

_MODULUS = 1 << 256


@dataclass(slots=True)
class Digest:
    """Counts and sums per class; ``total`` is the digest of them all."""

    counts: dict[str, int] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)

    def add(self, member: Node | Relation) -> None:
        """Count one node or relation in."""
        self.counts[member.cls] = self.counts.get(member.cls, 0) + 1
        self.sums[member.cls] = (self.sums.get(member.cls, 0) + member_hash(member)) % _MODULUS

    @property
    def total(self) -> str:
        """64 hex digits over all classes."""
        text = json.dumps(sorted((c, f"{s:064x}", self.counts[c]) for c, s in self.sums.items()))
        return hashlib.sha256(text.encode()).hexdigest()

    def as_json(self) -> dict[str, object]:
        """JSON-ready: total, and count and sum per class."""
        classes = {c: {"count": self.counts[c], "digest": f"{self.sums[c]:064x}"} for c in sorted(self.sums)}
        return {"total": self.total, "classes": classes}


def member_hash(member: Node | Relation) -> int:
    """SHA-256 of one node or relation as a number."""
    ends = [member.source, member.target] if isinstance(member, Relation) else []
    body = [member.cls, ends, {k: _typed(v) for k, v in member.props.items()}]
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")


def digest_of(members: Iterable[Node | Relation]) -> Digest:
    """The digest of nodes and relations in any order."""
    digest = Digest()
    for member in members:
        digest.add(member)
    return digest


def digest_of_graph(graph: Graph) -> Digest:
    """The digest of a graph in memory."""
    digest = digest_of(graph.nodes.values())
    for relation in graph.relations.values():
        digest.add(relation)
    return digest


def _typed(value: Stored) -> list[object]:
    if isinstance(value, bool):
        return ["b", value]
    if isinstance(value, int):
        return ["i", str(value)]
    if isinstance(value, float):
        return ["f", repr(value)]
    if isinstance(value, str):
        return ["s", value]
    return ["l", list(value)]
