"""Reading the truth store; see ``graph.truth.store``."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from graph.decisions import Decision
from graph.errors import TruthStoreError
from graph.facts import Assertion
from graph.truth import migrate
from graph.truth import schema as t
from graph.truth.database import Database
from graph.truth.loads import Load, all_loads
from graph.truth.scratch import Scratch
from graph.truth.view import View, chunks, cites, cleared


class TruthReader:
    """What the truth store in the file ``path`` says (made if absent)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.migrated: migrate.Migration | None = None
        self._file = Database(path)
        try:
            self.store_id, written_by = self._identity()
            if written_by > t.SCHEMA_VERSION:
                raise TruthStoreError(
                    f"{path} was written by a newer Lianpu (format {written_by}, "
                    f"this one reads {t.SCHEMA_VERSION}); update the program",
                    found=written_by,
                    expected=t.SCHEMA_VERSION,
                )
            if migrate.needed(written_by):
                self._migrate(written_by)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @property
    def revision(self) -> int:
        """Number of changes so far: 0 for an empty store."""
        return self.mark[0]

    @property
    def mark(self) -> tuple[int, str]:
        """Revision and its token: what a graph that shows it is stamped with."""
        with self._file.reading() as db:
            revision, token = db.execute(sa.select(t.state.c.revision, t.state.c.token)).one()
        return int(revision), str(token)

    @property
    def clearance(self) -> int:
        """Up to which of ``VISIBILITIES`` this store shows facts and decisions."""
        with self._file.reading() as db:
            return int(db.execute(sa.select(cleared())).scalar_one())

    def scratch(self) -> Scratch:
        """A new scratch file beside the store."""
        return Scratch(self.path.parent / "scratch")

    def size(self) -> int:
        """How many assertions hold."""
        with self._file.reading() as db:
            return View(db).count()

    def sizes(self) -> tuple[int, int]:
        """How many assertions of entities hold, and how many of relations."""
        with self._file.reading() as db:
            view = View(db)
            total, relations = view.count(), view.count(t.assertion.c.source.is_not(None))
        return total - relations, relations

    # ---- reading -----------------------------------------------------------------------------------

    @contextmanager
    def looking(self, scratch: Scratch | None = None) -> Iterator[sa.Connection]:
        """One state of the store, for ``View``s; with ``scratch`` attached."""
        with self._file.reading(None if scratch is None else scratch.path) as db:
            yield db

    def current(self) -> Iterator[Assertion]:
        """The assertions of every dataset's current version, in a stable order."""
        with self._file.reading() as db:
            yield from View(db).all()

    def assertions_of(self, key: str) -> list[Assertion]:
        """The current assertions of one entity id or relation id, oldest row first."""
        with self._file.reading() as db:
            return list(View(db).of_keys([key]))

    def assertions_at(self, ids: Iterable[str]) -> list[Assertion]:
        """The current assertions of some entities, and of all relations that they state with them."""
        wanted = list(ids)
        with self._file.reading() as db:
            view = View(db)
            found = [*view.of_keys(wanted), *view.ending_at(wanted)]
        once = {(a.dataset, a.content_hash()): a for a in found}  # a relation of two of them is found twice
        return list(once.values())

    def citing(self, source: str, *, limit: int, after: str = "") -> list[Assertion]:
        """The facts that cite ``source``: of each the oldest assertion that does, in the order of keys.

        Parameters
        ----------
        limit : facts at most.
        after : key of the last fact of the page before.
        """
        c = t.assertion.c
        with self._file.reading() as db:
            view = View(db)
            facts = sa.select(sa.func.min(c.id)).where(
                view.holds(), cites(c.sources, [source]), c.key > after
            )
            page = facts.group_by(c.key).order_by(c.key).limit(limit).correlate(None)
            return sorted(view.where(c.id.in_(page)), key=lambda a: a.key)

    def count_citing(self, source: str, *, cap: int) -> int:
        """How many facts cite ``source``, counted up to ``cap``."""
        c = t.assertion.c
        with self._file.reading() as db:
            facts = sa.select(c.key).where(View(db).holds(), cites(c.sources, [source])).distinct().limit(cap)
            return int(db.execute(sa.select(sa.func.count()).select_from(facts.subquery())).scalar_one())

    def datasets(self) -> list[dict[str, Any]]:
        """Each dataset that may be seen: id, title, visibility, owner, current version, versions."""
        d = t.dataset.c
        with self._file.reading() as db:
            versions: dict[str, list[dict[str, Any]]] = {}
            for v in db.execute(sa.select(t.version).order_by(t.version.c.number)).mappings():
                versions.setdefault(v["dataset"], []).append({k: v[k] for k in v if k != "dataset"})
            rows = db.execute(sa.select(t.dataset).where(d.visibility <= cleared()).order_by(d.id)).mappings()
            return [
                {**r, "visibility": t.VISIBILITIES[r["visibility"]], "versions": versions.get(r["id"], [])}
                for r in rows
            ]

    def loads(self) -> list[Load]:
        """All that was done to datasets that may be seen, oldest first."""
        seen = {d["id"] for d in self.datasets()}
        with self._file.reading() as db:
            return [one for one in all_loads(db) if one.dataset in seen]

    def decisions(self, *, hidden: bool = False) -> list[Decision]:
        """All decisions that may be seen, oldest first, the undone ones among them.

        ``hidden``: also those that may not, to see that none is written over; nothing of them is told.
        """
        with self._file.reading() as db:
            return read_decisions(db, hidden=hidden)

    def copy_to(self, target: Path) -> None:
        """Write a whole copy of the store, as it is now, to a file that does not exist yet."""
        self._file.copy_to(target)

    # ---- inside ------------------------------------------------------------------------------------

    def _identity(self) -> tuple[str, int]:
        """Id and format of the store; given to a new file."""
        query = sa.select(t.state.c.store_id, t.state.c.schema_version)
        with self._file.reading() as db:
            found = db.execute(query).one_or_none()
        if found is None:
            with self._file.writing() as db:
                found = db.execute(query).one_or_none()  # another process may have come first
                if found is None:
                    made = uuid.uuid4().hex
                    row = {"store_id": made, "revision": 0, "schema_version": t.SCHEMA_VERSION}
                    db.execute(t.state.insert().values(id=1, token="", clearance=2, **row))
                    return made, t.SCHEMA_VERSION
        return str(found[0]), int(found[1])

    def _migrate(self, found: int) -> None:
        """Bring an older file up to date; what it was is kept beside it."""
        copy = self.path.with_name(f"{self.path.stem}-format-{found}{self.path.suffix}")
        if not copy.exists():  # under its name only when it is whole
            part = copy.with_name(f".{copy.name}-{uuid.uuid4().hex}")
            self._file.copy_to(part)
            part.replace(copy)
        with self._file.writing() as db:
            now = db.execute(sa.select(t.state.c.schema_version)).scalar_one()
            if migrate.needed(now):  # another process may have come first
                self.migrated = migrate.migrate(db, now, copy)


