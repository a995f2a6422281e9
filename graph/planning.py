"""Planning a change: which members of the graph come, change and go, found from what the change touches.

What is touched is written to the scratch file: keys as they stand in the graph, with what is to be done. Only
members that were there before are projected for the plan, before and after; what a first load brings is new
without being looked at. So a plan costs what the change costs, however large the graph is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from graph.decisions import Decision
from graph.facts import Assertion
from graph.members import Members, Place, place_of
from graph.ontology import Ontology
from graph.planned import Planned, summary
from graph.stubs import is_stub, stubs
from graph.truth import View
from graph.truth import schema as t
from graph.truth.scratch import merged, staged, touched
from graph.truth.view import CHUNK, chunks

Progress = Callable[[int, int], None]
#: Entities of each action that a plan names.
NAMED = 6
_T, _A = touched.c, t.assertion.c


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the facts: a dataset turns from one version to another, or decisions do.

    Attributes
    ----------
    dataset : the dataset that changes, if one does.
    staged : whether its new version is what the scratch file states.
    version : else the version that becomes current; ``None`` takes it out.
    rewound, since : whether the change is one of the past, from the version ``since``, not the current one.
    before, after : the decisions that hold.
    """

    dataset: str | None = None
    staged: bool = False
    version: int | None = None
    rewound: bool = False
    since: int | None = None
    before: tuple[Decision, ...] = ()
    after: tuple[Decision, ...] = ()


def views_of(db: sa.Connection, change: Change) -> tuple[View, View]:
    """The truth before and after a change."""
    stage = change.dataset if change.staged else None
    since = {change.dataset: change.since} if change.dataset is not None and change.rewound else None
    versions = {change.dataset: change.version} if change.dataset is not None and not stage else None
    return (
        View(db, decisions=change.before, versions=since),
        View(db, decisions=change.after, versions=versions, stage=stage),
    )


