"""Posts, who holds them on a day, and the office through which they are held."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from graph.repository.models import LinkView, Model, NodeView, Ref, Text
from graph.repository.reader import Reader, Row, ref
from graph.repository.terms import PostSpan, Tenure, Term, post_begun, post_over, terms_at

CHIEF: Final = "chain_chief"
GENERAL_CHIEF: Final = "general_chain_chief"
#: Who presided over a chain's meeting without being called its chief.
PRESIDED: Final = "presided"
_LEVELS: Final = ("province", "city", "county", "park")


class HolderAt(Model):
    """A holder of a post and how far that is known on the day.

    ``title`` is how the press styles the person.
    """

    person: NodeView
    title: str | None
    term: Term
    link: LinkView


class OfficeAt(Model):
    """An office (or a body) that holds a post by virtue of what it is, with the holders of the office."""

    office: NodeView
    link: LinkView
    holders: list[HolderAt]


class PostAt(Model):
    """A post that answers for ``of``, on a day.

    ``in_force`` is false when the post had ended, or not begun, by then. ``holders`` are all that are
    recorded, with their terms; none means that no name is recorded, not that nobody held it.
    """

    post: NodeView
    role: str | None
    role_label: Text | None
    level: str | None
    level_label: Text | None
    scheme: str | None
    inferred: bool
    place: Ref | None
    of: NodeView
    link: LinkView
    in_force: bool
    holders: list[HolderAt]
    ex_officio: list[OfficeAt]


class ChiefAt(Model):
    """A person as the holder of a chief's post, with post, level, place, and the term on the day."""

    person: NodeView
    title: str | None
    post: NodeView
    role: str | None
    role_label: Text | None
    level: str | None
    place: Ref | None
    of: Ref
    scheme: str | None
    inferred: bool
    term: Term
    link: LinkView


class ChiefsOfLevel(Model):
    """The chiefs of one level: those on the day, and apart from them the undated, past and later ones.

    ``unnamed`` are posts in force of which no holder is recorded.
    """

    level: str
    label: Text
    current: list[ChiefAt]
    undated: list[ChiefAt]
    past: list[ChiefAt]
    later: list[ChiefAt]
    unnamed: list[PostAt]


async def posts_for(
    reader: Reader, targets: Iterable[NodeView], day: str, relations: str = "CHIEF_OF"
) -> list[PostAt]:
    """The posts that stand in one of ``relations`` to ``targets``, with their holders on ``day``."""
    ends = {node.id: node for node in targets}
    rows = [r for r in await reader.incoming(list(ends), relations) if r["node"]["cls"] == "Post"]
    triples = [
        (r["node"], reader.link_view(r["type"], r["link"], r["node"]["id"], r["id"]), ends[r["id"]])
        for r in rows
    ]
    return await posts_at(reader, triples, day)


async def posts_at(
    reader: Reader, triples: Iterable[tuple[dict[str, Any], LinkView, NodeView]], day: str
) -> list[PostAt]:
    """Complete posts: (stored properties of the post, its relation, what it answers for) → ``PostAt``."""
    found = list(triples)
    spans = {post["id"]: span_of(post, link.props) for post, link, _ in found}
    located, holders = await asyncio.gather(
        reader.outgoing(sorted(spans), "LOCATED_IN"), holders_at(reader, spans, day)
    )
    places = {r["id"]: ref(r["node"]) for r in located}
    return [
        PostAt(
            **_described(reader, post),
            place=places.get(post["id"]),
            of=of,
            link=link,
            in_force=_in_force(spans[post["id"]], day),
            holders=holders[post["id"]][0],
            ex_officio=holders[post["id"]][1],
        )
        for post, link, of in found
    ]


