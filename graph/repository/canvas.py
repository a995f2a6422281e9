"""Gathering the nodes, edges and sections of a neighbourhood, each node and edge once."""

from __future__ import annotations

from collections.abc import Iterable

from graph.repository.firm_models import Seat, Section
from graph.repository.models import LinkView, NodeView, Text


class Canvas:
    """Nodes, edges and sections as they are added. The first role a node is given stays."""

    def __init__(self) -> None:
        self._nodes: dict[str, Seat] = {}
        self._edges: dict[str, LinkView] = {}
        self.sections: list[Section] = []

    def place(self, node: NodeView, role: str) -> None:
        """Add a node unless it is there."""
        if node.id not in self._nodes:
            self._nodes[node.id] = Seat(**node.model_dump(), role=role)

    def join(self, link: LinkView) -> None:
        """Add a relation unless it is there; both its ends must have been placed."""
        if not {link.source, link.target} <= self._nodes.keys():
            raise KeyError(f"an end of {link.rid} ({link.source} → {link.target}) is not on the canvas")
        self._edges.setdefault(link.rid, link)

    def section(
        self,
        key: str,
        label: Text,
        links: Iterable[LinkView],
        *,
        shown: int,
        total: int,
        at_least: bool = False,
    ) -> None:
        """Close a section of which ``shown`` distinct neighbours of ``total`` are on the canvas."""
        self.sections.append(
            Section(
                key=key,
                label=label,
                total=total,
                total_at_least=at_least,
                shown=shown,
                truncated=at_least or total > shown,
                links=list(dict.fromkeys(link.rid for link in links)),
            )
        )

    @property
    def nodes(self) -> list[Seat]:
        """All nodes in the order they came."""
        return list(self._nodes.values())

    @property
    def edges(self) -> list[LinkView]:
        """All edges in the order they came."""
        return list(self._edges.values())
