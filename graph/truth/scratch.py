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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import JSON, Column, Float, Integer, LargeBinary, MetaData, String, Table, Text

from graph.compact_json import stored_json, texts_json
from graph.errors import TruthStoreError
from graph.facts import Assertion

#: An assertion, and the headings under which its ends stand.
Stated = tuple[Assertion, str, str]
#: The same as the columns of a line, see ``values_of``.
Values = tuple[object, ...]
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
#: What a commit adds, lines of ``staged``, and what it ends, assertions of the store.
begun = Table("begun", _metadata, Column("id", Integer, primary_key=True))
ended = Table("ended", _metadata, Column("id", Integer, primary_key=True))
_DAY_S = 86_400
_BY_SOURCE = "CREATE INDEX IF NOT EXISTS staged_source ON statement (source) WHERE source IS NOT NULL"
_BY_KEY = "CREATE INDEX IF NOT EXISTS staged_key ON statement (key)"
_BY_HASH = "CREATE INDEX IF NOT EXISTS staged_hash ON statement (hash)"
#: Of what was stated twice, all but the first.
_REPEATED = """DELETE FROM statement WHERE id IN (
  SELECT s.id FROM statement s JOIN (
    SELECT hash, min(id) AS first FROM statement GROUP BY hash HAVING count(*) > 1
  ) d ON s.hash = d.hash AND s.id > d.first)"""
#: What is stated of an entity, each row with one of the relations of some classes that start there, or none.
_WITH_RELATIONS = """SELECT {columns} FROM statement AS e
  LEFT JOIN statement AS r ON r.source = e.key AND r.cls IN (SELECT value FROM json_each(:relations))
  WHERE e.cls = :cls AND e.id <= (SELECT max(id) FROM statement) ORDER BY e.id"""
_CACHE_KIB = 64 * 1024


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
            for table in (staged, touched, merged, begun, ended):
                columns = ", ".join(
                    f'"{c.name}" {c.type.compile()}' + (" PRIMARY KEY" if c.primary_key else "")
                    for c in table.columns
                )
                ending = " WITHOUT ROWID" if table in (touched, merged) else ""
                db.execute(f'CREATE TABLE "{table.name}" ({columns}){ending}')
        self.count = 0
        self._sealed = False

    def __enter__(self) -> Scratch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the file."""
        self._remove()

    def stage(self, stated: Iterable[Stated]) -> None:
        """``add`` and ``seal``."""
        self.add(stated)
        self.seal()

    def add(self, stated: Iterable[Stated]) -> None:
        """Put assertions in, each with the headings under which its ends stand."""
        self.add_values(values_of(*one) for one in stated)

    def add_values(self, values: Iterable[Values]) -> None:
        """Put in what ``values_of`` gives."""
        with _told(self.path), self._open() as db:
            self._insert(db, values)

    def derive(
        self,
        cls: str,
        relations: Sequence[str],
        make: Callable[[Iterator[tuple[Stated, Stated | None]]], Iterable[Stated]],
        dataset: str,
    ) -> None:
        """Add what ``make`` makes of the entities of ``cls`` while they are read, in their order.

        Each comes with one of its ``relations`` (classes) that start there, as often as there are, or once
        with ``None``. ``dataset`` is what the assertions are said to be of. ``find_by_source`` goes before.
        """
        names = [*_READ, "at_source", "at_target"]
        columns = ", ".join(f'{table}."{name}"' for table in "er" for name in names)
        width = len(names)
        with _told(self.path), self._open() as db:
            values = {"cls": cls, "relations": json.dumps(relations)}
            rows = db.execute(_WITH_RELATIONS.format(columns=columns), values)
            pairs = (
                (_stated(dataset, row[:width]), None if row[width] is None else _stated(dataset, row[width:]))
                for row in rows
            )
            self._insert(db, (values_of(*one) for one in make(pairs)))

    def find_by_source(self) -> None:
        """Make what was added quick to find by the source of a relation, as ``seal`` does too."""
        with _told(self.path), self._open() as db:
            db.execute(_BY_SOURCE)

    def seal(self, *, repeats: bool = False) -> None:
        """Make what was added ready to be asked of; of equal statements the first is kept.

        ``repeats``: all are kept for now, since rows may still be dropped; nothing is found by its hash then.
        """
        if self._sealed:
            return
        with _told(self.path), self._open() as db:
            db.execute(_BY_SOURCE)
            db.execute(_BY_KEY)
            if not repeats:
                db.execute(_BY_HASH)
                db.execute(_REPEATED)
            self.count = db.execute("SELECT count(*) FROM statement").fetchone()[0]
        self._sealed = not repeats

    def drop(self, rows: Iterable[tuple[str, int]]) -> list[str]:
        """Take out what some rows of tables state; gives the ids of entities that now nothing here states."""
        with _told(self.path), self._open() as db:
            db.execute("DROP TABLE IF EXISTS dropped")
            db.execute('CREATE TABLE dropped ("table" VARCHAR, row INTEGER, PRIMARY KEY ("table", row))')
            db.executemany("INSERT OR IGNORE INTO dropped VALUES (?, ?)", rows)
            out = 'SELECT id FROM statement WHERE ("table", row) IN (SELECT "table", row FROM dropped)'
            ids = db.execute(out).fetchall()
            keys: set[str] = set()
            for one in ids:
                found = db.execute(
                    "SELECT key FROM statement WHERE id = ? AND source IS NULL", one
                ).fetchone()
                keys.update(found or ())
            db.executemany("DELETE FROM statement WHERE id = ?", ids)
            self.count = db.execute("SELECT count(*) FROM statement").fetchone()[0]
            there = "SELECT 1 FROM statement WHERE key = ? LIMIT 1"
            return [key for key in sorted(keys) if db.execute(there, (key,)).fetchone() is None]

    def _insert(self, db: sqlite3.Connection, values: Iterable[Values]) -> None:
        self._sealed = False
        db.executemany(_INSERT, values)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.path)
        try:
            db.execute("PRAGMA journal_mode=OFF")
            db.execute("PRAGMA synchronous=OFF")
            db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
            with db:
                yield db
        finally:
            db.close()


_WRITTEN = [c.name for c in staged.columns if c.name != "id"]
_INSERT = "INSERT INTO statement ({}) VALUES ({})".format(  # noqa: S608 (our own names)
    ", ".join(f'"{name}"' for name in _WRITTEN), ", ".join("?" * len(_WRITTEN))
)
#: Columns in the order of the fields of an assertion, without its dataset.
_READ = ["table", "row", "cls", "key", "source", "target", "props", "sources", "seen_at", "valid_from",
         "valid_to", "standing", "confidence", "note"]  # fmt: skip
#: Where ``props`` stand among the fields of an assertion; ``sources`` follow.
_PROPS = 1 + _READ.index("props")


def _stated(dataset: str, row: Sequence[Any]) -> Stated:
    values = [dataset, *row[:-2]]
    values[_PROPS] = {} if values[_PROPS] == "{}" else json.loads(values[_PROPS])
    values[_PROPS + 1] = _sources(values[_PROPS + 1])
    return Assertion(*values), row[-2], row[-1]


@lru_cache(maxsize=20_000)
def _sources(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def values_of(a: Assertion, at_source: str, at_target: str) -> Values:
    """A line of the scratch file: an assertion, and the headings under which its ends stand."""
    return (
        a.content_hash(), a.table, a.row, a.cls, a.key, a.source, a.target, stored_json(a.props),
        texts_json(a.sources), a.seen_at, a.valid_from, a.valid_to, a.standing, a.confidence, a.note,
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
