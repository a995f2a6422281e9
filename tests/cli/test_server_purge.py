"""Purge, backup and restore with the graph on a Neo4j server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.engine import EngineConfig
from tests.conftest import ON_NEO4J
from tests.support.databases import empty
from tests.support.program import Program
from tests.support.small import HOME, load, small_home

pytestmark = pytest.mark.skipif(not ON_NEO4J, reason="needs the server")
NAME = "绝密前缀公司"


@pytest.fixture
def server(tmp_path: Path, engine_config: EngineConfig) -> Iterator[Program]:
    """As ``small``, with the graph on the server, whose database is empty before and after."""
    names = {
        "URI": engine_config.neo4j_uri,
        "USER": engine_config.neo4j_user,
        "PASSWORD": engine_config.neo4j_password,
    }
    address = {f"LIANPU_NEO4J_{name}": value for name, value in names.items() if value}
    asyncio.run(empty(engine_config))
    program = small_home(tmp_path)
    yield replace(program, environ={**program.environ, **address})
    asyncio.run(empty(engine_config))


def test_a_purge_and_a_restore_reach_the_server(server: Program, tmp_path: Path) -> None:
    whole = server("digest", "--json").json["engine"]
    load(server, "gone", {"firms": [{"id": "firm/purgeme", "name": NAME}]})
    file = tmp_path / "with.zip"
    assert server("backup", str(file)).code == 0
    both = server("digest", "--json").json["engine"]
    assert server("find", NAME, "--json").json["hits"]["items"]
    done = server("purge", "gone", "--yes", "--json")
    assert done.code == 0, done.out + done.err
    assert server("digest", "--json").json["engine"] == whole
    files = [path for path in (tmp_path / HOME).rglob("*") if path.is_file()]
    assert [path.name for path in files if NAME.encode() in path.read_bytes()] == []
    assert server("restore", str(file), "--yes", "--json").code == 0
    told = server("digest", "--json").json
    assert (told["equal"], told["engine"]) == (True, both)

    other = replace(server, environ={**server.environ, "LIANPU_HOME": str(tmp_path / "other")})
    small_home(tmp_path / "third")
    third = replace(server, environ={**server.environ, "LIANPU_HOME": str(tmp_path / "third" / HOME)})
    assert other("restore", str(file), "--json").code == 0  # the same store, from another directory
    foreign = tmp_path / "foreign.zip"
    assert third("backup", str(foreign)).code == 0
    refused = server("restore", str(foreign), "--yes", "--json")
    assert (refused.code, refused.json["code"]) == (3, "foreign-graph")
    assert server("digest", "--json").json["engine"] == both