@dataclass(slots=True)
class _Planning:
    """One plan being made over a connection with the scratch file attached."""

    db: sa.Connection
    ontology: Ontology
    change: Change
    views: tuple[View, View] = field(init=False)
    members: tuple[Members, Members] = field(init=False)
    nameless: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.views = views_of(self.db, self.change)
        self.members = (Members(self.views[0], self.ontology), Members(self.views[1], self.ontology))

    def captions(self, plan: Planned) -> dict[str, str]:
        """What a few entities of each action are called; of what is removed, what it was called."""
        named: dict[str, str] = {}
        for action, keys in plan.keys.items():
            some = [Place(k, self.ontology.entity_of_id(k).name) for k in keys[:NAMED] if "/" in k]
            found = self.members[0 if action == "removed" else 1].of(some)
            named |= {key: str(member.props["caption"]) for key, member in found.items()}
        return named

    def collect(self) -> None:
        """Fill ``touched`` with all that may differ."""
        if self.change.dataset is not None:
            self._dataset()
        self._decided()
        self._regraded()
        self._unstated_ends()
        self._suppressed()

    def settle(self, progress: Progress | None) -> None:
        """Say of each touched key what becomes of it, and forget those that stay as they are."""
        new = ~sa.exists().where(_A.key == _T.key)
        named = [~sa.exists().where(end == _T.key) for end in (_A.source, _A.target)]
        only_new = sa.and_(_T.action == "", new, sa.or_(_T.source.is_not(None), sa.and_(*named)))
        self.db.execute(touched.update().where(only_new).values(action="added"))
        left = sa.or_(_T.action == "", _T.action == "?")
        total = self.db.execute(sa.select(sa.func.count()).select_from(touched).where(left)).scalar_one()
        columns = (_T.key, _T.cls, _T.source, _T.target)
        done, last = 0, ""
        while True:
            query = sa.select(*columns).where(left, _T.key > last).order_by(_T.key).limit(CHUNK)
            some = [Place(*row) for row in self.db.execute(query)]
            if not some:
                return
            self._compare(some)
            done, last = done + len(some), some[-1].key
            if progress is not None:
                progress(done, total)

    def _compare(self, some: list[Place]) -> None:
        before, after = (m.of(some) for m in self.members)
        actions: dict[str, list[str]] = {"added": [], "removed": [], "changed": [], "": []}
        for place in some:
            old, new = before.get(place.key), after.get(place.key)
            word = "" if old == new else "added" if old is None else "removed" if new is None else "changed"
            actions[word].append(place.key)
            if word == "changed" and is_stub(new) and old is not None:
                self.nameless[place.key] = str(old.props.get("caption", place.key))
        for word, keys in actions.items():
            if not keys:
                continue
            if word:
                self.db.execute(touched.update().where(_T.key.in_(keys)).values(action=word))
            else:
                self.db.execute(touched.delete().where(_T.key.in_(keys)))

    def _dataset(self) -> None:
        """What the versions do not have in common."""
        assert self.change.dataset is not None
        here = _A.dataset == self.change.dataset
        before = sa.and_(here, self.views[0].holds())
        if self.change.staged:
            same = sa.exists().where(_A.hash == staged.c.hash, before).correlate(staged)
            sides = [
                (staged.c, ~same),
                (_A, sa.and_(before, ~sa.exists().where(staged.c.hash == _A.hash).correlate(t.assertion))),
            ]
        else:
            after = sa.and_(here, self.views[1].holds())
            current = [sa.select(_A.id).where(side).correlate(None) for side in (before, after)]
            sides = [
                (_A, sa.and_(before, _A.id.not_in(current[1].scalar_subquery()))),
                (_A, sa.and_(after, _A.id.not_in(current[0].scalar_subquery()))),
            ]
        ids = {i for m in self.members for i in (*m.held.moved, *m.held.clusters)}
        self.db.execute(merged.delete())
        for some in chunks([{"id": i} for i in sorted(ids)]):
            self.db.execute(merged.insert(), list(some))
        for columns, where in sides:
            moves = sa.exists().where(merged.c.id.in_((columns.key, columns.source, columns.target)))
            places = sa.select(columns.key, columns.cls, columns.source, columns.target, sa.literal(""))
            names = ["key", "cls", "source", "target", "action"]
            insert = touched.insert().prefix_with("OR IGNORE")
            # as the table is, so that it grows at its end; sorted, not read by the index, which is slower
            ordered = places.where(where, ~moves).order_by(columns.key.concat(""))
            self.db.execute(insert.from_select(names, ordered))
            rows = self.db.execute(sa.select(columns.key).where(where, moves)).scalars().all() if ids else []
            for keys in chunks(rows):
                for view in self.views:
                    self._touch(view.of_keys(keys))

    def _unstated_ends(self) -> None:
        """Ends that no assertion of their own holds: they stand and fall with the relations touched.

        What a load brings names only what is stated; that is checked before.
        """
        after, brought = self.views[1], sa.exists().where(staged.c.key == _T.key)
        gone = sa.or_(_T.action == "?", ~brought) if self.change.staged else sa.true()
        ends = sa.union(*(sa.select(end).where(end.is_not(None), gone) for end in (_T.source, _T.target)))
        ids = self.db.execute(ends).scalars().all()
        for some in chunks(ids):
            stated = {a.key for a in after.of_keys(some)}
            self._mark([Place(i, self.ontology.entity_of_id(i).name) for i in some if i not in stated])

    def _suppressed(self) -> None:
        """Entities that are left out stand as ends all the same."""
        for m in self.members:
            ids = {m.held.moved.get(k, k) for k in m.held.suppressed if "/" in k}
            self._mark([Place(i, self.ontology.entity_of_id(i).name) for i in ids])

    def _decided(self) -> None:
        """What the decisions that come or go speak of."""
        both = (self.change.before, self.change.after)
        before, after = ({d.id: d for d in some if d.undone_at is None} for some in both)
        differing = [d for i, d in (before | after).items() if not (i in before and i in after)]
        joined: set[str] = set()
        for d in differing:
            if d.kind == "merge":
                for m in self.members:
                    for one in (d.payload["keep"], d.payload["retire"]):
                        head = m.held.moved.get(one, one)
                        joined |= {one, head, *m.held.clusters.get(head, ())}
            elif d.kind in ("correct", "suppress"):
                self._touch_key(d.payload["key"])
        for some in chunks(sorted(joined)):
            for view in self.views:
                self._touch(view.of_keys(some))
                self._touch(view.ending_at(some))
            self._mark([Place(i, self.ontology.entity_of_id(i).name) for i in some])

    def _touch_key(self, key: str) -> None:
        """A member by its key in the graph, and a relation's ends."""
        if "/" in key:
            both = {key, *(m.held.moved.get(key, key) for m in self.members)}
            self._mark([Place(one, self.ontology.entity_of_id(one).name) for one in both])
            return
        for view, m in zip(self.views, self.members, strict=True):
            merged_ids = sorted(set().union(*m.held.clusters.values()))
            here = [a for a in view.ending_at(merged_ids) if m.held.place(a).key == key]
            for a in (*view.of_keys([key]), *here):
                self._touch([a])
                ends = [end for end in (a.source, a.target) if end is not None]
                heads = [m.held.moved.get(end, end) for end in ends]
                self._mark([Place(end, self.ontology.entity_of_id(end).name) for end in heads])

    def _regraded(self) -> None:
        """Facts that cite a source whose grade changes."""
        before, after = (m.grades for m in self.members)
        changed = sorted(s for s in before.keys() | after.keys() if before.get(s, "") != after.get(s, ""))
        if changed:  # what comes with the change is touched anyway
            self._touch(self.views[0].citing(changed))

    def _touch(self, assertions: Iterable[Assertion]) -> None:
        """Mark where the assertions stand, before and after."""
        places = {place_of(m.held.place(a)) for a in assertions for m in self.members}
        self._mark(places)

    def _mark(self, places: Iterable[Place]) -> None:
        rows = [
            {"key": p.key, "cls": p.cls, "source": p.source, "target": p.target, "action": "?"}
            for p in places
        ]
        for some in chunks(rows):
            self.db.execute(touched.insert().prefix_with("OR REPLACE"), list(some))


def plan_change(
    db: sa.Connection, change: Change, ontology: Ontology, progress: Progress | None = None
) -> Planned:
    """Write to the scratch file that is attached to ``db`` what a change does to the graph.

    Parameters
    ----------
    progress : called with members compared and members to compare.
    """
    db.execute(touched.delete())
    planning = _Planning(db, ontology, change)
    planning.collect()
    planning.settle(progress)
    plan = summary(db)
    left = stubs(planning.nameless, planning.members[1])
    return replace(plan, stubs=left, captions=planning.captions(plan))
