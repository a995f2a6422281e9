"""Facts, parks and projects: how gathered rows become figures, statements, clusters, parks and projects."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.ontology import load_ontology
from tools.gather.account import unused
from tools.gather.csvfile import read_csv, write_csv
from tools.gather.decisions import FOLDER, Decisions
from tools.gather.facts import carried, decided
from tools.gather.faults import GatherFault
from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.parks import known_parks, park_id
from tools.gather.parts import (
    facts_clusters,
    facts_entities,
    facts_observations,
    facts_positions,
    facts_statements,
    parks,
    projects,
)
from tools.gather.parts.facts_observations import observation_id
from tools.gather.parts.facts_statements import period
from tools.gather.places_within import finest
from tools.gather.schema import load_schema
from tools.gather.tables import Row, Tables

ROOT = Path(__file__).parents[1]
GATHERED = Path(os.environ.get("LIANPU_GATHERED", ROOT.parent / "shared" / "data" / "jiangxi"))
PARTS = (
    facts_clusters,
    facts_entities,
    facts_observations,
    facts_positions,
    facts_statements,
    parks,
    projects,
)
SOURCE = ["id", "title", "publisher", "date", "url", "kind", "read", "note", "grade", "link"]
FACT = ["subject", "place_code", "chain", "segment", "predicate", "value", "unit", "period", "basis"]
PROJECT = ["id", "name", "firms", "segment", "place_code", "park", "investment_yi", "currency"]
EVIDENCE = ["source", "evidence"]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A gathered folder with one dated source of grade A and one undated of grade C."""
    folder = tmp_path / "gathered" / "press"
    folder.mkdir(parents=True)
    sources = [
        {"id": "paper", "title": "报", "date": "2024-03-01", "grade": "A"},
        {"id": "site", "title": "站", "grade": "C"},
    ]
    write_csv(folder / "sources.csv", SOURCE, sources)
    return folder


def facts_of(folder: Path, *rows: dict[str, str]) -> tuple[Gathered, list[GatheredRow]]:
    write_csv(folder / "places_facts.csv", FACT + EVIDENCE, rows)
    gathered = Gathered(folder.parent)
    return gathered, list(gathered.rows("places_facts"))


def empty_tables() -> Tables:
    return Tables(load_schema(load_ontology()))


# which park a text means


@pytest.mark.parametrize(
    ("text", "park"),
    [
        ("小蓝经开区", "park/xiaolan"),
        ("南昌小蓝经济技术开发区", "park/xiaolan"),
        ("井冈山经开区", "park/jinggangshan-etdz"),
        ("矶山工业园区", "park/jishan"),
        ("濂溪区", None),
    ],
)
def test_a_text_means_the_park_it_names_or_none(text: str, park: str | None) -> None:
    assert park_id(text, "360000") == park


def test_a_text_nobody_decided_is_refused() -> None:
    with pytest.raises(GatherFault, match="某某园"):
        park_id("某某园", "360100")


def test_a_park_within_a_park_is_known() -> None:
    parks_by_id = {row["park"]: row for _, row in read_csv(FOLDER / "parks.csv")}
    assert {row["parent"] for row in parks_by_id.values()} - {""} <= parks_by_id.keys()


def test_the_finest_of_city_and_county_is_the_county() -> None:
    assert finest(["360500", "360502", "360000", ""]) == {"360502"}
    assert finest(["360924", "360921"]) == {"360924", "360921"}


# what a row carries


def test_a_row_of_a_good_source_is_verified_and_seen_at_its_date(small: Path) -> None:
    gathered, (row,) = facts_of(small, {"value": "9", "source": "paper", "evidence": "年均9%"})
    common = carried(gathered, row)
    assert (common["standing"], common["seen_at"], common["note"]) == ("verified", "2024-03-01", "年均9%")


@pytest.mark.parametrize("evidence", ["年份推定", "口径存疑", "博文数字，待核"])
def test_doubt_or_inference_in_a_row_leaves_it_unverified(small: Path, evidence: str) -> None:
    gathered, (row,) = facts_of(small, {"value": "9", "source": "paper", "evidence": evidence})
    assert carried(gathered, row)["standing"] == "unverified"


