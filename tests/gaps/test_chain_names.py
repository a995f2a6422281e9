"""Which chain is meant by what a person writes, in a question and in one's own rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput, NotFound
from graph.gaps.gaps import Gaps
from graph.gaps.rules import load_rules
from graph.ontology import Ontology
from graph.repository.chain_names import ChainNames
from graph.repository.reader import Row
from graph.store import Store

TODAY = date(2024, 7, 1)


def chain(slug: str, name: str, *aliases: str, segments: int = 1, **more: Any) -> Row:
    node = {"id": f"chain/{slug}", "caption": name, "name": name, "aliases": list(aliases)}
    return {"node": {"short_name": None, "name_en": None, **node, **more}, "segments": segments}


KNOWN = ChainNames(
    [
        chain("new-energy", "新能源产业链", "锂电新能源", short_name="新能源", name_en="New energy"),
        chain("new-materials", "新材料产业", short_name="新材料"),
        chain("jian/new-materials", "吉安市新材料产业链", "新材料", short_name="吉安新材料"),
        chain("storage", "储能产业链", "电池储能"),
        chain("city-storage", "某市储能产业链", "电池储能"),
        chain("empty", "空的产业链", "电池", segments=0),
        chain("battery", "动力电池产业链", "电池"),
    ]
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("chain/new-energy", "new-energy"),
        ("new-energy", "new-energy"),
        ("jian/new-materials", "jian/new-materials"),
        ("新能源产业链", "new-energy"),
        (" 新能源 ", "new-energy"),
        ("锂电新能源", "new-energy"),
        ("NEW ENERGY", "new-energy"),
        ("新材料", "new-materials"),  # the short name goes before the alias of another
        ("电池", "battery"),  # the other has no segments
    ],
)
def test_a_chain_by_id_slug_name_or_alias(asked: str, found: str) -> None:
    assert KNOWN.one(asked).id == f"chain/{found}"


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("新能圆", "chain/new-energy"),
        ("new-enrgy", "chain/new-energy"),
        ("吉安材料", "chain/jian/new-materials"),
        ("chain/storag", "chain/storage"),
    ],
)
def test_near_names_are_told(asked: str, near: str) -> None:
    with pytest.raises(NotFound) as error:
        KNOWN.one(asked)
    assert near in error.value.extra["expected"]
    assert any(near in told for told in error.value.extra["near"])
    assert near in error.value.detail


@pytest.mark.parametrize("asked", ["", " ", "' OR 1=1 //", "火星", "x" * 10_000, "。。"])
def test_what_is_near_nothing_is_told_with_all_there_are(asked: str) -> None:
    with pytest.raises(NotFound) as error:
        KNOWN.one(asked)
    assert error.value.extra["expected"] == sorted(KNOWN.refs)
    assert len(error.value.detail) < 1000


def test_an_alias_of_two_chains_is_refused_with_both() -> None:
    with pytest.raises(BadInput) as error:
        KNOWN.one("电池储能")
    assert error.value.extra["expected"] == ["chain/city-storage", "chain/storage"]


# In a graph


@pytest.mark.parametrize("asked", ["电解液", "segment/new-energy/electrolyte"])
async def test_a_segment_given_as_chain_points_to_the_chain_that_has_it(
    gap_store: Store, ontology: Ontology, asked: str
) -> None:
    with pytest.raises(NotFound, match="“电解液”是新能源的环节，产业链请写新能源（--chain 新能源）") as error:
        await Gaps(gap_store, ontology, today=lambda: TODAY).panorama(asked, "宜春市")
    assert error.value.extra["expected"] == ["chain/new-energy"]


@pytest.fixture
def under_rules(gap_store: Store, ontology: Ontology, tmp_path: Path) -> Callable[[str], Gaps]:
    """The questions under a user's own rules."""

    def made(content: str) -> Gaps:
        own = tmp_path / "own.yml"
        own.write_text(content, "utf-8")
        return Gaps(gap_store, ontology, today=lambda: TODAY, rules=load_rules(own))

    return made


async def test_the_user_s_rules_may_name_chains_and_places_of_the_graph(
    under_rules: Callable[[str], Gaps],
) -> None:
    """The declaration of 2024-05 is too old by the bound of one day that is set for 宜春市 by its name."""
    asked = under_rules("places: {宜春市: {coverage: {coverage_days: 1}}}")
    assert (await asked.cell("new-energy/cell@360900")).presence.declared_valid is False
    assert asked.rules.value("coverage", "coverage_days", place="place/360900") == 1
    assert asked.rules.value("coverage", "coverage_days", place="place/360600") == 730


@pytest.mark.parametrize(
    ("content", "key", "near"),
    [
        (
            "chains: {chain/new-enrgy: {coverage: {coverage_days: 1}}}",
            "chains.chain/new-enrgy",
            "chain/new-energy",
        ),
        ("places: {宜春县: {coverage: {coverage_days: 1}}}", "places.宜春县", "place/360900"),
        ("places: {park/etdx: {coverage: {coverage_days: 1}}}", "places.park/etdx", "place, park or zone"),
    ],
)
async def test_rules_of_what_is_not_in_the_graph_are_refused_at_the_first_question(
    under_rules: Callable[[str], Gaps], content: str, key: str, near: str
) -> None:
    asked = under_rules(content)
    for question in (lambda: asked.panorama("新能源", "鹰潭"), lambda: asked.cell("new-energy/cell@360900")):
        with pytest.raises(BadInput, match=r"own\.yml") as error:
            await question()
        assert error.value.extra["key"] == key
        assert near in error.value.extra["expected"]
