"""The built-in figures, gaps, clusters, parks and projects against what their sources state.

The expected values are read off the sources' statements, not off the tables.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from io import StringIO

import pytest

from graph.ontology import load_ontology
from graph.values import clean_cell

Row = dict[str, str]

ONTOLOGY = load_ontology()
NATIONAL_ZONES = {
    *("南昌", "南昌小蓝", "九江", "赣州", "井冈山", "上饶", "萍乡", "宜春", "龙南", "瑞金", "贵溪"),
    *("南昌高新", "新余高新", "景德镇高新", "鹰潭高新", "抚州高新", "吉安高新", "赣州高新"),
    *("宜春丰城高新", "九江共青城高新", "赣江新区", "井冈山出口加工区", "九江出口加工区"),
}
# the nine of the list of 2024-07-18
PROVINCIAL_2024 = {
    "鹰潭市先进铜功能材料及高端应用集群",
    "上饶市光伏新能源集群",
    "宜春市锂电新能源材料及应用集群",
    "新余市锂电新材料及应用集群",
    "吉安市电子信息集群",
    "南昌市航空集群",
    "景德镇市直升机集群",
    "赣州市南康现代家具集群",
    "赣州市钨新材料及应用集群",
}
# who says that something is not there at all, of what
MISSING = {
    ("park/shangrao-etdz", "铜箔"),
    ("place/360123", "铝"),
    ("place/361028", "面粉厂"),
}


@cache
def table(name: str) -> tuple[Row, ...]:
    text = (files("data") / "jiangxi" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(StringIO(text, newline="")))


def where(name: str, /, **cells: str) -> list[Row]:
    return [row for row in table(name) if all(row[column] == value for column, value in cells.items())]


def split(cell: str) -> set[str]:
    return set(filter(None, cell.split("|")))


def amount(row: Row) -> tuple[float, str]:
    """A figure's number (of a span the lower end) in its base unit."""
    value = clean_cell(ONTOLOGY.entity("Observation").properties["value"], row["value"])
    return value.get("value", value.get("low")), value["unit"]


def figures(place: str, about: str, metric: str, period: str, kind: str = "actual") -> list[Row]:
    """Figures of a place about a segment, or about a chain as a whole."""
    column = "segment" if about.startswith("segment/") else "chain"
    return [
        row
        for row in where("observations", metric=metric, period=period, kind=kind)
        if place in split(row["place"]) and about in split(row[column])
        if column == "segment" or not row["segment"]
    ]


# figures


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (("place/360000", "chain/building-materials", "revenue", "2026", "target"), (4500, "亿元")),
        (("place/360000", "chain/pharma", "revenue", "2024"), (847, "亿元")),
        (("place/360500", "segment/new-energy/lithium", "revenue", "2017"), (160.22, "亿元")),
        (("place/360900", "segment/new-energy/cell", "capacity", "2030", "target"), (220, "GWh")),
        (("place/360000", "segment/steel/steelmaking", "output", "2011"), (20674000, "吨")),
        (("place/360100", "segment/electronics/phone-assembly", "local_rate", "2020"), (90, "%")),
        (("place/360800", "chain/electronics", "revenue", "2025", "forecast"), (2400, "亿元")),
    ],
)
def test_a_figure_has_the_value_of_its_source(asked: tuple[str, ...], value: tuple[float, str]) -> None:
    assert [amount(row) for row in figures(*asked)] == [value]


def test_a_figure_named_by_two_gatherings_is_one_row_with_both_sources() -> None:
    (row,) = figures("place/360000", "segment/new-energy/lithium", "firm_count", "2022-10")
    assert amount(row) == (188, "家")
    assert len(split(row["sources"])) == 2


def test_figures_that_contradict_are_both_kept() -> None:
    found = figures("place/360600", "segment/nonferrous/copper", "revenue", "2010")
    assert {amount(row)[0] for row in found} == {1327, 1240}


def test_growth_rates_and_shares_are_in_per_cent_and_counts_are_not() -> None:
    for row in table("observations"):
        if row["metric"].endswith("_growth") or row["metric"] in ("share", "local_rate", "coverage_rate"):
            assert amount(row)[1] == "%", row["id"]
        if row["metric"].endswith("_count"):
            assert amount(row)[1] in ("家", "个", "条", "项", "家次"), row["id"]


def test_no_figure_wanted_is_given_as_reached() -> None:
    mixed = [
        row["id"] for row in where("observations", kind="actual") if re.search("目标|力争", row["value"])
    ]
    assert mixed == []


# gaps


def test_every_gap_has_its_kind_and_a_filled_one_tells_by_whom() -> None:
    gaps = where("statements", kind="gap")
    assert gaps
    assert all(row["gap_kind"] and row["subject_kind"] and row["text"] for row in gaps)
    assert all(row["filled_by"] for row in gaps if row["gap_kind"] == "filled")
    assert not any(row["filled_by"] for row in gaps if row["gap_kind"] != "filled")


