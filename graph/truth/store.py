"""Changing the truth store.

Every change is one transaction that also raises ``revision`` by one and draws a new ``token``; the graph
carries both, so that a graph behind the truth, or of a copy that went on apart, is seen and brought up to it.
"""

from __future__ import annotations

import getpass
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from graph.decisions import Decision, check_decision
from graph.errors import BadInput, Busy, NotFound
from graph.facts import Assertion
from graph.truth import commit as staging
from graph.truth import schema as t
from graph.truth.loads import record, root_of, to_undo
from graph.truth.reader import TruthReader, read_decisions
from graph.truth.scratch import Scratch
from graph.truth.view import cleared


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did: version of the dataset, store revision, rows begun and ended, number of the load."""

    version: int | None
    revision: int
    begun: int
    ended: int
    load: int | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge that a load makes: ``retire`` reads as ``keep``, and why."""

    keep: str
    retire: str
    reason: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is committed: its dataset, where it came from, who loads it, who may see it.

    ``visibility`` and ``owner`` are left as they are where they are ``None``. ``counts`` go into the list of
    loads.
    """

    dataset: str
    title: str
    origin: str
    user: str = ""
    visibility: int | None = None
    owner: str | None = None
    merges: tuple[Merge, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


class TruthStore(TruthReader):
    """The truth store in the SQLite file ``path`` (made if absent).

    ``migrated`` tells what opening an older store did.

    Raises ``TruthStoreError`` when the file cannot be opened, is no truth store, or was written by a newer
    program; a full disk or a read-only directory is named as such.
    """

    # ---- changing ----------------------------------------------------------------------------------

    def commit(
        self,
        dataset: str,
        title: str,
        assertions: Sequence[Assertion],
        origin: str,
        *,
        planned_at: int | None = None,
    ) -> Committed:
        """Make ``assertions`` the current version of ``dataset``: ``commit_staged`` of a few."""
        with self.scratch() as scratch:
            scratch.stage((a, "", "") for a in assertions)
            return self.commit_staged(scratch, Newcomer(dataset, title, origin), planned_at=planned_at)

    def commit_staged(self, scratch: Scratch, what: Newcomer, *, planned_at: int | None = None) -> Committed:
        """Make what ``scratch`` states the current version; nothing changes if it already is.

        Equal statements of one table count once. Row numbers of statements that only moved are refreshed.

        Parameters
        ----------
        planned_at : the revision against which the assertions were checked, if they were.

        Raises
        ------
        Busy
            The store has changed since ``planned_at``: what was checked may hold no longer. Nothing is
            stored.
        BadInput
            The dataset would be kept from the eyes of this very store.
        """
        with self._file.writing(scratch.path) as db:
            before = _current_version(db, what.dataset)
            newest = staging.newest_version(db, what.dataset)
            staging.refresh_rows(db, what.dataset)
            begun, ended = staging.difference(db, what.dataset)
            same = before is not None and before == newest and not begun and not ended
            if same and not what.merges and not _regraded(db, what):
                return Committed(before, self._revision(db), 0, 0)
            if planned_at is not None and self._revision(db) != planned_at:
                raise Busy(
                    f"Since the load of {what.dataset!r} was planned, another program has changed the facts. "
                    "Nothing was stored; try again.",
                    dataset=what.dataset,
                )
            number = before if same else (newest or 0) + 1
            self._see_to(db, what, number)
            if same and not what.merges:  # who may see it is no load, and is not taken back as one
                detail = {"dataset": what.dataset, "visibility": what.visibility, "owner": what.owner}
                return Committed(before, self._advance(db, "visibility", detail), 0, 0)
            if not same:
                db.execute(
                    t.version.insert().values(
                        dataset=what.dataset,
                        number=number,
                        created_at=_now(),
                        origin=what.origin,
                        fingerprint=staging.fingerprint(db),
                        assertions=scratch.count,
                    )
                )
                assert number is not None
                staging.store_version(db, what.dataset, number, begun)
            revision = self._advance(db, "load", {"dataset": what.dataset, "version": number})
            load = record(
                db,
                at=_now(),
                user=what.user or _user(),
                kind="load",
                dataset=what.dataset,
                before=before,
                after=number,
                origin=what.origin,
                counts={"begun": begun, "ended": ended, **what.counts},
                revision=revision,
            )
            for merge in what.merges:
                payload = {"keep": merge.keep, "retire": merge.retire}
                self._decide(db, "merge", payload, merge.reason, what.user or _user(), load=load)
        return Committed(number, revision, begun, ended, load)

    def set_current(self, dataset: str, number: int | None) -> Committed:
        """Make a former version of ``dataset`` current again; ``None`` takes the dataset out."""
        with self._file.writing() as db:
            known = db.execute(
                sa.select(t.version.c.number).where(
                    t.version.c.dataset == dataset,
                    sa.true() if number is None else t.version.c.number == number,
                )
            ).first()
            if known is None:
                raise NotFound(
                    f"dataset {dataset!r} has no version {number}", dataset=dataset, version=number
                )
            return self._turn_to(db, dataset, number, kind="set-current", user=_user())

    def undo(
        self,
        number: int,
        *,
        user: str = "",
        planned_at: int | None = None,
        counts: dict[str, int] | None = None,
    ) -> Committed:
        """Take the load ``number`` back: the version before it is current again, its merges are undone.

        ``counts`` go into the list of loads. An undo can be undone in turn. See ``graph.truth.loads.to_undo``
        for what is refused.
        """
        with self._file.writing() as db:
            one = to_undo(db, number)
            if planned_at is not None and self._revision(db) != planned_at:
                raise Busy("Since this was planned, another program has changed the facts; try again.")
            c = t.decision.c
            root, again = root_of(db, one)
            done = self._turn_to(
                db, one.dataset, one.before, kind="undo", user=user or _user(), undoes=one.id, counts=counts
            )
            if again:  # what it undid holds again, if it goes with what was decided since
                self._see_revived(db, root, one.id)
                change = t.decision.update().where(c.load == root, c.undone_by == f"#{one.id}")
                db.execute(change.values(undone_at=None, undone_by=None))
            else:
                change = t.decision.update().where(c.load == root, c.undone_at.is_(None))
                db.execute(change.values(undone_at=_now(), undone_by=f"#{done.load}"))
        return done

    def purge(self, dataset: str) -> dict[str, int]:
        """Delete a dataset with all its versions, and write the file anew without it.

        Returns how many assertions, versions, loads and decisions (those that its loads made) went. What
        people decided about its ids stays.

        Raises ``NotFound`` if there is no such dataset.
        """
        c = t.assertion.c
        with self._file.writing() as db:
            if db.execute(sa.select(t.dataset.c.id).where(t.dataset.c.id == dataset)).first() is None:
                raise NotFound(
                    f"没有数据集 {dataset!r}；见 lianpu loads · no dataset {dataset!r}; see lianpu loads",
                    dataset=dataset,
                )
            made = sa.select(t.load.c.id).where(t.load.c.dataset == dataset).scalar_subquery()
            gone = {
                "assertions": db.execute(t.assertion.delete().where(c.dataset == dataset)).rowcount,
                "versions": db.execute(t.version.delete().where(t.version.c.dataset == dataset)).rowcount,
                "decisions": db.execute(t.decision.delete().where(t.decision.c.load.in_(made))).rowcount,
            }
            db.execute(t.dataset.delete().where(t.dataset.c.id == dataset))
            gone["loads"] = db.execute(t.load.delete().where(t.load.c.dataset == dataset)).rowcount
            db.execute(t.log.delete().where(sa.func.json_extract(t.log.c.detail, "$.dataset") == dataset))
            self._advance(db, "purge", gone)
        self._file.vacuum()
        return gone

    def grade_dataset(self, dataset: str, *, visibility: int | None, owner: str | None) -> None:
        """Say who may see a dataset, and whose it is. ``NotFound`` if there is none of that name."""
        with self._file.writing() as db:
            if _current_version(db, dataset) is None and staging.newest_version(db, dataset) is None:
                raise NotFound(f"no dataset {dataset!r}", dataset=dataset)
            self._see_to(db, Newcomer(dataset, "", "", visibility=visibility, owner=owner), None)
            self._advance(db, "visibility", {"dataset": dataset, "visibility": visibility, "owner": owner})

    def set_clearance(self, level: int) -> None:
        """Show facts and decisions up to ``level`` from now on."""
        with self._file.writing() as db:
            db.execute(t.state.update().values(clearance=level))
            self._advance(db, "clearance", {"level": level})

    def decide(
        self, kind: str, payload: dict[str, Any], *, reason: str, user: str, visibility: int = 0
    ) -> int:
        """Record a decision and return its number; see ``settle``."""
        return self.settle(make=[(kind, payload, reason)], user=user, visibility=visibility)[0]

    def decide_all(
        self, decisions: Iterable[tuple[str, dict[str, Any], str]], *, user: str = ""
    ) -> list[int]:
        """Record several decisions (kind, payload, reason) at once, or none; their numbers."""
        return self.settle(make=list(decisions), user=user)

    def undo_decision(self, number: int, *, user: str) -> None:
        """Undo a decision; see ``settle``."""
        self.settle(undo=[number], user=user)

    def settle(
        self,
        *,
        undo: Sequence[int] = (),
        make: Sequence[tuple[str, dict[str, Any], str]] = (),
        user: str = "",
        visibility: int = 0,
        planned_at: int | None = None,
    ) -> list[int]:
        """Undo decisions, then record new ones (kind, payload, reason): all of it, or nothing.

        Returns the numbers of the new ones.

        Raises
        ------
        NotFound
            A decision to be undone is not there.
        BadInput
            It is undone already; an unknown kind, a missing part, or a merge that does not go with those
            that hold.
        Busy
            The store has changed since ``planned_at``.
        """
        c, who = t.decision.c, user or _user()
        with self._file.writing() as db:
            if planned_at is not None and self._revision(db) != planned_at:
                raise Busy("Since this was planned, another program has changed the facts; try again.")
            for number in undo:
                row = db.execute(sa.select(c.undone_at).where(c.id == number)).one_or_none()
                if row is None:
                    raise NotFound(f"没有第 {number} 号决定 · no decision {number}", decision=number)
                if row[0] is not None:
                    text = f"第 {number} 号决定已于 {row[0]} 撤销 · decision {number} was undone at {row[0]}"
                    raise BadInput(text, decision=number)
                values = {"undone_at": _now(), "undone_by": who}
                db.execute(t.decision.update().where(c.id == number).values(**values))
                self._advance(db, "undo-decision", {"decision": number, "user": who})
            made = [
                self._decide(db, kind, payload, reason, who, visibility=visibility)
                for kind, payload, reason in make
            ]
            if made:
                self._advance(db, "decide", {"decisions": made, "user": who})
        return made

    # ---- inside ------------------------------------------------------------------------------------

    def _see_revived(self, db: sa.Connection, root: int, undo: int) -> None:
        """See that the decisions of load ``root`` that its ``undo`` took back go with those that hold."""
        c = t.decision.c
        columns = [c[one.name] for one in fields(Decision)]
        every = [Decision(*row) for row in db.execute(sa.select(*columns).order_by(c.id))]
        held = [d for d in every if d.undone_at is None]
        for d in every:
            if d.load == root and d.undone_by == f"#{undo}":
                check_decision(d.kind, d.payload, held)
                held.append(replace(d, undone_at=None))

    def _turn_to(
        self, db: sa.Connection, dataset: str, number: int | None, *, kind: str, user: str,
        undoes: int | None = None, counts: dict[str, int] | None = None,
    ) -> Committed:  # fmt: skip
        before = _current_version(db, dataset)
        db.execute(t.dataset.update().where(t.dataset.c.id == dataset).values(current_version=number))
        revision = self._advance(db, kind, {"dataset": dataset, "version": number})
        load = record(
            db, at=_now(), user=user, kind=kind, dataset=dataset, before=before, after=number, origin="",
            counts=counts or {}, revision=revision, undoes=undoes,
        )  # fmt: skip
        return Committed(number, revision, 0, 0, load)

    def _see_to(self, db: sa.Connection, what: Newcomer, number: int | None) -> None:
        """Make the dataset's entry, or write in it what is new."""
        d = t.dataset.c
        values: dict[str, Any] = {"current_version": number} if number is not None else {}
        values |= {"title": what.title} if what.title else {}
        values |= {} if what.visibility is None else {"visibility": what.visibility}
        values |= {} if what.owner is None else {"owner": what.owner}
        if db.execute(sa.select(d.id).where(d.id == what.dataset)).first() is None:
            db.execute(t.dataset.insert().values(id=what.dataset, **{"title": what.dataset, **values}))
        else:
            db.execute(t.dataset.update().where(d.id == what.dataset).values(**values))
        level, clearance = db.execute(sa.select(d.visibility, cleared()).where(d.id == what.dataset)).one()
        if level > clearance:
            word, limit = t.VISIBILITIES[level], t.VISIBILITIES[clearance]
            zh = t.VISIBILITIES_ZH[level], t.VISIBILITIES_ZH[clearance]
            raise BadInput(
                f"数据集 {what.dataset} 是{zh[0]}，而此数据目录只显示到{zh[1]}；"
                f"先 lianpu clearance {word} · "
                f"dataset {what.dataset} is {word}, but this data directory shows up to {limit}; "
                f"first: lianpu clearance {word}",
                found=word,
                expected=limit,
            )

    def _decide(
        self, db: sa.Connection, kind: str, payload: dict[str, Any], reason: str, user: str, *,
        visibility: int = 0, load: int | None = None,
    ) -> int:  # fmt: skip
        check_decision(kind, payload, read_decisions(db, hidden=True))
        values = {"kind": kind, "payload": payload, "reason": reason, "user": user, "created_at": _now()}
        result = db.execute(t.decision.insert().values(**values, visibility=visibility, load=load))
        return int(result.inserted_primary_key[0])  # type: ignore[index]

    def _revision(self, db: sa.Connection) -> int:
        return int(db.execute(sa.select(t.state.c.revision)).scalar_one())

    def _advance(self, db: sa.Connection, event: str, detail: dict[str, Any]) -> int:
        revision = self._revision(db) + 1
        db.execute(t.state.update().values(revision=revision, token=uuid.uuid4().hex))
        db.execute(t.log.insert().values(at=_now(), event=event, detail={**detail, "revision": revision}))
        return revision


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _user() -> str:
    """Who is at work, as the system calls them; empty where it has no name for them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _current_version(db: sa.Connection, dataset: str) -> int | None:
    query = sa.select(t.dataset.c.current_version).where(t.dataset.c.id == dataset)
    return db.execute(query).scalar_one_or_none()


def _regraded(db: sa.Connection, what: Newcomer) -> bool:
    """Whether the dataset's visibility or owner would change."""
    d = t.dataset.c
    visibility, owner = db.execute(sa.select(d.visibility, d.owner).where(d.id == what.dataset)).one()
    return what.visibility not in (None, visibility) or what.owner not in (None, owner)
