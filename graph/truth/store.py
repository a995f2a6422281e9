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
from sqlalchemy.exc import DatabaseError, OperationalError

from graph.decisions import Decision, check_payload
from graph.errors import BadInput, NotFound, TruthStoreError
from graph.facts import Assertion
from graph.truth import schema as t

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
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": 30.0})
            sa.event.listen(self._engine, "connect", _on_connect)
            sa.event.listen(self._engine, "begin", _on_begin)
            with self._engine.execution_options(lianpu_writes=True).begin() as db:
                t.metadata.create_all(db)
                self.store_id, written_by = self._identity(db)
        except (DatabaseError, OSError) as e:
            raise _unusable(path, e) from e
        if written_by > t.SCHEMA_VERSION:
            raise TruthStoreError(
                f"{path} was written by a newer Lianpu (format {written_by}, "
                f"this one reads {t.SCHEMA_VERSION}); update the program",
                found=written_by,
                expected=t.SCHEMA_VERSION,
            )

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    @property
    def revision(self) -> int:
        """Number of changes so far: 0 for an empty store."""
        with self._engine.connect() as db:
            return int(db.execute(sa.select(t.state.c.revision)).scalar_one())

    # ---- reading -----------------------------------------------------------------------------------

    def current(self, *, without: str | None = None) -> Iterator[Assertion]:
        """The assertions of every dataset's current version, in a stable order.

        ``without`` leaves one dataset out.
        """
        query = sa.select(*_COLUMNS).where(_is_current()).order_by(t.assertion.c.id)
        if without is not None:
            query = query.where(t.assertion.c.dataset != without)
        with self._engine.connect() as db:
            for row in db.execution_options(yield_per=5000).execute(query):
                yield _assertion(row)

    def assertions_of(self, key: str) -> list[Assertion]:
        """The current assertions of one entity id or relation id, oldest row first."""
        query = sa.select(*_COLUMNS).where(_is_current(), t.assertion.c.key == key).order_by(t.assertion.c.id)
        with self._engine.connect() as db:
            return [_assertion(row) for row in db.execute(query)]

    def datasets(self) -> list[dict[str, Any]]:
        """Each dataset with id, title, current version and the versions it has had."""
        with self._engine.connect() as db:
            versions: dict[str, list[dict[str, Any]]] = {}
            for v in db.execute(sa.select(t.version).order_by(t.version.c.number)).mappings():
                versions.setdefault(v["dataset"], []).append({k: v[k] for k in v if k != "dataset"})
            rows = db.execute(sa.select(t.dataset).order_by(t.dataset.c.id)).mappings()
            return [{**r, "versions": versions.get(r["id"], [])} for r in rows]

    def decisions(self) -> list[Decision]:
        """All decisions, oldest first, the undone ones among them."""
        c = t.decision.c
        query = sa.select(c.id, c.kind, c.payload, c.reason, c.user, c.created_at, c.undone_at).order_by(c.id)
        with self._engine.connect() as db:
            return [Decision(*row) for row in db.execute(query)]

    # ---- changing ----------------------------------------------------------------------------------

    def commit(self, dataset: str, title: str, assertions: Sequence[Assertion], origin: str) -> Committed:
        """Make ``assertions`` the current version of ``dataset``; nothing changes if they already are.

        Equal statements of one table count once. Row numbers of statements that only moved are refreshed.
        """
        wanted = {a.content_hash(): a for a in reversed(assertions)}
        with self._transaction() as db:
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
        with self._transaction() as db:
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
        """Record a decision and return its number. ``BadInput`` for an unknown kind or a missing part."""
        check_payload(kind, payload)
        with self._transaction() as db:
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
        with self._transaction() as db:
            row = db.execute(sa.select(c.undone_at).where(c.id == number)).one_or_none()
            if row is None:
                raise NotFound(f"no decision {number}", decision=number)
            if row[0] is not None:
                raise BadInput(f"decision {number} was undone at {row[0]}", decision=number)
            db.execute(t.decision.update().where(c.id == number).values(undone_at=_now(), undone_by=user))
            self._advance(db, "undo-decision", {"decision": number, "user": user})

    # ---- inside ------------------------------------------------------------------------------------

    def _identity(self, db: sa.Connection) -> tuple[str, int]:
        """Id and format of the store; given to a new file."""
        found = db.execute(sa.select(t.state.c.store_id, t.state.c.schema_version)).one_or_none()
        if found is not None:
            return str(found[0]), int(found[1])
        made = uuid.uuid4().hex
        db.execute(t.state.insert().values(id=1, store_id=made, revision=0, schema_version=t.SCHEMA_VERSION))
        return made, t.SCHEMA_VERSION

    def _transaction(self) -> _Transaction:
        return _Transaction(self._engine, self.path)

    def _revision(self, db: sa.Connection) -> int:
        return int(db.execute(sa.select(t.state.c.revision)).scalar_one())

    def _advance(self, db: sa.Connection, event: str, detail: dict[str, Any]) -> int:
        revision = self._revision(db) + 1
        db.execute(t.state.update().values(revision=revision))
        db.execute(t.log.insert().values(at=_now(), event=event, detail={**detail, "revision": revision}))
        return revision


class _Transaction:
    """``BEGIN IMMEDIATE`` … ``COMMIT``, with the database's own errors told as ``TruthStoreError``."""

    def __init__(self, engine: sa.Engine, path: Path) -> None:
        self._context = engine.execution_options(lianpu_writes=True).begin()
        self._path = path

    def __enter__(self) -> sa.Connection:
        try:
            return self._context.__enter__()
        except DatabaseError as e:
            raise _unusable(self._path, e) from e

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        try:
            self._context.__exit__(kind, value, trace)
        except DatabaseError as e:
            raise _unusable(self._path, e) from e
        if isinstance(value, DatabaseError):
            raise _unusable(self._path, value) from value


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, see _on_begin
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("lianpu_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _unusable(path: Path, error: Exception) -> TruthStoreError:
    cause = getattr(error, "orig", None) or error
    if isinstance(error, OperationalError):
        hint = "is the directory writable, is there space on the disk, does another program hold it?"
    elif isinstance(error, DatabaseError):
        hint = "it is not a Lianpu truth store; name another data directory (LIANPU_HOME)"
    else:
        hint = "name a directory that can be written (LIANPU_HOME)"
    return TruthStoreError(f"{path}: {cause}; {hint}", file=str(path))


def _is_current() -> sa.ColumnElement[bool]:
    c, current = t.assertion.c, t.dataset.c.current_version
    return sa.and_(
        c.dataset == t.dataset.c.id,
        current.is_not(None),
        c.from_version <= current,
        sa.or_(c.to_version.is_(None), c.to_version > current),
    )


def _row(a: Assertion, digest: bytes, dataset: str, number: int) -> dict[str, Any]:
    values = {name: getattr(a, name) for name in _FIELDS}
    return {**values, "sources": list(a.sources), "dataset": dataset, "hash": digest, "from_version": number}


def _fingerprint(hashes: Iterable[bytes]) -> str:
    return hashlib.sha256(json.dumps(sorted(h.hex() for h in hashes)).encode()).hexdigest()


def _chunks(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
