"""The local supply net of some segments in a place: who is at work, what feeds what, what is cut."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.gaps.facts import Input
from graph.gaps.index import Index

if TYPE_CHECKING:
    import networkx as nx

REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Net:
    """Segments with somebody at work in ``place``, with the firms there, and the inputs among them.

    A site of which no firm is recorded stands for itself.
    """

    index: Index
    place: str
    firms: dict[str, frozenset[str]]

    @classmethod
    def of(cls, index: Index, place: str, segments: Iterable[str]) -> Net:
        """The net of those of ``segments``, and of what they need, where somebody is at work in ``place``."""
        asked = set(segments)
        asked |= {i.source for s in asked for i in index.inputs(s)}
        found = {s: frozenset(index.makers(index.at_work(s, place))) for s in sorted(asked)}
        return cls(index, place, {s: firms for s, firms in found.items() if firms})

    def required(self, segment: str) -> list[Input]:
        """Required inputs of a segment."""
        return [i for i in self.index.inputs(segment) if i.criticality == REQUIRED]

    def unrecorded(self) -> tuple[int, int]:
        """Required inputs of all segments of the net, and how many of them nobody here is recorded to make.

        Inputs that stand for each other (one alternative group of one segment) count as one.
        """
        groups: dict[tuple[str, str], bool] = {}
        for segment in self.firms:
            for one in self.required(segment):
                name = (segment, f"group {one.group}" if one.group else f"segment {one.source}")
                groups[name] = groups.get(name, False) or one.source in self.firms
        return len(groups), sum(not made for made in groups.values())

    def cuts(self, segment: str, lost: Collection[str]) -> list[Input]:
        """The required inputs of ``segment`` that ``lost`` segments take away; no alternative is left."""
        inputs = self.required(segment)
        left = {o.group for o in inputs if o.group and o.source in self.firms and o.source not in lost}
        return [i for i in inputs if i.source in lost and i.source in self.firms and i.group not in left]

    def downstream(self, lost: Collection[str], steps: int) -> dict[str, tuple[int, Input]]:
        """Segments of the net reached from ``lost`` ones along required inputs, in at most ``steps``.

        Gives the number of steps and the input that is cut. What stands on an alternative that is still made
        here is not reached.
        """
        gone, found = set(lost), dict[str, tuple[int, Input]]()
        waiting = deque((s, 0) for s in sorted(lost))
        while waiting:
            at, depth = waiting.popleft()
            if depth == steps:
                continue
            for user in sorted({i.target for i in self.index.users(at)}):
                if user in gone or user not in self.firms:
                    continue
                cuts = self.cuts(user, gone)
                if cuts:
                    gone.add(user)
                    found[user] = (depth + 1, cuts[0])
                    waiting.append((user, depth + 1))
        return found

    def graph(self) -> nx.DiGraph[str]:
        """Segments of the net as nodes, an edge from each input to its user."""
        import networkx as nx  # takes a tenth of a second, which other questions need not wait for

        net: nx.DiGraph[str] = nx.DiGraph()
        net.add_nodes_from(sorted(self.firms))
        for segment in sorted(self.firms):
            for one in self.index.inputs(segment):
                if one.source in self.firms and one.source != segment:
                    net.add_edge(one.source, segment)
        return net