def test_without_a_dated_source_the_period_tells_when_it_was_seen(small: Path) -> None:
    gathered, (row,) = facts_of(small, {"value": "9", "source": "site", "period": "2023-07"})
    assert carried(gathered, row)["seen_at"] == "2023-07"


def test_the_year_of_a_target_is_not_when_it_was_set(small: Path) -> None:
    wanted = {"value": "9", "source": "site", "period": "2026"}
    gathered, rows = facts_of(small, wanted | {"predicate": "target"}, wanted | {"basis": "目标"})
    assert [carried(gathered, row)["seen_at"] for row in rows] == ["", ""]


@pytest.mark.parametrize("evidence", ["9亿元", "甲县9亿元", "9", ""])
def test_evidence_that_only_says_the_value_again_is_no_note(small: Path, evidence: str) -> None:
    row = {"subject": "甲县", "value": "9", "unit": "亿元", "source": "paper", "evidence": evidence}
    gathered, (found,) = facts_of(small, row)
    assert carried(gathered, found)["note"] == ""


def test_a_decision_for_a_row_that_has_changed_is_refused(small: Path, tmp_path: Path) -> None:
    gathered, (row,) = facts_of(small, {"value": "10", "source": "paper"})
    file = tmp_path / "figures.csv"
    write_csv(file, ["row", "found"], [{"row": f"press:{row.line}", "found": "9"}])
    with pytest.raises(GatherFault, match=r"found '9', expected '10'"):
        list(decided(gathered, file.name, folder=tmp_path))


def test_a_decision_for_no_row_is_refused(small: Path, tmp_path: Path) -> None:
    gathered, _ = facts_of(small, {"value": "10", "source": "paper"})
    write_csv(tmp_path / "figures.csv", ["row", "found"], [{"row": "press:99", "found": "10"}])
    with pytest.raises(GatherFault, match="press:99"):
        list(decided(gathered, "figures.csv", folder=tmp_path))


@pytest.mark.parametrize(
    ("text", "date"), [("2024-06", "2024-06"), ("2021上半年", "2021上半年"), ("2023年前", ""), ("other", "")]
)
def test_a_period_that_is_no_date_stays_unknown(text: str, date: str) -> None:
    assert period(text) == date


def figure(**cells: str) -> dict[str, str]:
    return {"metric": "revenue", "kind": "actual", "value": "9亿元", "period": "2023", "scope": ""} | cells


def test_the_same_figure_has_one_id_and_another_figure_another() -> None:
    def of(decision: dict[str, str], segments: Sequence[str] = ("segment/new-energy/lithium",)) -> str:
        return observation_id(["place/360900"], ["chain/new-energy"], list(segments), decision)

    assert of(figure()) == of(figure())
    assert len({of(figure()), of(figure(value="8亿元")), of(figure(kind="target")), of(figure(), [])}) == 4
    assert of(figure()).startswith("observation/360900/lithium/revenue-2023-")


# projects


def build_projects(folder: Path, merges: dict[str, str], *rows: dict[str, str]) -> Tables:
    columns = [*PROJECT, "products_capacity", "status", "date", *EVIDENCE]
    common = {"currency": "CNY", "source": "paper"}
    write_csv(folder / "projects.csv", columns, [common | row for row in rows])
    gathered = Gathered(folder.parent)
    gathered.__dict__["decisions"] = Decisions(merges=merges)
    tables = empty_tables()
    projects.build(tables, gathered)
    return tables


def test_one_project_named_twice_has_two_milestones_and_the_later_stage(small: Path) -> None:
    tables = build_projects(
        small,
        {"project/b": "project/a"},
        {"id": "a", "name": "甲基地", "status": "开工", "date": "2021-10-28", "investment_yi": "135"},
        {"id": "b", "name": "甲工厂", "status": "投产", "date": "2023-07-14"},
    )
    kept, other = (row.cells for row in tables.rows["projects"])
    assert (kept["name"], other["name"], other["aliases"]) == ("甲基地", "甲基地", "甲工厂")
    assert ("status" in kept, other["status"], other["status_date"]) == (False, "producing", "2023-07-14")
    steps = {(row.cells["stage"], row.cells["date"]) for row in tables.rows["milestones"]}
    assert steps == {("started", "2021-10-28"), ("producing", "2023-07-14")}
    assert {row.cells["project"] for row in tables.rows["milestones"]} == {"project/a"}


