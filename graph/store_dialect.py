"""What differs between the engines: how types and constraints are made, who stops a slow statement."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, Literal, Protocol

from neo4j import AsyncManagedTransaction

from graph.engine.launcher import check_room
from graph.engine.sql import run_sql
from graph.errors import OntologyError
from graph.store_link import EmbeddedLink, Neo4jLink
from graph.store_meta import META_LABEL
from graph.store_stop import StoppableReads

ENTITY = "Entity"
_ROOTS = (ENTITY, META_LABEL)
_CONSTRAINED = (
    "SHOW CONSTRAINTS YIELD labelsOrTypes, properties RETURN labelsOrTypes[0] + '.' + properties[0] AS found"
)


class HasClasses(Protocol):
    """The part of an ontology that a store needs: the names of its classes."""

    @property
    def entities(self) -> Mapping[str, object]:
        """Entity classes by name."""

    @property
    def relations(self) -> Mapping[str, object]:
        """Relation classes by name."""


class Dialect(Protocol):
    """An engine's own ways."""

    name: Literal["embedded", "neo4j"]

    def transaction_timeout(self, limit_s: float) -> float | None:
        """The time limit to send with a transaction; None where the engine ignores it."""

    def stoppable(self, query: str) -> AbstractAsyncContextManager[str]:
        """A block in which the given text of ``query`` is run; left early, the engine stops it."""

    def check_room(self) -> None:
        """Before a change, and after one that failed: EngineUnavailable if the disk is full."""

    async def create_schema(self, ontology: HasClasses) -> None:
        """Make the types, constraints and indexes that are missing."""


class EmbeddedDialect:
    """ArcadeDB: classes are types that extend Entity, whose index serves them all.

    It ignores the driver's time limit and does not notice that a client went away; its own
    ``command.timeout``, given at its start, or an order stops a statement.
    """

    name: Literal["embedded", "neo4j"] = "embedded"

    def __init__(self, link: EmbeddedLink) -> None:
        self._link = link
        self._reads = StoppableReads(lambda statement: _run(link, statement))

    def transaction_timeout(self, limit_s: float) -> float | None:  # noqa: ARG002 - see the class
        """None: see the class."""
        return None

    def stoppable(self, query: str) -> AbstractAsyncContextManager[str]:
        """The query with a mark by which it is found and stopped."""
        return self._reads.marked(query)

    def check_room(self) -> None:
        """The engine's files lie on a disk of this machine; its own message would not say that it is full."""
        check_room(self._link.directory)

    async def create_schema(self, ontology: HasClasses) -> None:
        """Types first, then the index of Entity, which types made later inherit."""
        labels = set(await _column(self._link, "CALL db.labels() YIELD label RETURN label AS found"))
        types = "CALL db.relationshipTypes() YIELD relationshipType RETURN relationshipType AS found"
        edges = set(await _column(self._link, types))
        script = [f"CREATE VERTEX TYPE {_quote(name)} IF NOT EXISTS" for name in _missing(_ROOTS, labels)]
        script += [
            f"CREATE VERTEX TYPE {_quote(name)} IF NOT EXISTS EXTENDS {_quote(ENTITY)}"
            for name in _missing(ontology.entities, labels)
        ]
        script += [
            f"CREATE EDGE TYPE {_quote(name)} IF NOT EXISTS" for name in _missing(ontology.relations, edges)
        ]
        if script:
            await asyncio.to_thread(run_sql, self._link.run, ";\n".join(script))
        await _create_constraints(self._link, _ROOTS)


class Neo4jDialect:
    """Neo4j: a unique id for Entity and for each class; the driver's time limit holds."""

    name: Literal["embedded", "neo4j"] = "neo4j"

    def __init__(self, link: Neo4jLink) -> None:
        self._link = link

    def transaction_timeout(self, limit_s: float) -> float | None:
        """The limit itself."""
        return limit_s

    def stoppable(self, query: str) -> AbstractAsyncContextManager[str]:
        """The query as it is: the server ends what a closed connection had asked."""
        return nullcontext(query)

    def check_room(self) -> None:
        """The server looks after its disk itself."""

    async def create_schema(self, ontology: HasClasses) -> None:
        """One constraint per label; each carries its own index."""
        await _create_constraints(self._link, [*_ROOTS, *ontology.entities])


def check_names(ontology: HasClasses) -> None:
    """See that the classes' names can be labels and types on both engines.

    Raises
    ------
    OntologyError
        If a name is not made of letters, digits and _, or two differ in case at most (the embedded engine
        keeps a file per class, and some file systems ignore case).
    """
    seen: dict[str, str] = {name.casefold(): name for name in _ROOTS}
    for name in [*ontology.entities, *ontology.relations]:
        if not name.isascii() or not name.isidentifier():
            raise OntologyError(f"The class name {name!r} is not made of letters, digits and _.", found=name)
        other = seen.get(name.casefold())
        if other is not None:
            raise OntologyError(f"The class names {other!r} and {name!r} differ in case at most.", found=name)
        seen[name.casefold()] = name


async def _create_constraints(link: EmbeddedLink | Neo4jLink, labels: Iterable[str]) -> None:
    have = set(await _column(link, _CONSTRAINED))
    for label in labels:
        if f"{label}.id" not in have:
            name = f"lianpu_{label.lower()}_id"
            await _run(
                link, f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{_quote(label)}) REQUIRE n.id IS UNIQUE"
            )


async def _column(link: EmbeddedLink | Neo4jLink, query: str) -> list[str]:
    return [row["found"] for row in await _run(link, query)]


async def _run(link: EmbeddedLink | Neo4jLink, query: str) -> list[dict[str, Any]]:
    async def work(transaction: AsyncManagedTransaction) -> list[dict[str, Any]]:
        return await (await transaction.run(query)).data()

    async with link.session(write=True) as session:
        return await session.execute_write(work)


def _missing(wanted: Iterable[str], have: set[str]) -> list[str]:
    return [name for name in wanted if name not in have]


def _quote(name: str) -> str:
    return f"`{name}`"
