"""What candidates rest on, without a graph: texts, weights, totals, places."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.gaps.candidates import origins_named, read_weights, weights_of_file, weights_of_pairs
from graph.gaps.candidates.homes import Origins, same_city
from graph.gaps.candidates.ranking import rank_key, total_of
from graph.gaps.candidates.scores import HOWS, PARTS, Scores
from graph.gaps.candidates.texts import dice, how_alike, tails
from graph.gaps.candidates.words import HOW_LABELS, ORIGIN_LABELS, PART_LABELS
from graph.gaps.places import PlaceFact, PlaceTree, great_circle
from graph.gaps.rules import load_rules
from graph.search.normal import normal

BASE = {"product": 4.0, "relation": 2.0, "synergy": 1.0, "expansion": 1.0, "strength": 1.0, "proximity": 1.0}
TREE = PlaceTree(
    {
        key: PlaceFact(key, key, level, parent)
        for key, level, parent in (
            ("place/100000", "country", None),
            ("place/360000", "province", "place/100000"),
            ("place/360900", "city", "place/360000"),
            ("place/360902", "county", "place/360900"),
            ("place/360600", "city", "place/360000"),
            ("place/440300", "city", "place/440000"),
            ("place/440000", "province", "place/100000"),
            ("place/jp", "country", None),
            ("place/820000", "province", "place/100000"),
        )
    }
)


@pytest.mark.parametrize(
    ("term", "text", "how"),
    [
        ("电解液", "电解液", "product_text"),
        ("电解液", "锂电池电解液", "ends_with"),
        ("动力电池电解液", "电解液", "head"),
        ("电解液", "电解液添加剂", "contains"),
        ("动力电池电解液", "电池", None),  # what stands in the middle does not tell what it is
        ("锂离子电池电解液", "锂电池电解液料", "similar"),
        ("正极材料", "负极材料", None),  # two of three pairs in common, and another thing
        ("铜", "铜", "product_text"),
        ("铜", "铜箔", None),
        ("电解液", "冰箱", None),
    ],
)
def test_how_names_of_products_are_alike(term: str, text: str, how: str | None) -> None:
    assert how_alike(normal(term), normal(text), 0.6) == how


def test_pairs_in_common() -> None:
    """L. R. Dice: twice those in common over all; of 电解液 and 电解质 one of two and two."""
    assert dice("电解液", "电解质") == 0.5
    assert (dice("电解液", "电解液"), dice("电解液", "冰箱"), dice("一", "一")) == (1.0, 0.0, 0.0)
    assert tails("动力电池") == ["力电池", "电池"]


@given(st.text("电解液池", max_size=8), st.text("电解液池", max_size=8))
def test_pairs_in_common_are_a_share_and_symmetric(a: str, b: str) -> None:
    assert 0 <= dice(a, b) == dice(b, a) <= 1


def test_the_rule_has_a_value_for_every_way_and_part() -> None:
    rules = load_rules()
    scores = Scores(rules, ("chain/x",), ("place/x",))
    values = [scores.match(how) for how in HOWS]
    assert all(0 <= v <= 1 for v in values)
    assert set(rules.weights("candidates")) == set(PARTS) == set(PART_LABELS)
    assert set(HOW_LABELS) == set(HOWS)


def test_weights_are_those_given_and_the_rule_s_for_the_others() -> None:
    assert read_weights({"product": "0.5", "距离": 0}, BASE) == {**BASE, "product": 0.5, "proximity": 0}
    assert read_weights(None, BASE) == BASE
    assert weights_of_pairs(["product=0.5", "距离：0.2"]) == {"product": "0.5", "距离": "0.2"}


@pytest.mark.parametrize("pair", ["product", "=0.5", "  = 1", ""])
def test_what_is_no_weight_is_refused(pair: str) -> None:
    with pytest.raises(BadInput):
        weights_of_pairs([pair])


def test_a_weight_that_is_unknown_names_the_nearest() -> None:
    with pytest.raises(BadInput) as refused:
        read_weights({"prodct": 1}, BASE)
    assert refused.value.extra["near"] == "product"


@pytest.mark.parametrize("text", ["product: 0.5\n距离: 0\n", "weights:\n  product: 0.5\n  距离: 0\n"])
def test_weights_of_a_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "weights.yml"
    file.write_text(text, encoding="utf-8")
    assert weights_of_file(file) == {"product": 0.5, "距离": 0}


@pytest.mark.parametrize("content", [b"- 1\n", b"product: [", b"\xff\xfe", b"x: " + b"1" * 200_000, b""])
def test_a_file_of_something_else_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "weights.yml"
    file.write_bytes(content)
    with pytest.raises(BadInput, match=r"weights\.yml"):
        weights_of_file(file)
    with pytest.raises(BadInput, match=r"none\.yml"):
        weights_of_file(tmp_path / "none.yml")


def test_origins_in_either_language() -> None:
    assert origins_named(["省内", "abroad", "省内"]) == ["province", "abroad"]
    with pytest.raises(BadInput) as refused:
        origins_named(["海外"])
    assert refused.value.extra["expected"] == list(ORIGIN_LABELS)


def test_unknown_is_left_out_and_not_zero() -> None:
    total = total_of([(3, 1.0), (1, None), (1, 0.5)])
    assert total.score == pytest.approx((3 + 0.5) / 4)
    assert total.known == pytest.approx(0.8)
    assert (total.low, total.high) == (pytest.approx(3.5 / 5), pytest.approx(4.5 / 5))
    assert total.middle == pytest.approx(4.0 / 5)
    assert total_of([(1, None)]).score is None


@given(
    st.lists(st.tuples(st.floats(0.01, 10), st.none() | st.floats(0, 1)), min_size=1, max_size=6),
    st.integers(0, 5),
    st.floats(0, 1),
)
def test_to_learn_a_part_stays_within_what_was_possible(
    parts: list[tuple[float, float | None]], at: int, value: float
) -> None:
    before = total_of(parts)
    assert before.low <= before.middle <= before.high
    if before.score is not None:
        assert before.low - 1e-5 <= before.score <= before.high + 1e-5
    weight, known = parts[at % len(parts)]
    if known is None:
        learnt = [*parts]
        learnt[at % len(parts)] = (weight, value)
        after = total_of(learnt)
        assert before.low - 1e-5 <= after.low <= after.high <= before.high + 1e-5
        assert after.known >= before.known


@given(st.permutations([0.9, 0.8, 0.8, None]))
def test_equals_are_ranked_by_what_is_known_then_by_id(values: list[float | None]) -> None:
    totals = {f"firm/{i}": total_of([(1, v), (1, 0.5)]) for i, v in enumerate(values)}
    for order in ("score", "middle", "low"):
        ranked = sorted(totals, key=lambda firm: rank_key(totals[firm], firm, order))
        same = [firm for firm in ranked if values[int(firm[-1])] == 0.8]
        assert same == sorted(same)
        assert values[int(ranked[0][-1])] == 0.9


@pytest.mark.parametrize(
    ("places", "origin"),
    [
        ((), "unknown"),
        (("place/100000",), "unknown"),
        (("place/360600",), "province"),
        (("place/440300",), "elsewhere"),
        (("place/jp",), "abroad"),
        (("place/820000",), "abroad"),
        (("place/360121",), "province"),  # not in the tree: its code tells
        (("place/330100",), "elsewhere"),
        (("place/us",), "abroad"),
        (("place/jp", "place/360600"), "province"),
    ],
)
def test_where_a_firm_is_from(places: tuple[str, ...], origin: str) -> None:
    assert Origins(TREE, ["place/360902"]).of(places) == origin


def test_the_same_city() -> None:
    assert same_city(TREE, ["place/360902"], ["place/360900"])
    assert not same_city(TREE, ["place/360600"], ["place/360900"])
    assert not same_city(TREE, ["place/360000"], ["place/360000"])  # a province is no city


def test_great_circle() -> None:
    """A degree of a meridian, a quarter of the equator, and the way to the antipodes."""
    radius = 6371.0088
    assert great_circle((0, 0), (0, 1)) == pytest.approx(radius * math.pi / 180)
    assert great_circle((10, 0), (100, 0)) == pytest.approx(radius * math.pi / 2)
    assert great_circle((0, 30), (180, -30)) == pytest.approx(radius * math.pi)
    assert great_circle((114.4, 27.8), (114.4, 27.8)) == 0
