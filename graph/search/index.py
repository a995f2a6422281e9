"""The search index: one file beside the graph, stamped with the graph it shows."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from graph.errors import TruthStoreError, UsageError
from graph.limits import Limits
from graph.model import Node, Relation
from graph.ontology import Ontology
from graph.repository.models import Listing, Model, Text
from graph.search.build import Collected, fill
from graph.search.find import HOW, How, look_up, marked
from graph.search.schema import Stamp, opened, read_stamp
from graph.store import Store
from graph.stored import stored_members

#: How far hits may be paged; who pages further should ask more precisely.
_DEEPEST = 1000
_FILES = ("", "-wal", "-shm")


class Match(Model):
    """The name that was hit: its property, its text, how, and which part (``start`` to ``end``)."""

    field: str
    label: Text
    text: str
    how: How
    start: int
    end: int


class Hit(Model):
    """An entity that was found. ``degree`` is the number of its relations."""

    id: str
    cls: str
    label: Text
    caption: str
    name: str | None
    standing: str | None
    grade: str | None
    degree: int
    matched: Match


class Found(Model):
    """The answer to a search: ``query`` as it was looked at, and the hits, best first."""

    query: str
    cls: str | None
    hits: Listing[Hit]


class SearchIndex:
    """Finds entities by name, alias, code, pinyin or initials.

    Parameters
    ----------
    path : the index file; made when it is first filled.
    ontology : says which properties of a class are searched.
    limits : how many hits an answer may have, and how much of a query is looked at.
    """

    def __init__(self, path: Path, ontology: Ontology, limits: Limits | None = None) -> None:
        self.path = path
        self._ontology = ontology
        self._limits = limits or Limits()

    def stamp(self) -> Stamp | None:
        """Which graph the index shows; ``None`` if there is no usable index."""
        if not self.path.is_file():
            return None
        try:
            with opened(self.path) as db:
                return read_stamp(db)
        except sqlite3.DatabaseError:  # not an index at all: it is built anew
            return None

    async def ensure(self, store: Store, stamp: Stamp) -> bool:
        """Build the index from the engine's graph unless it shows ``stamp`` already; whether it was built."""
        if await asyncio.to_thread(self.stamp) == stamp:
            return False
        collected = Collected(self._ontology)
        async for member in stored_members(store):
            collected.add(member)
        await asyncio.to_thread(self._write, collected, stamp)
        return True

    def rebuild(self, members: Iterable[Node | Relation], stamp: Stamp) -> None:
        """Build the index from the members of a graph, all nodes and relations in any order.

        Raises
        ------
        TruthStoreError
            The file cannot be written.
        """
        collected = Collected(self._ontology)
        for member in members:
            collected.add(member)
        self._write(collected, stamp)

    async def find(
        self, query: str, *, cls: str | None = None, limit: int | None = None, after: str | None = None
    ) -> Found:
        """``look_for`` in a thread of its own."""
        return await asyncio.to_thread(self.look_for, query, cls=cls, limit=limit, after=after)

    def look_for(
        self, query: str, *, cls: str | None = None, limit: int | None = None, after: str | None = None
    ) -> Found:
        """The entities found under ``query``.

        Parameters
        ----------
        query : any text of one character or more; what lies beyond the limit is not looked at.
        cls : a class of the ontology to which the hits are confined.
        limit : hits a page.
        after : ``next`` of the page before.

        Raises
        ------
        BadInput
            An unknown class.
        UsageError
            A cursor that is none.
        TruthStoreError
            There is no index, or it cannot be read.
        """
        if cls is not None:
            self._ontology.entity(cls)
        looked_at = query[: self._limits.query_chars]
        size, offset = self._limits.hits(limit), _offset(after)
        try:
            if not self.path.is_file():
                raise sqlite3.OperationalError("it was not built yet")
            with opened(self.path) as db:
                rows = look_up(db, looked_at, cls, size, offset)
        except sqlite3.Error as error:
            detail = f"检索索引不可用 · the search index {self.path} cannot be used: {error}"
            raise TruthStoreError(detail, path=str(self.path)) from error
        total = int(rows[0]["total"]) if rows else 0
        beyond = offset + len(rows)
        more = beyond < min(total, _DEEPEST)
        hits = Listing[Hit](
            items=[self._hit(row, looked_at) for row in rows], total=total, next=str(beyond) if more else None
        )
        return Found(query=looked_at, cls=cls, hits=hits)

    def _hit(self, row: sqlite3.Row, query: str) -> Hit:
        cls = self._ontology.entity(row["cls"])
        prop = cls.properties.get(row["field"]) or self._ontology.keys[row["field"]]
        start, end = marked(row["text"], query, row["rank"])
        how = HOW[row["rank"]]
        return Hit(
            **{key: row[key] for key in ("id", "cls", "caption", "name", "standing", "grade", "degree")},
            label=Text.of(cls.label),
            matched=Match(
                field=row["field"], label=Text.of(prop.label), text=row["text"], how=how, start=start, end=end
            ),
        )

    def _write(self, collected: Collected, stamp: Stamp) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._replace(collected, stamp)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                for suffix in _FILES:  # the file is no database: it held nothing but this index
                    self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
                self._replace(collected, stamp)
        except (sqlite3.Error, OSError) as error:
            detail = f"无法写检索索引 · the search index {self.path} cannot be written: {error}"
            raise TruthStoreError(detail, path=str(self.path)) from error

    def _replace(self, collected: Collected, stamp: Stamp) -> None:
        with opened(self.path) as db:
            db.execute("PRAGMA secure_delete=ON")  # what is no longer shown is not left in the file either
            db.execute("BEGIN IMMEDIATE")
            try:
                fill(db, collected, stamp)
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")


def _offset(after: str | None) -> int:
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit()) or len(after) > 4 or int(after) > _DEEPEST:
        raise UsageError(f"{after[:20]!r} 不是翻页标记 · {after[:20]!r} is not a cursor", found=after[:20])
    return int(after)
