"""Entities, their counts, their neighbours page by page, and their sources."""

from __future__ import annotations

import pytest

from graph.errors import BadInput, NotFound, UsageError
from graph.ontology import Ontology
from graph.repository import Repository
from graph.repository.neighbours import relations_of
from tests.support.chain_sample import sample_graph


async def test_counts_are_of_distinct_neighbours(questions: Repository) -> None:
    answer = await questions.entity("segment/new-energy/cell")
    counts = {(c.relation, c.direction): c.count for c in answer.counts}
    relations = sample_graph().relations.values()
    out = {(r.cls, "out", r.target) for r in relations if r.source == "segment/new-energy/cell"}
    into = {(r.cls, "in", r.source) for r in relations if r.target == "segment/new-energy/cell"}
    expected: dict[tuple[str, str], int] = {}
    for cls, way, _ in out | into:
        expected[cls, way] = expected.get((cls, way), 0) + 1
    assert counts == expected
    assert counts["WORKS_IN", "in"] == 2  # one of the sites works there with two products


async def test_an_answer_tells_standing_grade_and_the_sources_it_cites(questions: Repository) -> None:
    answer = await questions.entity("firm/catl-yc")
    assert (answer.node.standing, answer.node.grade, answer.node.sources) == (
        "verified",
        "A",
        ["source/press"],
    )
    assert answer.cited["source/press"].publisher == "某社"
    assert answer.cited["source/press"].url is None  # the source may not be linked
    assert answer.node.label.zh == "企业"


async def test_what_is_not_there_is_not_found(questions: Repository) -> None:
    with pytest.raises(NotFound):
        await questions.entity("firm/nobody")
    for wrong in ("nobody", "firm/", "firm/A B", "firm/x' OR 1=1", "vehicle/x", ""):
        with pytest.raises(BadInput):
            await questions.entity(wrong)


async def test_relations_between_the_same_two_stand_together(questions: Repository) -> None:
    (group,) = (await questions.neighbours("site/catl-yc", relation="WORKS_IN", direction="out")).groups
    (item,) = group.page.items
    assert {link.props["product"] for link in item.links} == {"动力电池", "储能电池"}
    assert (item.links_total, group.page.total) == (2, 1)
    assert all((k.source, k.target) == ("site/catl-yc", "segment/new-energy/cell") for k in item.links)


async def test_a_relation_that_is_over_is_left_out_at_a_date(questions: Repository) -> None:

    async def suppliers(as_of: str | None) -> set[str]:
        answer = await questions.neighbours("firm/catl-yc", relation="SUPPLIES", direction="in", as_of=as_of)
        return {n.node.id for g in answer.groups for n in g.page.items}

    assert await suppliers(None) == await suppliers("2022") == {"firm/lfp-gaoan", "firm/lfp-yuanzhou"}
    assert await suppliers("2023") == {"firm/lfp-gaoan"}


async def test_all_groups_of_an_entity(questions: Repository) -> None:
    answer = await questions.neighbours("place/360902")
    assert {(g.relation, g.direction): {n.node.id for n in g.page.items} for g in answer.groups} == {
        ("WITHIN", "out"): {"place/360900"},
        ("LOCATED_IN", "in"): {"site/catl-yc", "site/lfp-yuanzhou", "site/lfp-closed"},
    }


async def test_a_cursor_belongs_to_one_group(questions: Repository) -> None:
    with pytest.raises(UsageError):
        await questions.neighbours("firm/catl-yc", after="firm/a")
    with pytest.raises(BadInput):
        await questions.neighbours("firm/catl-yc", relation="NOTHING")


async def test_a_cursor_is_a_value_and_never_a_query(questions: Repository) -> None:
    answer = await questions.neighbours(
        "firm/catl-yc", relation="SUPPLIES", direction="in", after="' OR true //"
    )
    assert {n.node.id for g in answer.groups for n in g.page.items} == {"firm/lfp-gaoan", "firm/lfp-yuanzhou"}


def test_the_ways_out_of_a_class_are_those_of_the_ontology(ontology: Ontology) -> None:
    ways = set(relations_of(ontology, "Chain"))
    assert {("HAS_SEGMENT", "out"), ("CHIEF_OF", "in"), ("PART_OF", "in"), ("PART_OF", "out")} <= ways
    assert ("HAS_SEGMENT", "in") not in ways
    assert ("WORKS_IN", "in") not in ways


async def test_sources(questions: Repository) -> None:
    assert (await questions.source("plan")).url == "https://example.org/plan"
    assert set(await questions.sources(["source/plan", "source/none", "firm/catl"])) == {"source/plan"}
    with pytest.raises(NotFound):
        await questions.source("source/none")