def test_a_gap_of_the_nation_or_of_a_firm_is_no_gap_of_a_place() -> None:
    for row in where("statements", kind="gap"):
        assert (row["subject_kind"] == "place") == bool(row["place"]), row["id"]
        assert (row["subject_kind"] == "firm") <= bool(row["firm"]), row["id"]


def test_only_what_a_source_calls_absent_is_missing() -> None:
    missing = where("statements", gap_kind="missing")
    found = {
        (place, word)
        for row in missing
        for place, word in MISSING
        if row["place"] == place and word in row["text"]
    }
    assert found == MISSING
    assert len(missing) == len(MISSING)


# clusters and titles


def test_the_national_advanced_clusters_are_three() -> None:
    held = {row["holder"] for row in where("titles", kind="国家先进制造业集群", status="recognised")}
    names = {row["name"] for row in table("clusters") if row["id"] in held}
    assert names == {"赣州市稀土新材料及应用集群", "鹰饶抚昌铜基新材料集群", "长三角（含江西）大飞机集群"}


def test_the_provincial_advanced_clusters_of_2024_are_nine() -> None:
    held = {row["holder"] for row in where("titles", kind="江西省先进制造业集群", year="2024")}
    assert {row["name"] for row in table("clusters") if row["id"] in held} == PROVINCIAL_2024


def test_what_is_only_wanted_holds_no_title() -> None:
    targets = {row["id"] for row in where("clusters", status="target")}
    assert targets
    assert not targets & {row["holder"] for row in table("titles")}


def test_the_list_of_2022_was_announced_not_recognised() -> None:
    announced = {row["name"] for row in where("clusters", status="announced", year="2022")}
    assert {"安福电子数据连接线产业集群", "黎川陶瓷产业集群", "湘东节能环保产业集群"} <= announced


def test_a_chain_that_was_only_inferred_is_unverified() -> None:
    inferred = {row["from"]: row for row in table("about") if row["note"] == "链归属为推断"}
    assert inferred.keys() == {"cluster/jinxi-fragrance", "cluster/shangli-fireworks"}
    assert {row["standing"] for row in inferred.values()} == {"unverified"}
    assert not any(row["chain"] for row in table("clusters") if row["id"] in inferred)


# parks


def test_the_national_zones_are_those_of_the_lists() -> None:
    short = re.compile(r"(技术)?(产业)?(经济)?(技术)?开发区$")
    names = {short.sub("", row["name"]) for row in where("parks", level="national")}
    assert names == NATIONAL_ZONES


@pytest.mark.parametrize(
    ("alias", "place"),
    [("井冈山经开区", "place/360800"), ("小蓝经开区", "place/360121"), ("星火工业园", "place/360425")],
)
def test_a_park_lies_where_it_lies_whatever_its_name(alias: str, place: str) -> None:
    (row,) = [row for row in table("parks") if alias in split(row["aliases"])]
    assert row["place"] == place


def test_an_area_in_hectares_is_kept_as_given() -> None:
    (row,) = where("parks", name="万载工业园区")
    assert row["area"] == "1346.29公顷"


# projects


def test_a_project_named_in_three_places_is_one_with_its_stages() -> None:
    projects = {
        row["id"] for row in table("projects") if row["investment"] == "135亿元" and "cell" in row["segments"]
    }
    (project,) = projects
    steps = {(row["stage"], row["date"]) for row in where("milestones", project=project)}
    assert {("started", "2021-10-28"), ("building", "2022-01-07"), ("producing", "2023-07-14")} == steps
    (status,) = {row["status"] for row in where("projects", id=project)} - {""}
    assert status == "producing"


def test_a_sum_over_projects_says_so() -> None:
    sums = [
        row for row in table("projects") if re.search(r"\d+个(签约|冷链|项目)|三项目|三项合计", row["name"])
    ]
    assert len(sums) >= 6
    assert all(
        "合计" in row["note"] or "不重复计" in row["note"] or "集中签约" in row["note"] for row in sums
    )


def test_money_raised_is_not_the_investment() -> None:
    for name in ("嘉元科技年产2万吨电解铜箔项目", "年产120万平方米高精密电路板项目"):
        (row,) = where("projects", name=name)
        assert row["investment"] == ""
        assert "非总投资" in row["note"]


def test_dollars_stay_dollars() -> None:
    assert {row["investment"] for row in where("projects", name="宝源彩纺三期")} == {"0.52亿美元"}


def test_every_milestone_is_of_a_project() -> None:
    projects = {row["id"] for row in table("projects")}
    assert {row["project"] for row in table("milestones")} <= projects


@pytest.mark.parametrize("name", ["observations", "statements", "clusters", "parks", "projects", "titles"])
def test_no_note_speaks_of_how_the_facts_were_gathered(name: str) -> None:
    working = re.compile(r"domain\.md|shared/|research/|前期已读")
    assert [row["id"] for row in table(name) if working.search(row["note"])] == []
