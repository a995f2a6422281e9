"""Reading and writing the truth store.

Every change is one transaction that also raises ``revision`` by one; the graph carries the revision that it
shows, so that a graph behind the truth is seen and brought up to it.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from graph.decisions import Decision, check_decision
from graph.errors import BadInput, Busy, NotFound, TruthStoreError
from graph.facts import Assertion
from graph.truth import schema as t
from graph.truth.database import Database

_FIELDS = (
    "dataset", "table", "row", "cls", "key", "source", "target", "props", "sources",
    "seen_at", "valid_from", "valid_to", "standing", "confidence", "note",
)  # fmt: skip
_COLUMNS = [t.assertion.c[name] for name in _FIELDS]


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did: version of the dataset, store revision, rows begun and ended."""

    version: int | None
    revision: int
    begun: int
    ended: int


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _assertion(row: sa.Row[Any]) -> Assertion:
    values = dict(zip(_FIELDS, row, strict=True))
    values["sources"] = tuple(values["sources"])
    return Assertion(**values)


class TruthStore:
    """The truth store in the SQLite file ``path`` (made if absent).

    Raises ``TruthStoreError`` when the file cannot be opened, is no truth store, or was written by a newer
    program; a full disk or a read-only directory is named as such.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = Database(path)
        self.store_id, written_by = self._identity()
        if written_by > t.SCHEMA_VERSION:
            self.close()
            raise TruthStoreError(
                f"{path} was written by a newer Lianpu (format {written_by}, "
                f"this one reads {t.SCHEMA_VERSION}); update the program",
                found=written_by,
                expected=t.SCHEMA_VERSION,
            )

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @property
    def revision(self) -> int:
        """Number of changes so far: 0 for an empty store."""
        with self._file.reading() as db:
            return int(db.execute(sa.select(t.state.c.revision)).scalar_one())

    # ---- reading -----------------------------------------------------------------------------------

    def current(self) -> Iterator[Assertion]:
        """The assertions of every dataset's current version, in a stable order."""
        query = sa.select(*_COLUMNS).where(_is_current()).order_by(t.assertion.c.id)
        with self._file.reading() as db:
            for row in db.execution_options(yield_per=5000).execute(query):
                yield _assertion(row)

    def assertions_of(self, key: str) -> list[Assertion]:
        """The current assertions of one entity id or relation id, oldest row first."""
        query = sa.select(*_COLUMNS).where(_is_current(), t.assertion.c.key == key).order_by(t.assertion.c.id)
        with self._file.reading() as db:
            return [_assertion(row) for row in db.execute(query)]

    def assertions_at(self, ids: Iterable[str]) -> list[Assertion]:
        """The current assertions of some entities, and of all relations that they state with them."""
        c, wanted = t.assertion.c, list(ids)
        here = sa.or_(c.key.in_(wanted), c.source.in_(wanted), c.target.in_(wanted))
        query = sa.select(*_COLUMNS).where(_is_current(), here).order_by(c.id)
        with self._file.reading() as db:
            return [_assertion(row) for row in db.execute(query)]

    def citing(self, source: str, *, limit: int, after: str = "") -> list[Assertion]:
        """The facts that cite ``source``: of each the oldest assertion that does, in the order of keys.

        Parameters
        ----------
        limit : facts at most.
        after : key of the last fact of the page before.
        """
        c = t.assertion.c
        facts = sa.select(sa.func.min(c.id)).where(_is_current(), _cites(source), c.key > after)
        page = facts.group_by(c.key).order_by(c.key).limit(limit).correlate(None)
        query = sa.select(*_COLUMNS).where(c.id.in_(page)).order_by(c.key)
        with self._file.reading() as db:
            return [_assertion(row) for row in db.execute(query)]

    def count_citing(self, source: str, *, cap: int) -> int:
        """How many facts cite ``source``, counted up to ``cap``."""
        facts = sa.select(t.assertion.c.key).where(_is_current(), _cites(source)).distinct().limit(cap)
        with self._file.reading() as db:
            return int(db.execute(sa.select(sa.func.count()).select_from(facts.subquery())).scalar_one())

    def datasets(self) -> list[dict[str, Any]]:
        """Each dataset with id, title, current version and the versions it has had."""
        with self._file.reading() as db:
            versions: dict[str, list[dict[str, Any]]] = {}
            for v in db.execute(sa.select(t.version).order_by(t.version.c.number)).mappings():
                versions.setdefault(v["dataset"], []).append({k: v[k] for k in v if k != "dataset"})
            rows = db.execute(sa.select(t.dataset).order_by(t.dataset.c.id)).mappings()
            return [{**r, "versions": versions.get(r["id"], [])} for r in rows]

    def decisions(self) -> list[Decision]:
        """All decisions, oldest first, the undone ones among them."""
        with self._file.reading() as db:
            return _decisions(db)

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
        """Make ``assertions`` the current version of ``dataset``; nothing changes if they already are.

        Equal statements of one table count once. Row numbers of statements that only moved are refreshed.

        Parameters
        ----------
        planned_at : the revision against which the assertions were checked, if they were.

        Raises
        ------
        Busy
            The store has changed since ``planned_at``: what was checked may hold no longer. Nothing is
            stored.
        """
        wanted = {a.content_hash(): a for a in reversed(assertions)}
        with self._file.writing() as db:
            c = t.assertion.c
            current = db.execute(
                sa.select(t.dataset.c.current_version).where(t.dataset.c.id == dataset)
            ).scalar_one_or_none()
            open_rows = {
                r.hash: (r.id, r.row)
                for r in db.execute(
                    sa.select(c.hash, c.id, c.row).where(c.dataset == dataset, c.to_version.is_(None))
                )
            }
            newest = db.execute(
                sa.select(sa.func.max(t.version.c.number)).where(t.version.c.dataset == dataset)
            ).scalar_one()
            begun = [h for h in wanted if h not in open_rows]
            ended = [rid for h, (rid, _) in open_rows.items() if h not in wanted]
            moved = [
                {"b_id": rid, "b_row": wanted[h].row}
                for h, (rid, row) in open_rows.items()
                if h in wanted and wanted[h].row != row
            ]
            if moved:
                db.execute(
                    t.assertion.update()
                    .where(c.id == sa.bindparam("b_id"))
                    .values(row=sa.bindparam("b_row")),
                    moved,
                )
            if current is not None and current == newest and not begun and not ended:
                return Committed(current, self._revision(db), 0, 0)
            if planned_at is not None and self._revision(db) != planned_at:
                raise Busy(
                    f"Since the load of {dataset!r} was planned, another program has changed the facts. "
                    "Nothing was stored; try again.",
                    dataset=dataset,
                )
            number = (newest or 0) + 1
            if current is None and newest is None:
                db.execute(t.dataset.insert().values(id=dataset, title=title))
            db.execute(
                t.version.insert().values(
                    dataset=dataset,
                    number=number,
                    created_at=_now(),
                    origin=origin,
                    fingerprint=_fingerprint(wanted),
                    assertions=len(wanted),
                )
            )
            for ids in _chunks(ended, 500):
                db.execute(t.assertion.update().where(c.id.in_(ids)).values(to_version=number))
            if begun:
                db.execute(
                    t.assertion.insert(), [_row(wanted[h], h, dataset, number) for h in reversed(begun)]
                )
            db.execute(
                t.dataset.update()
                .where(t.dataset.c.id == dataset)
                .values(current_version=number, title=title)
            )
            revision = self._advance(db, "load", {"dataset": dataset, "version": number, "origin": origin})
        return Committed(number, revision, len(begun), len(ended))

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
            db.execute(t.dataset.update().where(t.dataset.c.id == dataset).values(current_version=number))
            revision = self._advance(db, "set-current", {"dataset": dataset, "version": number})
        return Committed(number, revision, 0, 0)

    def decide(self, kind: str, payload: dict[str, Any], *, reason: str, user: str) -> int:
        """Record a decision and return its number.

        Raises
        ------
        BadInput
            An unknown kind, a missing part, or a merge that does not go with those that hold.
        """
        with self._file.writing() as db:
            check_decision(kind, payload, _decisions(db))
            result = db.execute(
                t.decision.insert().values(
                    kind=kind, payload=payload, reason=reason, user=user, created_at=_now()
                )
            )
            number = int(result.inserted_primary_key[0])  # type: ignore[index]
            self._advance(db, "decide", {"decision": number, "kind": kind, "user": user})
        return number

    def undo_decision(self, number: int, *, user: str) -> None:
        """Undo a decision. ``NotFound`` if there is none of that number, ``BadInput`` if it is undone."""
        c = t.decision.c
        with self._file.writing() as db:
            row = db.execute(sa.select(c.undone_at).where(c.id == number)).one_or_none()
            if row is None:
                raise NotFound(f"no decision {number}", decision=number)
            if row[0] is not None:
                raise BadInput(f"decision {number} was undone at {row[0]}", decision=number)
            db.execute(t.decision.update().where(c.id == number).values(undone_at=_now(), undone_by=user))
            self._advance(db, "undo-decision", {"decision": number, "user": user})

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
                    db.execute(t.state.insert().values(id=1, **row))
                    return made, t.SCHEMA_VERSION
        return str(found[0]), int(found[1])

    def _revision(self, db: sa.Connection) -> int:
        return int(db.execute(sa.select(t.state.c.revision)).scalar_one())

    def _advance(self, db: sa.Connection, event: str, detail: dict[str, Any]) -> int:
        revision = self._revision(db) + 1
        db.execute(t.state.update().values(revision=revision))
        db.execute(t.log.insert().values(at=_now(), event=event, detail={**detail, "revision": revision}))
        return revision


def _decisions(db: sa.Connection) -> list[Decision]:
    c = t.decision.c
    query = sa.select(c.id, c.kind, c.payload, c.reason, c.user, c.created_at, c.undone_at).order_by(c.id)
    return [Decision(*row) for row in db.execute(query)]


def _is_current() -> sa.ColumnElement[bool]:
    c, current = t.assertion.c, t.dataset.c.current_version
    return sa.and_(
        c.dataset == t.dataset.c.id,
        current.is_not(None),
        c.from_version <= current,
        sa.or_(c.to_version.is_(None), c.to_version > current),
    )


def _cites(source: str) -> sa.ColumnElement[bool]:
    cited = sa.func.json_each(t.assertion.c.sources).table_valued("value")
    return sa.exists().where(cited.c.value == source).correlate(t.assertion)


def _row(a: Assertion, digest: bytes, dataset: str, number: int) -> dict[str, Any]:
    values = {name: getattr(a, name) for name in _FIELDS}
    return {**values, "sources": list(a.sources), "dataset": dataset, "hash": digest, "from_version": number}


def _fingerprint(hashes: Iterable[bytes]) -> str:
    return hashlib.sha256(json.dumps(sorted(h.hex() for h in hashes)).encode()).hexdigest()


def _chunks(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
