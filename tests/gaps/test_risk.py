"""风险: each risk by its definition, against a second implementation, and what must never be claimed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.gaps.facts import Facts, FirmFact
from graph.gaps.index import Index
from graph.gaps.models import RiskVerdict
from graph.gaps.risk import risks_of
from graph.gaps.risk_concentrated import capacity_of
from graph.gaps.rules import load_rules
from tests.gaps import naive_risk
from tests.gaps import strategies as made
from tests.gaps.strategies import AREAS, CHAIN, SEGMENTS
from tests.gaps.worlds import (
    CITY,
    COUNTY,
    COUNTY2,
    GROUP,
    OTHER,
    PROVINCE,
    A,
    B,
    C,
    declared,
    need,
    said,
    work,
    world,
)

RULES = load_rules()
CASES = [(segment, area) for segment in SEGMENTS for area in AREAS]


def risks(index: Index, segment: str = A, place: str = CITY) -> dict[str, RiskVerdict]:
    return {risk.value: risk for risk in risks_of(index, RULES, segment, place)}


# Definitions


def test_one_maker_of_a_required_input_under_a_declaration_is_a_single_supplier() -> None:
    found = risks(world(works=(work("1"), work("u", C)), inputs=(need(),), declarations=(declared(),)))
    assert set(found) == {"single"}
    assert [ref.id for ref in found["single"].needed_by] == ["firm/u"]
    assert {f.key for f in found["single"].basis.facts} == {"coverage/d", "work-1", f"input-{A}-{C}"}


@pytest.mark.parametrize(
    "change",
    [
        {"declarations": ()},
        {"declarations": (declared(date="2020"),)},
        {"declarations": (declared(complete=False),)},
        {"inputs": (need(criticality="common"),)},
        {"works": (work("1"), work("u", C, status="unknown"))},
        {"works": (work("1"), work("2"), work("u", C))},
        {"works": (work("1"), work("2", status="unknown"), work("u", C))},
        {"works": (work("1"), work("u", C), work("near", places=(PROVINCE,)))},
        {"works": (work("1", places=(OTHER,)), work("u", C, places=(OTHER,)))},
    ],
    ids=[
        "none",
        "expired",
        "incomplete",
        "not-required",
        "no-user",
        "two",
        "perhaps-two",
        "maybe",
        "elsewhere",
    ],
)
def test_a_single_supplier_is_not_claimed(change: dict[str, Any]) -> None:
    facts = {"works": (work("1"), work("u", C)), "inputs": (need(),), "declarations": (declared(),)}
    assert "single" not in risks(world(**{**facts, **change}))


def test_nobody_under_a_declaration_and_a_user_here_depends_on_outside() -> None:
    far, near = work("far", places=(OTHER,)), work("u", C)
    found = risks(world(works=(far, near), inputs=(need(),), declarations=(declared(),)))
    assert set(found) == {"external"}
    assert [ref.id for ref in found["external"].elsewhere] == [OTHER]
    assert "external" not in risks(world(works=(far, near), inputs=(need(),)))


def test_a_cited_dependence_needs_no_declaration_and_ends_when_filled() -> None:
    found = risks(world(remarks=(said("external"),)))
    assert set(found) == {"external"}
    assert [f.key for f in found["external"].basis.facts] == ["statement/external"]
    assert not risks(world(remarks=(said("external", subject_kind="nation"),)))
    assert not risks(world(remarks=(said("external", places=(PROVINCE,)),)))
    assert not risks(world(remarks=(said("external"), said("filled", date="2025"))))
    assert risks(world(remarks=(said("external", date="2025"), said("filled", date="2024"))))
    assert not risks(world(remarks=(said("external", filled_by="某企业"),)))


def test_all_makers_stopped_breaks_what_somebody_needs_or_the_only_maker_made() -> None:
    stopped, ceased = work("1", status="suspended"), work("2", status="ceased")
    assert set(risks(world(works=(stopped,)))) == {"broken"}
    assert not risks(world(works=(stopped, ceased)))
    assert set(risks(world(works=(stopped, ceased, work("u", C)), inputs=(need(),)))) == {"broken"}
    assert not risks(world(works=(stopped, work("3", status="unknown"))))
    assert not risks(world(works=(work("4", status="planned"),)))
    assert set(risks(world(works=(stopped, work("4", status="planned"))))) == {"broken"}


def test_a_firm_that_closes_and_opens_again() -> None:
    firm = FirmFact("firm/1", "甲", "operating")
    facts = {"works": (work("1"), work("u", C)), "inputs": (need(),), "declarations": (declared(),)}
    before = set(risks(world(**facts, firms={"firm/1": firm})))
    closed = set(risks(world(**facts, firms={"firm/1": replace(firm, status="ceased")})))
    assert before == set(risks(world(**facts, firms={"firm/1": replace(firm, status="operating")})))
    assert (before, closed) == ({"single"}, {"external", "broken"})


@pytest.mark.parametrize("segment", [A, B])
def test_alternatives_raise_nothing_while_one_of_them_is_here(segment: str) -> None:
    inputs = (need(A, C, group="任一"), need(B, C, group="任一"))
    facts = {"inputs": inputs, "declarations": (declared(A, B),)}
    assert not risks(world(works=(work("1"), work("u", C)), **facts), segment)
    assert set(risks(world(works=(work("u", C),), **facts), segment)) == {"external"}
    stopped = work("2", B, status="suspended")
    assert not risks(world(works=(work("1"), stopped, work("u", C)), **facts), B)


def test_what_goes_into_others_as_a_group_is_judged_with_all_that_is_part_of_it() -> None:
    facts = {"inputs": (need(GROUP),), "declarations": (declared(GROUP),)}
    assert set(risks(world(works=(work("u", C),), **facts), GROUP)) == {"external"}
    assert set(risks(world(works=(work("1", B), work("u", C)), **facts), GROUP)) == {"single"}
    assert not risks(world(works=(work("1", B), work("2", A), work("u", C)), **facts), GROUP)


def test_elsewhere_names_counties_of_the_own_city_and_other_cities_by_number_of_firms() -> None:
    works = (
        work("u", C, places=(COUNTY,)),
        work("n", places=(COUNTY2,)),
        *(work(f"o{i}", places=(OTHER,)) for i in range(2)),
        work("maybe", places=(CITY,)),
        work("abroad", places=("place/44",)),
    )
    found = risks(world(works=works, remarks=(said("external", places=(COUNTY,)),)), place=COUNTY)
    assert [ref.id for ref in found["external"].elsewhere] == [OTHER, COUNTY2]


# Concentration


def test_concentration_by_shares_of_capacity() -> None:
    # shares 60 %, 30 %, 10 %: 3600 + 900 + 100
    works = tuple(work(str(n), capacity=f"{n}万吨/年") for n in (6, 3, 1))
    found = risks(world(works=works, declarations=(declared(),)))
    assert set(found) == {"concentrated"}
    assert "HHI 为 4600，高度集中" in found["concentrated"].basis.because.zh
    assert found["concentrated"].basis.thresholds["hhi_high"] == 1800
    assert not risks(world(works=works))
    equal = tuple(work(str(n), capacity="5000吨/年") for n in range(12))  # 12 × (100/12)² = 833
    assert not risks(world(works=equal, declarations=(declared(),)))
    seven = tuple(work(str(n), capacity="1万吨/年") for n in range(7))  # 1429
    assert (
        "中度集中" in risks(world(works=seven, declarations=(declared(),)))["concentrated"].basis.because.zh
    )


def test_concentration_needs_four_capacities_of_five_in_one_unit() -> None:
    tons = [work(str(n), capacity="1万吨/年") for n in range(3)]
    for odd in (None, "2GWh/年", "力争2万吨/年", "1-2万吨/年", "一期2万吨"):
        works = (*tons, work("odd", capacity=odd))
        assert "concentrated" not in risks(world(works=works, declarations=(declared(),)))
    works = (*tons, work("3", capacity="1万吨/年"), work("odd"))  # four of five
    assert "concentrated" in risks(world(works=works, declarations=(declared(),)))


def test_capacity_of_a_site_that_two_firms_operate_is_nobody_s_share() -> None:
    joint = work("j", firms=("firm/8", "firm/9"), capacity="90万吨/年")
    works = (joint, *(work(str(n), capacity="1万吨/年") for n in range(8)))  # eight of ten, 12.5 % each: 1250
    found = risks(world(works=works, declarations=(declared(),)))["concentrated"]
    assert "HHI 为 1250，中度集中" in found.basis.because.zh
    assert "10 家中 8 家产能可比，份额只在这几家之间算" in found.basis.because.zh
    assert "concentrated" not in risks(world(works=works[:-1], declarations=(declared(),)))  # seven of nine


def test_a_site_recorded_for_no_place_may_be_another_supplier() -> None:
    user, nowhere = work("u", C), work("n", places=(), firms=("firm/n",))
    known = {"inputs": (need(),), "declarations": (declared(),)}
    assert "external" in risks(world(works=(user,), **known))
    assert "single" in risks(world(works=(user, work("1")), **known))
    assert not risks(world(works=(user, nowhere), **known))
    assert not risks(world(works=(user, work("1"), nowhere), **known))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3万吨/年", (30000.0, "吨/年")),
        ("约10GWh/年", (10.0, "GWh/年")),
        ("500吨", (500.0, "吨")),
        ("20", None),
        ("30GWh/年(规划)", None),
        ("4条线", None),
        ("1 000吨", None),
        ("", None),
        (None, None),
    ],
)
def test_which_capacities_read(text: str | None, amount: tuple[float, str] | None) -> None:
    assert capacity_of(text) == amount


# Against the second implementation, and what must always hold

capacities = st.sampled_from([None, "1万吨", "10万吨", "20万吨"])


@st.composite
def worlds(draw: st.DrawFn) -> Facts:
    """Random facts, in half of them with a complete list and a need, so that every risk comes about."""
    facts = draw(made.facts)
    works = [replace(w, capacity=draw(capacities)) for w in facts.works]
    if not draw(st.booleans()):
        return replace(facts, works=tuple(works))
    busy = draw(st.booleans())
    works = [replace(w, status="operating") if busy else w for w in works]
    user = work("user", C, places=(draw(st.sampled_from([CITY, COUNTY, OTHER])),), firms=("firm/4",))
    list_ = declared(chains=(CHAIN,), places=(draw(st.sampled_from([CITY, PROVINCE])),))
    needed = need(draw(st.sampled_from([A, B, GROUP])), C)
    return replace(
        facts,
        works=(*works, user),
        declarations=(*facts.declarations, list_),
        inputs=(*facts.inputs, needed),
        remarks=(),
    )


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_a_second_implementation_finds_the_same_risks(facts: Facts) -> None:
    index = Index(facts)
    for segment, area in CASES:
        found = {risk.value for risk in risks_of(index, RULES, segment, area)}
        assert found == naive_risk.risks(facts, segment, area), (segment, area)


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_without_declaration_and_cited_statement_nothing_is_single_or_from_outside(facts: Facts) -> None:
    index = Index(replace(facts, declarations=(), remarks=()))
    for segment, area in CASES:
        found = {risk.value for risk in risks_of(index, RULES, segment, area)}
        assert not found & {"single", "external", "concentrated"}


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_what_is_needed_elsewhere_and_counted_is_never_here(facts: Facts) -> None:
    index = Index(facts)
    for segment, area in CASES:
        for risk in risks_of(index, RULES, segment, area):
            assert not {ref.id for ref in risk.elsewhere} & set(index.around(area))
            assert risk.basis.fact_count >= 1
            assert risk.basis.would_change is not None


@pytest.mark.parametrize(
    ("wider", "expected"),
    [
        ({"places": (CITY,)}, set()),
        ({"places": (CITY,), "segment": GROUP}, set()),
        ({"places": (COUNTY,), "segment": GROUP}, set()),
        ({"places": (CITY,), "status": "suspended"}, {"broken"}),
        ({"places": (OTHER,)}, {"broken"}),
    ],
)
def test_a_supply_is_not_broken_where_somebody_at_work_may_be_here(
    wider: dict[str, Any], expected: set[str]
) -> None:
    stopped = work("x", places=(COUNTY,), status="suspended")
    index = world(works=(stopped, work("user", C, places=(COUNTY,)), work("y", **wider)), inputs=(need(),))
    assert {risk.value for risk in risks_of(index, RULES, A, COUNTY)} == expected
