"""The program, with and without data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engine import EngineConfig
from graph.engine.launcher import attach
from tests.conftest import ON_NEO4J
from tests.support.program import Program, running_program
from tests.support.small import HOME, small_home


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


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program on the embedded engine, which runs all the while; it holds the dataset ``base`` alone."""
    if ON_NEO4J:
        pytest.skip("the database belongs to the program with the built-in data")
    folder = tmp_path_factory.mktemp("small")
    program = small_home(folder)
    hold = attach(EngineConfig(folder / HOME))
    try:
        yield program
    finally:
        hold.release()


@pytest.fixture
def alone(tmp_path: Path) -> Program:
    """As ``small``, with an engine that runs only while a command does; a data directory for one test."""
    if ON_NEO4J:
        pytest.skip("the files are those of the embedded engine")
    return small_home(tmp_path)
