"""Who answers for what, in both directions.

``answered_by``: who answers for an entity. A chain is answered for by its chiefs, the general chief of its
plan and the bodies responsible for either; a firm, park or project by who guides it, and a firm also by the
chiefs of the chains it works in. ``answers_for``: what an entity answers for. A person answers through the
posts held, a place through the posts and bodies located there, a firm as 链主 or 龙头.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final

from graph.repository.chain import governance
from graph.repository.models import Citing, LinkView, Model, NodeView, Ref, Text
from graph.repository.neighbours import existing
from graph.repository.posts import CHIEF, PRESIDED, HolderAt, PostAt, holders_at, posts_at, posts_for, span_of
from graph.repository.reader import Reader, Row
from graph.repository.sources import cited, sources_in
from graph.repository.terms import Term

#: Relations through which a post answers for something.
_POST_TO: Final = "CHIEF_OF|GUIDES"
_BODY_TO: Final = "RESPONSIBLE_FOR"
_LEADS: Final = "DESIGNATED_CHAIN_LEADER|FLAGSHIP_IN"


class Duty(Model):
    """``who`` answers for ``what``.

    ``through`` is the post, office or chain that joins them, where they are not joined directly. ``term``
    tells of a person whether the post was held on the day; ``current`` is false where that, or the post
    itself, was over.
    """

    who: NodeView
    what: NodeView
    through: list[Ref]
    relation: str
    label: Text
    role: str | None
    role_label: Text | None
    inferred: bool
    current: bool
    term: Term | None
    link: LinkView


class AnswersFor(Citing):
    """What an entity answers for, and who answers for it, on a day."""

    node: NodeView
    as_of: str
    answers_for: list[Duty]
    answered_by: list[Duty]
    truncated: bool


async def answers_for(reader: Reader, entity_id: str, day: str, limit: int) -> AnswersFor:
    """Both directions for one entity, at most ``limit`` duties each; those of the day stand first."""
    node = await existing(reader, entity_id)
    mine, others = await asyncio.gather(_of(reader, node, day), _for(reader, node, day))
    answer = AnswersFor(
        node=node,
        as_of=day,
        answers_for=_first(mine, limit),
        answered_by=_first(others, limit),
        truncated=len(mine) > limit or len(others) > limit,
    )
    return answer.model_copy(update={"cited": await cited(reader, sources_in(answer))})


async def _of(reader: Reader, node: NodeView, day: str) -> list[Duty]:
    """What ``node`` answers for."""
    if node.cls == "Person":
        return await _of_person(reader, node, day)
    if node.cls == "Post":
        return [_of_post(reader, p) for p in await _posts_of(reader, [node.props], day)]
    if node.cls == "Organisation":
        return await _of_bodies(reader, [node], day)
    if node.cls == "Place":
        return await _of_place(reader, node, day)
    if node.cls == "Firm":
        rows = await reader.outgoing([node.id], _LEADS, day=day)
        return [_plain(reader, r, node, reader.node_view(r["node"])) for r in rows]
    return []


async def _for(reader: Reader, node: NodeView, day: str) -> list[Duty]:
    """Who answers for ``node``."""
    if node.cls == "Chain":
        held = await governance(reader, node, day)
        bodies = await _bodies_for(reader, [node, *held.plans], day)
        return [d for p in [*held.posts, *held.general] for d in _held_or_post(reader, p)] + bodies
    if node.cls == "Post":
        return await _holders(reader, node, day)
    posts = await posts_for(reader, [node], day, _POST_TO)
    found = [d for p in posts if p.role != PRESIDED for d in _held_or_post(reader, p)]
    found += await _bodies_for(reader, [node], day)
    if node.cls == "Firm":
        rows = await reader.rows("firm_chains", {"id": node.id, "limit": reader.limits.list_max})
        chiefs = await posts_for(reader, [reader.node_view(r["node"]) for r in rows], day)
        found += [d for p in chiefs if p.role == CHIEF for d in _held_or_post(reader, p)]
    return found


async def _of_person(reader: Reader, person: NodeView, day: str) -> list[Duty]:
    """Through the posts held; a post of which it is not recorded what it answers for stands for itself."""
    rows = await reader.outgoing([person.id], "HOLDS")
    posts = await _posts_of(reader, [r["node"] for r in rows], day)
    found = [d for p in posts for d in _held(reader, p) if d.who.id == person.id]
    told = {through.id for duty in found for through in duty.through}
    for row in rows:
        if row["node"]["id"] not in told and row["node"].get("role") != PRESIDED:
            alone = await _holders(reader, reader.node_view(row["node"]), day)
            found += [d for d in alone if d.who.id == person.id]
    return found


async def _holders(reader: Reader, post: NodeView, day: str) -> list[Duty]:
    """Who holds a post, directly or through an office."""
    direct, offices = (await holders_at(reader, {post.id: span_of(post.props, {})}, day))[post.id]
    ways: list[tuple[HolderAt, list[NodeView]]] = [(h, []) for h in direct]
    ways += [(h, [o.office]) for o in offices for h in o.holders]
    return [
        _duty(
            reader,
            who=h.person,
            what=post,
            link=h.link,
            through=through,
            role=(None, None),
            inferred=bool(through),
            current=h.term.current,
            term=h.term,
        )
        for h, through in ways
    ]


async def _posts_of(reader: Reader, posts: Sequence[dict[str, object]], day: str) -> list[PostAt]:
    """The posts given, and those held by virtue of them, once for each thing they answer for."""
    ids = [str(p["id"]) for p in posts]
    gained = [r for r in await reader.outgoing(ids, "EX_OFFICIO") if r["node"]["cls"] == "Post"]
    stored = {str(p["id"]): dict(p) for p in posts} | {r["node"]["id"]: r["node"] for r in gained}
    rows = await reader.outgoing(list(stored), _POST_TO)
    triples = [
        (
            stored[r["id"]],
            reader.link_view(r["type"], r["link"], r["id"], r["node"]["id"]),
            reader.node_view(r["node"]),
        )
        for r in rows
        if stored[r["id"]].get("role") != PRESIDED
    ]
    return await posts_at(reader, triples, day)


async def _of_bodies(reader: Reader, bodies: Sequence[NodeView], day: str) -> list[Duty]:
    known = {b.id: b for b in bodies}
    rows, offices = await asyncio.gather(
        reader.outgoing(list(known), _BODY_TO, day=day), reader.outgoing(list(known), "EX_OFFICIO")
    )
    found = [_plain(reader, r, known[r["id"]], reader.node_view(r["node"])) for r in rows]
    posts = await _posts_of(reader, [r["node"] for r in offices], day)
    return found + [
        _through_office(reader, post, office.office)
        for post in posts
        for office in post.ex_officio
        if office.office.id in known
    ]


async def _of_place(reader: Reader, place: NodeView, day: str) -> list[Duty]:
    """Through the posts and bodies of the place itself (not of places within it)."""
    params = {"id": place.id, "limit": reader.limits.count_cap}
    posts, bodies = await asyncio.gather(
        reader.rows("located", params, CLASS="Post"), reader.rows("located", params, CLASS="Organisation")
    )
    at, of = await asyncio.gather(
        _posts_of(reader, [r["node"] for r in posts], day),
        _of_bodies(reader, [reader.node_view(r["node"]) for r in bodies], day),
    )
    return [d for p in at for d in _held_or_post(reader, p)] + of


async def _bodies_for(reader: Reader, nodes: Sequence[NodeView], day: str) -> list[Duty]:
    known = {n.id: n for n in nodes}
    rows = await reader.incoming(list(known), _BODY_TO, day=day)
    return [_plain(reader, r, reader.node_view(r["node"]), known[r["id"]]) for r in rows]


def _held(reader: Reader, post: PostAt) -> list[Duty]:
    """The duties of a post as those of its holders, and of the holders of the office it goes with."""
    direct = [_by_person(reader, post, h, [post.post]) for h in post.holders]
    office = [
        _by_person(reader, post, h, [o.office, post.post], inferred=True)
        for o in post.ex_officio
        for h in o.holders
    ]
    return direct + office


def _held_or_post(reader: Reader, post: PostAt) -> list[Duty]:
    """The holders' duties, or the post's own where no holder is recorded."""
    return _held(reader, post) or [_of_post(reader, post)]


def _by_person(
    reader: Reader, post: PostAt, holder: HolderAt, through: list[NodeView], *, inferred: bool = False
) -> Duty:
    return _duty(
        reader,
        who=holder.person,
        what=post.of,
        link=holder.link,
        through=through,
        role=(post.role, post.role_label),
        relation=post.link.cls,
        inferred=inferred or post.inferred,
        current=post.in_force and holder.term.current,
        term=holder.term,
    )


def _of_post(reader: Reader, post: PostAt) -> Duty:
    return _duty(
        reader,
        who=post.post,
        what=post.of,
        link=post.link,
        role=(post.role, post.role_label),
        inferred=post.inferred,
        current=post.in_force,
    )


def _through_office(reader: Reader, post: PostAt, body: NodeView) -> Duty:
    return _duty(
        reader,
        who=body,
        what=post.of,
        link=post.link,
        through=[post.post],
        role=(post.role, post.role_label),
        inferred=True,
        current=post.in_force,
    )


def _plain(reader: Reader, row: Row, who: NodeView, what: NodeView) -> Duty:
    """A duty that is one relation: ``who`` → ``what``."""
    props, cls = row["link"], row["type"]
    role = props.get("role") if cls == _BODY_TO else None
    return _duty(
        reader,
        who=who,
        what=what,
        link=reader.link_view(cls, props, who.id, what.id),
        role=(role, reader.word(cls, "role", role) if role else None),
        inferred=bool(props.get("inferred")),
    )


def _duty(
    reader: Reader,
    *,
    who: NodeView,
    what: NodeView,
    link: LinkView,
    role: tuple[str | None, Text | None],
    through: Iterable[NodeView] = (),
    relation: str | None = None,
    inferred: bool = False,
    current: bool = True,
    term: Term | None = None,
) -> Duty:
    name = relation or link.cls
    return Duty(
        who=who,
        what=what,
        through=[Ref(id=n.id, cls=n.cls, caption=n.caption) for n in through],
        relation=name,
        label=Text.of(reader.ontology.relation(name).label),
        role=role[0],
        role_label=role[1],
        inferred=inferred,
        current=current,
        term=term,
        link=link,
    )


def _first(duties: list[Duty], limit: int) -> list[Duty]:
    return sorted(duties, key=lambda d: (not d.current, d.relation, d.what.id, d.who.id, d.link.rid))[:limit]
