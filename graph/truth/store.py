"""Changing the truth store.

Every change is one transaction that also raises ``revision`` by one and draws a new ``token``; the graph
carries both, so that a graph behind the truth, or of a copy that went on apart, is seen and brought up to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.errors import Busy, NotFound
from graph.facts import Assertion
from graph.truth import commit as staging
from graph.truth import schema as t
from graph.truth.datasets import current_version, delete_dataset, enter_dataset, regraded
from graph.truth.deciding import end_with_load, record_decision, revive_with_load, undo_decision
from graph.truth.loads import record, root_of, to_undo
from graph.truth.newcomer import Committed, Newcomer
from graph.truth.reader import TruthReader
from graph.truth.scratch import Scratch
from graph.truth.writing import advance, check_unchanged, now, revision_of, user_name


class TruthStore(TruthReader):
    """The truth store in the SQLite file ``path`` (made if absent).

    ``migrated`` tells what opening an older store did.

    Raises ``TruthStoreError`` when the file cannot be opened, is no truth store, or was written by a newer
    program; a full disk or a read-only directory is named as such.
    """

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
            before = current_version(db, what.dataset)
            newest = staging.newest_version(db, what.dataset)
            staging.refresh_rows(db, what.dataset)
            begun, ended = staging.difference(db, what.dataset)
            same = before is not None and before == newest and not begun and not ended
            if same and not what.merges and not regraded(db, what):
                return Committed(before, revision_of(db), 0, 0)
            if planned_at is not None and revision_of(db) != planned_at:
                raise Busy(
                    f"Since the load of {what.dataset!r} was planned, another program has changed the facts. "
                    "Nothing was stored; try again.",
                    dataset=what.dataset,
                )
            number = before if same else (newest or 0) + 1
            enter_dataset(db, what, number)
            if same and not what.merges:  # who may see it is no load, and is not taken back as one
                detail = {"dataset": what.dataset, "visibility": what.visibility, "owner": what.owner}
                return Committed(before, advance(db, "visibility", detail), 0, 0)
            if not same:
                db.execute(
                    t.version.insert().values(
                        dataset=what.dataset,
                        number=number,
                        created_at=now(),
                        origin=what.origin,
                        fingerprint=staging.fingerprint(db),
                        assertions=scratch.count,
                    )
                )
                assert number is not None
                staging.store_version(db, what.dataset, number, begun)
            revision = advance(db, "load", {"dataset": what.dataset, "version": number})
            load = record(
                db,
                at=now(),
                user=what.user or user_name(),
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
                record_decision(db, "merge", payload, merge.reason, what.user or user_name(), load=load)
        return Committed(number, revision, begun, ended, load)

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
            check_unchanged(db, planned_at)
            root, again = root_of(db, one)
            db.execute(
                t.dataset.update().where(t.dataset.c.id == one.dataset).values(current_version=one.before)
            )
            revision = advance(db, "undo", {"dataset": one.dataset, "version": one.before})
            load = record(
                db, at=now(), user=user or user_name(), kind="undo", dataset=one.dataset, before=one.after,
                after=one.before, origin="", counts=counts or {}, revision=revision, undoes=one.id,
            )  # fmt: skip
            if again:  # what it undid holds again, if it goes with what was decided since
                revive_with_load(db, root, one.id)
            else:
                end_with_load(db, root, load)
        return Committed(one.before, revision, 0, 0, load)

    def purge(self, dataset: str) -> dict[str, int]:
        """Delete a dataset with all its versions, and write the file anew without it.

        Returns how many assertions, versions, loads and decisions (those that its loads made) went. What
        people decided about its ids stays.

        Raises ``NotFound`` if there is no such dataset.
        """
        with self._file.writing() as db:
            gone = delete_dataset(db, dataset)
            advance(db, "purge", gone)
        self._file.vacuum()
        return gone

    def grade_dataset(self, dataset: str, *, visibility: int | None, owner: str | None) -> None:
        """Say who may see a dataset, and whose it is. ``NotFound`` if there is none of that name."""
        with self._file.writing() as db:
            if current_version(db, dataset) is None and staging.newest_version(db, dataset) is None:
                raise NotFound(f"no dataset {dataset!r}", dataset=dataset)
            enter_dataset(db, Newcomer(dataset, "", "", visibility=visibility, owner=owner), None)
            advance(db, "visibility", {"dataset": dataset, "visibility": visibility, "owner": owner})

    def set_clearance(self, level: int) -> None:
        """Show facts and decisions up to ``level`` from now on."""
        with self._file.writing() as db:
            db.execute(t.state.update().values(clearance=level))
            advance(db, "clearance", {"level": level})

    def decide(
        self, kind: str, payload: dict[str, Any], *, reason: str, user: str, visibility: int = 0
    ) -> int:
        """Record a decision and return its number; see ``settle``."""
        return self.settle(make=[(kind, payload, reason)], user=user, visibility=visibility)[0]

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
        who = user or user_name()
        with self._file.writing() as db:
            check_unchanged(db, planned_at)
            for number in undo:
                undo_decision(db, number, who)
            made = [
                record_decision(db, kind, payload, reason, who, visibility=visibility)
                for kind, payload, reason in make
            ]
            if made:
                advance(db, "decide", {"decisions": made, "user": who})
        return made
