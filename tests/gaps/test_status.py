"""现状 by what is recorded and said: each step of the decision table, and gaps that were filled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.gaps import rows
from graph.gaps.facts import FirmFact, Lead
from graph.gaps.index import Index
from graph.gaps.status import status_of
from tests.gaps.builders import CITY, COUNTY, GROUP, OTHER, PROVINCE, RULES, A, remark, value, work, world
from tests.gaps.strategies import CHAIN, DAY, span

# Step by step


def test_nothing_recorded_is_unknown_and_says_what_to_load() -> None:
    verdict = status_of(Index(world()), RULES, A, CITY)
    assert (verdict.value, verdict.label.zh, verdict.basis.facts) == ("unknown", "未知", [])
    assert verdict.basis.would_change is not None
    for said in ("企业记录", "覆盖声明", "来源表述"):
        assert said in verdict.basis.would_change.zh
    assert verdict.basis.as_of == DAY
    assert verdict.basis.rule_name.zh == "现状"


@pytest.mark.parametrize("status", ["operating", "unknown", "suspended"])
def test_somebody_recorded_without_more_is_undecided(status: str) -> None:
    assert value(world(works=(work(status=status),))) == "recorded"


@pytest.mark.parametrize("status", ["planned", "under_construction", "ceased"])
def test_what_is_planned_or_gone_leaves_it_unknown(status: str) -> None:
    assert value(world(works=(work(status=status),))) == "unknown"


def test_work_by_a_firm_that_has_ceased_is_gone() -> None:
    gone = {"firm/w": FirmFact("firm/w", "某企业", "ceased")}
    assert value(world(works=(work(),), firms=gone)) == "unknown"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (None, "recorded"),  # nobody can tell which came first
        ("2022", "missing"),  # older than the statement
        ("2023", "recorded"),  # its year reaches into that of the statement
        ("2024-01", "recorded"),
    ],
)
def test_a_missing_statement_stands_until_somebody_is_recorded_later(date: str | None, expected: str) -> None:
    facts = world(remarks=(remark("s", "missing", "2023-05"),), works=(work(date=date),))
    verdict = status_of(Index(facts), RULES, A, CITY)
    assert verdict.value == expected
    assert verdict.conflict is (date is None)


def test_what_the_wider_place_lacks_does_not_stand_against_somebody_recorded_here() -> None:
    facts = world(remarks=(remark("s", "missing", "2023-05"),), works=(work(date="2022", places=(COUNTY,)),))
    verdict = status_of(Index(facts), RULES, A, COUNTY)
    assert (verdict.value, verdict.conflict) == ("recorded", True)
    assert value(facts) == "missing"  # said of the city itself, and later
    assert value(facts, place="place/360102") == "missing"


def test_a_missing_statement_alone_is_missing_with_its_evidence() -> None:
    said = replace(remark("statement/s", "missing"), standing="verified", grade="B", sources=("source/x",))
    (fact,) = status_of(Index(world(remarks=(said,))), RULES, A, CITY).basis.facts
    assert (fact.key, fact.kind, fact.date, fact.standing, fact.grade, fact.sources) == (
        "statement/s", "statement", "2023", "verified", "B", ["source/x"],
    )  # fmt: skip
    assert "缺失" in fact.says.zh
    assert "说statement/s" in fact.says.zh


def test_a_place_lacks_what_the_place_around_it_lacks_but_weakness_is_not_inherited() -> None:
    for kind, below, above in (("missing", "missing", "missing"), ("weak", "unknown", "weak")):
        facts = world(remarks=(remark("s", kind),))
        assert value(facts, place=COUNTY) == below
        assert value(facts, place=CITY) == above
        assert value(facts, place=PROVINCE) == "unknown"
        assert value(facts, place=OTHER) == "unknown"


def test_what_is_said_of_a_county_is_shown_for_the_city_and_decides_nothing() -> None:
    verdict = status_of(Index(world(remarks=(remark("s", "weak", places=(COUNTY,)),))), RULES, A, CITY)
    assert verdict.value == "unknown"
    assert [f.key for f in verdict.basis.facts] == ["s"]


@pytest.mark.parametrize(
    "fields", [{"subject_kind": "nation"}, {"subject_kind": "firm", "firms": ("firm/q",)}]
)
@pytest.mark.parametrize("kind", ["missing", "weak", "strength"])
def test_what_is_said_of_the_nation_or_of_a_firm_elsewhere_decides_nothing(
    kind: str, fields: dict[str, Any]
) -> None:
    assert value(world(remarks=(remark("s", kind, **fields),))) == "unknown"


@pytest.mark.parametrize("kind", ["external", "factor", "unspecified"])
def test_gaps_of_other_kinds_decide_nothing(kind: str) -> None:
    assert value(world(remarks=(remark("s", kind),))) == "unknown"


def test_strength_of_a_firm_counts_where_it_is_at_work() -> None:
    said = remark("s", "strength", subject_kind="firm", places=(), firms=("firm/w",))
    assert value(world(remarks=(said,), works=(work(),))) == "strong"
    assert value(world(remarks=(said,), works=(work(status="planned"),))) == "unknown"
    assert value(world(remarks=(said,), works=(work(),)), place=OTHER) == "unknown"


@pytest.mark.parametrize(
    ("strong", "weak", "expected", "conflict"),
    [
        ("2024", "2023", "strong", False),
        ("2023", "2024", "weak", False),
        ("2023", "2023-12-31", "recorded", True),
        (None, "2023", "recorded", True),
        ("2023", None, "recorded", True),
    ],
)
def test_of_strength_and_weakness_the_later_decides(
    strong: str | None, weak: str | None, expected: str, conflict: bool
) -> None:
    facts = world(remarks=(remark("s", "strength", strong), remark("w", "weak", weak)))
    verdict = status_of(Index(facts), RULES, A, CITY)
    assert (verdict.value, verdict.conflict) == (expected, conflict)
    assert ("1 条强项表述" in verdict.basis.because.zh) is (expected != "weak")
    assert {f.key for f in verdict.basis.facts} == {"s", "w"}


@pytest.mark.parametrize("about", [A, GROUP, CHAIN])
@pytest.mark.parametrize(
    ("grade", "expected"), [("A", "strong"), ("B", "strong"), ("C", "recorded"), (None, "recorded")]
)
def test_a_leader_at_work_is_strength_on_a_good_source(about: str, grade: str | None, expected: str) -> None:
    lead = Lead("lead/1", grade=grade, cls="FLAGSHIP_IN", standing="verified", firm="firm/w", about=about)
    assert value(world(works=(work(),), leads=(lead,))) == expected
    assert value(world(works=(work(segment="segment/t/c"),), leads=(lead,))) == "unknown"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"cls": "FLAGSHIP_IN", "standing": "unverified"}, "recorded"),
        ({"cls": "FLAGSHIP_IN", "standing": "unverified", "called": "龙头企业"}, "strong"),
        ({"cls": "DESIGNATED_CHAIN_LEADER", "standing": "unverified"}, "strong"),
    ],
)
def test_who_was_only_put_down_as_a_leader_decides_nothing(told: dict[str, Any], expected: str) -> None:
    lead = Lead("lead/1", grade="A", firm="firm/w", about=A, **told)
    found = status_of(Index(world(works=(work(),), leads=(lead,))), RULES, A, CITY)
    assert found.value == expected
    assert "lead/1" in {fact.key for fact in found.basis.facts}


def test_a_leader_of_something_else_is_none_here() -> None:
    lead = Lead(
        "lead/1", grade="A", cls="FLAGSHIP_IN", standing="verified", firm="firm/w", about="segment/t/c"
    )
    assert value(world(works=(work(),), leads=(lead,))) == "recorded"


def test_where_dates_lack_a_cited_weakness_goes_before_the_doubt_about_a_missing_link() -> None:
    said = (remark("m", "missing", "2023"), remark("w", "weak", "2023"))
    undated = world(remarks=said, works=(work(date=None),))
    assert [value(undated), value(world(remarks=said, works=(work(date="2024"),)))] == ["weak", "weak"]
    assert value(world(remarks=said)) == "missing"


# Filled gaps


@pytest.mark.parametrize(
    ("stated", "filling", "expected"),
    [
        ("2023", {"filled_on": span("2024-05")}, "unknown"),
        ("2024", {"filled_on": span("2024-05")}, "unknown"),  # not surely newer
        ("2025", {"filled_on": span("2024-05")}, "weak"),
        ("2023", {"filled_on": span("2025-07-01")}, "weak"),  # after the day of the answer
        ("2023", {"filled_by": "某企业"}, "unknown"),
        (None, {}, "unknown"),
    ],
)
def test_a_filled_gap_is_none_and_says_by_whom(
    stated: str | None, filling: dict[str, Any], expected: str
) -> None:
    facts = world(remarks=(remark("s", "weak", stated), remark("f", "filled", "2023", **filling)))
    verdict = status_of(Index(facts), RULES, A, CITY)
    assert verdict.value == expected
    told = filling.get("filled_on") != span("2025-07-01")
    assert (verdict.filled is not None and verdict.filled.key == "f") is told
    if filling.get("filled_by"):
        assert "某企业" in verdict.basis.because.zh


def test_a_statement_that_tells_of_its_own_filling_no_longer_stands() -> None:
    facts = world(remarks=(remark("s", "missing", filled_by="某企业", filled_on=span("2024")),))
    verdict = status_of(Index(facts), RULES, A, CITY)
    assert verdict.value == "unknown"
    assert verdict.filled is not None
    assert "某企业" in verdict.filled.says.zh


def test_a_statement_of_a_later_time_than_the_filling_it_tells_of_does_not_stand_either() -> None:
    facts = world(remarks=(remark("s", "weak", "2024-12", filled_on=span("2023")),))
    assert value(facts) == "unknown"


@pytest.mark.parametrize(("day", "expected"), [("2022-06-30", "weak"), ("2025-06-30", "unknown")])
def test_what_was_filled_after_the_day_was_a_gap_then(day: str, expected: str) -> None:
    told = {"id": "statement/f", "caption": "补", "kind": "gap", "gap_kind": "filled", "filled_by": "某企业"}
    row = {"node": {**told, "period": "2021", "filled_on": "2023"}, "about": [A, CITY]}
    filling = rows.remark(row, day, {})
    assert filling is not None
    facts = replace(world(remarks=(remark("s", "weak", "2021"), filling)), day=day)
    assert value(facts) == expected


def test_what_a_county_has_filled_the_next_city_still_lacks() -> None:
    lacks = remark("s", "missing", places=(PROVINCE,))
    facts = world(remarks=(lacks, remark("f", "filled", "2024", places=(COUNTY, "place/cn"))))
    assert (value(facts, place=OTHER), value(facts, place=COUNTY)) == ("missing", "unknown")


def test_a_gap_filled_elsewhere_in_the_province_stays_one_here() -> None:
    facts = world(remarks=(remark("s", "weak"), remark("f", "filled", "2024", places=(PROVINCE,))))
    assert value(facts) == "weak"
    assert value(facts, place=PROVINCE) == "unknown"


@pytest.mark.parametrize(
    ("date", "expected"), [("2023", "recorded"), (None, "recorded"), ("2019", "missing")]
)
def test_what_is_said_of_a_city_may_be_overtaken_in_its_county_too(date: str | None, expected: str) -> None:
    said = remark("m", "missing", "2020")
    wide = world(works=(work(date=date),), remarks=(said,))
    assert value(wide, A, COUNTY) == expected
    elsewhere = world(works=(work(date=date, places=("place/360102",)),), remarks=(said,))
    assert value(elsewhere, A, COUNTY) == "missing"
    own = remark("m", "missing", "2020", places=(COUNTY,))
    assert value(world(works=(work(date=date),), remarks=(own,)), A, COUNTY) == "missing"


def test_who_stopped_after_a_strength_was_stated_is_told_and_decides_nothing() -> None:
    said = remark("s", "strength", "2023")
    works = (
        work("on"),
        work("shut", status="ceased"),
        work("idle", status="suspended", places=(COUNTY,)),
        work("before", "2022", status="ceased"),
        work("undated", None, status="suspended"),
        work("other", status="ceased", places=(OTHER,)),
    )
    found = status_of(Index(world(works=works, remarks=(said,))), RULES, A, CITY)
    assert found.value == "strong"
    assert "2 处已停产或退出：firm/idle、firm/shut" in found.basis.because.zh
    assert "suspended or closed since this was said (2): firm/idle, firm/shut" in found.basis.because.en
    assert {"shut", "idle"} <= {fact.key for fact in found.basis.facts}
    for others in ((said, remark("t", "strength", "2024")), (remark("s", "strength", None),)):
        verdict = status_of(Index(world(works=works, remarks=others)), RULES, A, CITY)
        assert (verdict.value, "停产或退出" in verdict.basis.because.zh) == ("strong", False)
