"""The index file: its tables, and opening it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: Raised when the form of the index changes; an index of another form is built anew.
FORM: Final = 4

_TABLES: Final = (
    """CREATE TABLE stamp (store_id TEXT NOT NULL, revision INTEGER NOT NULL, token TEXT NOT NULL,
        form INTEGER NOT NULL)""",
    """CREATE TABLE entity (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL, cls TEXT NOT NULL, caption TEXT NOT NULL, name TEXT,
        standing TEXT, grade TEXT, weight INTEGER NOT NULL, degree INTEGER NOT NULL)""",
    """CREATE TABLE name (
        n INTEGER PRIMARY KEY, entity INTEGER NOT NULL, field TEXT NOT NULL, kind TEXT NOT NULL,
        text TEXT NOT NULL, normal TEXT NOT NULL, sound TEXT, initials TEXT)""",
    "CREATE INDEX name_normal ON name (normal)",
    "CREATE INDEX name_sound ON name (sound)",
    "CREATE INDEX name_initials ON name (initials)",
    # A row for each name: characters, pairs of characters in order, and pinyin from every syllable on.
    """CREATE VIRTUAL TABLE gram USING fts5(
        one, two, sound, initials, content='', columnsize=0, tokenize='ascii')""",
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which graph an index shows: of which truth store, at which revision."""

    store_id: str
    revision: int
    token: str = ""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own to the index file, closed afterwards. Raises ``sqlite3.Error``."""
    db = sqlite3.connect(path, timeout=30.0, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        yield db
    finally:
        db.close()


def read_stamp(db: sqlite3.Connection) -> Stamp | None:
    """The stamp of an index of this form, else ``None``."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'stamp'").fetchone():
        return None
    row = db.execute("SELECT store_id, revision, token FROM stamp WHERE form = ?", (FORM,)).fetchone()
    return None if row is None else Stamp(*row)


def recreate(db: sqlite3.Connection) -> None:
    """Empty tables, inside the transaction of the caller."""
    names = ("gram", "name", "entity", "stamp")
    for name in names:
        db.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in _TABLES:
        db.execute(statement)
