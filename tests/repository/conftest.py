"""The questions over the sample graph, for tests that only ask."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from graph.engine import EngineConfig
from graph.ontology import Ontology
from graph.repository import Repository
from tests.support.questions import sample_questions


@pytest.fixture(scope="module")
async def questions(engine_config: EngineConfig, ontology: Ontology) -> AsyncIterator[Repository]:
    """The questions over the sample graph, filled in once for a module: no test there may change it."""
    async with sample_questions(engine_config, ontology) as opened:
        yield opened
