"""What a store keeps, answers and refuses: the same on the embedded engine and on Neo4j."""

from __future__ import annotations

import asyncio
import math
import time
from functools import partial
from typing import Any

import pytest

from graph.engine import EngineConfig
from graph.errors import BadInput, OntologyError, ReadTimeout, ReadTooLarge, UsageError
from graph.store import GraphCount, MetaState, Store, meta_statement, open_store
from tests.support.databases import (
    MERGE_FIRMS,
    MERGE_SEGMENTS,
    MERGE_WORKS_IN,
    SMALL_CLASSES,
    Classes,
    entity_rows,
    eventually,
    raw,
)

SLOW = (
    "UNWIND range(1, 4000) AS a UNWIND range(1, 4000) AS b UNWIND range(1, 4000) AS c "
    "WITH a, b, c WHERE a * b = c + 17 RETURN count(*) AS n"
)


async def ids(store: Store) -> set[str]:
    return {row["id"] for row in await store.read("MATCH (n:Entity) RETURN n.id AS id")}


@pytest.fixture
async def ready(store: Store) -> Store:
    await store.bootstrap()
    return store


async def test_an_entity_has_both_labels_and_all_its_properties(ready: Store) -> None:
    props = {"name": "江西铜业", "aliases": ["江铜", "JCC"], "rank": 3, "share": 1.0, "listed": True}
    await ready.write([(MERGE_FIRMS, entity_rows("firm/jcc", **props))])
    found = await ready.read(
        "MATCH (n:Entity {id: $id}) RETURN labels(n) AS l, n {.*} AS n", {"id": "firm/jcc"}
    )
    assert [(set(row["l"]), row["n"]) for row in found] == [({"Entity", "Firm"}, {"id": "firm/jcc", **props})]


async def test_a_second_write_replaces_the_whole_property_set(ready: Store) -> None:
    await ready.write([(MERGE_FIRMS, entity_rows("firm/a", name="old", former="x"))])
    await ready.write([(MERGE_FIRMS, entity_rows("firm/a", name="new"))])
    found = await ready.read("MATCH (n:Firm) RETURN properties(n) AS n")
    assert found == [{"n": {"id": "firm/a", "name": "new"}}]


async def test_relations_are_told_apart_by_rid(ready: Store) -> None:
    rows = [
        {"a": "firm/a", "b": "segment/x", "rid": rid, "props": {"rid": rid, "product": product}}
        for rid, product in [("r1", "铜箔"), ("r2", "铜杆"), ("r1", "铜箔")]
    ]
    statements = [
        (MERGE_FIRMS, entity_rows("firm/a")),
        (MERGE_SEGMENTS, entity_rows("segment/x")),
        (MERGE_WORKS_IN, {"rows": rows}),
    ]
    for _ in range(2):
        await ready.write(statements)
    found = await ready.read(
        "MATCH (a:Entity {id: 'firm/a'})-[e:WORKS_IN]->(b) "
        "RETURN type(e) AS t, e.rid AS rid, e.product AS p, b.id AS b ORDER BY rid"
    )
    assert found == [
        {"t": "WORKS_IN", "rid": "r1", "p": "铜箔", "b": "segment/x"},
        {"t": "WORKS_IN", "rid": "r2", "p": "铜杆", "b": "segment/x"},
    ]
    assert await ready.count() == GraphCount(nodes=2, relations=2)


VALUES: list[Any] = [
    *[1.0, 1.5, 100.0, 0.1, 1 / 3, 1e22, 1e300, 5e-324, -0.0, math.inf],
    *[0, 1, -1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63)],
    *[True, False],
    *[
        "",
        " x ",
        "江西",
        "𠮷😀",
        "e\u0301",
        "a\x00b",
        "a\r\nb",
        "1",
        "1.0",
        "true",
        "null",
        "#1:0",
        '{"a": 1}',
    ],
    *["2024-06-27", "2024-06-27T10:00:00+08:00", "长" * 70_000],
    *[[], ["a"], ["a", "a"], [""], ["1", "b"], [1], [1.0], [1.0, 2.5], [2**40, 1], [True, False]],
]


