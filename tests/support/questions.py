"""A repository over the sample graph, for the tests of its questions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date

from graph.decisions import Decision
from graph.engine import EngineConfig
from graph.facts import Assertion
from graph.limits import Limits
from graph.model import Node, Relation
from graph.ontology import Ontology
from graph.repository import Repository
from graph.store import Store, open_store
from tests.support.chain_sample import store_members, store_sample
from tests.support.databases import empty

#: The day of all questions that name none.
TODAY = date(2024, 7, 1)


class NoRows:
    """Facts without a row: what the graph's own questions need of a truth store."""

    def assertions_of(self, key: str) -> list[Assertion]:
        return []

    def assertions_at(self, ids: Iterable[str]) -> list[Assertion]:
        return []

    def citing(self, source: str, *, limit: int, after: str = "") -> list[Assertion]:
        return []

    def count_citing(self, source: str, *, cap: int) -> int:
        return 0

    def decisions(self) -> list[Decision]:
        return []


@asynccontextmanager
async def sample_questions(config: EngineConfig, ontology: Ontology) -> AsyncIterator[Repository]:
    """The questions over the sample graph alone, in the emptied database of ``config``."""
    await empty(config)
    async with open_store(config, ontology) as store:
        yield await asked(store, ontology)


async def asked(
    store: Store, ontology: Ontology, limits: Limits | None = None, more: Iterable[Node | Relation] = ()
) -> Repository:
    """The questions over the sample graph and ``more`` members."""
    await store_sample(store)
    await store_members(store, more)
    return Repository(store, ontology, NoRows(), limits, today=lambda: TODAY)
