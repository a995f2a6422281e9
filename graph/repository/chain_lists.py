"""The lists of a chain card, each one query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from graph.repository.chain_models import (
    Figure,
    Leader,
    ParkAtWork,
    Position,
    ProjectRow,
    Remark,
    StatusCount,
)
from graph.repository.models import Listing, NodeView, Ref, Text
from graph.repository.reader import Reader, Row, ref

#: Values of Observation.kind that may stand in one list. 目标 and 实绩 never do.
TARGET: Final = ("target",)
ACTUAL: Final = ("actual", "cumulative")
OTHER: Final = ("forecast", "unknown")
_NO_STATUS: Final = Text(zh="状态未记载", en="status not recorded")

T = TypeVar("T")


class ChainLists:
    """Asks for the lists of the chain ``chain_id``, at most ``limit`` items each."""

    def __init__(self, reader: Reader, chain_id: str, limit: int) -> None:
        self._reader = reader
        self._id = chain_id
        self._limit = limit

    async def firms(self, relation: str) -> Listing[Leader]:
        """The firms that ``relation`` names for the chain or one of its segments."""
        view = self._reader

        def leader(row: Row) -> Leader:
            firm, about = view.node_view(row["node"]), ref(row["about"])
            return Leader(
                firm=firm, about=about, link=view.link_view(relation, row["link"], firm.id, about.id)
            )

        return await self._capped("chain_firms", leader, REL=relation)

    async def figures(self, kinds: Sequence[str]) -> Listing[Figure]:
        """The observations of some kinds about the chain or its segments, the latest period first."""
        word = self._reader.word

        def figure(row: Row) -> Figure:
            props = row["node"]
            return Figure(
                node=self._reader.node_view(props),
                metric=props.get("metric"),
                metric_label=word("Observation", "metric", props.get("metric")),
                kind=props.get("kind"),
                kind_label=word("Observation", "kind", props.get("kind")),
                value=props.get("value"),
                period=props.get("period"),
                scope=props.get("scope"),
                about=refs(row["about"]),
            )

        return await self._capped(
            "chain_evidence", figure, params={"kinds": list(kinds)}, CLASS="Observation"
        )

    async def remarks(self, kind: str) -> Listing[Remark]:
        """The statements of one kind about the chain or its segments, the latest period first."""

        def remark(row: Row) -> Remark:
            props = row["node"]
            words: dict[str, Any] = {}
            for name in ("kind", "gap_kind", "subject_kind"):
                words[name] = props.get(name)
                words[f"{name}_label"] = self._reader.word("Statement", name, props.get(name))
            about = refs(row["about"])
            return Remark(
                node=self._reader.node_view(props), period=props.get("period"), about=about, **words
            )

        return await self._capped("chain_evidence", remark, params={"kinds": [kind]}, CLASS="Statement")

    async def positions(self) -> Listing[Position]:
        """The places, parks and zones positioned for the chain or one of its segments."""
        view = self._reader

        def position(row: Row) -> Position:
            node, about, role = view.node_view(row["node"]), ref(row["about"]), row["link"].get("role")
            return Position(
                node=node,
                role=role,
                role_label=view.word("POSITIONED_FOR", "role", role),
                about=about,
                link=view.link_view("POSITIONED_FOR", row["link"], node.id, about.id),
            )

        return await self._capped("chain_positions", position)

    async def parks(self) -> Listing[ParkAtWork]:
        """The parks with sites in the chain's segments, most firms first."""
        rows = await self._reader.rows("chain_parks", {"id": self._id, "limit": self._limit})
        items = [
            ParkAtWork(
                park=self._reader.node_view(r["node"]), **{k: r[k] for k in ("segments", "sites", "firms")}
            )
            for r in rows
        ]
        return Listing(items=items, total=rows[0]["total"] if rows else 0)

    async def clusters(self) -> Listing[NodeView]:
        """The clusters of the chain."""
        return await self._capped("chain_clusters", lambda row: self._reader.node_view(row["node"]))

    async def projects(self) -> tuple[list[StatusCount], Listing[ProjectRow]]:
        """How many projects have which status, and the largest of them."""
        view = self._reader
        counts = [
            StatusCount(
                status=r["status"],
                label=_NO_STATUS
                if r["status"] == "unknown"
                else view.word("Project", "status", r["status"]) or _NO_STATUS,
                count=r["found"],
            )
            for r in await view.rows("chain_project_counts", {"id": self._id})
        ]

        def project(row: Row) -> ProjectRow:
            status = row["node"].get("status")
            return ProjectRow(
                project=view.node_view(row["node"]),
                status=status,
                status_label=view.word("Project", "status", status),
                segments=refs(row["segments"]),
                builders=refs(row["builders"]),
            )

        return counts, await self._capped("chain_projects", project)

    async def _capped(
        self, name: str, view: Callable[[Row], T], params: dict[str, Any] | None = None, **words: str
    ) -> Listing[T]:
        """A list of a query that counts up to a cap: one more than the most that is told exactly."""
        most = self._reader.limits.count_cap
        asked = {"id": self._id, "limit": self._limit, "cap": most + 1, **(params or {})}
        rows = await self._reader.rows(name, asked, **words)
        total = rows[0]["total"] if rows else 0
        return Listing(items=[view(r) for r in rows], total=min(total, most), total_at_least=total > most)


def refs(found: Sequence[dict[str, Any]]) -> list[Ref]:
    """Entities named in passing, in the order of their ids."""
    return [ref(f) for f in sorted(found, key=lambda f: str(f["id"]))]