def typed(value: Any) -> tuple[str, str]:
    """A value as its type and exact text, so that 1, 1.0 and True differ and -0.0 is kept."""
    return type(value).__name__, repr(value)


async def test_every_value_comes_back_with_its_type(ready: Store) -> None:
    """In an order that would show if an earlier value decided the type of a later one."""
    props = {f"p{i}": value for i, value in enumerate(VALUES)}
    nodes = {
        "rows": [{"id": f"firm/{i}", "props": {"id": f"firm/{i}", "v": v}} for i, v in enumerate(VALUES)]
    }
    await ready.write([(MERGE_FIRMS, nodes), (MERGE_SEGMENTS, entity_rows("segment/x", **props))])
    relation = {"a": "firm/0", "b": "segment/x", "rid": "r", "props": {"rid": "r", **props}}
    await ready.write([(MERGE_WORKS_IN, {"rows": [relation]})])
    found = await ready.read("MATCH (n:Firm) RETURN n.id AS id, n.v AS v")
    assert {r["id"]: typed(r["v"]) for r in found} == {f"firm/{i}": typed(v) for i, v in enumerate(VALUES)}
    (node,) = await ready.read("MATCH (n:Segment) RETURN properties(n) AS p")
    (edge,) = await ready.read("MATCH ()-[e:WORKS_IN]->() RETURN properties(e) AS p")
    for stored in (node["p"], edge["p"]):
        assert {k: typed(stored[k]) for k in props} == {k: typed(v) for k, v in props.items()}


async def test_nan_comes_back(ready: Store) -> None:
    await ready.write([(MERGE_FIRMS, entity_rows("firm/a", v=math.nan))])
    (row,) = await ready.read("MATCH (n:Firm) RETURN n.v AS v")
    assert math.isnan(row["v"])


async def test_null_is_the_absence_of_a_property(ready: Store) -> None:
    await ready.write([(MERGE_FIRMS, entity_rows("firm/a", name=None, note="x"))])
    await ready.write([(MERGE_FIRMS, entity_rows("firm/b", name="y", note=None))])
    found = await ready.read("MATCH (n:Firm) RETURN n.id AS id, keys(n) AS k, n.name AS name")
    assert {(r["id"], frozenset(r["k"]), r["name"]) for r in found} == {
        ("firm/a", frozenset({"id", "note"}), None),
        ("firm/b", frozenset({"id", "name"}), "y"),
    }


async def test_a_map_is_not_a_property(ready: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)propert"):
        await ready.write([(MERGE_FIRMS, entity_rows("firm/a", v={"a": 1}))])
    assert await ready.is_empty()


async def test_values_come_back_as_plain_python(ready: Store) -> None:
    await ready.write([(MERGE_FIRMS, entity_rows("firm/a", name="x"))])
    (row,) = await ready.read(
        "MATCH (n:Firm) RETURN n AS n, [n] AS l, {m: n} AS m, date('2024-06-27') AS d, "
        "datetime('2024-06-27T10:00:00Z') AS t"
    )
    node = {"id": "firm/a", "name": "x"}
    assert row["n"] == node and row["l"] == [node] and row["m"] == {"m": node}
    assert type(row["n"]) is dict
    assert row["d"] == "2024-06-27"
    assert row["t"].startswith("2024-06-27T10:00:00")
    with pytest.raises(TypeError, match="path"):
        await ready.read("MATCH p = (n:Firm) RETURN p")


async def test_an_id_stands_once_even_across_classes(ready: Store) -> None:
    await ready.write([(MERGE_FIRMS, entity_rows("thing/a"))])
    for statement in (MERGE_SEGMENTS, "UNWIND $rows AS r CREATE (n:Entity:Firm) SET n = r.props"):
        with pytest.raises(BadInput, match="thing/a"):
            await ready.write([(statement, entity_rows("thing/a"))])
    assert await ready.count() == GraphCount(1, 0)


