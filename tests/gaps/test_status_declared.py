"""现状 where somebody declares that a list is complete, and of groups of segments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.gaps.coverage import declaration_for
from graph.gaps.facts import Facts, FirmFact, Lead, TitleFact, Work
from graph.gaps.index import Index
from graph.gaps.rules import load_rules
from graph.gaps.status import status_of
from tests.gaps.builders import (
    CITY,
    COUNTY,
    GROUP,
    OTHER,
    PROVINCE,
    RULES,
    SMALL,
    A,
    declared,
    remark,
    value,
    work,
    world,
)
from tests.gaps.strategies import CHAIN, span

# Declarations


def test_a_declaration_without_anybody_means_missing() -> None:
    verdict = status_of(Index(world(declarations=(declared(),))), RULES, A, CITY)
    assert verdict.value == "missing"
    assert verdict.basis.thresholds["coverage_days"] == 730
    assert "某市工信局" in verdict.basis.facts[0].says.zh


@pytest.mark.parametrize(
    "fields",
    [
        {"segments": (GROUP,)},
        {"segments": (), "chains": (CHAIN,)},
        {"places": (PROVINCE,)},
        {"date": "2023-07-01"},  # 730 days before 2025-06-30
        {"date": "2025"},  # the year has begun
    ],
)
def test_a_declaration_covers_what_lies_below(fields: dict[str, Any]) -> None:
    assert value(world(declarations=(declared(**fields),))) == "missing"


@pytest.mark.parametrize(
    "fields",
    [
        {"date": None},
        {"date": "2023-06-30"},
        {"date": "2023-06"},  # its first day is too long ago
        {"date": "2023"},
        {"date": "2025-07-01"},
        {"complete": False},
        {"complete": None},
        {"places": (COUNTY,)},
        {"places": (OTHER,)},
        {"segments": ("segment/t/c",)},
    ],
)
def test_a_declaration_that_does_not_count_says_nothing(fields: dict[str, Any]) -> None:
    assert value(world(declarations=(declared(**fields),))) == "unknown"


def test_of_several_declarations_the_newest_speaks() -> None:
    taken_back = replace(declared("2025-03", complete=False), key="coverage/later")
    index = Index(world(declarations=(declared(), taken_back)))
    assert declaration_for(index, RULES, A, CITY) == (taken_back, False)


def test_the_nearest_place_then_the_nearest_segment_speaks_however_old() -> None:
    near = replace(declared("2024-01"), key="coverage/near")
    wide = replace(declared("2025-03", places=(PROVINCE,), complete=False), key="coverage/wide")
    chain = replace(declared("2025-02", segments=(), chains=(CHAIN,), complete=False), key="coverage/chain")
    group = replace(declared("2024-03", segments=(GROUP,), complete=False), key="coverage/group")
    for others, speaks in (
        ((wide, chain, group, near), (near, True)),
        ((wide, chain, group), (group, False)),
        ((wide, chain), (chain, False)),
    ):
        assert declaration_for(Index(world(declarations=others)), RULES, A, CITY) == speaks
    both = Index(world(declarations=(near, wide)))
    assert {p: status_of(both, RULES, A, p).value for p in (PROVINCE, CITY, COUNTY, OTHER)} == {
        PROVINCE: "unknown", CITY: "missing", COUNTY: "missing", OTHER: "unknown",
    }  # fmt: skip


def test_a_nearer_declaration_takes_back_what_a_wider_place_says() -> None:
    wide = replace(declared("2025-03", places=(PROVINCE,)), key="coverage/wide")
    near = replace(declared("2024-01", complete=False), key="coverage/near")
    assert declaration_for(Index(world(declarations=(wide, near))), RULES, A, CITY) == (near, False)


@pytest.mark.parametrize("date", [None, "2019"])
def test_what_no_longer_counts_takes_nothing_back(date: str | None) -> None:
    wide = replace(declared("2025-03", places=(PROVINCE,)), key="coverage/wide")
    for complete in (True, False):
        old = replace(declared(date, complete=complete), key="coverage/old")
        assert declaration_for(Index(world(declarations=(old, wide))), RULES, A, CITY) == (wide, True)


def test_of_one_place_segment_and_date_the_complete_one_speaks() -> None:
    no = replace(declared(complete=False), key="coverage/z")
    assert declaration_for(Index(world(declarations=(no, declared()))), RULES, A, CITY) == (declared(), True)


def test_sites_of_a_wider_area_may_be_here() -> None:
    facts = world(declarations=(declared(),), works=(work(places=(PROVINCE,)),))
    verdict = status_of(Index(facts), RULES, A, CITY)
    assert (verdict.value, [f.key for f in verdict.basis.facts]) == ("recorded", ["coverage/d", "w"])
    assert "1 处" in verdict.basis.because.zh


def test_where_sites_may_be_here_a_cited_weakness_goes_before_the_doubt() -> None:
    facts = world(
        declarations=(declared(),), works=(work(places=(PROVINCE,)),), remarks=(remark("s", "weak"),)
    )
    assert value(facts) == "weak"
    assert value(replace(facts, works=(*facts.works, work("here")))) == "weak"


def test_a_suspended_site_is_not_missing_but_none_operates() -> None:
    assert value(world(declarations=(declared(),), works=(work(status="suspended"),))) == "weak"


def three(**fields: Any) -> tuple[Work, ...]:
    return tuple(work(f"w{i}", **fields) for i in range(3))


@pytest.mark.parametrize(
    ("works", "above", "expected"),
    [
        (three()[:2], True, "weak"),
        (three(), False, "recorded"),
        (three(), True, "strong"),
        (three(status="unknown"), True, "recorded"),
        ((*three()[:2], work("w2", status="unknown")), True, "recorded"),
        ((*three()[:2], work("w2", places=(PROVINCE,))), True, "recorded"),
        ((*three()[:2], work("w1", site="site/second")), True, "weak"),  # a second site of one firm
    ],
)
def test_a_declared_list_is_counted(works: tuple[Work, ...], above: bool, expected: str) -> None:
    listed = {f: FirmFact(f, f, stock_codes=("600000.SH",) if above else ()) for w in works for f in w.firms}
    verdict = status_of(Index(world(declarations=(declared(),), works=works, firms=listed)), RULES, A, CITY)
    assert verdict.value == expected
    assert verdict.basis.thresholds["firms_for_strong"] == 3


@pytest.mark.parametrize(
    ("level", "status", "expected"),
    [
        ("国家级", "recognised", "strong"),
        ("省级", "announced", "strong"),
        ("市级", "recognised", "recorded"),
        ("省级", "called", "recorded"),
        ("省级", "revoked", "recorded"),
    ],
)
def test_a_title_of_the_province_puts_a_firm_above_the_tier(level: str, status: str, expected: str) -> None:
    title = TitleFact("title/t", firm="firm/w0", name="称号", level=level, status=status)
    facts = world(declarations=(declared(),), works=three(), titles=(title,))
    assert value(facts) == expected


def test_a_users_own_threshold_holds_for_its_place(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("places: {place/3601: {status: {firms_for_strong: 1}}}", "utf-8")
    index = Index(world(declarations=(declared(places=(PROVINCE,)),), works=(work(places=(COUNTY,)),)))
    rules = load_rules(own)
    found = {p: status_of(index, rules, A, p) for p in (PROVINCE, CITY, COUNTY)}
    assert {p: v.value for p, v in found.items()} == {PROVINCE: "weak", CITY: "recorded", COUNTY: "recorded"}
    assert found[COUNTY].basis.thresholds["firms_for_strong"] == 1


# Groups


def group_facts(*kinds: str) -> Facts:
    leaves = ("segment/t/a", "segment/t/b")
    return world(remarks=tuple(remark(f"s{i}", k, segments=(leaves[i],)) for i, k in enumerate(kinds) if k))


@pytest.mark.parametrize(
    ("kinds", "expected", "split"),
    [
        (("", ""), "unknown", {"unknown": 2}),
        (("weak", ""), "partly_unknown", {"weak": 1, "unknown": 1}),
        (("missing", "missing"), "missing", {"missing": 2}),
        (("missing", "strength"), "weak", {"missing": 1, "strong": 1}),
        (("weak", "strength"), "weak", {"weak": 1, "strong": 1}),
        (("strength", "strength"), "strong", {"strong": 2}),
    ],
)
def test_a_group_is_judged_by_all_its_leaves(
    kinds: tuple[str, str], expected: str, split: dict[str, int]
) -> None:
    verdict = status_of(Index(group_facts(*kinds)), RULES, GROUP, CITY)
    assert (verdict.value, verdict.split) == (expected, split)


def test_an_undecided_leaf_leaves_the_group_undecided() -> None:
    facts = group_facts("strength", "")
    facts = replace(facts, works=(work(segment="segment/t/b"),))
    assert value(facts, GROUP) == "recorded"


def test_what_is_said_of_the_group_itself_decides_it() -> None:
    facts = replace(group_facts("strength", "strength"), remarks=(remark("g", "weak", segments=(GROUP,)),))
    assert value(facts, GROUP) == "weak"
    assert value(facts, SMALL) == "unknown"
    assert value(replace(facts, remarks=(remark("g", "missing", segments=(GROUP,)),)), GROUP) == "missing"
    later = replace(facts, remarks=(remark("g", "missing", segments=(GROUP,)),), works=(work(),))
    assert value(later, GROUP) == "partly_unknown"  # overtaken by work in a leaf


@pytest.mark.parametrize(("about", "expected"), [(A, "weak"), (GROUP, "strong"), (CHAIN, "strong")])
def test_who_leads_a_leaf_is_no_strength_of_its_group(about: str, expected: str) -> None:
    lead = Lead(
        "lead/1", span("2024"), grade="A", cls="FLAGSHIP_IN", standing="verified", firm="firm/w", about=about
    )
    other = Lead(
        "lead/2",
        span("2024"),
        grade="A",
        cls="FLAGSHIP_IN",
        standing="verified",
        firm="firm/absent",
        about=GROUP,
    )
    said = remark("g", "weak", "2023", segments=(GROUP,))
    facts = world(works=(work(),), leads=(lead, other), remarks=(said,))
    assert value(facts, GROUP) == expected


def test_a_group_with_work_recorded_only_for_itself_is_partly_unknown() -> None:
    assert value(world(works=(work(segment=GROUP),)), GROUP) == "partly_unknown"


@pytest.mark.parametrize("places", [(CITY,), (PROVINCE,)])
@pytest.mark.parametrize("status", ["operating", "unknown", "suspended"])
def test_who_is_recorded_only_for_a_group_may_be_in_each_of_its_segments(
    places: tuple[str, ...], status: str
) -> None:
    whole = declared(segments=(GROUP,))
    told = work(segment=GROUP, places=places, status=status)
    facts = world(works=(told,), declarations=(whole,))
    assert {value(facts, segment) for segment in (A, SMALL, GROUP)} == {"recorded"}
    one = work("x", firms=("firm/x",))
    assert value(world(works=(told, one), declarations=(whole,))) == "recorded"
    assert value(world(works=(one,), declarations=(whole,))) == "weak"
    assert value(world(declarations=(whole,)), GROUP) == "missing"


def test_who_is_recorded_for_a_part_is_not_thereby_in_its_neighbours() -> None:
    whole = declared(segments=(GROUP,))
    assert value(world(works=(work(segment="segment/t/b"),), declarations=(whole,))) == "missing"


@pytest.mark.parametrize("segment", [A, GROUP])
@pytest.mark.parametrize("status", ["operating", "suspended", "unknown"])
def test_a_site_recorded_for_no_place_may_be_anywhere(segment: str, status: str) -> None:
    nowhere = work(places=(), segment=segment, status=status)
    for place in (PROVINCE, CITY, COUNTY, "park/a", "zone/z"):
        facts = world(works=(nowhere,), declarations=(declared(places=(PROVINCE,)),))
        verdict = status_of(Index(facts), RULES, A, place)
        assert (verdict.value, verdict.basis.facts[1].key) == ("recorded", nowhere.key)
        assert "1 处基地没有记地点" in verdict.basis.because.zh
    shut = world(works=(work(places=(), status="ceased"),), declarations=(declared(),))
    assert value(shut) == "missing"