def read_decisions(db: sa.Connection, *, hidden: bool = False) -> list[Decision]:
    """All decisions that may be seen, oldest first; ``hidden``: also those that may not.

    One that names what only a dataset states that is not to be seen, or that such a dataset's load made, is
    not to be seen either, whatever its own visibility.
    """
    c, d, made = t.decision.c, t.dataset.c, t.load.c
    query = sa.select(*(c[one.name] for one in fields(Decision))).order_by(c.id)
    if hidden:
        return [Decision(*row) for row in db.execute(query)]
    unseen = set(db.execute(sa.select(d.id).where(d.visibility > cleared())).scalars())
    if unseen:
        loads = sa.select(made.id).where(made.dataset.in_(unseen))
        query = query.where(sa.or_(c.load.is_(None), c.load.not_in(loads)))
    found = [Decision(*row) for row in db.execute(query.where(c.visibility <= cleared()))]
    secret = _stated_unseen(db, {i for one in found for i in one.rests_on()}, unseen) if unseen else set()
    return [one for one in found if secret.isdisjoint(one.rests_on())]


def _stated_unseen(db: sa.Connection, ids: set[str], unseen: set[str]) -> set[str]:
    """Those of ``ids`` that datasets state which are not to be seen, and no other."""
    a = t.assertion.c
    secret: set[str] = set()
    for some in chunks(sorted(ids)):
        rows = db.execute(sa.select(a.key, a.dataset).where(a.key.in_(some)).distinct()).all()
        secret |= {key for key, dataset in rows if dataset in unseen}
        secret -= {key for key, dataset in rows if dataset not in unseen}
    return secret
