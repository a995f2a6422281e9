"""The program, with and without data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ON_NEO4J
from tests.support.program import Program, running_program


@pytest.fixture
def bare(tmp_path: Path) -> Program:
    """The program with an empty data directory, for calls that need no data."""
    return Program({"LIANPU_HOME": str(tmp_path / "home")}, tmp_path)


@pytest.fixture(scope="package")
def cli(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program on the engine under test, its built-in data loaded by the first command."""
    server = request.getfixturevalue("engine_config") if ON_NEO4J else None
    with running_program(tmp_path_factory.mktemp("program"), server) as program:
        yield program
