"""The sample graph of gaps in the engine under test, for tests that only ask."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from graph.engine import EngineConfig
from graph.limits import Limits
from graph.ontology import Ontology
from graph.repository.reader import Reader
from graph.store import Store, open_store
from tests.support.databases import empty
from tests.support.gap_sample import store_gap_sample


@pytest.fixture(scope="module")
async def gap_store(engine_config: EngineConfig, ontology: Ontology) -> AsyncIterator[Store]:
    """The store with the sample graph, filled in once for a module: no test there may change it."""
    await empty(engine_config)
    async with open_store(engine_config, ontology) as store:
        await store_gap_sample(store)
        yield store


@pytest.fixture(scope="module")
def reader(gap_store: Store, ontology: Ontology) -> Reader:
    """Reads the sample graph."""
    return Reader(gap_store, ontology, Limits())
