"""Raw access to a test's database, past the store and its checks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from neo4j import AsyncDriver, AsyncGraphDatabase

from graph.engine import EngineConfig
from graph.engine.launcher import running
from graph.engine.runfile import WRITER


@asynccontextmanager
async def raw_driver(config: EngineConfig) -> AsyncIterator[AsyncDriver]:
    """A driver with all rights on the running engine of ``config``."""
    if config.embedded:
        run = running(config.engine_dir)
        assert run is not None, "the engine does not run"
        uri, auth = f"bolt://127.0.0.1:{run.bolt_port}", (WRITER, run.writer_password)
    else:
        uri, auth = str(config.neo4j_uri), (config.neo4j_user, str(config.neo4j_password))
    async with AsyncGraphDatabase.driver(uri, auth=auth, notifications_min_severity="OFF") as driver:
        yield driver


async def raw(config: EngineConfig, query: str, **params: object) -> list[dict[str, Any]]:
    """The rows of ``query``, which may change the database."""
    async with raw_driver(config) as driver:
        answer = await driver.execute_query(query, params, database_="neo4j")
        return [dict(record) for record in answer.records]


async def empty(config: EngineConfig) -> None:
    """Remove every node and relation, in batches. Only ever for a test's own database."""
    while (await raw(config, "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS gone"))[0][
        "gone"
    ]:
        pass


async def eventually(holds: Callable[[], Awaitable[bool]], within_s: float = 10.0) -> None:
    """Wait until ``holds`` does; TimeoutError if it does not in time."""
    async with asyncio.timeout(within_s):
        while not await holds():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.05)


@dataclass(frozen=True)
class Classes:
    """A small ontology, as far as a store needs one."""

    entities: Mapping[str, object]
    relations: Mapping[str, object]


SMALL_CLASSES = Classes(dict.fromkeys(["Firm", "Segment"]), dict.fromkeys(["WORKS_IN", "PART_OF"]))

MERGE_FIRMS = "UNWIND $rows AS r MERGE (n:Firm {id: r.id}) ON CREATE SET n:Entity SET n = r.props"
MERGE_SEGMENTS = MERGE_FIRMS.replace("Firm", "Segment")
MERGE_WORKS_IN = (
    "UNWIND $rows AS r MATCH (a:Entity {id: r.a}) MATCH (b:Entity {id: r.b}) "
    "MERGE (a)-[e:WORKS_IN {rid: r.rid}]->(b) SET e = r.props"
)


def entity_rows(*ids: str, **props: object) -> dict[str, list[dict[str, object]]]:
    """Parameters of ``MERGE_FIRMS`` and ``MERGE_SEGMENTS`` for entities that have the same ``props``."""
    return {"rows": [{"id": i, "props": {"id": i, **props}} for i in ids]}