async def test_a_failing_statement_undoes_those_before_it(ready: Store) -> None:
    await ready.write([(MERGE_FIRMS, entity_rows("firm/a", name="before"))])
    with pytest.raises(BadInput):
        await ready.write(
            [
                (MERGE_FIRMS, entity_rows("firm/a", "firm/b", name="after")),
                ("CREATE (n:Firm {id: $id}) SET n:Entity", {"id": "firm/a"}),
            ]
        )
    found = await ready.read("MATCH (n:Firm) RETURN n.id AS id, n.name AS name")
    assert found == [{"id": "firm/a", "name": "before"}]


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (n:Firm {id: 'firm/b'}) RETURN n.id AS id",
        "MATCH (n:Firm {id: 'firm/a'}) SET n.name = 'y'",
        "MATCH (n:Firm {id: 'firm/a'}) DETACH DELETE n",
        "MATCH (a:Firm {id: 'firm/a'}) CREATE (a)-[e:PART_OF]->(a) RETURN type(e) AS t",
    ],
)
async def test_a_reading_question_changes_nothing(ready: Store, query: str) -> None:
    await ready.write([(MERGE_FIRMS, entity_rows("firm/a", name="x"))])
    with pytest.raises(UsageError):
        await ready.read(query)
    assert await ready.read("MATCH (n) RETURN properties(n) AS p") == [{"p": {"id": "firm/a", "name": "x"}}]
    assert await ready.count() == GraphCount(1, 0)


async def test_a_read_has_at_most_its_rows_and_stops_the_engine_beyond(ready: Store) -> None:
    numbers = "UNWIND range(1, $n) AS i RETURN i"
    assert len(await ready.read(numbers, {"n": 50}, max_rows=50)) == 50
    with pytest.raises(ReadTooLarge) as refusal:
        await ready.read(numbers, {"n": 51}, max_rows=50)
    assert refusal.value.extra == {"max_rows": 50}
    began = time.monotonic()
    with pytest.raises(ReadTooLarge):
        await ready.read("UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b RETURN a, b", max_rows=50)
    assert time.monotonic() - began < 3
    assert await ready.read(numbers, {"n": 1}) == [{"i": 1}]


async def running_slow(config: EngineConfig) -> list[str]:
    shown = await raw(config, "SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery AS q")
    return [row["q"] for row in shown if row["q"].startswith(SLOW)]


async def test_a_slow_read_is_given_up_and_stopped(ready: Store, engine_config: EngineConfig) -> None:
    began = time.monotonic()
    with pytest.raises(ReadTimeout):
        await ready.read(SLOW, timeout_s=1)
    assert time.monotonic() - began < 6
    assert await running_slow(engine_config) == []
    assert await ready.read("RETURN 1 AS one") == [{"one": 1}]


async def test_a_cancelled_read_is_stopped(ready: Store, engine_config: EngineConfig) -> None:
    other = asyncio.create_task(ready.read(SLOW, timeout_s=20))
    asked = asyncio.create_task(ready.read(SLOW, timeout_s=20))

    async def are_running(number: int) -> bool:
        return len(await running_slow(engine_config)) == number

    await eventually(lambda: are_running(2))
    for running, task in ((1, asked), (0, other)):
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await eventually(partial(are_running, running))
    assert await ready.read("RETURN 1 AS one") == [{"one": 1}]


async def test_many_reads_at_once(ready: Store) -> None:
    answers = await asyncio.gather(*(ready.read("RETURN $i AS i", {"i": i}) for i in range(200)))
    assert [answer[0]["i"] for answer in answers] == list(range(200))


async def test_a_mistake_in_a_query_shows_itself(ready: Store) -> None:
    from neo4j.exceptions import CypherSyntaxError

    with pytest.raises(CypherSyntaxError):
        await ready.read("NONSENSE")


async def test_values_are_never_part_of_a_query(ready: Store) -> None:
    text = "x'}) DETACH DELETE n //"
    await ready.write([(MERGE_FIRMS, entity_rows("firm/a", name=text))])
    assert await ready.read("MATCH (n:Firm {name: $name}) RETURN n.name AS name", {"name": text}) == [
        {"name": text}
    ]


