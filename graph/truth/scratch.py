"""A scratch file beside the truth store: what a load states, and the keys that a change touches.

It is attached to a connection as ``stage``, so that reading, checking and planning are statements over sets
and need no more memory for a million rows than for ten. It is thrown away in the end: nothing in it is kept.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import JSON, Column, Float, Integer, LargeBinary, MetaData, String, Table, Text

from graph.errors import TruthStoreError
from graph.facts import Assertion

_metadata = MetaData(schema="stage")
#: What a load states. ``at_source`` and ``at_target`` are the headings under which the ends stand.
staged = Table(
    "statement",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("hash", LargeBinary(16)),
    Column("table", String),
    Column("row", Integer),
    Column("cls", String),
    Column("key", String),
    Column("source", String),
    Column("target", String),
    Column("props", JSON),
    Column("sources", JSON),
    Column("seen_at", String),
    Column("valid_from", String),
    Column("valid_to", String),
    Column("standing", String),
    Column("confidence", Float),
    Column("note", Text),
    Column("at_source", String),
    Column("at_target", String),
)
#: What a change touches, by the id under which it stands in the graph. ``existed``: it was there before.
touched = Table(
    "touched",
    _metadata,
    Column("key", String, primary_key=True),
    Column("cls", String),
    Column("source", String),
    Column("target", String),
    Column("action", String),
)
_BATCH = 2000
_encode = json.JSONEncoder(ensure_ascii=False).encode


class Scratch:
    """A scratch file in ``folder``; removed when it is closed.

    Raises ``TruthStoreError`` where it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        with _told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(".sqlite", f"scratch-{os.getpid()}-", folder)
        os.close(handle)
        self.path = Path(name)
        with _told(self.path), self._open() as db:
            for table in (staged, touched):
                columns = ", ".join(
                    f'"{c.name}" {c.type.compile()}' + (" PRIMARY KEY" if c.primary_key else "")
                    for c in table.columns
                )
                ending = " WITHOUT ROWID" if table is touched else ""
                db.execute(f'CREATE TABLE "{table.name}" ({columns}){ending}')
        self.count = 0

    def __enter__(self) -> Scratch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the file."""
        for path in (self.path, Path(f"{self.path}-journal")):
            path.unlink(missing_ok=True)

    def stage(self, stated: Iterable[tuple[Assertion, str, str]]) -> None:
        """Put assertions in, each with the headings under which its ends stand; equal ones count once."""
        names = [c.name for c in staged.columns if c.name != "id"]
        marks = ", ".join("?" * len(names))
        columns = ", ".join(f'"{n}"' for n in names)
        insert = f"INSERT INTO statement ({columns}) VALUES ({marks})"  # noqa: S608 (our own names)
        with _told(self.path), self._open() as db:
            db.executemany(insert, (_values(*one) for one in stated))
            for index in ("hash", "key"):
                db.execute(f"CREATE INDEX IF NOT EXISTS staged_{index} ON statement ({index})")
            db.execute("DELETE FROM statement WHERE id NOT IN (SELECT min(id) FROM statement GROUP BY hash)")
            self.count = db.execute("SELECT count(*) FROM statement").fetchone()[0]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.path)
        try:
            db.execute("PRAGMA journal_mode=OFF")
            db.execute("PRAGMA synchronous=OFF")
            with db:
                yield db
        finally:
            db.close()


def _values(a: Assertion, at_source: str, at_target: str) -> tuple[object, ...]:
    return (
        a.content_hash(), a.table, a.row, a.cls, a.key, a.source, a.target, _encode(a.props),
        _encode(a.sources), a.seen_at, a.valid_from, a.valid_to, a.standing, a.confidence, a.note,
        at_source, at_target,
    )  # fmt: skip


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        hint = "is the directory writable, is there space on the disk?"
        raise TruthStoreError(f"{path}: {error}; {hint}", file=str(path)) from error
