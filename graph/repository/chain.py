"""Putting a chain card together."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from graph.repository import chain_lists as lists
from graph.repository.chain_events import chain_events
from graph.repository.chain_models import BodyDuty, ChainCard, ChainRow
from graph.repository.chain_names import chain_named, chain_names
from graph.repository.models import NodeView, Ref
from graph.repository.posts import (
    CHIEF,
    GENERAL_CHIEF,
    PRESIDED,
    ChiefAt,
    PostAt,
    by_level,
    chiefs_of,
    posts_for,
)
from graph.repository.reader import Reader, Row
from graph.repository.segment_tree import segment_tree
from graph.repository.sources import cited, sources_in

#: More chains than any model will hold; a bound all the same.
MOST_CHAINS = 500


@dataclass(frozen=True, slots=True)
class Governance:
    """Who answers for a chain: its plans, its parts, and the posts and bodies of all of them."""

    plans: list[NodeView]
    parts: list[NodeView]
    general: list[PostAt]
    posts: list[PostAt]
    bodies: list[BodyDuty]


async def counted_chains(reader: Reader, ids: Sequence[str] = ()) -> list[Row]:
    """All chains, or those with the ids given: node (stored properties), segments, sites and firms."""
    return await reader.rows("chains", {"ids": list(ids), "limit": MOST_CHAINS})


async def chain_rows(reader: Reader, day: str) -> list[ChainRow]:
    """All chains with their counts and their chiefs on ``day``: six questions whatever their number."""
    rows = await counted_chains(reader)
    nodes = {r["node"]["id"]: reader.node_view(r["node"]) for r in rows}
    counts, posts = await asyncio.gather(
        reader.rows("chain_project_counts", {"ids": list(nodes)}), posts_for(reader, nodes.values(), day)
    )
    projects, chiefs = Counter[str](), defaultdict[str, list[ChiefAt]](list)
    for count in counts:
        projects[count["chain"]] += count["found"]
    for chief in chiefs_of(p for p in posts if p.role == CHIEF):
        if chief.term.current and chief.level == nodes[chief.of.id].props.get("level"):
            chiefs[chief.of.id].append(chief)
    return [
        ChainRow(
            chain=node,
            segments=row["segments"],
            sites=row["sites"],
            firms=row["firms"],
            projects=projects[key],
            chiefs=chiefs[key],
        )
        for row, (key, node) in zip(rows, nodes.items(), strict=True)
    ]


async def find_chain(reader: Reader, slug: str) -> Row:
    """The chain that ``slug`` means (``electronics``, ``chain/electronics``, a name or alias), counted.

    Raises
    ------
    NotFound, BadInput
        As from ``chain_named``.
    """
    found = await chain_named(reader, await chain_names(reader), slug)
    return (await counted_chains(reader, [found.id]))[0]


async def governance(reader: Reader, chain: NodeView, day: str) -> Governance:
    """The plans of a chain, its parts, and who answers for any of them on ``day``."""
    chain_id = chain.id
    plan_rows, part_rows = await asyncio.gather(
        reader.rows("chain_plans", {"id": chain_id, "limit": MOST_CHAINS}, DEPTH=reader.limits.depth),
        reader.incoming([chain_id], "PART_OF", most=MOST_CHAINS),
    )
    plans = [reader.node_view(r["node"]) for r in plan_rows]
    parts = [reader.node_view(r["node"]) for r in part_rows if r["node"]["cls"] == "Chain"]
    plan_ids = [p.id for p in plans]
    posts, bodies = await asyncio.gather(
        posts_for(reader, [chain, *parts, *plans], day),
        reader.incoming([chain_id, *plan_ids], "RESPONSIBLE_FOR", day=day),
    )
    named = {n.id: Ref(id=n.id, cls=n.cls, caption=n.caption) for n in [chain, *plans]}
    return Governance(
        plans=plans,
        parts=parts,
        general=[p for p in posts if p.of.cls == "Plan" and p.role == GENERAL_CHIEF and p.in_force],
        posts=[p for p in posts if p.of.cls == "Chain" and p.role != PRESIDED],
        bodies=[
            BodyDuty(
                organisation=reader.node_view(r["node"]),
                role=r["link"].get("role"),
                role_label=reader.word("RESPONSIBLE_FOR", "role", r["link"].get("role")),
                scheme=r["link"].get("scheme"),
                inferred=bool(r["link"].get("inferred")),
                of=named[r["id"]],
                link=reader.link_view(r["type"], r["link"], r["node"]["id"], r["id"]),
            )
            for r in bodies
        ],
    )


async def chain_card(reader: Reader, slug: str, day: str, limit: int) -> ChainCard:
    """The card of the chain ``slug`` on ``day``, each list with at most ``limit`` items."""
    row = await find_chain(reader, slug)
    chain = reader.node_view(row["node"])
    ask = lists.ChainLists(reader, chain.id, limit)
    held, events, leading, figures, remarks = await asyncio.gather(
        governance(reader, chain, day),
        chain_events(ask, day),
        ask.firms(),
        ask.figures(day),
        ask.remarks(day),
    )
    segments, positions, parks, clusters, (counts, top) = await asyncio.gather(
        segment_tree(reader, chain.id), ask.positions(), ask.parks(), ask.clusters(), ask.projects()
    )
    card = ChainCard(
        chain=chain,
        as_of=day,
        segment_count=row["segments"],
        site_count=row["sites"],
        firm_count=row["firms"],
        plans=held.plans,
        parts=held.parts,
        general_chiefs=held.general,
        chiefs=by_level(reader, held.posts),
        other_posts=[p for p in held.posts if p.role != CHIEF and p.in_force],
        bodies=held.bodies,
        events=events,
        leaders=leading["DESIGNATED_CHAIN_LEADER"],
        flagships=leading["FLAGSHIP_IN"],
        targets=figures["targets"],
        actuals=figures["actuals"],
        other_figures=figures["others"],
        gaps=remarks["gaps"],
        strengths=remarks["strengths"],
        segments=segments,
        positions=positions,
        parks=parks,
        clusters=clusters,
        project_counts=counts,
        projects=top,
    )
    return card.model_copy(update={"cited": await cited(reader, sources_in(card))})
