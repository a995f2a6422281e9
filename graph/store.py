"""The graph's store: one small interface over the embedded engine and Neo4j.

Reads are bounded in rows and time and cannot change anything; a write is one transaction. Values come and
go as plain Python: text, numbers, booleans, lists and maps of these.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, TypeVar

from neo4j import AsyncManagedTransaction, AsyncSession, unit_of_work
from neo4j.exceptions import DriverError, Neo4jError

from graph.engine import EngineConfig
from graph.errors import EngineUnavailable, ReadTimeout, ReadTooLarge
from graph.store_dialect import Dialect, EmbeddedDialect, HasClasses, Neo4jDialect, check_names
from graph.store_errors import translate
from graph.store_link import EmbeddedLink, Neo4jLink, open_link
from graph.store_meta import ANY_NODE, READ_META, MetaState, meta_statement, not_ours, read_stamp
from graph.store_values import plain_row
from graph.store_writing import Turn, WriteLock

__all__ = ["GraphCount", "MetaState", "Store", "meta_statement", "open_store"]

Statement = tuple[str, Mapping[str, Any]]
T = TypeVar("T")
Work = Callable[[AsyncManagedTransaction], Awaitable[T]]
#: Seconds beyond a limit that the engine is given to report it itself.
_SLACK_S = 2.0


class GraphCount(NamedTuple):
    """How many entities and relations a graph holds."""

    nodes: int
    relations: int


@asynccontextmanager
async def open_store(config: EngineConfig, ontology: HasClasses) -> AsyncIterator[Store]:
    """The store on the engine of ``config``, open for the length of a ``with`` block.

    Raises
    ------
    EngineUnavailable, EngineLocked, WrongPassword
        If the engine cannot be had; the text says what to do.
    OntologyError
        If a class name can be no label.
    """
    check_names(ontology)
    link = await open_link(config)
    try:
        yield Store(config, ontology, link)
    finally:
        await link.close()


class Store:
    """A connected engine. Made by ``open_store``; may be used by several tasks at once."""

    def __init__(self, config: EngineConfig, ontology: HasClasses, link: EmbeddedLink | Neo4jLink) -> None:
        self.dialect: Dialect = (
            EmbeddedDialect(link) if isinstance(link, EmbeddedLink) else Neo4jDialect(link)
        )
        self._config = config
        self._ontology = ontology
        self._link = link
        self._lock = WriteLock(config.home)
        self._commits = asyncio.Lock()
        self._known_ours = False

    async def read(
        self,
        query: str,
        params: Mapping[str, Any] | None = None,
        /,
        *,
        max_rows: int = 10_000,
        timeout_s: float | None = None,
    ) -> list[dict[str, Any]]:
        """The rows that ``query`` answers.

        Parameters
        ----------
        query : str
            Cypher that both engines understand; it cannot change anything.
        params : mapping, optional
            Its parameters; the only way for values.
        max_rows : int
            Most rows the answer may have. Beyond it the engine is stopped.
        timeout_s : float, optional
            Seconds it may take; the configured limit unless given.

        Raises
        ------
        ReadTooLarge, ReadTimeout
            If a limit is passed.
        EngineUnavailable
            If the engine went away and could not be had again.
        UsageError
            If the query would change something.
        """
        limit = self._config.timeout_s if timeout_s is None else timeout_s
        try:
            return await self._read(query, params, max_rows, limit)
        except EngineUnavailable:
            if not await self._link.renew():
                raise
        return await self._read(query, params, max_rows, limit)

    async def _read(
        self, query: str, params: Mapping[str, Any] | None, max_rows: int, limit: float
    ) -> list[dict[str, Any]]:
        async with (
            self._translated(limit),
            self.dialect.stoppable(query) as text,
            asyncio.timeout(limit + _SLACK_S),
            self._link.session(write=False, fetch_size=max_rows + 1) as session,
        ):
            work = _bounded(session, text, dict(params or {}), max_rows)
            return await session.execute_read(self._limited(work, limit))

    async def write(self, statements: Sequence[Statement]) -> None:
        """Run ``statements`` in one transaction: all or nothing.

        The writers' lock is taken for its length unless the caller holds it (see ``writing``). Refusals
        that pass by themselves are tried again for a few seconds.

        Parameters
        ----------
        statements : sequence of (query, parameters)
            At most 5,000 rows in a parameter: larger messages are refused.

        Raises
        ------
        BadInput
            If an id would stand twice.
        ForeignGraph
            If the database is not ours.
        Busy
            If another writer holds the lock.
        EngineUnavailable
            If the engine went away or its disk is full. Nothing was stored then, unless it went away at the
            very commit: a graph whose stamp says ``applying`` is compared and mended.
        """
        async with self.writing("a single change", self._config.timeout_s):
            if not self._known_ours:
                await self.meta()
            self.dialect.check_room()
            try:
                await self._write(statements)
            except EngineUnavailable:
                await self._link.renew()
                raise
            except Neo4jError:
                self.dialect.check_room()
                raise

    async def _write(self, statements: Sequence[Statement]) -> None:
        limit = self._config.timeout_s * (len(statements) + 1)

        commit = Turn(self._commits)

        async def work(transaction: AsyncManagedTransaction) -> None:
            commit.end()
            for query, params in statements:
                await (await transaction.run(query, dict(params))).consume()
            await commit.begin()

        try:
            async with (
                self._translated(limit),
                asyncio.timeout(limit + _SLACK_S),
                self._link.session(write=True) as session,
            ):
                await session.execute_write(self._limited(work, limit))
        except ReadTimeout as error:
            raise EngineUnavailable(f"A change was given up: {error.detail}", reason="timeout") from error
        finally:
            commit.end()

    @asynccontextmanager
    async def writing(self, who: str, wait_s: float) -> AsyncIterator[None]:
        """Be the only writer among this machine's processes with the same data directory.

        A task that is it already stays it.

        Parameters
        ----------
        who : str
            What is writing, as another user would understand it (the command).
        wait_s : float
            Seconds to wait for another writer.

        Raises
        ------
        Busy
            If another writer is still at work then; says who.
        """
        if self._lock.held_here:
            yield
            return
        async with self._lock.hold(who, wait_s):
            yield

    async def bootstrap(self, expected_store_id: str | None = None) -> None:
        """Make the types, constraints and indexes that are missing; on a database of ours or an empty one.

        Raises
        ------
        ForeignGraph
            If the database is not ours; nothing was changed.
        """
        await self.meta(expected_store_id)
        limit = self._config.start_timeout_s
        async with self._translated(limit), asyncio.timeout(limit):
            await self.dialect.create_schema(self._ontology)

    async def meta(self, expected_store_id: str | None = None) -> MetaState | None:
        """The stamp on the graph; None on an empty database.

        Raises
        ------
        ForeignGraph
            If the database is not empty and bears no stamp, or one of another store than
            ``expected_store_id``.
        """
        found = await self.read(READ_META)
        meta = read_stamp(found, expected_store_id, self._link.engine) if found else None
        if meta is None and (nodes := await self.read(ANY_NODE)):
            raise not_ours(nodes[0]["labels"], self._link.engine)
        self._known_ours = True
        return meta

    async def set_meta(self, meta: MetaState) -> None:
        """Put the stamp on the graph."""
        await self.write([meta_statement(meta)])

    async def is_empty(self) -> bool:
        """Whether the database holds no node at all."""
        return not await self.read(ANY_NODE)

    async def count(self) -> GraphCount:
        """How many entities and relations there are."""
        (nodes,) = await self.read("MATCH (n:Entity) RETURN count(n) AS found")
        (relations,) = await self.read("MATCH ()-[r]->() RETURN count(r) AS found")
        return GraphCount(nodes["found"], relations["found"])

    def _limited(self, work: Work[T], limit: float) -> Work[T]:
        timeout = self.dialect.transaction_timeout(limit)
        return work if timeout is None else unit_of_work(timeout=timeout)(work)

    @asynccontextmanager
    async def _translated(self, limit: float) -> AsyncIterator[None]:
        try:
            yield
        except (DriverError, Neo4jError, OSError) as error:  # TimeoutError is an OSError
            known = translate(error, self._link.engine, limit)
            if known is None:
                raise
            raise known from error


def _bounded(
    session: AsyncSession, query: str, params: dict[str, Any], max_rows: int
) -> Work[list[dict[str, Any]]]:
    """Transaction work that gives the rows of ``query``, and ends ``session`` if they are too many."""

    async def work(transaction: AsyncManagedTransaction) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        async for record in await transaction.run(query, params):
            if len(rows) == max_rows:
                session.cancel()  # closed politely, the rest would be computed and thrown away
                raise ReadTooLarge(
                    f"The answer has more than {max_rows} rows. Ask for less, or page through it.",
                    max_rows=max_rows,
                )
            rows.append(plain_row(record))
        return rows

    return work
