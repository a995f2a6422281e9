"""A scratch file beside the truth store: what a load states, and the keys that a change touches.

It is attached to a connection as ``stage``, so that reading, checking and planning are statements over sets
and need no more memory for a million rows than for ten. It is thrown away in the end: nothing in it is kept.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import time
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
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
#: What a change touches, by the id under which it stands in the graph, and what
#: becomes of it: ``added``, ``changed``, ``removed``; before that is known nothing, or ``?`` where merges and
#: other decisions have a say.
touched = Table(
    "touched",
    _metadata,
    Column("key", String, primary_key=True),
    Column("cls", String),
    Column("source", String),
    Column("target", String),
    Column("action", String),
)
#: Ids that merges speak of.
merged = Table("merged", _metadata, Column("id", String, primary_key=True))
_DAY_S = 86_400
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS staged_hash ON statement (hash)",
    "CREATE INDEX IF NOT EXISTS staged_key ON statement (key)",
    "CREATE INDEX IF NOT EXISTS staged_source ON statement (source) WHERE source IS NOT NULL",
    'CREATE INDEX IF NOT EXISTS staged_row ON statement ("table", row)',
)
_encode = json.JSONEncoder(ensure_ascii=False).encode


class Scratch:
    """A scratch file in ``folder``; removed when it is closed.

    Raises ``TruthStoreError`` where it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        with _told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _sweep(folder)
            handle, name = tempfile.mkstemp(".sqlite", f"scratch-{os.getpid()}-", folder)
        os.close(handle)
        self.path = Path(name)
        self._remove = weakref.finalize(self, _remove, self.path)  # also when the program ends
        with _told(self.path), self._open() as db:
            for table in (staged, touched, merged):
                columns = ", ".join(
                    f'"{c.name}" {c.type.compile()}' + (" PRIMARY KEY" if c.primary_key else "")
                    for c in table.columns
                )
                ending = "" if table is staged else " WITHOUT ROWID"
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
        self._remove()

    def stage(self, stated: Iterable[tuple[Assertion, str, str]]) -> None:
        """``add`` and ``seal``."""
        self.add(stated)
        self.seal()

    def add(self, stated: Iterable[tuple[Assertion, str, str]]) -> None:
        """Put assertions in, each with the headings under which its ends stand."""
        names = [c.name for c in staged.columns if c.name != "id"]
        marks = ", ".join("?" * len(names))
        columns = ", ".join(f'"{n}"' for n in names)
        insert = f"INSERT INTO statement ({columns}) VALUES ({marks})"  # noqa: S608 (our own names)
        with _told(self.path), self._open() as db:
            db.executemany(insert, (_values(*one) for one in stated))

    def seal(self) -> None:
        """Make what was added ready to be asked of; of equal statements the first is kept."""
        with _told(self.path), self._open() as db:
            for index in _INDEXES:
                db.execute(index)
            db.execute(
                "DELETE FROM statement WHERE id IN (SELECT later.id FROM statement later"
                " JOIN statement first ON later.hash = first.hash AND later.id > first.id)"
            )
            self.count = db.execute("SELECT count(*) FROM statement").fetchone()[0]

    def drop(self, rows: Iterable[tuple[str, int]]) -> None:
        """Take out what some rows of tables state."""
        with _told(self.path), self._open() as db:
            db.executemany('DELETE FROM statement WHERE "table" = ? AND row = ?', rows)
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


def _remove(path: Path) -> None:
    with suppress(OSError):  # on Windows, while it is still open somewhere: the next scratch file sees to it
        path.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what programs left that were ended hard, more than a day ago."""
    limit = time.time() - _DAY_S
    for path in folder.glob("scratch-*.sqlite"):
        with suppress(OSError):
            if path.stat().st_mtime < limit:
                path.unlink()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        hint = "is the directory writable, is there space on the disk?"
        raise TruthStoreError(f"{path}: {error}; {hint}", file=str(path)) from error
