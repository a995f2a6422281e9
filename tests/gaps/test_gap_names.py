"""A gap goes by its id or by the names of its segment and place, in every question."""

from __future__ import annotations

import pytest

from graph.errors import BadInput, NotFound
from graph.gaps.gap_ids import halves_of
from graph.gaps.gaps import Gaps
from graph.gaps.segment_names import SegmentNames
from graph.ontology import Ontology
from graph.search.named import Ambiguous
from graph.store import Store
from tests.support.chain_sample import STAMP, node, relation, store_members

ROWS = [
    {"node": {"id": key, "caption": name, "name": name, "name_en": en}, "parents": [], "chains": []}
    for key, name, en in (
        ("segment/new-energy/electrolyte", "电解液", "Electrolyte"),
        ("segment/new-energy/copper-foil", "锂电铜箔", None),
        ("segment/electronics/copper-foil", "电子电路铜箔", None),
        ("segment/food/packing", "包装", None),
        ("segment/pharma/packing", "包装", None),
    )
]
NAMES = SegmentNames(ROWS)


@pytest.mark.parametrize(
    "asked",
    ["电解液", " 电解液 ", "electrolyte", "new-energy/electrolyte", "segment/new-energy/electrolyte"],
)
def test_a_segment_goes_by_id_slug_or_name(asked: str) -> None:
    assert NAMES.find(asked).id == "segment/new-energy/electrolyte"


def test_a_name_of_several_is_refused_with_all_of_them() -> None:
    with pytest.raises(Ambiguous) as refused:
        NAMES.find("包装")
    told = [one["id"] for one in refused.value.extra["candidates"]]
    assert told == ["segment/food/packing", "segment/pharma/packing"]


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("电解夜", ["segment/new-energy/electrolyte"]),
        ("铜箔", ["segment/new-energy/copper-foil", "segment/electronics/copper-foil"]),
        ("new-energy/electrolite", ["segment/new-energy/electrolyte"]),
    ],
)
def test_what_goes_by_no_name_is_told_what_is_near(asked: str, near: list[str]) -> None:
    with pytest.raises(NotFound) as refused:
        NAMES.find(asked)
    assert refused.value.extra["near"][: len(near)] == near
    assert all(key in refused.value.detail for key in near)


def test_no_segments_at_all() -> None:
    with pytest.raises(NotFound):
        SegmentNames([]).find("电解液")


@pytest.mark.parametrize(
    ("typed", "halves"),
    [
        ("电解液@宜春市", ("电解液", "宜春市")),
        (" 电解液 @ 宜春市 ", ("电解液", "宜春市")),
        ("a@b@park/x", ("a@b", "park/x")),
    ],
)
def test_what_stands_before_and_after_the_last_at(typed: str, halves: tuple[str, str]) -> None:
    assert halves_of(typed) == halves


@pytest.mark.parametrize("typed", ["", "电解液", "@宜春市", "电解液@", "@"])
def test_without_both_there_is_no_gap(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        halves_of(typed)
    assert "电解液@宜春市" in refused.value.detail


async def test_a_gap_that_is_listed_opens_by_the_chain_of_the_groups_above_it(
    store: Store, ontology: Ontology
) -> None:
    """No chain has the segment itself: it is part of a part of one, and of a group of no chain."""
    part_, middle, group = "segment/own/part", "segment/x/middle", "segment/x/group"
    members = [
        node("place/360900", {"name": "宜春市", "level": "city"}),
        node("chain/x", {"name": "新能源"}),
        *(node(key, {"name": key[-4:]}) for key in (part_, middle, group, "segment/own/loose")),
        relation("chain/x", "HAS_SEGMENT", group, {}),
        relation(middle, "PART_OF", group, {}),
        relation(part_, "PART_OF", middle, {}),
        relation(part_, "PART_OF", "segment/own/loose", {}),
        node("statement/s", {"name": "缺", "kind": "gap", "gap_kind": "missing", "period": "2024-01"}),
        relation("statement/s", "ABOUT", part_, {}),
        relation("statement/s", "ABOUT", "place/360900", {}),
    ]
    await store.bootstrap()
    await store.set_meta(STAMP)
    await store_members(store, members)
    gaps = Gaps(store, ontology)
    assert "own/part@360900" in [gap.id for gap in (await gaps.gaps("宜春市")).items]
    look, segment = await gaps.look_at("own/part@360900")
    assert (look.chains, segment) == (("chain/x",), part_)
    assert (await gaps.gap("own/part@360900")).cell.segment.id == part_
    with pytest.raises(NotFound, match="不在任何产业链里"):
        await gaps.look_at("own/loose@360900")
