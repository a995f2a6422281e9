"""Engines and stores for all tests.

``LIANPU_TEST_ENGINE`` is ``embedded`` (the default) or ``neo4j``. For Neo4j, ``LIANPU_TEST_NEO4J_URI``,
``_USER`` and ``_PASSWORD`` name a server whose database the tests may empty; without them one is started.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from graph.engine import EngineConfig
from graph.engine.launcher import attach
from graph.ontology import Ontology, load_ontology
from graph.store import Store, open_store
from tests.neo4j_server import Server, neo4j_server
from tests.support.databases import empty

ON_NEO4J = os.environ.get("LIANPU_TEST_ENGINE", "embedded") == "neo4j"


@pytest.fixture(scope="session")
def neo4j() -> Iterator[Server]:
    """The Neo4j that the environment names, or one started for the session."""
    uri = os.environ.get("LIANPU_TEST_NEO4J_URI")
    if uri:
        user = os.environ.get("LIANPU_TEST_NEO4J_USER", "neo4j")
        yield Server(uri, user, os.environ.get("LIANPU_TEST_NEO4J_PASSWORD", ""))
        return
    with neo4j_server() as server:
        yield server


@pytest.fixture(scope="session")
def engine_config(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineConfig]:
    """The engine under test, running for the whole session; its database may be emptied."""
    home: Path = tmp_path_factory.mktemp("home")
    if ON_NEO4J:
        server: Server = request.getfixturevalue("neo4j")
        yield EngineConfig(home, server.uri, server.user, server.password)
        return
    config = EngineConfig(home, linger_s=1.0)
    hold = attach(config)
    yield config
    hold.release()


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology of the package."""
    return load_ontology()


@pytest.fixture
async def store(engine_config: EngineConfig, ontology: Ontology) -> AsyncIterator[Store]:
    """A store on an empty graph: no node, no stamp; types and constraints may be there."""
    await empty(engine_config)
    async with open_store(engine_config, ontology) as opened:
        yield opened
