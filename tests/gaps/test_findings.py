"""What the rules with a query find, on the engine; and rule files that do not fit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from graph.engine import EngineConfig
from graph.errors import BadInput
from graph.gaps.findings import findings
from graph.gaps.models import Finding
from graph.gaps.rules import Rules, load_rules
from graph.limits import Limits
from graph.ontology import Ontology
from graph.repository.reader import Reader
from graph.store import open_store
from tests.support.chain_sample import STAMP, store_members
from tests.support.databases import empty
from tests.support.findings_sample import (
    BEFORE,
    CHAIN,
    CITY,
    DAY,
    FILLED,
    HERE,
    MOVED,
    OTHER,
    OWN,
    PARK,
    STOOD,
    finding_members,
)

RULES = load_rules()


@pytest.fixture(scope="module")
async def asked(engine_config: EngineConfig, ontology: Ontology) -> AsyncIterator[Reader]:
    """Reads the small graph above; no test changes it."""
    await empty(engine_config)
    async with open_store(engine_config, ontology) as store:
        await store.bootstrap()
        await store.set_meta(STAMP)
        await store_members(store, finding_members())
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
