"""The facts of the lists that an office hands in, for a chain in a place: one query each, all bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final

from graph.gaps.index import Index
from graph.gaps.list_firms import firm_lines
from graph.gaps.list_lines import date_of, evidence_of, ref_of, refs_of
from graph.gaps.list_models import ClusterLine, FieldLine, Figure, Lists, Point, PolicyLine, ProblemLine
from graph.gaps.list_projects import project_lines
from graph.repository.models import Text
from graph.repository.reader import Reader, Row
from graph.repository.sources import cited, sources_in

#: Lines of one list at most.
MOST: Final = 5_000
_NAMES: Final = {
    "clusters": "产业集群",
    "policies": "政策",
    "firms": "重点企业",
    "projects": "重点项目",
    "problems": "产业问题",
}
#: What is told of a cluster, as in ``Observation.metric``.
_COUNT, _REVENUE = "firm_count", "revenue"
#: Status of a title or cluster by which an authority has named it.
_NAMED: Final = ("announced", "recognised", "reviewed", "revoked")


async def lists_of(reader: Reader, index: Index, chain: str, place: str) -> Lists:
    """What is recorded for ``chain`` in ``place`` on the day of ``index``.

    Parameters
    ----------
    index : the facts of ``chain``. chain, place : ids; the place may be a park or zone.

    Raises ``ReadTooLarge``, ``ReadTimeout`` or ``EngineUnavailable`` from the store.
    """
    asking = _Asking(reader, index, chain, place)
    (firms, firm_count), (projects, project_count) = await asyncio.gather(
        firm_lines(reader, index, chain, place, most=MOST),
        project_lines(reader, index, chain, place, most=MOST),
    )
    clusters, policies, problems = await asyncio.gather(
        asking.clusters(), asking.policies(), asking.problems([line.key for line in projects])
    )
    applications, technologies, points = await asyncio.gather(
        asking.fields("Application"), asking.fields("Technology"), asking.points()
    )
    lengths = {"clusters": len(clusters), "policies": len(policies), "problems": len(problems)}
    cut = {name: length for name, length in lengths.items() if length >= MOST}
    cut |= {n: length for n, length in (("firms", firm_count), ("projects", project_count)) if length > MOST}
    made = Lists(
        chain=index.ref(chain),
        place=index.ref(place),
        as_of=index.day,
        clusters=clusters,
        policies=policies,
        firms=firms,
        projects=projects,
        problems=problems,
        applications=applications,
        technologies=technologies,
        points=points,
        cut=cut,
        notes=[_cut(name, length) for name, length in cut.items()],
    )
    return made.model_copy(update={"cited": await cited(reader, sources_in(made))})


def _cut(name: str, length: int) -> Text:
    return Text(
        zh=f"{_NAMES[name]}清单只列前 {MOST} 条，至少有 {length} 条",
        en=f"Of the {name} the first {MOST} are listed; there are at least {length}",
    )


class _Asking:
    def __init__(self, reader: Reader, index: Index, chain: str, place: str) -> None:
        self._reader, self._index, self._chain, self._place = reader, index, chain, place
        self._segments = list(index.segments_of(chain))
        tree = index.facts.places
        around = [p for p in index.around(place) if p in tree.nodes]
        self._inside = sorted(tree.subtree(place)) if place in tree.nodes else []
        self._places = list(dict.fromkeys([*self._inside, *around]))

    async def clusters(self) -> list[ClusterLine]:
        rows = await self._reader.rows(
            "deliver_clusters",
            {
                "id": self._chain,
                "places": self._places,
                "day": self._index.day,
                "metrics": [_COUNT, _REVENUE],
                "kinds": ["actual", "cumulative"],
                "limit": MOST,
            },
        )
        return sorted((self._cluster(row) for row in rows), key=self._cluster_order)

    def _cluster_order(self, line: ClusterLine) -> tuple[bool, str]:
        inside = any(place.id in self._inside for place in line.places)
        return not inside, line.key

    def _cluster(self, row: Row) -> ClusterLine:
        node, word = row["node"], self._reader.word
        titles = [t for t in row["titles"] if t["first"] <= self._index.day and t["status"] in _NAMED]
        figures = sorted(row["figures"], key=lambda f: f["last"], reverse=True)
        recognised = sorted(
            f"{t['year'] or '年份不详'}（{t['name']}，{_zh(word('Title', 'status', t['status']))}）"
            for t in titles
        )
        if not recognised and node.get("year") and node.get("status") in _NAMED:
            recognised = [str(node["year"])]
        return ClusterLine(
            **evidence_of(
                node, extra=[s for part in (titles, figures) for t in part for s in t["sources"] or ()]
            ),
            cluster=ref_of(node),
            date=date_of(node, "year"),
            level=word("Cluster", "level", node.get("level")),
            status=word("Cluster", "status", node.get("status")),
            places=refs_of(row["places"]),
            chains=refs_of(row["chains"]),
            recognised=recognised,
            firm_counts=_figures(figures, _COUNT),
            revenues=_figures(figures, _REVENUE),
        )

    async def policies(self) -> list[PolicyLine]:
        rows = await self._reader.rows(
            "deliver_policies",
            {
                "places": self._places,
                "about": [self._chain, *self._segments],
                "day": self._index.day,
                "limit": MOST,
            },
        )
        lines = [self._policy(row) for row in rows]
        lines.sort(key=lambda line: line.key)
        lines.sort(key=lambda line: line.date or "", reverse=True)
        return sorted(lines, key=lambda line: not line.about)

    def _policy(self, row: Row) -> PolicyLine:
        node = row["node"]
        end = node.get("validity_max") or node.get("valid_to_max")
        return PolicyLine(
            **evidence_of(node),
            policy=ref_of(node),
            date=date_of(node, "issued"),
            places=refs_of(row["places"]),
            about=refs_of(row["about"]),
            in_force=None if end is None else str(end) >= self._index.day,
            props=_texts(node),
        )

    async def problems(self, projects: Sequence[str]) -> list[ProblemLine]:
        rows = await self._reader.rows(
            "deliver_problems",
            {"about": [self._chain, *self._segments, *projects], "day": self._index.day, "limit": MOST},
        )
        here = {self._place, *self._inside, *projects}
        return [self._problem(row) for row in rows if here & self._where(row)]

    def _where(self, row: Row) -> set[str]:
        ids = {*row["sited"], *(r["id"] for r in (*row["raised"], *row["about"]))}
        firms = {r["id"] for r in row["raised"] if r["cls"] == "Firm"}
        at_work = any(
            firms & set(work.firms)
            for segment in (self._segments if firms else ())
            for work in self._index.works(segment, self._place)
        )
        return ids | ({self._place} if at_work else set())

    def _problem(self, row: Row) -> ProblemLine:
        node, word = row["node"], self._reader.word
        return ProblemLine(
            **evidence_of(node),
            problem=ref_of(node),
            date=date_of(node, "date"),
            kind=word("Problem", "kind", node.get("kind")),
            severity=word("Problem", "severity", node.get("severity")),
            status=word("Problem", "status", node.get("status")),
            segments=[ref_of(a) for a in row["about"] if a["cls"] == "Segment"],
            raised_by=refs_of(row["raised"]),
            groups=sorted(row["groups"]),
            assigned=refs_of(row["assigned"]),
            resolved_on=node.get("resolved_on"),
            props=_texts(node),
        )

    async def fields(self, cls: str) -> list[FieldLine]:
        """The applications or technologies recorded for segments of the chain."""
        rows = await self._reader.rows(
            "deliver_fields", {"ids": self._segments, "day": self._index.day, "limit": MOST}, CLASS=cls
        )
        return [
            FieldLine(
                **evidence_of(row["node"], extra=[s for e in row["links"] for s in e["sources"] or ()]),
                field=ref_of(row["node"]),
                date=date_of(row["node"]),
                description=row["node"].get("description"),
                segments=sorted(row["segments"]),
            )
            for row in rows
        ]

    async def points(self) -> list[Point]:
        """Where the places directly in the place are."""
        tree = self._index.facts.places
        ids = list(tree.children(self._place)) if self._place in tree.nodes else []
        rows = await self._reader.rows("entities", {"ids": ids}) if ids else []
        nodes = [row["node"] for row in rows]
        found = [
            Point(place=ref_of(n), lon=float(n["lon"]), lat=float(n["lat"]))
            for n in nodes
            if "lon" in n and "lat" in n
        ]
        return sorted(found, key=lambda point: point.place.id)


def _figures(figures: Iterable[Row], metric: str) -> list[Figure]:
    return [
        Figure(value=str(f["value"]), period=f["period"], scope=f["scope"])
        for f in figures
        if f["metric"] == metric
    ]


def _texts(node: Row) -> dict[str, str]:
    """The properties that are single texts, as given."""
    return {key: value for key, value in node.items() if isinstance(value, str)}


def _zh(text: Text | None) -> str:
    return "" if text is None else text.zh
