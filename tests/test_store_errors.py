"""Engines that cannot be had, and databases that are not ours."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from graph.engine import EngineConfig
from graph.errors import EngineUnavailable, ForeignGraph, UsageError, WrongPassword
from graph.store import MetaState, Store, open_store
from tests.conftest import ON_NEO4J
from tests.support.databases import SMALL_CLASSES, empty, raw, raw_driver

only_neo4j = pytest.mark.skipif(not ON_NEO4J, reason="asks a Neo4j (LIANPU_TEST_ENGINE=neo4j)")


async def refused(config: EngineConfig, kind: type[EngineUnavailable] = EngineUnavailable) -> str:
    """The detail of the error that opening a store ends with, which must not take long."""
    began = time.monotonic()
    with pytest.raises(kind) as refusal:
        async with open_store(config, SMALL_CLASSES):
            pass
    assert type(refusal.value) is kind
    assert time.monotonic() - began < 15
    return refusal.value.detail


@only_neo4j
async def test_wrong_password(engine_config: EngineConfig) -> None:
    detail = await refused(replace(engine_config, neo4j_password="not-the-password"), WrongPassword)
    assert str(engine_config.neo4j_uri) in detail
    assert "not-the-password" not in detail
    await refused(replace(engine_config, neo4j_password=None), WrongPassword)


@only_neo4j
async def test_no_such_database(engine_config: EngineConfig) -> None:
    assert "nowhere" in await refused(replace(engine_config, neo4j_database="nowhere"))


@asynccontextmanager
async def listener(answer: bytes | None) -> AsyncIterator[int]:
    """A server on loopback that is no database: says ``answer`` and closes, or says nothing at all."""
    held: list[asyncio.StreamWriter] = []

    async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)
        if answer is not None:
            writer.write(answer)
            await writer.drain()
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in held:
            writer.close()


def at(port: int, home: Path, scheme: str = "bolt") -> EngineConfig:
    return EngineConfig(home, f"{scheme}://127.0.0.1:{port}", neo4j_password="a-password", timeout_s=5)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
async def test_nobody_listens(tmp_path: Path, scheme: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert f"127.0.0.1:{port}" in await refused(at(port, tmp_path, scheme))


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", None])
async def test_something_else_listens(tmp_path: Path, answer: bytes | None) -> None:
    async with listener(answer) as port:
        assert "127.0.0.1" in await refused(at(port, tmp_path))


@pytest.mark.parametrize(
    "uri", ["localhost:7687", "http://127.0.0.1:7474", "bolt://", "bolt://a:b", "bolt://a:99999", ""]
)
def test_an_address_that_is_none(tmp_path: Path, uri: str) -> None:
    with pytest.raises(UsageError, match="LIANPU_NEO4J_URI"):
        EngineConfig(tmp_path, uri)


def test_the_password_is_not_shown(tmp_path: Path) -> None:
    assert "a-password" not in repr(at(7687, tmp_path))


@pytest.mark.parametrize("setting", [{"heap": "lots"}, {"heap": "-1m"}, {"timeout_s": 0}, {"linger_s": -1}])
def test_settings_out_of_range(tmp_path: Path, setting: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=next(iter(setting))):
        EngineConfig(tmp_path, **setting)  # type: ignore[arg-type]


async def drop_constraints(config: EngineConfig) -> None:
    for row in await raw(config, "SHOW CONSTRAINTS YIELD name RETURN name"):
        await raw(config, f"DROP CONSTRAINT {row['name']}")


@pytest.fixture
async def foreign(engine_config: EngineConfig) -> AsyncIterator[EngineConfig]:
    """A database with somebody else's graph; on Neo4j without any constraint of ours."""
    await empty(engine_config)
    if ON_NEO4J:
        await drop_constraints(engine_config)
    await raw(engine_config, "CREATE (:Person {name: 'x'})-[:KNOWS]->(:Person {name: 'y'})")
    yield engine_config
    await empty(engine_config)


async def test_a_foreign_graph_is_refused_and_left_as_it_is(foreign: EngineConfig) -> None:
    async def everything() -> tuple[object, ...]:
        nodes = await raw(foreign, "MATCH (n) RETURN labels(n) AS l, properties(n) AS p ORDER BY n.name")
        edges = await raw(foreign, "MATCH ()-[e]->() RETURN type(e) AS t, properties(e) AS p")
        labels = await raw(foreign, "CALL db.labels() YIELD label RETURN label ORDER BY label")
        return (
            nodes,
            edges,
            labels,
            await raw(foreign, "SHOW CONSTRAINTS"),
            await raw(foreign, "SHOW INDEXES"),
        )

    before = await everything()
    async with open_store(foreign, SMALL_CLASSES) as store:
        for attempt in (
            store.meta(),
            store.meta("mine"),
            store.bootstrap(),
            store.set_meta(MetaState("mine", 1, "whole", 1)),
            store.write([("CREATE (n:Firm {id: 'firm/a'}) SET n:Entity", {})]),
        ):
            with pytest.raises(ForeignGraph, match="Person"):
                await attempt
    after = await everything()
    for was, now in zip(before, after, strict=True):
        assert [_timeless(row) for row in now] == [_timeless(row) for row in was]  # type: ignore[attr-defined]
    if ON_NEO4J:
        assert after[3] == []


def _timeless(row: dict[str, object]) -> dict[str, object]:
    """A row without the columns that a look alone changes."""
    return {key: value for key, value in row.items() if key not in ("lastRead", "readCount")}


async def test_another_stores_graph_is_refused(store: Store) -> None:
    await store.bootstrap()
    await store.set_meta(MetaState("theirs", 3, "whole", 1))
    for attempt in (store.meta("mine"), store.bootstrap("mine")):
        with pytest.raises(ForeignGraph) as refusal:
            await attempt
        assert refusal.value.extra == {"found": "theirs", "expected": "mine"}
    assert await store.meta() == MetaState("theirs", 3, "whole", 1)


async def test_a_stamp_of_unknown_form_is_refused(store: Store, engine_config: EngineConfig) -> None:
    await raw(engine_config, "CREATE (:LianpuMeta {id: 'meta', version: 99})")
    with pytest.raises(ForeignGraph):
        await store.meta()


@only_neo4j
async def test_a_store_outlives_its_connections(store: Store, engine_config: EngineConfig) -> None:
    """The server or a firewall may close what is idle; the next question opens a new one."""
    assert await store.read("RETURN 1 AS one") == [{"one": 1}]
    async with raw_driver(engine_config) as driver, driver.session() as session:
        rows = await session.run("CALL dbms.listConnections() YIELD connectionId RETURN connectionId AS id")
        others = [row["id"] async for row in rows][:-1]
        assert others
        await session.run("CALL dbms.killConnections($ids)", ids=others)
    assert await store.read("RETURN 1 AS one") == [{"one": 1}]
