"""A gap goes by its id or by the names of its segment and place, in every question."""

from __future__ import annotations

import pytest

from graph.errors import BadInput, NotFound
from graph.gaps.gap_ids import halves_of
from graph.gaps.segment_names import SegmentNames
from graph.search.named import Ambiguous

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
