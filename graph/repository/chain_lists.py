"""The lists of a chain card, each one query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
_FIGURES: Final = {
    "targets": ["target"],
    "actuals": ["actual", "cumulative"],
    "others": ["forecast", "unknown"],
}
#: Lists of what speaks of a time to come.
_AHEAD: Final = frozenset({"targets", "others"})
#: The same for Statement.kind.
_REMARKS: Final = {"gaps": ["gap"], "strengths": ["strength"]}
_LEADS: Final = ("DESIGNATED_CHAIN_LEADER", "FLAGSHIP_IN")
_NO_STATUS: Final = Text(zh="状态未记载", en="status not recorded")

T = TypeVar("T")


class ChainLists:
    """Asks for the lists of the chain ``chain_id``, at most ``limit`` items each."""

    def __init__(self, reader: Reader, chain_id: str, limit: int) -> None:
        self.reader = reader
        self._id = chain_id
        self._limit = limit

    async def firms(self) -> dict[str, Listing[Leader]]:
        """The firms named for the chain or one of its segments, by relation class: 链主 and 龙头."""
        view = self.reader

        def leader(row: Row) -> Leader:
            firm, about = view.node_view(row["node"]), ref(row["about"])
            return Leader(
                firm=firm, about=about, link=view.link_view(row["type"], row["link"], firm.id, about.id)
            )

        rows = await self.rows("chain_firms", RELS="|".join(_LEADS))
        return {cls: self.listing([r for r in rows if r["type"] == cls], leader) for cls in _LEADS}

    async def figures(self, day: str) -> dict[str, Listing[Figure]]:
        """What was observed about the chain or its segments by ``day``: targets, actuals, others.

        An actual belongs to its period, a target to the day on which it was reported.
        """
        word = self.reader.word

        def figure(row: Row) -> Figure:
            props = row["node"]
            return Figure(
                node=self.reader.node_view(props),
                metric=props.get("metric"),
                metric_label=word("Observation", "metric", props.get("metric")),
                kind=props.get("kind"),
                kind_label=word("Observation", "kind", props.get("kind")),
                value=props.get("value"),
                period=props.get("period"),
                scope=props.get("scope"),
                about=refs(row["about"]),
            )

        return await self._evidence("Observation", _FIGURES, day, figure)

    async def remarks(self, day: str) -> dict[str, Listing[Remark]]:
        """The statements about the chain or its segments by ``day``, the latest first: gaps and strengths."""

        def remark(row: Row) -> Remark:
            props = row["node"]
            words: dict[str, Any] = {}
            for name in ("kind", "gap_kind", "subject_kind"):
                words[name] = props.get(name)
                words[f"{name}_label"] = self.reader.word("Statement", name, props.get(name))
            about = refs(row["about"])
            return Remark(node=self.reader.node_view(props), period=props.get("period"), about=about, **words)

        return await self._evidence("Statement", _REMARKS, day, remark)

    async def positions(self) -> Listing[Position]:
        """The places, parks and zones positioned for the chain or one of its segments."""
        view = self.reader

        def position(row: Row) -> Position:
            node, about, role = view.node_view(row["node"]), ref(row["about"]), row["link"].get("role")
            return Position(
                node=node,
                role=role,
                role_label=view.word("POSITIONED_FOR", "role", role),
                about=about,
                link=view.link_view("POSITIONED_FOR", row["link"], node.id, about.id),
            )

        return self.listing(await self.rows("chain_positions"), position)

    async def parks(self) -> Listing[ParkAtWork]:
        """The parks with sites in the chain's segments, most firms first."""
        rows = await self.reader.rows("chain_parks", {"id": self._id, "limit": self._limit})
        items = [
            ParkAtWork(
                park=self.reader.node_view(r["node"]), **{k: r[k] for k in ("segments", "sites", "firms")}
            )
            for r in rows
        ]
        return Listing(items=items, total=rows[0]["total"] if rows else 0)

    async def clusters(self) -> Listing[NodeView]:
        """The clusters of the chain."""
        rows = await self.rows("chain_clusters")
        return self.listing(rows, lambda row: self.reader.node_view(row["node"]))

    async def projects(self) -> tuple[list[StatusCount], Listing[ProjectRow]]:
        """How many projects have which status, and the largest of them."""
        view = self.reader
        counts = [
            StatusCount(
                status=r["status"],
                label=_NO_STATUS
                if r["status"] == "unknown"
                else view.word("Project", "status", r["status"]) or _NO_STATUS,
                count=r["found"],
            )
            for r in await view.rows("chain_project_counts", {"ids": [self._id]})
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

        return counts, self.listing(await self.rows("chain_projects"), project)

    async def rows(self, name: str, params: dict[str, Any] | None = None, **words: str) -> list[Row]:
        """The rows of a query that counts up to a cap: one more than the most that is told exactly."""
        cap = self.reader.limits.count_cap + 1
        asked = {"id": self._id, "limit": self._limit, "cap": cap, **(params or {})}
        return await self.reader.rows(name, asked, None, **words)

    async def _evidence(
        self, cls: str, kinds: Mapping[str, list[str]], day: str, view: Callable[[Row], T]
    ) -> dict[str, Listing[T]]:
        asked = [{"key": key, "kinds": values, "ahead": key in _AHEAD} for key, values in kinds.items()]
        rows = await self.rows("chain_evidence", {"lists": asked, "day": day}, CLASS=cls)
        return {key: self.listing([r for r in rows if r["key"] == key], view) for key in kinds}

    def listing(self, rows: Sequence[Row], view: Callable[[Row], T]) -> Listing[T]:
        """One list of ``rows`` that all carry its total."""
        most = self.reader.limits.count_cap
        total = rows[0]["total"] if rows else 0
        return Listing(items=[view(r) for r in rows], total=min(total, most), total_at_least=total > most)


def refs(found: Sequence[dict[str, Any]]) -> list[Ref]:
    """Entities named in passing, in the order of their ids."""
    return [ref(f) for f in sorted(found, key=lambda f: str(f["id"]))]