async def holders_at(
    reader: Reader, posts: Mapping[str, PostSpan], day: str
) -> dict[str, tuple[list[HolderAt], list[OfficeAt]]]:
    """Who holds each post (id → its span) directly, and through which office."""
    offices = await reader.incoming(sorted(posts), "EX_OFFICIO")
    office_posts = {r["node"]["id"]: r["node"] for r in offices if r["node"]["cls"] == "Post"}
    holds = by_id(await reader.incoming(sorted({*posts, *office_posts}), "HOLDS"))
    by_post = by_id(offices)
    return {
        post: (
            _holders(reader, holds[post], span, day),
            [
                OfficeAt(
                    office=reader.node_view(r["node"]),
                    link=reader.link_view(r["type"], r["link"], r["node"]["id"], post),
                    holders=_holders(reader, holds[r["node"]["id"]], span_of(r["node"], {}), day),
                )
                for r in by_post[post]
            ],
        )
        for post, span in posts.items()
    }


def chiefs_of(posts: Iterable[PostAt]) -> list[ChiefAt]:
    """Every recorded holder of ``posts``, whatever the state of the term."""
    return [
        ChiefAt(
            person=h.person,
            title=h.title,
            post=p.post,
            role=p.role,
            role_label=p.role_label,
            level=p.level,
            place=p.place,
            of=Ref(id=p.of.id, cls=p.of.cls, caption=p.of.caption),
            scheme=p.scheme,
            inferred=p.inferred,
            term=h.term,
            link=h.link,
        )
        for p in posts
        for h in p.holders
    ]


def by_level(reader: Reader, posts: Sequence[PostAt]) -> list[ChiefsOfLevel]:
    """The chain chiefs among ``posts`` (role ``chain_chief`` only), level by level from the province down."""
    chiefs = [p for p in posts if p.role == CHIEF]
    levels = [*_LEVELS, *sorted({p.level or "" for p in chiefs} - set(_LEVELS))]
    groups = []
    for level in levels:
        here = [p for p in chiefs if (p.level or "") == level]
        if not here:
            continue
        people = chiefs_of(here)
        groups.append(
            ChiefsOfLevel(
                level=level or "unknown",
                label=reader.word("Post", "level", level or None)
                or Text(zh="级别未明", en="level not recorded"),
                current=[c for c in people if c.term.current],
                undated=[c for c in people if c.term.state == "undated"],
                past=[c for c in people if c.term.state in ("closed_inferred", "ended")],
                later=[c for c in people if c.term.state == "later"],
                unnamed=[p for p in here if not p.holders and p.in_force],
            )
        )
    return groups


def by_id(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    """Rows of ``incoming`` or ``outgoing`` by the entity they were asked for."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["id"]].append(row)
    return groups


def _described(reader: Reader, post: dict[str, Any]) -> dict[str, Any]:
    return {
        "post": reader.node_view(post),
        "role": post.get("role"),
        "role_label": reader.word("Post", "role", post.get("role")),
        "level": post.get("level"),
        "level_label": reader.word("Post", "level", post.get("level")),
        "scheme": post.get("scheme"),
        "inferred": bool(post.get("inferred")),
    }


def span_of(post: Mapping[str, Any], link: Mapping[str, Any]) -> PostSpan:
    """What bounds a post: its own dates, else those of the relation through which it answers."""
    return PostSpan(
        scheme=post.get("scheme"),
        valid_from=post.get("valid_from") or link.get("valid_from"),
        valid_to=post.get("valid_to") or link.get("valid_to"),
    )


def _in_force(span: PostSpan, day: str) -> bool:
    return post_begun(span, day) and not post_over(span, day)


def _holders(reader: Reader, rows: list[Row], span: PostSpan, day: str) -> list[HolderAt]:
    tenures = [
        Tenure(
            r["node"]["id"],
            *(r["link"].get(k) for k in ("seen_first", "seen_last", "valid_from", "valid_to")),
        )
        for r in rows
    ]
    return [
        HolderAt(
            person=reader.node_view(r["node"]),
            title=r["link"].get("title"),
            term=term,
            link=reader.link_view("HOLDS", r["link"], r["node"]["id"], r["id"]),
        )
        for r, term in zip(rows, terms_at(tenures, span, day), strict=True)
    ]
