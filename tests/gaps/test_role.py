"""定位 and its vetoes, projects under way, what to do, and how urgent it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.gaps.action import actions_of
from graph.gaps.basis import Grounds
from graph.gaps.building import projects_of
from graph.gaps.facts import ParkFact
from graph.gaps.index import Index
from graph.gaps.models import Priority
from graph.gaps.priority import priority_of, weighed, with_candidates
from graph.gaps.risk import risks_of
from graph.gaps.role import role_of
from graph.gaps.rules import Rules, load_rules
from graph.gaps.status import status_of
from graph.repository.models import Text
from tests.gaps.strategies import PARKS, SEGMENTS
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
    lead,
    need,
    positioned,
    project,
    said,
    work,
    world,
)

RULES = load_rules()


def role(index: Index, segment: str = A, place: str = CITY) -> tuple[str, str]:
    found = role_of(index, RULES, segment, place)
    return found.value, found.basis.because.zh


def actions(index: Index, segment: str = A, place: str = CITY) -> list[str]:
    parts = {
        "status": status_of(index, RULES, segment, place),
        "role": role_of(index, RULES, segment, place),
        "risks": risks_of(index, RULES, segment, place),
    }
    return [found.value for found in actions_of(index, RULES, segment, place, **parts)]


def priority(index: Index, rules: Rules = RULES, candidates: int | None = None) -> Priority:
    return priority_of(
        index,
        rules,
        A,
        CITY,
        status=status_of(index, rules, A, CITY),
        role=role_of(index, rules, A, CITY),
        risks=risks_of(index, rules, A, CITY),
        candidates=candidates,
    )


def parts(found: Priority) -> dict[str, float | None]:
    return {part.name: part.value for part in found.parts}


# 定位


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [("primary", "main"), ("main", "main"), ("support", "support"), ("listed", "listed"), (None, "none")],
)
def test_roles_as_recorded(recorded: str | None, expected: str) -> None:
    assert role(world(positions=(positioned(CITY, recorded),)))[0] == expected


def test_nothing_recorded_says_only_that() -> None:
    value, because = role(world())
    assert value == "none"
    assert "没有记录" in because


def test_the_strongest_of_the_place_and_its_parks_for_segment_group_or_chain() -> None:
    own = positioned(CITY, "listed")
    assert role(world(positions=(own, positioned("park/sub", "main", A))))[0] == "main"
    assert role(world(positions=(own, positioned("park/sub", "main", C))))[0] == "listed"
    assert role(world(positions=(own, positioned(CITY, "support", GROUP))))[0] == "support"
    assert role(world(positions=(own, positioned("park/b", "main"))))[0] == "listed"


def test_what_lies_around_decides_only_where_the_place_itself_has_nothing_and_is_told_so() -> None:
    around = positioned(PROVINCE, "main")
    assert role(world(positions=(around, positioned(CITY, "listed"))))[0] == "listed"
    value, because = role(world(positions=(around,)))
    assert value == "main"
    assert because.startswith("本地未见记录")
    assert role(world(positions=(positioned("zone/z", "support"),)))[0] == "support"
    assert role(world(positions=(positioned(COUNTY, "main"),)))[0] == "none"  # a county is not its city


def test_a_position_for_the_whole_chain_only_lists_what_the_place_does_not_name_itself() -> None:
    chain, narrow = positioned(CITY, "primary"), positioned(CITY, "main", A)
    named = world(positions=(chain, narrow))
    assert role(named) == ("main", "甲市 对 甲件 定位为主攻")
    value, because = role(named, C)
    assert (value, "说的是整条链；另点名 甲件，不含本环节" in because) == ("listed", True)
    assert {f.key for f in role_of(named, RULES, C, CITY).basis.facts} == {chain.key, narrow.key}
    assert role(world(positions=(chain,)), C)[0] == "main"
    group = world(positions=(chain, positioned(CITY, "main", GROUP)))
    assert [role(group, s)[0] for s in (GROUP, A, B, C)] == ["main", "main", "main", "listed"]


def test_the_whole_chain_is_narrowed_by_the_same_subject_and_by_what_lies_in_it_only() -> None:
    for wide, narrow in ((CITY, "park/sub"), ("park/a", "park/sub"), ("park/sub", "park/sub")):
        index = world(positions=(positioned(wide, "main"), positioned(narrow, "main", A)))
        assert (role(index)[0], role(index, C)[0]) == ("main", "listed")
    for wide, narrow in (("park/sub", CITY), ("park/sub", "park/a"), (CITY, "park/b")):
        index = world(positions=(positioned(wide, "main"), positioned(narrow, "main", A)))
        assert (role(index)[0], role(index, C)[0]) == ("main", "main")
    other = world(positions=(positioned(CITY, "main"), positioned(CITY, "main", "segment/u/x")))
    assert role(other, C)[0] == "main"  # a segment of another chain


def test_what_one_park_names_does_not_narrow_another_park() -> None:
    beside = ParkFact("park/d", "丁园", "provincial", None, (COUNTY2,), ())
    index = world(
        parks={**PARKS, "park/d": beside},
        positions=(positioned("park/a", "main"), positioned("park/d", "main", B)),
    )
    for place in ("park/a", COUNTY, CITY):
        assert role(index, A, place) == ("main", "甲园 对 链 定位为主攻")


def test_what_lies_around_is_not_narrowed_where_something_in_it_names_the_segment_itself() -> None:
    for named in (A, GROUP):
        elsewhere = positioned("park/a", "main", named)
        index = world(positions=(positioned(CITY, "primary"), elsewhere, positioned("park/a", "main", C)))
        assert role(index, A, COUNTY2) == ("main", "本地未见记录，所在的甲市 对 链 定位为主攻")
    below = world(positions=(positioned(CITY, "primary"), positioned("park/a", "main", A)))
    assert role(below, C, COUNTY2)[0] == "listed"
    assert role(below, GROUP, COUNTY2)[0] == "listed"


def test_only_what_is_as_strong_narrows_the_whole_chain() -> None:
    for wide, narrow, expected in (
        ("main", "support", "main"), ("main", "listed", "main"), ("support", "main", "listed"),
        ("support", "support", "listed"), ("listed", "main", "listed"), ("main", None, "main"),
    ):  # fmt: skip
        index = world(positions=(positioned(CITY, wide), positioned(CITY, narrow, A)))
        assert role(index, C)[0] == expected


def test_what_lies_around_is_narrowed_by_its_own_names_only() -> None:
    wide, narrow = positioned(CITY, "main"), positioned(CITY, "main", A)
    assert role(world(positions=(wide, narrow)), C, COUNTY)[0] == "listed"
    assert role(world(positions=(wide, narrow)), A, COUNTY)[0] == "main"
    above = positioned(PROVINCE, "main", A)
    assert role(world(positions=(wide, above)), C, COUNTY)[0] == "main"
    zone, park = positioned("zone/z", "main"), positioned("park/sub", "main", A)
    assert role(world(positions=(zone, park)), C, "place/360102")[0] == "main"  # what a belt's parks name


# Vetoes


def chemical(codes: tuple[str, ...], parks: int = 20, nature: str = "material", **facts: object) -> Index:
    """Segment A under some codes; so many recognised chemical parks on record, all in the other city."""
    many = {
        f"park/c{i}": ParkFact(f"park/c{i}", "化工园", "recognised", "化工园区", (OTHER,), ())
        for i in range(parks)
    }
    segments = {**SEGMENTS, A: replace(SEGMENTS[A], gb4754=codes, nature=nature)}
    others = {key: park for key, park in PARKS.items() if key != "park/sub"}
    return world(segments=segments, parks={**others, **many}, positions=(positioned(CITY, "main"),), **facts)


def test_a_chemical_segment_without_a_recognised_park_is_unfit_with_its_legal_source() -> None:
    index = chemical(("2614",))
    found = role_of(index, RULES, A, CITY)
    assert (found.value, found.basis.rule) == ("unfit", "veto-chemical-park")
    assert "定位为主攻" in found.basis.because.zh
    rule = RULES.rule(found.basis.rule)
    assert rule.source is not None
    assert "赣工信规字〔2025〕1号" in rule.source
    assert role_of(index, RULES, A, OTHER).value == "none"
    assert role_of(index, RULES, A, "park/c1").value == "none"
    assert role_of(index, RULES, A, PROVINCE).value == "none"
    assert actions(index) == ["verify"]


def test_a_veto_needs_all_codes_a_making_segment_and_a_list_that_is_loaded() -> None:
    assert role(chemical(("2614", "3985")))[0] == "main"
    assert role(chemical(("2614",), nature="service"))[0] == "main"
    assert role(chemical(("2614",), parks=19))[0] == "main"
    assert role(chemical(()))[0] == "main"


def test_a_veto_does_not_gainsay_somebody_who_is_at_work() -> None:
    value, because = role(chemical(("2614",), works=(work("1"),)))
    assert value == "main"
    assert "已有企业在做" in because
    assert role(chemical(("2614",), works=(work("1", status="ceased"),)))[0] == "unfit"


def test_a_park_beside_a_chemical_park_may_hold_it() -> None:
    index = chemical(("2614",))
    beside = {**index.facts.parks, "park/n": ParkFact("park/n", "高新区", "national", None, (OTHER,), ())}
    assert role_of(Index(replace(index.facts, parks=beside)), RULES, A, "park/n").value == "none"
    assert role_of(index, RULES, A, "park/a").value == "unfit"


@pytest.mark.parametrize(("code", "note"), [("3011", "产能置换"), ("3211", "两高"), ("2651", "化工项目")])
def test_other_rules_only_add_a_note_that_is_to_be_verified(code: str, note: str) -> None:
    value, because = role(chemical((code,)))
    assert value == "main"
    assert note in because
    assert "待核实" in because


def test_every_veto_names_a_source() -> None:
    vetoes = [rule for rule in RULES.all.values() if rule.id.startswith("veto-")]
    assert {rule.id for rule in vetoes} == {
        "veto-chemical-park",
        "veto-chemical-check",
        "veto-capacity-swap",
        "veto-two-high",
    }
    assert all(rule.source and "待核实" in rule.source for rule in vetoes)


# 在建


def test_projects_under_way_first_then_in_reserve_others_left_out() -> None:
    projects = (
        project("signed", "signed", "2025-06"),
        project("old", "building", "2023-12-30"),
        project("new", "started", "2025-01"),
        project("done", "producing", "2025-01"),
        project("none", None, "2025-01"),
        project("far", "building", "2025-01", places=(OTHER,)),
    )
    found = projects_of(world(projects=projects), RULES, A, CITY)
    assert [p.project.id for p in found] == ["project/new", "project/old", "project/signed"]
    assert found[0].status_label == Text(zh="开工", en="started")


@pytest.mark.parametrize(
    ("date", "stale"), [("2023-12-29", True), ("2023-12-30", False), ("2023-12", False), ("2023", False),
                        ("2022", True), (None, False)]
)  # fmt: skip
def test_a_status_is_to_be_updated_after_eighteen_months(date: str | None, stale: bool) -> None:
    (found,) = projects_of(world(projects=(project("p", "building", date),)), RULES, A, CITY)
    assert found.stale is stale  # the day asked for is 2025-06-30


# 对策


def test_actions_by_the_table() -> None:
    assert actions(world()) == ["verify"]
    assert actions(world(remarks=(said("missing"),))) == ["fill"]
    assert actions(world(remarks=(said("weak"),))) == ["fill"]
    assert actions(world(remarks=(said("", kind="strength"),))) == ["strengthen"]
    assert actions(world(works=(work("1"),))) == ["verify"]
    single = {"works": (work("1"), work("u", C)), "inputs": (need(),), "declarations": (declared(),)}
    assert actions(world(**single)) == ["fill", "secure"]  # one firm under a declaration is weak
    assert actions(world(**single), GROUP) == ["verify"]


def test_what_is_made_here_and_used_by_nobody_here_may_extend_downstream() -> None:
    index = world(works=(work("1"),), inputs=(need(),))
    assert actions(index) == ["verify", "extend"]
    found = actions_of(
        index,
        RULES,
        A,
        CITY,
        status=status_of(index, RULES, A, CITY),
        role=role_of(index, RULES, A, CITY),
        risks=[],
    )
    assert found[-1].basis.because.zh.endswith("丙件")
    assert actions(world(works=(work("1"), work("u", C)), inputs=(need(),))) == ["verify"]
    assert actions(world(inputs=(need(),))) == ["verify"]


def test_the_table_is_checked() -> None:
    rule = RULES.rule("action")
    for table, key in (
        ([], "data.table"),
        ([{"when": {"state": ["weak"]}, "action": "fill"}], "data.table.0.when.state"),
        ([{"when": {"status": ["weka"]}, "action": "fill"}], "data.table.0.when.status"),
        ([{"when": {"risk": "yes"}, "action": "fill"}], "data.table.0.when.risk"),
        ([{"when": {}, "action": "fil"}], "data.table.0.action"),
    ):
        broken = replace(RULES, all={**RULES.all, "action": replace(rule, data={"table": table})})
        index = world()
        status, place = status_of(index, RULES, A, CITY), role_of(index, RULES, A, CITY)
        with pytest.raises(BadInput) as error:
            actions_of(index, broken, A, CITY, status=status, role=place, risks=[])
        assert error.value.extra["key"] == key


# 优先级


def test_parts_that_are_not_known_are_left_out_and_the_known_share_is_told() -> None:
    found = priority(world(remarks=(said("weak"),)))
    assert parts(found) == {
        "criticality": None,
        "pull": None,
        "availability": None,
        "urgency": 0.5,
        "role": None,
    }
    assert (found.value, found.known) == (None, pytest.approx(0.2))  # too little for a total


def test_how_much_must_be_known_for_a_total_is_a_threshold(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("thresholds: {priority: {known_share: 0.2}}\n", "utf-8")
    assert priority(world(remarks=(said("weak"),)), load_rules(own)).value == 0.5


def test_a_weighted_mean_of_the_known_parts() -> None:
    index = world(
        remarks=(said("missing"),),
        works=(work("u", C), work("v", C), work("n", B)),
        inputs=(need(), need(A, B, criticality="optional")),
        leads=(lead("firm/u"), lead("firm/v", C), lead("firm/n", C)),
        positions=(positioned(CITY, "support"),),
    )
    found = priority(index, candidates=2)
    assert parts(found) == {
        "criticality": 1,
        "pull": pytest.approx(2 / 3),
        "availability": 0.4,
        "urgency": 0.8,
        "role": 0.6,
    }
    total = 0.3 * 1 + 0.2 * 2 / 3 + 0.15 * 0.4 + 0.2 * 0.8 + 0.15 * 0.6
    assert (found.value, found.known) == (pytest.approx(total), 1)
    later = with_candidates(Grounds(index, RULES, A, CITY), priority(index), 2)
    assert later == found


def test_a_need_that_is_only_common_or_optional_weighs_less() -> None:
    for criticality, value in (("common", 0.6), ("optional", 0.3), (None, None)):
        index = world(works=(work("u", C),), inputs=(need(criticality=criticality),))
        assert parts(priority(index))["criticality"] == value
    assert parts(priority(world(inputs=(need(),))))["criticality"] is None
    assert parts(priority(world(inputs=(need(),))))["pull"] is None  # not recorded is not none


def test_weights_of_the_users_own_file(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("weights: {priority: {criticality: 0, urgency: 0, role: 1}}\n", "utf-8")
    index = world(remarks=(said("weak"),), positions=(positioned(CITY, "listed"),))
    found = priority(index, load_rules(own))
    assert (found.value, found.known) == (0.4, pytest.approx(1 / 1.35))
    own.write_text("weights: {priority: {role: 0, urgency: 1}}\n", "utf-8")
    only_urgency = priority(index, load_rules(own))
    assert only_urgency.value == 0.5


@pytest.mark.parametrize(
    "weights", ["{criticality: -0.1}", "{criticality: 0, pull: 0, availability: 0, urgency: 0, role: 0}"]
)
def test_weights_that_are_negative_or_all_zero_are_refused(weights: str, tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text(f"weights: {{priority: {weights}}}\n", "utf-8")
    with pytest.raises(BadInput):
        load_rules(own)
    rule = RULES.rule("priority")
    zero = {name: replace(weight, value=0.0) for name, weight in rule.weights.items()}
    broken = replace(RULES, all={**RULES.all, "priority": replace(rule, weights=zero)})
    with pytest.raises(BadInput):
        weighed(broken, {})


def test_an_unfit_place_scores_nothing_for_its_role() -> None:
    assert parts(priority(chemical(("2614",))))["role"] == 0