def test_an_exact_date_stands_for_the_month_of_the_same_stage(small: Path) -> None:
    tables = build_projects(
        small,
        {"project/b": "project/a"},
        {"id": "a", "name": "甲", "status": "签约", "date": "2021-07-15", "products_capacity": "10万吨"},
        {"id": "b", "name": "乙", "status": "签约", "date": "2021-07", "products_capacity": "1.5万吨"},
    )
    exact, month = (row.cells for row in tables.rows["projects"])
    assert (exact["status_date"], "status" in month) == ("2021-07-15", False)
    assert {row.cells["id"] for row in tables.rows["milestones"]} == {"milestone/a/signed-2021-07-15"}
    assert (exact["capacity"], "capacity" in month, month["note"]) == ("10万吨", False, "另记“1.5万吨”")


def test_a_later_stage_without_a_date_is_the_latest(small: Path) -> None:
    tables = build_projects(
        small,
        {"project/b": "project/a"},
        {"id": "a", "name": "甲", "status": "开工", "date": "2020"},
        {"id": "b", "name": "乙", "status": "投产"},
    )
    started, producing = (row.cells for row in tables.rows["projects"])
    assert ("status" in started, producing["status"], "status_date" in producing) == (
        False,
        "producing",
        False,
    )


def test_an_investment_in_dollars_stays_in_dollars(small: Path) -> None:
    tables = build_projects(
        small, {}, {"id": "a", "name": "甲", "status": "签约", "investment_yi": "0.5", "currency": "USD"}
    )
    assert tables.rows["projects"][0].cells["investment"] == "0.5亿美元"


def test_a_stage_nobody_knows_is_refused(small: Path) -> None:
    with pytest.raises(GatherFault, match="收工"):
        build_projects(small, {}, {"id": "a", "name": "甲", "status": "收工"})


# the gathered folders


@pytest.fixture(scope="module")
def gathered() -> Gathered:
    if not GATHERED.is_dir():
        pytest.skip(f"no gathered folders at {GATHERED} (set LIANPU_GATHERED)")
    return Gathered(GATHERED)


@pytest.fixture(scope="module")
def built(gathered: Gathered) -> Tables:
    tables = empty_tables()
    for part in PARTS:
        part.build(tables, gathered)
    return tables


def made_from(tables: Tables, table: str, gathered: Gathered, predicate: str) -> list[Row]:
    origins = {row.origin for row in gathered.rows("places_facts") if row["predicate"] == predicate}
    return [row for row in tables.rows[table] if origins & set(row.origins)]


def test_every_fact_park_and_project_is_used_or_left_out_with_a_reason(
    built: Tables, gathered: Gathered
) -> None:
    left = [
        row.origin for row in unused(built, gathered) if row.table in ("places_facts", "parks", "projects")
    ]
    assert left == []
    assert all(drop.reason for drop in built.drops)


def test_every_gap_has_a_kind_and_whose_it_is(built: Tables, gathered: Gathered) -> None:
    gaps = [row for row in made_from(built, "statements", gathered, "gap") if "name" in row.cells]
    kinds = {"missing", "weak", "external", "factor", "filled", "unspecified"}
    assert {row.cells["gap_kind"] for row in gaps} == kinds
    assert {row.cells["subject_kind"] for row in gaps} == {"place", "firm", "nation"}


def test_what_a_source_wants_is_never_an_actual_figure(built: Tables, gathered: Gathered) -> None:
    rows = made_from(built, "observations", gathered, "target")
    # the one actual figure in a row of targets: the rate from which a target starts
    actual = {row.cells["scope"] for row in rows if row.cells.get("kind") == "actual"}
    assert actual == {"锂电固废综合利用率"}


def test_a_text_names_one_park_only() -> None:
    assert len(known_parks()) > 300
