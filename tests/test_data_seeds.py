"""The built-in tables against the documents that the project starts from: who, what, where and how much.

The expected values are read off those documents, not off the tables.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pytest

Row = dict[str, str]

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
CHAINS = {
    "chain/electronics": "电子信息",
    "chain/nonferrous": "有色金属",
    "chain/equipment": "装备制造",
    "chain/new-energy": "新能源",
    "chain/petrochem": "石化化工",
    "chain/building-materials": "建材",
    "chain/steel": "钢铁",
    "chain/aviation": "航空",
    "chain/food": "食品",
    "chain/textile": "纺织服装",
    "chain/pharma": "医药",
    "chain/furniture": "现代家具",
}
CLUSTERS = {
    "电子信息": {"chain/electronics"},
    "铜基新材料": {"chain/nonferrous"},
    "锂电和光伏新能源": {"chain/new-energy"},
    "钨和稀土金属新材料": {"chain/nonferrous"},
    "航空": {"chain/aviation"},
    "炼化一体化和化工新材料": {"chain/petrochem"},
}


@cache
def table(name: str) -> tuple[Row, ...]:
    text = (files("data") / "jiangxi" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(StringIO(text, newline="")))


def where(name: str, **cells: str) -> list[Row]:
    return [row for row in table(name) if all(row[column] == value for column, value in cells.items())]


def one(name: str, **cells: str) -> Row:
    found = where(name, **cells)
    assert found, f"{name}: no row with {cells}"
    return found[0]


def parts(row: Row, column: str) -> set[str]:
    return set(filter(None, row[column].split("|")))


def on(row: Row, day: str) -> bool:
    """Whether the row's dates, of whatever precision, allow the day."""
    first, last = row["valid_from"], row["valid_to"]
    return first <= day and (not last or day <= f"{last}~")


def test_the_twelve_chains_of_2023() -> None:
    assert {row["id"]: row["short_name"] for row in where("chains", scheme="2023")} == CHAINS
    assert {row["level"] for row in where("chains", scheme="2023")} == {"province"}


def test_plan_covers_the_twelve_chains_and_has_a_part_for_each() -> None:
    assert parts(one("plans", id="plan/1269"), "chains") == set(CHAINS)
    subplans = where("plans", parent="plan/1269", kind="分链行动方案")
    assert sorted(row["chains"] for row in subplans) == sorted(CHAINS)


def test_the_six_clusters_are_targets_not_titles() -> None:
    clusters = [row for row in table("clusters") if row["id"].startswith("cluster/1269/")]
    found = {row["name"].split("先进制造业集群")[0]: parts(row, "chain") for row in clusters}
    assert found == CLUSTERS
    assert {row["status"] for row in clusters} == {"target"}
    held = set().union(*(parts(row, "holder") for row in table("titles")))
    assert held.isdisjoint(row["id"] for row in clusters)
    assert {row["id"] for row in clusters} <= {row["to"] for row in where("targets", **{"from": "plan/1269"})}


def test_all_of_jiangxi_with_parents_and_points() -> None:
    places = {row["id"]: row for row in table("places")}
    units = [row for row in places.values() if row["code"].startswith("36")]
    levels = [row["level"] for row in units]
    assert {level: levels.count(level) for level in set(levels)} == {"province": 1, "city": 11, "county": 100}
    for row in units:
        assert 113.5 < float(row["lon"]) < 118.6, row
        assert 24.4 < float(row["lat"]) < 30.1, row
        assert row["name_en"], row
    for row in places.values():
        assert row["level"] == "country" or row["within"] in places, row
    for row in units:
        if row["level"] == "county":
            assert row["within"] == f"place/{row['code'][:4]}00"
    assert places["place/361124"]["name_en"] == "Yanshan County"
    assert places["place/360800"]["name_en"] == "Ji'an"


def test_one_provincial_electronics_chief_on_2024_07_01() -> None:
    provincial = {row["id"] for row in where("posts", role="chain_chief", level="province")}
    chiefs = {
        row["from"]
        for row in where("chief_of", to="chain/electronics")
        if row["from"] in provincial and on(row, "2024-07-01")
    }
    assert len(chiefs) == 1
    holders = [row for row in where("holds", to=chiefs.pop()) if on(row, "2024-07-01")]
    assert [(row["from"], row["seen_at"], row["title"]) for row in holders] == [
        ("person/xia-wenyong", "2024-06-27", "江西省副省长")
    ]
    assert (holders[0]["valid_from"], holders[0]["valid_to"]) == ("", "")
    assert one("persons", id="person/xia-wenyong")["name"] == "夏文勇"


def test_posts_of_the_2020_scheme_end_with_it() -> None:
    posts = {row["id"] for row in where("posts", scheme="2020")}
    assert posts
    assert {row["valid_to"] for row in table("posts") if row["id"] in posts} == {"2023-07"}
    assert {row["valid_to"] for row in table("chief_of") if row["from"] in posts} == {"2023-07"}
    held = [row for row in table("holds") if row["to"] in posts]
    assert held
    assert all((row["valid_from"], row["valid_to"]) == ("", "") for row in held), "no source tells a term"
    old = where("responsible_for", scheme="2020")
    assert old
    assert {row["valid_to"] for row in old} == {"2023-07"}


