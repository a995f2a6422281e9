"""What the rules with a query find, on the engine; and rule files that do not fit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from graph.engine import EngineConfig
from graph.errors import BadInput
from graph.gaps.findings import findings
from graph.gaps.models import Finding
from graph.gaps.rules import Rules, load_rules
from graph.limits import Limits
from graph.model import Node, Relation
from graph.ontology import Ontology
from graph.repository.reader import Reader
from graph.store import open_store
from tests.support.chain_sample import STAMP, node, relation, store_members
from tests.support.databases import empty

RULES = load_rules()
CHAIN, DAY = "chain/t", "2025-06-30"
#: A chain that has one segment, of which those of the other chain are parts.
OWN = "chain/u"
CITY, COUNTY, OTHER, PARK, SUB = "place/3601", "place/360101", "place/3602", "park/a", "park/sub"
HERE = [CITY, COUNTY]
SEGMENTS = ("cell", "salt", "foil", "film", "alt", "group", "late")
DEMANDS = ("open", "answered", "closed", "far", "later")
KNOWN = {"standing": "verified", "grade": "B", "sources": ["source/s"]}
GAP = {"kind": "gap", "gap_kind": "missing", "subject_kind": "place"}

#: A chain of links at which a site stood until the end of March 2025, and of one more for each in which a gap
#: was filled; by what it stood there.
MOVED = "chain/m"
STOOD = ("place", "park", "within", "firm", "home", "closed")
UNTIL = {"valid_to": "2025-03", "valid_to_min": "2025-03-01", "valid_to_max": "2025-03-31"}
BEFORE = "2025-02-28"

#: A chain of links of which it is said that something lacks, and in some year that it was filled.
FILLED = "chain/f"
FILLINGS = {"later": "2024", "same": "2023", "earlier": "2022", "to-come": "2026"}


def in_year(year: str) -> dict[str, str]:
    """The properties of a statement about a year."""
    return {"period": year, "period_min": f"{year}-01-01", "period_max": f"{year}-12-31"}


_NODES: list[tuple[str, dict[str, Any]]] = [
    ("source/s", {"name": "某报", "grade": "B"}),
    ("place/36", {"name": "某省", "level": "province"}),
    (CITY, {"name": "甲市", "level": "city"}),
    (COUNTY, {"name": "甲县", "level": "county"}),
    (OTHER, {"name": "乙市", "level": "city"}),
    (PARK, {"name": "甲园"}),
    (SUB, {"name": "甲园化工区"}),
    (CHAIN, {"name": "某链"}),
    (OWN, {"name": "自己的链"}),
    ("segment/u/top", {"name": "总环节"}),
    *((f"segment/t/{key}", {"name": f"环节{key}"}) for key in SEGMENTS),
    ("firm/lead", {"name": "龙头公司"}),
    ("firm/small", {"name": "小公司"}),
    ("firm/far", {"name": "远方公司"}),
    ("firm/stopped", {"name": "停了的公司"}),
    ("firm/half", {"name": "停了一半的公司"}),
    ("firm/gone", {"name": "没了的公司", "status": "ceased"}),
    ("firm/next", {"name": "后来的公司"}),
    ("site/gone", {"name": "没了的基地"}),
    ("site/next", {"name": "后来的基地"}),
    ("site/lead", {"name": "龙头基地"}),
    ("site/small", {"name": "小基地"}),
    ("site/far", {"name": "远方基地"}),
    ("site/home", {"name": "随企业的基地"}),
    ("site/stopped", {"name": "停了的基地"}),
    ("site/half", {"name": "停了一半的基地"}),
    (
        "statement/no-film",
        {"name": "无膜", **GAP, "period": "2024", "filled_on": "2025-09", "filled_on_min": "2025-09-01"},
    ),
    ("statement/film-made", {"name": "有膜", "kind": "gap", "gap_kind": "filled", "period": "2025-10"}),
    ("statement/no-alt", {"name": "无替代", **GAP, "period": "2024", "filled_by": "某企业"}),
    ("statement/weak-cell", {"name": "电芯弱", **GAP, "gap_kind": "weak", "period": "2023"}),
    ("statement/weak-group", {"name": "总体弱", **GAP, "gap_kind": "weak", "period": "2023"}),
    ("statement/weak-now", {"name": "电芯仍弱", **GAP, "gap_kind": "weak", "period": "2025-12"}),
    (
        "statement/salt-made",
        {"name": "有盐", **GAP, "gap_kind": "filled", "period": "2024", "filled_by": "某盐厂"},
    ),
    ("statement/no-foil", {"name": "无箔", **GAP, "period": "2015"}),
    ("statement/old-cell", {"name": "电芯强", "kind": "strength", "period": "2016"}),
    ("statement/new-cell", {"name": "电芯仍强", "kind": "strength", "period": "2025-01"}),
    ("statement/old-far", {"name": "远方旧说", **GAP, "period": "2015"}),
    ("demand/open", {"name": "求购膜", "kind": "sales", "date": "2025-03"}),
    ("demand/answered", {"name": "已应", "date": "2025-03"}),
    ("demand/closed", {"name": "已结束", "status": "closed"}),
    ("demand/far", {"name": "远方的", "status": "open"}),
    ("demand/later", {"name": "以后的", "status": "open", "date": "2025-09"}),
    (MOVED, {"name": "搬走的链"}),
    ("place/360198", {"name": "划走的县", "level": "county"}),
    ("demand/moved", {"name": "搬走的求购", "date": "2024-12"}),
    ("firm/moved-asking", {"name": "搬走的求购公司"}),
    ("segment/m/use", {"name": "用处"}),
    *((f"segment/m/{key}{end}", {"name": key}) for key in STOOD for end in ("", "-made")),
    *((f"firm/m-{key}", {"name": key}) for key in STOOD),
    *((f"site/m-{key}", {"name": key, **(UNTIL if key == "closed" else {})}) for key in STOOD),
    *((f"statement/m-no-{key}", {"name": key, **GAP, **in_year("2023")}) for key in STOOD),
    *(
        (f"statement/m-weak-{key}", {"name": key, **GAP, **in_year("2023"), "gap_kind": "weak"})
        for key in STOOD
    ),
    *(
        (f"statement/m-made-{key}", {"name": key, **GAP, **in_year("2023"), "gap_kind": "filled"})
        for key in STOOD
    ),
    (FILLED, {"name": "补上的链"}),
    ("firm/f", {"name": "在做的公司"}),
    ("site/f", {"name": "在做的基地"}),
    *((f"segment/f/{key}", {"name": key}) for key in FILLINGS),
    *(
        (f"statement/f-{kind}-{key}", {"name": key, **GAP, **in_year("2023"), "gap_kind": kind})
        for key in FILLINGS
        for kind in ("missing", "weak")
    ),
    *(
        (f"statement/f-made-{key}", {"name": key, **GAP, **in_year(year), "gap_kind": "filled"})
        for key, year in FILLINGS.items()
    ),
]

_WORKS = {"status": "operating", "as_of": "2024-05", "as_of_min": "2024-05-01"}
_RELATIONS: list[tuple[str, str, str, dict[str, Any]]] = [
    (CITY, "WITHIN", "place/36", {}),
    (OTHER, "WITHIN", "place/36", {}),
    (COUNTY, "WITHIN", CITY, {}),
    (PARK, "LOCATED_IN", COUNTY, {}),
    (SUB, "PART_OF", PARK, {}),
    *((CHAIN, "HAS_SEGMENT", f"segment/t/{key}", {}) for key in SEGMENTS),
    (OWN, "HAS_SEGMENT", "segment/u/top", {}),
    *((f"segment/t/{key}", "PART_OF", "segment/u/top", {}) for key in SEGMENTS if key != "cell"),
    ("segment/t/cell", "PART_OF", "segment/t/group", {}),
    ("segment/t/salt", "INPUT_TO", "segment/t/cell", {"input": "盐", "criticality": "required"}),
    ("segment/t/film", "INPUT_TO", "segment/t/cell", {"input": "膜", "criticality": "required"}),
    ("segment/t/foil", "INPUT_TO", "segment/t/cell",
     {"input": "箔", "criticality": "required", "alternative_group": "箔或替代"}),
    ("segment/t/alt", "INPUT_TO", "segment/t/cell",
     {"input": "替代", "criticality": "required", "alternative_group": "箔或替代"}),
    ("firm/lead", "OPERATES", "site/lead", {}),
    ("firm/small", "OPERATES", "site/small", {}),
    ("firm/far", "OPERATES", "site/far", {}),
    ("firm/small", "OPERATES", "site/home", {}),
    ("firm/small", "LOCATED_IN", COUNTY, {}),
    ("firm/far", "LOCATED_IN", OTHER, {}),
    ("site/lead", "IN_PARK", SUB, {}),
    ("site/small", "LOCATED_IN", CITY, {}),
    ("site/far", "LOCATED_IN", OTHER, {}),
    ("site/lead", "WORKS_IN", "segment/t/cell", _WORKS),
    ("site/small", "WORKS_IN", "segment/t/cell", _WORKS),
    ("site/home", "WORKS_IN", "segment/t/film", _WORKS),
    ("site/small", "WORKS_IN", "segment/t/alt", {"status": "unknown"}),
    ("site/small", "WORKS_IN", "segment/t/salt", {"status": "suspended"}),
    ("site/far", "WORKS_IN", "segment/t/salt", _WORKS),
    ("firm/stopped", "OPERATES", "site/stopped", {}),
    ("firm/half", "OPERATES", "site/half", {}),
    ("site/stopped", "LOCATED_IN", OTHER, {}),
    ("site/half", "LOCATED_IN", OTHER, {}),
    ("site/stopped", "WORKS_IN", "segment/t/salt", {"status": "suspended", "as_of": "2024-05"}),
    ("site/stopped", "WORKS_IN", "segment/t/film", {"status": "under_construction", "as_of": "2024-05"}),
    ("site/half", "WORKS_IN", "segment/t/salt", {"status": "suspended", "as_of": "2024-05"}),
    ("site/half", "WORKS_IN", "segment/t/film", _WORKS),
    ("firm/stopped", "SUPPLIES", "firm/lead", {"what": "盐"}),
    ("firm/stopped", "SUPPLIES", "firm/far", {"what": "盐"}),
    ("firm/half", "SUPPLIES", "firm/small", {"what": "盐"}),
    ("firm/gone", "OPERATES", "site/gone", {}),
    ("firm/next", "OPERATES", "site/next", {}),
    ("site/gone", "LOCATED_IN", CITY, {}),
    ("site/next", "LOCATED_IN", CITY, {}),
    ("site/gone", "WORKS_IN", "segment/t/salt", _WORKS),
    ("site/gone", "WORKS_IN", "segment/t/foil", _WORKS),
    ("site/next", "WORKS_IN", "segment/t/alt", _WORKS),
    ("site/next", "WORKS_IN", "segment/t/salt", {"status": "operating", "seen_first": "2025-09"}),
    ("site/next", "WORKS_IN", "segment/t/cell",
     {"status": "operating", "as_of": "2025-09", "as_of_min": "2025-09-01"}),
    ("firm/next", "FLAGSHIP_IN", CHAIN, {"called": "龙头"}),
    ("firm/small", "FLAGSHIP_IN", "segment/t/cell", {"called": "龙头", "valid_from": "2025-09"}),
    ("segment/t/late", "INPUT_TO", "segment/t/cell",
     {"input": "后来的", "criticality": "required", "valid_from": "2025-09"}),
    ("firm/lead", "FLAGSHIP_IN", "segment/t/group", {"called": "龙头"}),
    ("firm/lead", "FLAGSHIP_IN", "segment/t/cell", {"standing": "unverified"}),
    ("firm/far", "FLAGSHIP_IN", CHAIN, {}),
    ("statement/no-film", "ABOUT", CITY, {}),
    ("statement/no-film", "ABOUT", "segment/t/film", {}),
    ("statement/film-made", "ABOUT", CITY, {}),
    ("statement/film-made", "ABOUT", "segment/t/film", {}),
    ("statement/no-alt", "ABOUT", CITY, {}),
    ("statement/no-alt", "ABOUT", "segment/t/alt", {}),
    ("statement/weak-cell", "ABOUT", CITY, {}),
    ("statement/weak-cell", "ABOUT", "segment/t/cell", {}),
    ("statement/weak-group", "ABOUT", CITY, {}),
    ("statement/weak-group", "ABOUT", "segment/t/group", {}),
    ("statement/weak-now", "ABOUT", CITY, {}),
    ("statement/weak-now", "ABOUT", "segment/t/cell", {}),
    ("statement/salt-made", "ABOUT", CITY, {}),
    ("statement/salt-made", "ABOUT", "segment/t/salt", {}),
    ("statement/no-foil", "ABOUT", CITY, {}),
    ("statement/no-foil", "ABOUT", "segment/t/foil", {}),
    ("statement/old-cell", "ABOUT", CITY, {}),
    ("statement/old-cell", "ABOUT", "segment/t/cell", {}),
    ("statement/new-cell", "ABOUT", CITY, {}),
    ("statement/new-cell", "ABOUT", "segment/t/cell", {}),
    ("statement/old-far", "ABOUT", OTHER, {}),
    ("statement/old-far", "ABOUT", "segment/t/foil", {}),
    *((f"demand/{key}", "ABOUT", "segment/t/film", {}) for key in DEMANDS),
    *((f"demand/{key}", "POSTED_BY", "firm/lead", {}) for key in ("open", "answered", "closed", "later")),
    ("demand/far", "POSTED_BY", "firm/far", {}),
    ("demand/answered", "ANSWERED_BY", "firm/small", {}),
    ("demand/open", "ANSWERED_BY", "firm/small", {"valid_from": "2025-09"}),
    *((MOVED, "HAS_SEGMENT", f"segment/m/{key}{end}", {}) for key in STOOD for end in ("", "-made")),
    *((f"site/m-{key}", "WORKS_IN", f"segment/m/{key}", _WORKS) for key in STOOD),
    *((f"site/m-{key}", "WORKS_IN", f"segment/m/{key}-made", _WORKS) for key in STOOD),
    *((f"statement/m-{kind}-{key}", "ABOUT", CITY, {}) for key in STOOD for kind in ("no", "weak", "made")),
    *((f"statement/m-no-{key}", "ABOUT", f"segment/m/{key}", {}) for key in STOOD),
    *((f"statement/m-weak-{key}", "ABOUT", f"segment/m/{key}", {}) for key in STOOD),
    *((f"statement/m-made-{key}", "ABOUT", f"segment/m/{key}-made", {}) for key in STOOD),
    *((f"firm/m-{key}", "OPERATES", f"site/m-{key}", UNTIL if key == "firm" else {}) for key in STOOD),
    ("site/m-place", "LOCATED_IN", CITY, UNTIL),
    ("site/m-park", "IN_PARK", SUB, UNTIL),
    ("site/m-within", "LOCATED_IN", "place/360198", {}),
    ("place/360198", "WITHIN", CITY, UNTIL),
    ("firm/m-firm", "LOCATED_IN", CITY, {}),
    ("firm/m-home", "LOCATED_IN", CITY, UNTIL),
    ("site/m-closed", "LOCATED_IN", CITY, {}),
    ("demand/moved", "ABOUT", "segment/m/place", {}),
    ("demand/moved", "POSTED_BY", "firm/moved-asking", {}),
    ("firm/moved-asking", "LOCATED_IN", CITY, UNTIL),
    (MOVED, "HAS_SEGMENT", "segment/m/use", {}),
    ("site/f", "WORKS_IN", "segment/m/use", _WORKS),
    ("firm/f", "FLAGSHIP_IN", MOVED, {"called": "龙头"}),
    *(
        (f"segment/m/{key}", "INPUT_TO", "segment/m/use", {"input": key, "criticality": "required"})
        for key in STOOD
    ),
    ("firm/stopped", "SUPPLIES", "firm/m-place", {"what": "盐"}),
    *((FILLED, "HAS_SEGMENT", f"segment/f/{key}", {}) for key in FILLINGS),
    *(("site/f", "WORKS_IN", f"segment/f/{key}", _WORKS) for key in FILLINGS),
    ("firm/f", "OPERATES", "site/f", {}),
    ("site/f", "LOCATED_IN", CITY, {}),
    *(
        (f"statement/f-{kind}-{key}", "ABOUT", about, {})
        for key in FILLINGS
        for kind in ("missing", "weak", "made")
        for about in (CITY, f"segment/f/{key}")
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
async def asked(engine_config: EngineConfig, ontology: Ontology) -> AsyncIterator[Reader]:
    """Reads the small graph above; no test changes it."""
    await empty(engine_config)
    async with open_store(engine_config, ontology) as store:
        await store.bootstrap()
        await store.set_meta(STAMP)
        members: list[Node | Relation] = [
            *(node(key, {**KNOWN, **props}) for key, props in _NODES),
            *(relation(source, cls, target, {**KNOWN, **props}) for source, cls, target, props in _RELATIONS),
        ]
        await store_members(store, members)
        yield Reader(store, ontology, Limits())


async def found(
    reader: Reader,
    rule: str,
    places: list[str] | None = None,
    *,
    rules: Rules = RULES,
    day: str = DAY,
    chain: str = CHAIN,
) -> list[Finding]:
    every = await findings(reader, rules, chain, places or HERE, day)
    return [one for one in every.items if one.rule == rule]


def ids(some: list[Finding]) -> set[tuple[str | None, str | None]]:
    return {(f.segment.id if f.segment else None, f.subject.id if f.subject else None) for f in some}


async def test_what_a_leading_firm_requires_and_nobody_here_is_recorded_for(asked: Reader) -> None:
    (one,) = await found(asked, "leader-lacks-input")
    assert ids([one]) == {("segment/t/salt", "firm/lead")}
    assert one.says.zh == "龙头公司所在环节必需环节salt，本地未见做它的企业的记录"
    assert {fact.kind for fact in one.basis.facts} == {"input", "lead"}
    assert all((fact.sources, fact.grade) == (["source/s"], "B") for fact in one.basis.facts)
    assert (one.severity, one.basis.as_of, one.basis.fact_count) == ("medium", DAY, 2)


async def test_a_park_sees_the_leader_in_a_park_that_is_part_of_it(asked: Reader) -> None:
    assert ids(await found(asked, "leader-lacks-input", [PARK])) == {
        (f"segment/t/{key}", "firm/lead") for key in ("salt", "film", "foil", "alt")
    }
    assert await found(asked, "leader-lacks-input", [OTHER]) == []


async def test_said_to_be_missing_yet_somebody_operates(asked: Reader) -> None:
    (one,) = await found(asked, "conflicting-evidence")
    assert ids([one]) == {("segment/t/film", "statement/no-film")}
    assert one.says.zh == "表述“无膜”说缺环节film，却记有 1 处在产"
    assert [fact.says.zh for fact in one.basis.facts] == ["随企业的基地"]
    assert one.severity == "high"


def three(tmp_path: Path, firms: int = 3) -> Rules:
    """The rules by which so many firms are many."""
    own = tmp_path / "own.yml"
    own.write_text(f"thresholds: {{weak-yet-many: {{firms: {firms}}}}}", "utf-8")
    return load_rules(own)


async def test_said_to_be_weak_yet_many_firms_are_recorded_since(asked: Reader, tmp_path: Path) -> None:
    """Two firms operate in the cell in 2024, a third from 2025-09; nobody is recorded after 2025-12.

    Of a group that is called weak the number of firms says nothing.
    """
    assert await found(asked, "weak-yet-many", rules=three(tmp_path)) == []
    (later,) = await found(asked, "weak-yet-many", day="2025-12-31", rules=three(tmp_path))
    assert await found(asked, "weak-yet-many", day="2025-12-31") == []
    assert ids([later]) == {("segment/t/cell", "statement/weak-cell")}
    assert {fact.says.zh for fact in later.basis.facts} == {"龙头基地", "小基地", "后来的基地"}
    (one,) = await found(asked, "weak-yet-many", rules=three(tmp_path, 2))
    assert one.says.zh == "表述“电芯弱”说环节cell薄弱，其后却记有 2 处在产"
    assert (one.severity, one.basis.thresholds) == ("medium", {"firms": 2})


async def test_said_to_be_filled_yet_nobody_is_recorded(asked: Reader) -> None:
    """Whoever makes salt here has stopped, is gone, or comes later; film and its alternative have makers."""
    (one,) = await found(asked, "filled-yet-nobody")
    assert ids([one]) == {("segment/t/salt", "statement/salt-made")}
    assert one.says.zh == "表述“有盐”说环节salt的缺口已补，却没有企业在本地在产的记录"
    assert [(fact.says.zh, fact.date) for fact in one.basis.facts] == [("某盐厂", "2024")]
    assert one.severity == "low"
    assert await found(asked, "filled-yet-nobody", day="2025-12-31") == []


@pytest.mark.parametrize("rule", ["conflicting-evidence", "weak-yet-many"])
async def test_a_gap_that_was_filled_since_is_not_gainsaid(asked: Reader, tmp_path: Path, rule: str) -> None:
    """What is said in 2023 is ended by a filling of that year or a later one, not by one of 2022 or 2026."""
    some = await found(asked, rule, chain=FILLED, rules=three(tmp_path, 1))
    assert {one.segment.id for one in some if one.segment} == {"segment/f/earlier", "segment/f/to-come"}


async def test_who_has_moved_away_is_found_only_on_the_days_before(asked: Reader, tmp_path: Path) -> None:
    rules = three(tmp_path, 1)

    async def links(rule: str, day: str) -> set[str]:
        places = [*HERE, "place/360198"] if day == BEFORE else HERE  # what lies here on that day
        some = await found(asked, rule, places, chain=MOVED, rules=rules, day=day)
        return {one.segment.id.removeprefix("segment/m/") for one in some if one.segment}

    for rule in ("conflicting-evidence", "weak-yet-many"):
        assert await links(rule, BEFORE) == set(STOOD)
        assert await links(rule, DAY) == set()
    for rule, left in (
        ("filled-yet-nobody", {f"{key}-made" for key in STOOD}),
        ("leader-lacks-input", set(STOOD)),
    ):
        assert await links(rule, BEFORE) == set()
        assert await links(rule, DAY) == left


@pytest.mark.parametrize("rule", ["unanswered-demand", "supplier-stopped"])
async def test_the_firms_asked_about_stand_here_on_that_day(asked: Reader, rule: str) -> None:
    assert len(await found(asked, rule, chain=MOVED, day=BEFORE)) == 1
    assert await found(asked, rule, chain=MOVED) == []


@pytest.mark.parametrize("rule", sorted(rule.id for rule in RULES.of_axis("finding")))
async def test_links_that_are_only_part_of_a_link_of_the_chain_are_reached(
    asked: Reader, tmp_path: Path, rule: str
) -> None:
    """One's own data hangs links below others by PART_OF, without HAS_SEGMENT."""
    day = "2025-12-31" if rule == "weak-yet-many" else DAY
    rules = three(tmp_path)
    direct = ids(await found(asked, rule, day=day, rules=rules))
    assert direct
    assert ids(await found(asked, rule, day=day, rules=rules, chain=OWN)) == direct


