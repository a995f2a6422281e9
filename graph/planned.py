"""What a planned change does to the graph, and the changes themselves when they are to be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

import sqlalchemy as sa

from graph.members import Members, Place
from graph.ontology import Ontology
from graph.stubs import Stub
from graph.truth import View
from graph.truth import schema as t
from graph.truth.scratch import touched
from graph.truth.view import chunks
from graph.write import Change, RemoveNode, RemoveRelation

ACTIONS = ("added", "changed", "removed")
#: Keys that a plan lists by name, of each action; the counts are of all.
LISTED = 10_000
#: Members read from the truth store at a time.
_PART = 2000
_T = touched.c


@dataclass(frozen=True, slots=True)
class Planned:
    """The effect of a change, made at the revision ``mark``.

    Attributes
    ----------
    counts : members by action (``added``, ``changed``, ``removed``). relations : the relations among them.
    keys : the first ``LISTED`` of them by action: entities, then relations, each sorted.
    captions : names of the first entities of each action, by id.
    stubs : entities that lose all that is known of them, but stay as ends of others' relations.
    """

    mark: tuple[int, str]
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ACTIONS, 0))
    keys: dict[str, list[str]] = field(default_factory=lambda: {a: [] for a in ACTIONS})
    stubs: tuple[Stub, ...] = ()
    relations: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ACTIONS, 0))
    captions: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(self.counts.values())

    def parted(self, action: str) -> tuple[int, int]:
        """How many entities and how many relations an action touches."""
        relations = self.relations[action]
        return self.counts[action] - relations, relations

    def as_json(self) -> dict[str, object]:
        """JSON-ready: the keys by action, the counts, the relations among them, and what loses its name."""
        return {
            **self.keys,
            "counts": dict(self.counts),
            "relations": dict(self.relations),
            "stubs": [asdict(one) for one in self.stubs],
        }


def summary(db: sa.Connection) -> Planned:
    """What the scratch file attached to ``db`` says is touched."""
    revision, token = db.execute(sa.select(t.state.c.revision, t.state.c.token)).one()
    counts = dict.fromkeys(ACTIONS, 0)
    relations = dict.fromkeys(ACTIONS, 0)
    each = sa.select(_T.action, sa.func.count(), sa.func.count(_T.source)).group_by(_T.action)
    for action, count, with_ends in db.execute(each):
        counts[action], relations[action] = count, with_ends
    keys = {}
    for action in ACTIONS:
        named = sa.select(_T.key).where(_T.action == action)
        query = named.order_by(_T.source.is_not(None), _T.key).limit(LISTED)
        keys[action] = list(db.execute(query).scalars())
    return Planned((revision, token), counts, keys, relations=relations)


def changes(db: sa.Connection, view: View, ontology: Ontology) -> Iterator[Change]:
    """The changes in the order in which they are written; ``view`` is the truth after the change.

    Where they are most of the graph, every member is written: that reads the store from end to end instead of
    key by key, and writing a member again changes nothing.
    """
    for place in _places(db, "removed", relations=True):
        yield RemoveRelation(place.cls, place.key, str(place.source))
    for place in _places(db, "removed", relations=False):
        yield RemoveNode(place.cls, place.key)
    members = Members(view, ontology)
    new = db.execute(
        sa.select(sa.func.count()).select_from(touched).where(_T.action.in_(("added", "changed")))
    ).scalar_one()
    if (
        new > LISTED
        and 2 * new > db.execute(sa.select(sa.func.count()).select_from(t.assertion)).scalar_one()
    ):
        yield from members.all()
        return
    for relations in (False, True):
        for some in chunks(_places(db, "added", "changed", relations=relations), _PART):
            found = members.of(some)
            yield from (found[place.key] for place in some if place.key in found)


def _places(db: sa.Connection, *actions: str, relations: bool) -> list[Place]:
    kind = _T.source.is_not(None) if relations else _T.source.is_(None)
    query = sa.select(_T.key, _T.cls, _T.source, _T.target).where(_T.action.in_(actions), kind)
    return [Place(*row) for row in db.execute(query.order_by(_T.cls, _T.key))]
