"""Members that a plan touches, named for a person: a caption, and for a relation those of its ends."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from graph.members import Members, Place
from graph.model import Node
from graph.ontology import Ontology
from graph.planned import ACTIONS
from graph.planning import Change, views_of
from graph.truth.scratch import touched

_T = touched.c


@dataclass(frozen=True, slots=True)
class Described:
    """One of them: key, class and caption (``甲 → 乙`` of a relation)."""

    key: str
    cls: str
    caption: str


def described(
    db: sa.Connection, change: Change, ontology: Ontology, limit: int
) -> dict[str, list[Described]]:
    """The first ``limit`` members by action that the plan of ``change`` in the scratch file names.

    Entities come first. What is removed is named as it was, the rest as it is after the change.
    """
    before, after = (Members(view, ontology) for view in views_of(db, change))
    found = {}
    for action in ACTIONS:
        query = sa.select(_T.key, _T.cls, _T.source, _T.target).where(_T.action == action)
        rows = db.execute(query.order_by(_T.source.is_not(None), _T.key).limit(limit))
        places = [Place(*row) for row in rows]
        found[action] = _named(places, before if action == "removed" else after, ontology)
    return found


def _named(places: list[Place], members: Members, ontology: Ontology) -> list[Described]:
    ids = {i for p in places for i in ((p.key,) if p.source is None else (p.source, str(p.target)))}
    entities = [Place(i, ontology.entity_of_id(i).name) for i in sorted(ids)]
    captions = {
        key: str(member.props["caption"])
        for key, member in members.of(entities).items()
        if isinstance(member, Node)
    }
    named = []
    for p in places:
        ends = (p.key,) if p.source is None else (p.source, str(p.target))
        named.append(Described(p.key, p.cls, " → ".join(captions.get(i, i) for i in ends)))
    return named