async def test_demands_that_nobody_has_answered(asked: Reader) -> None:
    (one,) = await found(asked, "unanswered-demand")
    assert ids([one]) == {("segment/t/film", "firm/lead")}
    assert [fact.key for fact in one.basis.facts] == ["demand/open"]


async def test_verdicts_that_rest_only_on_old_statements(asked: Reader, tmp_path: Path) -> None:
    (one,) = await found(asked, "stale-verdict")
    assert ids([one]) == {("segment/t/foil", CITY)}
    assert one.basis.thresholds == {"years": 5}
    own = tmp_path / "own.yml"
    own.write_text(f"places: {{{CITY}: {{stale-verdict: {{years: 20}}}}}}\n", "utf-8")
    assert await found(asked, "stale-verdict", rules=load_rules(own)) == []


async def test_the_most_severe_come_first_and_an_unknown_chain_has_none(asked: Reader) -> None:
    every = await findings(asked, RULES, CHAIN, HERE, DAY)
    assert [one.severity for one in every.items] == ["high", "high", "medium", "medium", "low", "low"]
    assert every.notes == []
    assert await findings(asked, RULES, "chain/none", HERE, DAY) == ([], [])
    assert await findings(asked, RULES, CHAIN, [], DAY) == ([], [])


async def test_what_is_of_a_later_day_is_found_on_that_day_only(asked: Reader) -> None:
    """The tests above ask for a day on which none of it had happened."""
    later = "2025-12-31"
    assert await found(asked, "conflicting-evidence", day=later) == []
    (demand,) = await found(asked, "unanswered-demand", day=later)
    assert [fact.key for fact in demand.basis.facts] == ["demand/later"]
    assert ids(await found(asked, "leader-lacks-input", day=later)) == {
        ("segment/t/late", f"firm/{key}") for key in ("lead", "small", "next")
    }


