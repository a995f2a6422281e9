"""The bulk way to its end: Neo4j's own import of the files gives the graph that the ordinary way gives."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.apply import bring_up_to_date, form_of, is_current
from graph.bulk import write_bulk
from graph.digest import digest_of
from graph.engine import EngineConfig
from graph.model import Node, Props, Relation, as_props, relation_id
from graph.ontology import EntityClass, Ontology, Property, RelationClass
from graph.store import MetaState, Store, open_store
from graph.stored import stored_members
from graph.truth import TruthStore
from graph.values import flatten_value
from graph.write import write_changes
from tests.conftest import ON_NEO4J
from tests.neo4j_server import neo4j_server
from tests.support.databases import raw

pytestmark = [
    pytest.mark.skipif(not ON_NEO4J, reason="needs Neo4j's import tool: LIANPU_TEST_ENGINE=neo4j"),
    pytest.mark.skipif(shutil.which("java") is None, reason="needs Java"),
]

#: Texts that a careless file would change.
NASTY = (
    'say "hi", she said; "" twice',
    "一行\n二行\r\n三行\n\n",
    "back\\slash \\\" and 'single' ` tick",
    " leading, trailing ",
    "tab\tinside",
    "😀 family 👩‍👩‍👧 𠀀 é e\u0301 \u202eright to left",
    "长" * 20_000,
    "null",
    "true",
    "-0",
    "a;b|c:d",
    ":LABEL",
    '"',
    "\n",
    "",
)
NUMBERS = (0.1, 1e-07, 1e16, -0.0, 5e-324, 1.7976931348623157e308, 3.0, 2 / 3)
WHOLE = (2**53 + 1, 2**63 - 1, -(2**63), 0)


def value_of(prop: Property, number: int) -> Any:
    """A cleaned value of any type."""
    if prop.many:
        return [NASTY[number % 14], "乙", NASTY[(number + 1) % 14]]
    if prop.type == "quantity":
        return {"given": "约1000", "value": NUMBERS[number % 8], "unit": "亿元", "qualifier": "约"}
    others = {
        "float": NUMBERS[number % 8],
        "integer": WHOLE[number % 4],
        "boolean": bool(number % 2),
        "date": "2024-06",
    }
    return others.get(prop.type, NASTY[number % len(NASTY)])


def props_of(cls: EntityClass | RelationClass, number: int) -> Props:
    """Flat properties of a class, every other one; the next number has the others."""
    flat: Props = {}
    for at, prop in enumerate(cls.properties.values()):
        if (at + number) % 2:
            flat |= flatten_value(prop, value_of(prop, at + number))
    return flat


def everything(ontology: Ontology) -> Iterator[Node | Relation]:
    """Four entities of each class and a relation or two of each class, with all kinds of values."""
    common: Props = {
        "standing": "verified",
        "sources": ["source/n0", "source/n1"],
        "confidence": 0.5,
        "note": NASTY[1],
    }
    for cls in ontology.entities.values():
        for number in range(4):
            key = f"{cls.prefix}/n{number}"
            named = {"id": key, "cls": cls.name, "caption": NASTY[number]}
            yield Node(key, cls.name, as_props(props_of(cls, number) | common) | named)
    for relation in ontology.relations.values():
        source = ontology.entities[relation.source[0]]
        target = ontology.entities[relation.targets_of(source.name)[0]]
        for number in range(4):
            ends = f"{source.prefix}/n0", f"{target.prefix}/n{number % 2 + 1}"
            rid = relation_id(relation.name, *ends, [number])
            yield Relation(rid, relation.name, *ends, {"rid": rid, **props_of(relation, number), **common})


async def test_the_imported_graph_is_the_ordinary_one_and_current(
    store: Store, ontology: Ontology, tmp_path: Path
) -> None:
    members = list(everything(ontology))
    wanted = digest_of(members)
    assert set(wanted.counts) == {*ontology.entities, *ontology.relations}
    await store.bootstrap()
    async with store.writing("test", 60):
        await write_changes(store, ontology, iter(members), len(members))
    ordinary = digest_of([member async for member in stored_members(store)])
    assert ordinary.as_json() == wanted.as_json()

    truth = TruthStore(tmp_path / "truth.sqlite")
    revision, token = truth.mark
    stamp = MetaState(truth.store_id, revision, "imported", form_of(ontology), token)
    folder = tmp_path / "导入 文件"
    write_bulk(members, folder, stamp)
    with neo4j_server(folder / "import.args") as server:
        config = EngineConfig(tmp_path / "home", server.uri, server.user, server.password)
        async with open_store(config, ontology) as imported:
            assert await imported.meta(truth.store_id) == stamp
            found = {
                (m.cls, m.id if isinstance(m, Node) else m.rid): m async for m in stored_members(imported)
            }
            assert found == {(m.cls, m.id if isinstance(m, Node) else m.rid): m for m in members}
            assert digest_of(found.values()).as_json() == ordinary.as_json()
            assert await raw(config, "SHOW CONSTRAINTS") == []
            async with imported.writing("test", 60):
                report = await bring_up_to_date(imported, truth, ontology)
            assert (report.action, report.written) == ("imported", 0)
            assert await is_current(imported, truth, ontology)
            constraints = await raw(
                config, "SHOW CONSTRAINTS YIELD labelsOrTypes, type RETURN labelsOrTypes[0] AS label, type"
            )
            assert {"Entity", "LianpuMeta", *ontology.entities} <= {row["label"] for row in constraints}
            assert digest_of([m async for m in stored_members(imported)]).total == ordinary.total
    truth.close()
