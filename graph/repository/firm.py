"""The chain neighbourhood of a firm."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph.errors import BadInput
from graph.repository import firm_nearby
from graph.repository.canvas import Canvas
from graph.repository.chain_models import Leader
from graph.repository.firm_models import FirmChain, FirmNeighbourhood, PlaceLevel
from graph.repository.models import LinkView, Listing, NodeView, Ref, Text
from graph.repository.neighbours import (
    Direction,
    Neighbour,
    NeighbourGroup,
    Way,
    existing,
    first_groups,
)
from graph.repository.posts import CHIEF, PostAt, chiefs_of, posts_for
from graph.repository.reader import Reader, Row
from graph.repository.sources import cited, sources_in

_PREFIX: Final = "firm/"


@dataclass(frozen=True, slots=True)
class _Tie:
    """A kind of tie of the firm itself: section, relation class, direction and role of the other end."""

    key: str
    relation: str
    way: Direction
    role: str
    label: Text


_TIES: Final = (
    _Tie("parent", "SUBSIDIARY_OF", "out", "owner", Text(zh="母公司", en="parents")),
    _Tie("owners", "OWNS", "in", "owner", Text(zh="股东", en="owners")),
    _Tie("investors", "INVESTS_IN", "in", "owner", Text(zh="投资方", en="investors")),
    _Tie("subsidiaries", "SUBSIDIARY_OF", "in", "invested", Text(zh="子公司", en="subsidiaries")),
    _Tie("owned", "OWNS", "out", "invested", Text(zh="持股企业", en="firms owned")),
    _Tie("investments", "INVESTS_IN", "out", "invested", Text(zh="对外投资", en="investments")),
    _Tie("suppliers", "SUPPLIES", "in", "supplier", Text(zh="供应商", en="suppliers")),
    _Tie("customers", "SUPPLIES", "out", "customer", Text(zh="客户", en="customers")),
    _Tie("partners_out", "COOPERATES_WITH", "out", "partner", Text(zh="合作方", en="partners")),
    _Tie(
        "partners_in",
        "COOPERATES_WITH",
        "in",
        "partner",
        Text(zh="合作方(对方提出)", en="partners (named by them)"),
    ),
    _Tie("parks", "IN_PARK", "out", "place", Text(zh="所在园区", en="parks")),
    _Tie("clusters", "IN_CLUSTER", "out", "place", Text(zh="所在集群", en="clusters")),
    _Tie("projects", "BUILDS", "out", "project", Text(zh="项目", en="projects")),
)
_SITES: Final[Way] = ("OPERATES", "out")
_WAYS: Final = (_SITES, *((tie.relation, tie.way) for tie in _TIES))
_LEADS: Final = ("DESIGNATED_CHAIN_LEADER", "FLAGSHIP_IN")


async def firm_neighbourhood(
    reader: Reader, firm_id: str, day: str, level: PlaceLevel, limit: int
) -> FirmNeighbourhood:
    """The chain neighbourhood of a firm on ``day``.

    Parameters
    ----------
    firm_id : with or without the prefix ``firm/``.
    level : how far away the firms may be that are named one by one; counts go up to the province always.
    limit : distinct neighbours a section, and other firms a segment.

    Raises
    ------
    NotFound, BadInput
        There is no such firm; the id is another class's.
    """
    firm_id = firm_id if "/" in firm_id else _PREFIX + firm_id
    if not firm_id.startswith(_PREFIX):
        raise BadInput(
            f"{firm_id[:80]} 不是企业编号 · {firm_id[:80]} is not the id of a firm",
            found=firm_id[:80],
            expected="firm/…",
        )
    firm = await existing(reader, firm_id)
    groups = await first_groups(reader, firm_id, _WAYS, limit=limit, day=day)
    found = {(g.relation, g.direction): g for g in groups}
    canvas = Canvas()
    canvas.place(firm, "focus")
    own = await _sites(reader, canvas, firm, found.get(_SITES), day)
    _ties(canvas, found)  # before what is nearby: a firm that is tied to this one is shown as that
    projects = [n.id for n in canvas.nodes if n.cls == "Project"]
    nearby, fills, leading, held = await asyncio.gather(
        firm_nearby.nearby(reader, canvas, firm.id, own, day=day, level=level, limit=limit),
        reader.outgoing(projects, "FILLS", day=day),
        reader.outgoing([firm.id], "|".join(_LEADS), day=day),
        _read_chains(reader, firm.id, own.segments, day),
    )
    _project_segments(reader, canvas, fills)
    leads = _leads(reader, canvas, firm, leading)
    chains = _chains(reader, canvas, held)
    edges = canvas.edges
    answer = FirmNeighbourhood(
        firm=firm,
        as_of=day,
        level=level,
        nodes=canvas.nodes,
        edges=edges,
        sections=canvas.sections,
        nearby=nearby,
        chains=chains,
        leads=leads,
        totals={s.key: s.total for s in canvas.sections},
        truncated=any(s.truncated for s in canvas.sections),
    )
    return answer.model_copy(update={"cited": await cited(reader, sources_in(answer))})


async def _sites(
    reader: Reader, canvas: Canvas, firm: NodeView, sites: NeighbourGroup | None, day: str
) -> firm_nearby.Own:
    """The firm's sites with park and place, and the segments they work in."""
    page = sites.page if sites else Listing[Neighbour](items=[], total=0)
    for item in page.items:
        canvas.place(item.node, "site")
    ids = [item.node.id for item in page.items]
    rows = await reader.outgoing([firm.id, *ids], "WORKS_IN|LOCATED_IN|IN_PARK", day=day)
    works = [r for r in rows if r["type"] == "WORKS_IN"]
    around = [r for r in rows if r["type"] != "WORKS_IN"]
    links = [link for item in page.items for link in item.links]
    _join_all(canvas, links)
    canvas.section(
        "sites",
        Text(zh="生产基地", en="sites"),
        links,
        shown=len(ids),
        total=page.total,
        at_least=page.total_at_least,
    )
    work = _rows_on(reader, canvas, works, "segment")
    segments = list(dict.fromkeys(link.target for link in work))
    canvas.section(
        "segments", Text(zh="所在环节", en="segments"), work, shown=len(segments), total=len(segments)
    )
    parks = [r for r in around if r["type"] == "IN_PARK" and r["id"] != firm.id]
    where = _rows_on(reader, canvas, [*(r for r in around if r["type"] == "LOCATED_IN"), *parks], "place")
    places = list(dict.fromkeys(link.target for link in where if link.cls == "LOCATED_IN"))
    at = list(dict.fromkeys(link.target for link in where))
    canvas.section(
        "places",
        Text(zh="所在地与基地园区", en="places and parks of sites"),
        where,
        shown=len(at),
        total=len(at),
    )
    return firm_nearby.Own(segments=segments, places=places)


