"""The query files: their contracts, their words, and the page made from them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from cypher import Query, QueryError, catalogue, load_query
from cypher.document import document
from cypher.header import parse_query
from graph.ontology import Ontology

DOCS = Path(__file__).parent.parent / "docs"
QUERIES = catalogue()
READING = [q for q in QUERIES if not q.writes]

HEADER = "// title_zh: 题\n// title_en: Title\n// answers: what\n"
GOOD = HEADER + (
    "// param id: text, entity id\n// placeholders: {{REL}} relation class, {{DEPTH}} depth\n"
    "// returns node: properties\nMATCH (n {id: $id})-[:{{REL}}*1..{{DEPTH}}]->(m) RETURN m.x AS node LIMIT 1"
)


def test_a_query_file_is_read_into_its_contract() -> None:
    query = parse_query("good", GOOD)
    assert (query.title_zh, query.title_en, query.answers, query.writes) == ("题", "Title", "what", False)
    assert [(p.name, p.type, p.help) for p in query.params] == [("id", "text", "entity id")]
    assert [(p.name, p.kind) for p in query.placeholders] == [("REL", "relation class"), ("DEPTH", "depth")]
    assert [(r.name, r.help) for r in query.returns] == [("node", "properties")]
    assert query.fill(REL="WITHIN", DEPTH=3).startswith("MATCH (n {id: $id})-[:WITHIN*1..3]->(m)")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("MATCH (n) RETURN n", "header"),
        (HEADER, "a query are expected"),
        (GOOD.replace("// answers: what\n", ""), "lacks answers"),
        (GOOD.replace("// answers: what", "// answers:"), "lacks answers"),
        (GOOD.replace("// param id: text, entity id\n", ""), "parameters"),
        (GOOD.replace("$id", "$other"), "parameters"),
        (GOOD.replace("// returns node: properties\n", ""), "returned columns"),
        (GOOD.replace("AS node", "AS other"), "returned columns"),
        (GOOD.replace(", {{DEPTH}} depth", ""), "placeholders"),
        (GOOD.replace("relation class,", "anything,"), "unknown kind"),
        (GOOD.replace("// answers", "// author: me\n// answers"), "unexpected header line"),
        (GOOD.replace("// answers", "// title_en: again\n// answers"), "unexpected header line"),
    ],
)
def test_a_header_that_does_not_fit_its_query_is_refused(content: str, told: str) -> None:
    with pytest.raises(QueryError, match=told) as error:
        parse_query("wrong", content)
    assert "wrong.cypher" in str(error.value)


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"REL": "WITHIN"},
        {"REL": "WITHIN", "DEPTH": 2, "MORE": "X"},
        {"REL": "within", "DEPTH": 2},
        {"REL": "WITHIN|PART_OF", "DEPTH": 2},
        {"REL": "WITHIN]->() DELETE n //", "DEPTH": 2},
        {"REL": "WITHIN\n", "DEPTH": 2},
        {"REL": "", "DEPTH": 2},
        {"REL": 3, "DEPTH": 2},
        {"REL": "WITHIN", "DEPTH": 0},
        {"REL": "WITHIN", "DEPTH": 9},
        {"REL": "WITHIN", "DEPTH": "2"},
        {"REL": "WITHIN", "DEPTH": True},
    ],
)
def test_only_words_of_their_kind_fill_a_query(words: dict[str, str | int]) -> None:
    with pytest.raises(QueryError):
        parse_query("good", GOOD).fill(**words)


def test_several_classes_fill_a_placeholder_for_several() -> None:
    assert "[e:OWNS|SUPPLIES]" in load_query("outgoing").fill(RELS="OWNS|SUPPLIES")
    with pytest.raises(QueryError):
        load_query("outgoing").fill(RELS="OWNS|")


def test_names_of_properties_fill_the_map_of_a_row() -> None:
    text = load_query("merge_nodes").fill(CLASS="Task", PROPERTIES=["id", "order"])
    assert "MERGE (n:Task {id: r[0]})" in text
    assert "SET n = { `id`: r[0], `order`: r[1] }" in text
    text = load_query("create_relations").fill(REL="OWNS", PROPERTIES=("rid", "what"))
    assert "{ `rid`: r[2], `what`: r[3] }" in text  # after the ids of both ends


@pytest.mark.parametrize(
    "names", [[], "id", 3, ["id", "id"], ["id", "a`: 1}"], ["id", ""], ["Id"], ["id\n"], ["名称"]]
)
def test_only_names_of_properties_become_columns(names: Any) -> None:
    with pytest.raises(QueryError):
        load_query("merge_nodes").fill(CLASS="Task", PROPERTIES=names)


def test_a_relation_is_named_from_either_end() -> None:
    query = load_query("pair_relations")
    assert "(b)<-[e:OWNS]-(a)" in query.fill(REL="OWNS", NEAR="b", IN="<", OUT="", FAR="a")
    for words in ({"NEAR": "c"}, {"IN": "--"}, {"OUT": ">()"}, {"FAR": ""}):
        with pytest.raises(QueryError):
            query.fill(**{"REL": "OWNS", "NEAR": "a", "IN": "", "OUT": ">", "FAR": "b", **words})


@pytest.mark.parametrize("name", ["nothing", "../secrets", "", "entity.cypher"])
def test_a_query_that_is_not_there_is_an_error(name: str) -> None:
    with pytest.raises(QueryError):
        load_query(name)


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_every_class_in_a_query_is_in_the_ontology(query: Query, ontology: Ontology) -> None:
    text = re.sub(r"'[^']*'", "", query.text)
    labels = set(re.findall(r"\(\s*\w*\s*:([A-Za-z]+)", text)) - {"Entity"}
    types = {t for group in re.findall(r"\[\s*\w*\s*:([A-Z_|]+)", text) for t in group.split("|")}
    assert labels <= set(ontology.entities)
    assert types <= set(ontology.relations)


@pytest.mark.parametrize("query", READING, ids=lambda q: q.name)
def test_every_reading_query_is_anchored_and_bounded(query: Query) -> None:
    """It starts at given ids (or at classes of few members, or a page of all); every path has an end."""
    few = r"\((c:Chain|p:Place|k:Park|z:Zone)\)"
    anchored = re.search(rf"\{{id: (\$?\w+)\}}|UNWIND \$|{few}|n\.id > \$after", query.text)
    assert anchored, query.name
    for hops in re.findall(r"\*[^\]\s]*", re.sub(r"count\(\*\)", "", query.text)):
        assert re.fullmatch(r"\*\d\.\.(\d|\{\{DEPTH\}\})", hops), hops
    assert query.returns


@pytest.mark.parametrize("query", READING, ids=lambda q: q.name)
def test_a_reading_query_holds_no_value_but_words_of_the_model(query: Query) -> None:
    """Values travel as parameters; what is quoted is an empty text, a class or an enumerated word."""
    for word in re.findall(r"'([^']*)'", query.text):
        assert re.fullmatch(r"|unknown|cluster|chain|member|Entity|Organisation|Platform|Fund|Firm", word), (
            word
        )


def test_unions_return_the_same_columns() -> None:
    for query in READING:
        if "UNION" in query.text:
            columns = {r.name for r in query.returns}
            for part in re.split(r"UNION ALL", query.text):
                returned = part[part.rindex("RETURN") :]
                assert set(re.findall(r"\bAS (\w+)\s*(?:,|$)", returned.strip())) == columns


def test_the_page_of_queries_is_the_one_made_from_them() -> None:
    assert (DOCS / "queries.md").read_text(encoding="utf-8") == document(QUERIES)