async def test_more_than_fits_is_cut_and_told(asked: Reader) -> None:
    """Two of the rules answer two rows: each rests on two facts."""
    cut = await findings(asked, RULES, CHAIN, HERE, DAY, most=1)
    assert {note.zh.partition("”")[0] for note in cut.notes} == {"规则“链主缺配套", "规则“供货方停产"}
    assert len(cut.items) == 6
    assert all(one.basis.fact_count == 1 for one in cut.items)


async def test_a_threshold_of_a_place_around_is_applied_and_told(asked: Reader, tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("places: {place/36: {stale-verdict: {years: 6}}}\n", "utf-8")
    rules, around = load_rules(own), [CITY, "place/36"]
    every = await findings(asked, rules, CHAIN, HERE, DAY, around=around)
    (one,) = [one for one in every.items if one.rule == "stale-verdict"]
    assert one.basis.thresholds == {"years": 6}


# A rule of one's own, and rules that do not fit


def with_rule(tmp_path: Path, **changes: str) -> Rules:
    """The rules with a copy of ``stale-verdict`` in which some texts are replaced."""
    source = files("graph") / "rules"
    for ending in ("yml", "cypher"):
        text = (source / f"stale-verdict.{ending}").read_text("utf-8")
        for old, new in changes.items():
            text = text.replace(old, new)
        (tmp_path / f"mine.{ending}").write_text(text.replace("rule: stale-verdict", "rule: mine"), "utf-8")
    return Rules({**RULES.all, **load_rules(folder=tmp_path).all})


async def test_a_new_rule_is_two_new_files(asked: Reader, tmp_path: Path) -> None:
    rules = with_rule(tmp_path, **{"value: 5": "value: 3"})
    assert ids(await found(asked, "mine", rules=rules)) == {("segment/t/foil", CITY)}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"fact_grade": "grade"}, "output"),
        ({"{segment}": "{segmnet}"}, "data.says"),
        ({"p.caption AS subject_name": "1 AS subject_name"}, "0.subject_name"),
    ],
    ids=["column", "sentence", "type"],
)
async def test_a_rule_with_other_columns_types_or_words_is_refused(
    asked: Reader, tmp_path: Path, changes: dict[str, str], key: str
) -> None:
    with pytest.raises(BadInput) as error:
        await findings(asked, with_rule(tmp_path, **changes), CHAIN, HERE, DAY)
    assert error.value.extra["key"] == key
    assert "mine." in error.value.extra["file"]


async def test_a_rule_without_a_query_finds_nothing(asked: Reader) -> None:
    bare = replace(RULES.rule("stale-verdict"), query=None)
    assert await found(asked, "stale-verdict", rules=Rules({**RULES.all, bare.id: bare})) == []


async def test_a_firm_here_is_told_whose_supplier_has_stopped_everything(asked: Reader) -> None:
    """``firm/half`` still works elsewhere, and ``firm/far`` is not here."""
    (one,) = await found(asked, "supplier-stopped")
    assert ids([one]) == {("segment/t/salt", "firm/lead")}
    assert {fact.kind for fact in one.basis.facts} == {"supply", "work"}
    assert ids(await found(asked, "supplier-stopped", [OTHER])) == {("segment/t/salt", "firm/far")}