def test_general_chief_is_the_governor_by_office_and_nobody_by_name() -> None:
    general = one("posts", role="general_chain_chief", scheme="2023")
    assert [row["to"] for row in where("chief_of", **{"from": general["id"]})] == ["plan/1269"]
    assert {row["from"] for row in where("ex_officio", to=general["id"])} == {"post/jiangxi/governor"}
    assert not where("holds", to=general["id"])
    seen = {(row["to"], row["seen_at"]) for row in where("holds", **{"from": "person/ye-jianchun"})}
    assert seen == {("post/jiangxi/governor", "2024-01-23"), ("post/jiangxi/governor", "2026-01-27")}


def test_who_presided_or_guides_is_no_chief() -> None:
    others = {row["id"] for row in table("posts") if row["role"] in ("presided", "liaison", "office")}
    assert others
    assert others.isdisjoint(row["from"] for row in table("chief_of"))


def test_six_actions_and_four_modes() -> None:
    actions = where("tasks", kind="action", plan="plan/1269")
    assert {row["name"] for row in actions} == {
        "产业链链长制升级行动",
        "规划布局引领行动",
        "龙头骨干企业引育行动",
        "创新引领行动",
        "产业链融合发展行动",
        "资源要素精准聚焦行动",
    }
    modes = where("tasks", kind="mode", plan="task/1269/chief-upgrade")
    assert {row["name"] for row in modes} == {
        "“链长+链主”模式",
        "“链长+园区”模式",
        "“链主+基金”模式",
        "“链主+平台”模式",
    }


def test_who_answers_for_the_plan_and_its_chains() -> None:
    def roles(body: str, target: str) -> set[str]:
        return {row["role"] for row in where("responsible_for", **{"from": body, "to": target})}

    assert "coordinate_overall" in roles("organisation/jiangxi-industry-leading-group", "plan/1269")
    assert "organise" in roles("organisation/jiangxi-miit", "plan/1269")
    assert all("lead" in roles("organisation/jiangxi-miit", chain) for chain in CHAINS)
    monitors = roles("organisation/jiangxi-statistics-bureau", "task/1269/statistics-monitoring")
    assert monitors == {"monitor"}
    for row in where("responsible_for", inferred="true"):
        assert row["standing"] == "unverified", row


def test_zones_of_yichun_lithium() -> None:
    covered = {row["id"]: parts(row, "places") for row in table("zones")}
    assert covered["zone/yichun-lithium/area"] == {"place/360924", "place/360921"}
    assert covered["zone/yichun-lithium/blocks"] == {
        "place/360902",
        "place/360922",
        "place/360983",
        "place/360923",
    }
    assert covered["zone/yichun-lithium/core"] == set()


@pytest.mark.parametrize(
    ("place", "chain", "cells"),
    [
        ("place/360000", "", ("revenue_growth", "2023-2026", "target", "9%左右")),
        ("place/360600", "chain/nonferrous", ("revenue", "2022", "actual", "3724.5亿元")),
        ("place/360600", "chain/nonferrous", ("output", "2022", "actual", "129.26万吨")),
        ("place/360900", "chain/new-energy", ("revenue", "2022", "actual", "1117亿元")),
        ("place/360000", "chain/electronics", ("revenue", "2023", "actual", "1.08万亿元")),
        ("place/360000", "", ("value_added_growth", "2024", "target", "6.5%左右")),
        ("place/360000", "", ("value_added_growth", "2024H1", "actual", "8.8%")),
        ("place/360000", "", ("attracted_investment", "2024H1", "actual", "3134.1亿元")),
        ("place/360000", "chain/equipment", ("revenue_growth", "2024H1", "actual", "10.4%")),
        ("place/360400", "chain/petrochem", ("revenue", "2024", "target", "力争1500亿元")),
    ],
)
def test_figures(place: str, chain: str, cells: tuple[str, str, str, str]) -> None:
    wanted = dict(zip(("metric", "period", "kind", "value"), cells, strict=True))
    found = [
        row
        for row in where("observations", **wanted)
        if place in parts(row, "place") and (not chain or chain in parts(row, "chain"))
    ]
    assert found


def test_no_target_is_told_as_an_actual() -> None:
    goal = ("力争", "争创", "目标")
    for row in where("observations", kind="actual"):
        assert not any(word in row["value"] + row["name"] for word in goal), row


def clauses(text: str) -> Iterator[str]:
    """Pieces of more than 25 characters between punctuation; titles in 《》 are names, not sentences."""
    bare = re.sub(r"《[^》]*》", "。", text)
    for piece in re.split(r"[\s。；;，,、：:！!？?()（）]+", bare):
        if len(piece) > 25:
            yield piece


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the starting documents are not beside this repository")
def test_no_sentence_is_copied() -> None:
    long = {piece for path in SEEDS.glob("*.txt") for piece in clauses(path.read_text(encoding="utf-8"))}
    assert long
    cells = {
        cell
        for path in sorted(Path(str(files("data") / "jiangxi")).glob("*.csv"))
        for row in table(path.stem)
        for cell in row.values()
    }
    assert [piece for piece in long if any(piece in cell for cell in cells)] == []
