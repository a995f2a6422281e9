"""The projection: who wins, what a node carries, stubs, decisions, and plans between two graphs."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from graph.decisions import Decision
from graph.digest import digest_of_graph
from graph.errors import BadInput
from graph.facts import Assertion
from graph.model import Graph, relation_id
from graph.ontology import load_ontology
from graph.projection import project

A = Assertion("d", "firms.csv", 2, "Firm", "firm/a", props={"name": "甲公司"}, sources=("source/c",))
SOURCES = [
    Assertion("d", "sources.csv", i, "Source", f"source/{g.lower()}", props={"name": g, "grade": g})
    for i, g in enumerate("ABC", 2)
]


def graph_of(*assertions: Assertion, decisions: list[Decision] | None = None) -> Graph:
    return project(assertions, decisions or [], load_ontology())


def decision(kind: str, **payload: object) -> Decision:
    return Decision(1, kind, payload, "", "office", "2026-01-01")


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        (replace(A, standing="verified", sources=("source/c",)), replace(A, sources=("source/a",))),
        (replace(A, sources=("source/b",)), replace(A, sources=("source/c",), seen_at="2026")),
        (replace(A, seen_at="2024-06-30"), replace(A, seen_at="2024-05")),
        (replace(A, seen_at="2024"), replace(A, seen_at="2024-11-30")),
        (replace(A, seen_at="2024"), A),
    ],
    ids=["standing", "grade", "later", "the whole year ends later", "dated before undated"],
)
def test_the_stronger_assertion_wins_each_property(stronger: Assertion, weaker: Assertion) -> None:
    stronger = replace(stronger, props={"name": "强"})
    weaker = replace(weaker, props={"name": "弱", "short_name": "只有弱的说"})
    for order in ([stronger, weaker], [weaker, stronger]):
        node = graph_of(*SOURCES, *order).nodes["firm/a"]
        assert (node.props["name"], node.props["short_name"]) == ("强", "只有弱的说")


def test_the_address_of_a_source_is_kept_only_where_it_may_be_linked() -> None:
    """It comes from a row that says so itself, and only if the strongest row says so."""
    row = Assertion("d", "sources.csv", 9, "Source", "source/x", props={"name": "X", "url": "https://x.cn/a"})
    yes, no = ({**row.props, "link": value} for value in (True, False))
    other = {**yes, "url": "https://x.cn/b"}

    def url(*rows: Assertion) -> object:
        return graph_of(*rows).nodes["source/x"].props.get("url")

    assert url(replace(row, props=yes)) == "https://x.cn/a"
    assert url(replace(row, props=no)) is url(row) is None
    assert url(replace(row, props=no, standing="verified"), replace(row, props=other)) is None
    assert url(replace(row, props=no), replace(row, props=other, standing="verified")) == "https://x.cn/b"
    lifted = graph_of(
        replace(row, props=no), decisions=[decision("correct", key="source/x", property="link", value=True)]
    )
    assert lifted.nodes["source/x"].props["url"] == "https://x.cn/a"


def test_the_result_does_not_depend_on_the_order_of_rows() -> None:
    rows = [
        replace(A, props={"name": n, "short_name": s}, row=i)
        for i, (n, s) in enumerate(itertools.product(["甲", "乙", "丙"], ["x", "y"]), 2)
    ]
    first = graph_of(*SOURCES, *rows)
    rng = random.Random(1)
    for _ in range(20):
        rng.shuffle(rows)
        assert graph_of(*SOURCES, *rows) == first


def test_the_name_of_the_table_decides_nothing() -> None:
    rows = [replace(A, props={"name": name}) for name in "甲乙丙丁戊己庚辛"]
    renamed = [replace(row, table="企业.csv") for row in rows]
    assert graph_of(*rows) == graph_of(*renamed)


def test_facts_bear_the_grade_that_their_source_shows() -> None:
    stated = {"verified": "C", "candidate": "A"}
    source = [
        replace(SOURCES[0], key="source/x", props={"name": "某报", "grade": grade}, standing=standing)
        for standing, grade in stated.items()
    ]
    nodes = graph_of(*source, replace(A, sources=("source/x",))).nodes
    assert (nodes["source/x"].props["grade"], nodes["firm/a"].props["grade"]) == ("C", "C")


def test_a_node_carries_the_common_facts_of_all_its_assertions() -> None:
    second = replace(A, sources=("source/a", "source/c"), seen_at="2021-05", standing="verified", row=3)
    third = replace(A, sources=(), seen_at="2023", row=4, valid_from="2020-02")
    props = graph_of(*SOURCES, A, second, third).nodes["firm/a"].props
    assert props == {
        "id": "firm/a", "cls": "Firm", "caption": "甲公司", "name": "甲公司", "standing": "verified",
        "grade": "A", "sources": ["source/a", "source/c"], "seen_first": "2021-05", "seen_last": "2023",
        "valid_from": "2020-02", "valid_from_min": "2020-02-01", "valid_from_max": "2020-02-29",
    }  # fmt: skip


def test_an_end_that_nothing_states_is_a_stub_and_goes_with_its_last_relation() -> None:
    rid = relation_id("SUPPLIES", "firm/a", "firm/b", [None])
    supplies = Assertion("d", "supplies.csv", 2, "SUPPLIES", rid, "firm/a", "firm/b")
    with_stub = graph_of(A, supplies)
    assert with_stub.nodes["firm/b"].props == {"id": "firm/b", "cls": "Firm", "caption": "firm/b"}
    assert set(graph_of(A).nodes) == {"firm/a"}


def test_suppressed_facts_and_properties_are_left_out() -> None:
    row = replace(A, props={"name": "甲公司", "short_name": "甲"})
    one = graph_of(row, decisions=[decision("suppress", key="firm/a", property="short_name")])
    assert "short_name" not in one.nodes["firm/a"].props
    assert graph_of(row, decisions=[decision("suppress", key="firm/a")]).nodes == {}


def test_a_correction_holds_until_it_is_undone() -> None:
    fix = decision("correct", key="firm/a", property="name", value="正名")
    assert graph_of(A, decisions=[fix]).nodes["firm/a"].props["name"] == "正名"
    assert graph_of(A, decisions=[replace(fix, undone_at="2026-02-01")]) == graph_of(A)


def test_merged_entities_are_one_and_keep_each_others_relations() -> None:
    other = replace(A, key="firm/b", props={"name": "甲公司", "short_name": "甲"})
    supplies = Assertion(
        "d",
        "supplies.csv",
        2,
        "SUPPLIES",
        relation_id("SUPPLIES", "firm/b", "firm/c", [None]),
        "firm/b",
        "firm/c",
    )
    buyer = replace(A, key="firm/c", props={"name": "丙"})
    merges = [
        decision("merge", keep="firm/a", retire="firm/b"),
        decision("merge", keep="firm/z", retire="firm/a"),
    ]
    graph = graph_of(A, other, supplies, buyer, decisions=merges)
    assert set(graph.nodes) == {"firm/z", "firm/c"}
    assert graph.nodes["firm/z"].props["short_name"] == "甲"
    (relation,) = graph.relations.values()
    assert (relation.rid, relation.source) == (relation_id("SUPPLIES", "firm/z", "firm/c", [None]), "firm/z")


def test_merges_in_a_circle_are_refused() -> None:
    circle = [
        decision("merge", keep="firm/b", retire="firm/a"),
        decision("merge", keep="firm/a", retire="firm/b"),
    ]
    with pytest.raises(BadInput, match="circle"):
        graph_of(A, decisions=circle)


def test_the_digest_tells_every_difference_and_no_order() -> None:
    graph = graph_of(*SOURCES, A)
    backwards = Graph(dict(reversed(graph.nodes.items())), graph.relations)
    assert digest_of_graph(backwards).as_json() == digest_of_graph(graph).as_json()
    variants = [
        replace(A, props={"name": "甲公司 "}), replace(A, standing="verified"), replace(A, seen_at="2024"),
        replace(A, sources=()), replace(A, key="firm/b"), replace(A, confidence=1.0),
    ]  # fmt: skip
    totals = {digest_of_graph(graph_of(*SOURCES, v)).total for v in [A, *variants]}
    assert len(totals) == len(variants) + 1