def _ties(canvas: Canvas, groups: Mapping[Way, NeighbourGroup]) -> None:
    for tie in _TIES:
        if (tie.relation, tie.way) not in groups:
            continue
        page = groups[tie.relation, tie.way].page
        links = [link for item in page.items for link in item.links]
        for item in page.items:
            canvas.place(item.node, "project" if item.node.cls == "Project" else tie.role)
        _join_all(canvas, links)
        canvas.section(
            tie.key, tie.label, links, shown=len(page.items), total=page.total, at_least=page.total_at_least
        )


def _project_segments(reader: Reader, canvas: Canvas, rows: list[Row]) -> None:
    """Which segments of the picture the firm's projects fill; segments elsewhere are not drawn."""
    drawn = {n.id for n in canvas.nodes}
    links = _rows_on(reader, canvas, [r for r in rows if r["node"]["id"] in drawn], "segment")
    if links:
        ends = len({link.target for link in links})
        canvas.section(
            "fills", Text(zh="项目所补环节", en="segments that projects fill"), links, shown=ends, total=ends
        )


def _leads(reader: Reader, canvas: Canvas, firm: NodeView, rows: list[Row]) -> list[Leader]:
    links = _rows_on(reader, canvas, rows, "answer")
    if links:
        ends = len({link.target for link in links})
        label = Text(zh="链主(认定)或龙头(称谓)", en="chain leader (designated) or flagship (so called)")
        canvas.section("leads", label, links, shown=ends, total=ends)
    about = {r["node"]["id"]: r["node"] for r in rows}
    return [
        Leader(
            firm=firm,
            about=Ref(id=link.target, cls=about[link.target]["cls"], caption=about[link.target]["caption"]),
            link=link,
        )
        for link in links
    ]


async def _read_chains(
    reader: Reader, firm_id: str, own: list[str], day: str
) -> tuple[list[Row], list[PostAt], list[Row]]:
    """The firm's chains, the posts that answer for them, and which chains hold its ``own`` segments."""
    rows = await reader.rows("firm_chains", {"id": firm_id, "limit": reader.limits.list_max})
    posts, holding = await asyncio.gather(
        posts_for(reader, [reader.node_view(r["node"]) for r in rows], day),
        reader.incoming(own, "HAS_SEGMENT", day=day),
    )
    return rows, posts, holding


def _chains(
    reader: Reader, canvas: Canvas, held: tuple[list[Row], list[PostAt], list[Row]]
) -> list[FirmChain]:
    """The firm's chains, drawn to its own segments, with their chiefs on the day."""
    rows, posts, holding = held
    chains = {r["node"]["id"]: reader.node_view(r["node"]) for r in rows}
    chiefs = [c for c in chiefs_of(p for p in posts if p.role == CHIEF) if c.term.current]
    for chain in chains.values():
        canvas.place(chain, "answer")
    links = [
        reader.link_view("HAS_SEGMENT", row["link"], row["node"]["id"], row["id"])
        for row in holding
        if row["node"]["id"] in chains
    ]
    by_post = {p.link.rid: p for p in posts}
    for chief in chiefs:
        canvas.place(chief.person, "answer")
        canvas.place(chief.post, "answer")
        links.append(chief.link)
    named = {c.post.id for c in chiefs}
    links += [p.link for p in by_post.values() if p.post.id in named and p.of.id in chains]
    _join_all(canvas, links)
    if chains:
        label = Text(zh="产业链与链长", en="chains and their chiefs")
        canvas.section("chains", label, links, shown=len(chains), total=len(chains))
    return [
        FirmChain(
            chain=chains[r["node"]["id"]],
            segments=r["segments"],
            chiefs=[c for c in chiefs if c.of.id == r["node"]["id"]],
        )
        for r in rows
    ]


def _rows_on(reader: Reader, canvas: Canvas, rows: list[Row], role: str) -> list[LinkView]:
    """Put the ends and relations of ``outgoing`` rows on the canvas; their starts are there already."""
    links = []
    for row in rows:
        canvas.place(reader.node_view(row["node"]), role)
        link = reader.link_view(row["type"], row["link"], row["id"], row["node"]["id"])
        canvas.join(link)
        links.append(link)
    return links


def _join_all(canvas: Canvas, links: list[LinkView]) -> None:
    for link in links:
        canvas.join(link)
