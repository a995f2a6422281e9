"""Writing a stream of changes to an engine, batch by batch, each one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, cast

from graph.model import Node, Relation
from graph.ontology import Ontology
from graph.store import Store
from graph.write.batches import BYTES, ROWS, batches, runs
from graph.write.changes import Change, RemoveNode, RemoveRelation
from graph.write.crew import Crew, Job
from graph.write.grid import EVERYWHERE, split
from graph.write.statements import Pairs, Statement, Statements

Progress = Callable[[int, int], None]
#: Relations are split over the grid so many batches at a time.
_WAVE = 8


#: Seconds to wait for another writer, where the caller is none yet.
_WAIT_S = 30.0
_WRITERS = {"embedded": 1, "neo4j": 2}


async def write_changes(
    store: Store,
    ontology: Ontology,
    changes: Iterable[Change],
    total: int,
    progress: Progress | None = None,
    *,
    rows: int = ROWS,
) -> int:
    """Make ``changes``, in batches of one transaction each; how many there were.

    The caller puts the stamps around it.

    The iterable is read as the engine takes the batches, in this task alone: it may be longer than memory,
    and the next batch is made ready while the engine writes one. Every change may be made again: written a
    second time, a graph stays as it is.

    Parameters
    ----------
    store : Store
        Its writers' lock is taken unless the caller holds it.
    ontology : Ontology
        Its classes and their properties are the only words put into statements.
    changes : iterable of Change
        Removed relations, removed nodes, nodes, relations, in this order; each key at most once a kind. Both
        ends of a relation are there or among the nodes. Sorted by class within each kind it goes faster.
    total : int
        How many changes there are, for ``progress``.
    progress : callable, optional
        Called after each batch with the changes made so far and ``total``.
    rows : int
        Most changes a batch.

    Raises
    ------
    OntologyError
        If a member has a property that its class does not have.
    EngineUnavailable, BadInput, Busy
        See ``Store.write``. The batches written before stay: the graph's stamp says ``applying``, and the
        next start mends it. So it is when the task is cancelled.
    """
    done = 0

    def ended(job: Job) -> None:
        nonlocal done
        done += job.size
        if progress is not None:
            progress(done, total)

    async with (
        store.writing("a change of the graph", _WAIT_S),
        Crew(_WRITERS[store.dialect.name], ended) as crew,
    ):
        writer = _Writer(store, ontology, crew, rows)
        for kind, run in runs(changes):
            await writer.put(kind, run)
            await crew.drain()
    return done


class _Writer:
    """Hands the changes of each kind to the crew."""

    def __init__(self, store: Store, ontology: Ontology, crew: Crew, rows: int) -> None:
        self._store = store
        self._crew = crew
        self._rows = rows
        self._statements = Statements(ontology, from_low_degree=store.dialect.name == "embedded")
        self._several = _WRITERS[store.dialect.name] > 1

    async def put(self, kind: type[Change], run: Iterable[Any]) -> None:
        """Give the crew all changes of a run; ``kind`` is the type of each of them."""
        if kind is Relation:
            await self._put_relations(cast(Iterable[Relation], run))
            return
        for batch in batches(run, self._rows):
            await self._crew.put(self._job(kind, batch))

    def _job(self, kind: type[Change], batch: Sequence[Any]) -> Job:
        if kind is Node:  # no two batches have a node in common
            return Job(len(batch), partial(self._store.write, self._statements.nodes(batch)))
        if kind is RemoveNode:
            statements = self._statements.removed_nodes(cast(Sequence[RemoveNode], batch))
        else:
            statements = self._statements.removed_relations(cast(Sequence[RemoveRelation], batch))
        return Job(len(batch), partial(self._store.write, statements), EVERYWHERE)

    async def _put_relations(self, relations: Iterable[Relation]) -> None:
        if not self._several:
            for batch in batches(relations, self._rows):
                await self._crew.put(self._relations_job(batch, EVERYWHERE))
            return
        for wave in batches(relations, self._rows * _WAVE, BYTES * _WAVE):
            for places, cell in split(wave):
                for batch in batches(cell, self._rows):
                    await self._crew.put(self._relations_job(batch, places), ahead=_WAVE)

    def _relations_job(self, batch: Sequence[Relation], places: frozenset[int]) -> Job:
        statements, pairs = self._statements.relations(batch)
        return Job(len(batch), partial(self._write_relations, statements, pairs), places)

    async def _write_relations(self, statements: list[Statement], pairs: list[Pairs]) -> None:
        """Only this task writes, so that what is read of the pairs still holds in the transaction."""
        for each in pairs:
            query, params = each.known()
            found = await self._store.read(query, params, max_rows=2 * len(each.rows))
            statements = [*statements, *each.statements({row["rid"] for row in found})]
        await self._store.write(statements)