async def test_a_batch_of_five_thousand(ready: Store) -> None:
    many = [f"firm/{i}" for i in range(5000)]
    await ready.write([(MERGE_FIRMS, entity_rows(*many, name="某某有限公司", share=1.5))])
    assert await ready.count() == GraphCount(5000, 0)
    await ready.write([("UNWIND $rows AS id MATCH (n:Entity {id: id}) DETACH DELETE n", {"rows": many[1:]})])
    assert await ids(ready) == {"firm/0"}


async def test_bootstrap_twice_makes_one_constraint_per_label(
    ready: Store, engine_config: EngineConfig
) -> None:
    async def constraints() -> list[str]:
        query = "SHOW CONSTRAINTS YIELD labelsOrTypes RETURN labelsOrTypes[0] AS label"
        return sorted(row["label"] for row in await raw(engine_config, query))

    before = await constraints()
    await ready.bootstrap()
    assert await constraints() == before
    assert {"Entity", "LianpuMeta"} <= set(before)
    assert len(before) == len(set(before))
    if ready.dialect.name == "neo4j":
        assert {"Firm", "Segment", "Place"} <= set(before)


async def test_a_class_added_later_joins_in(ready: Store, engine_config: EngineConfig) -> None:
    await ready.write([(MERGE_FIRMS, entity_rows("thing/a"))])
    await ready.set_meta(MetaState("s", 1, "whole", 1))
    grown = Classes(dict.fromkeys(["Firm", "AddedLater"]), dict.fromkeys(["ADDED_TOO"]))
    async with open_store(engine_config, grown) as store:
        await store.bootstrap()
        merge = MERGE_FIRMS.replace("Firm", "AddedLater")
        await store.write(
            [(merge, entity_rows("thing/b", share=1.0)), (merge, entity_rows("thing/b", share=1.5))]
        )
        link = (
            "MATCH (a:Entity {id: 'thing/a'}) MATCH (b:Entity {id: 'thing/b'}) "
            "MERGE (a)-[:ADDED_TOO {rid: 'r'}]->(b)"
        )
        await store.write([(link, {})])
        found = await store.read(
            "MATCH (:Entity)-[e:ADDED_TOO]->(n:Entity) RETURN labels(n) AS l, n.share AS s"
        )
        assert [(set(r["l"]), r["s"]) for r in found] == [({"Entity", "AddedLater"}, 1.5)]
        with pytest.raises(BadInput):
            await store.write([(merge, entity_rows("thing/a"))])


@pytest.mark.parametrize(
    ("entities", "relations", "found"),
    [
        (["Firm"], ["FIRM"], "FIRM"),
        (["Firm`) DETACH DELETE (n"], [], "DETACH"),
        (["企业"], [], "企业"),
        (["Entity"], [], "Entity"),
        (["Lianpumeta"], [], "Lianpumeta"),
    ],
)
async def test_class_names_that_no_engine_could_hold(
    engine_config: EngineConfig, entities: list[str], relations: list[str], found: str
) -> None:
    with pytest.raises(OntologyError, match=found):
        async with open_store(engine_config, Classes(dict.fromkeys(entities), dict.fromkeys(relations))):
            pass


async def test_the_stamp(store: Store, engine_config: EngineConfig) -> None:
    assert await store.is_empty()
    assert await store.meta() is None
    await store.bootstrap()
    assert await store.meta("mine") is None
    for stamp in (MetaState("mine", 7, "applying", 1), MetaState("mine", 8, "whole", 1)):
        await store.set_meta(stamp)
        assert await store.meta() == await store.meta("mine") == stamp
    assert not await store.is_empty()
    assert await store.count() == GraphCount(0, 0)
    async with open_store(engine_config, SMALL_CLASSES) as other:
        assert await other.meta("mine") == MetaState("mine", 8, "whole", 1)


async def test_stamp_and_change_in_one_transaction(ready: Store) -> None:
    stamp = MetaState("mine", 1, "whole", 1)
    with pytest.raises(BadInput):
        await ready.write(
            [meta_statement(stamp), ("UNWIND [1, 2] AS i CREATE (n:Firm {id: 'x'}) SET n:Entity", {})]
        )
    assert await ready.meta() is None
    await ready.write([meta_statement(stamp), (MERGE_FIRMS, entity_rows("firm/a"))])
    assert await ready.meta() == stamp
