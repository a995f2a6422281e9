"""Questions on the command line, about the built-in data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.program import Program

COPPER = "firm/jiangxi-copper"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("江铜", "firm/jiangxi-copper-group"),
        ("jxty", COPPER),
        ("600362", COPPER),
        ("夏文勇", "person/xia-wenyong"),
    ],
)
def test_find_by_name_alias_sound_initials_and_code(cli: Program, words: str, wanted: str) -> None:
    hits = cli("find", words, "--json", "--limit", "100").json["hits"]
    assert wanted in {hit["id"] for hit in hits["items"]}


def test_find_in_one_class_pages_and_says_how_many_there_are(cli: Program) -> None:
    first = cli("find", "江", "--cls", "Firm", "--limit", "3", "--json").json["hits"]
    second = cli("find", "江", "--cls", "Firm", "--limit", "3", "--after", first["next"], "--json").json[
        "hits"
    ]
    pages = [[hit["id"] for hit in page["items"]] for page in (first, second)]
    assert [len(set(page)) for page in pages] == [3, 3]
    assert not set(pages[0]) & set(pages[1])
    assert first["total"] == second["total"] > 6
    assert cli("find", "江", "--cls", "Nonsense", "--json").code == 1
    assert "没有找到" in cli("find", "无此名称甲乙丙").out


def test_the_chief_of_a_chain_on_a_day(cli: Program) -> None:
    card = cli("chain", "electronics", "--as-of", "2024-07-01", "--json").json
    (province,) = [level for level in card["chiefs"] if level["level"] == "province"]
    (chief,) = province["current"]
    assert chief["person"]["caption"] == "夏文勇"
    assert chief["term"]["text"]["en"] == "reported 2024-06-27, term not recorded"
    text = cli("chain", "电子信息", "--as-of", "2024-07-01", LIANPU_LANG="en").out
    assert "夏文勇" in text
    assert "reported 2024-06-27, term not recorded" in text


def test_without_a_name_all_chains_are_listed(cli: Program) -> None:
    ids = {row["chain"]["id"] for row in cli("chain", "--json").json["items"]}
    names = (
        "electronics nonferrous equipment new-energy petrochem building-materials steel aviation food textile"
    )
    assert {f"chain/{name}" for name in [*names.split(), "pharma", "furniture"]} <= ids
    assert "电子信息" in cli("chain").out


def test_an_unknown_chain_and_a_wrong_date_are_refused(cli: Program) -> None:
    assert (cli("chain", "nonsense", "--json").code, cli("chain", "nonsense", "--json").json["code"]) == (
        1,
        "not-found",
    )
    wrong = cli("chain", "electronics", "--as-of", "soon", "--json")
    assert (wrong.code, wrong.json["code"]) == (1, "bad-input")


def test_an_entity_is_shown_with_the_rows_and_sources_behind_it(cli: Program) -> None:
    shown = cli("show", COPPER, "--json").json
    assert shown["entity"]["node"]["props"]["name"] == "江西铜业股份有限公司"
    rows = shown["assertions"]["items"]
    assert rows
    assert {source for row in rows for source in row["sources"]} <= set(shown["assertions"]["cited"])
    assert all(row["table"] and row["row"] > 1 for row in rows)
    text = cli("show", COPPER).out
    assert "江西铜业股份有限公司" in text
    assert "来源" in text


@pytest.mark.parametrize("typed", ["江西铜业", "jiangxi-copper", " firm/jiangxi-copper "])
def test_an_entity_may_be_named_in_several_ways(cli: Program, typed: str) -> None:
    assert cli("show", typed, "--json").json["entity"]["node"]["id"] == COPPER


def test_a_name_that_several_bear_lists_them(cli: Program) -> None:
    told = cli("show", "碳酸锂", "--json")
    assert (told.code, told.json["code"]) == (1, "ambiguous")
    assert {one["id"] for one in told.json["extra"]["candidates"]} == {
        "segment/new-energy/lithium-carbonate",
        "product/tan-suan-li",
    }
    assert "product/tan-suan-li" in cli("show", "碳酸锂").err


def test_an_unknown_name_tells_what_is_near(cli: Program) -> None:
    told = cli("show", "江西铜", "--json")
    assert (told.code, told.json["code"]) == (1, "not-found")
    assert COPPER in told.json["extra"]["near"]


def test_neighbours_are_grouped_and_paged(cli: Program) -> None:
    operates = ("--relation", "OPERATES", "--direction", "out", "--json")
    (group,) = cli("neighbours", COPPER, *operates).json["groups"]
    assert {one["node"]["id"] for one in group["page"]["items"]} == {"site/jiangxi-copper"}
    segments = (
        "neighbours",
        "chain/electronics",
        "--relation",
        "HAS_SEGMENT",
        "--direction",
        "out",
        "--json",
    )
    first = cli(*segments, "--limit", "5").json["groups"][0]["page"]
    rest = cli(*segments, "--limit", "200", "--after", first["next"]).json["groups"][0]["page"]
    seen = [one["node"]["id"] for one in [*first["items"], *rest["items"]]]
    assert len(seen) == len(set(seen)) == first["total"] > 5
    assert rest["next"] is None
    assert cli("neighbours", COPPER, "--after", "x", "--json").code == 2
    assert cli("neighbours", COPPER, "--relation", "NONSENSE", "--json").code == 1


def test_who_answers_for_a_chain_and_what_a_person_answers_for(cli: Program) -> None:
    chain = cli("answers", "electronics", "--as-of", "2024-07-01", "--json").json
    assert "person/xia-wenyong" in {d["who"]["id"] for d in chain["answered_by"] if d["current"]}
    person = cli("answers", "夏文勇", "--as-of", "2024-07-01", "--json").json
    assert "chain/electronics" in {d["what"]["id"] for d in person["answers_for"] if d["current"]}
    assert "夏文勇" in cli("answers", "electronics", "--as-of", "2024-07-01").out
    assert "以往" in cli("answers", "electronics").out


def test_the_duties_of_a_place_name_who_bears_them(cli: Program) -> None:
    duties = cli("answers", "place/360000", "--json", "--limit", "100").json["answers_for"]
    bodies = {d["who"]["id"] for d in duties if d["who"]["cls"] == "Organisation"}
    assert bodies
    text = cli("answers", "place/360000", "--limit", "100").out
    assert not [body for body in bodies if body not in text]


def test_a_firm_is_drawn_as_one_file_that_fetches_nothing(cli: Program, tmp_path: Path) -> None:
    file = tmp_path / "图 1.html"
    told = cli("draw", "宜春时代", "-o", str(file), "--json").json
    html = file.read_text("utf-8")
    assert told["bytes"] == file.stat().st_size
    assert told["firm"] == "firm/yichun-catl"
    assert told["nodes"] > 5
    assert "宜春时代" in html
    assert not [word for word in ('src="http', 'href="//', "@import") if word in html]


def test_a_drawing_overwrites_only_when_told_to(cli: Program, tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    file.write_text("mine", encoding="utf-8")
    refused = cli("draw", COPPER, "-o", str(file), "--json")
    assert (refused.code, refused.json["code"], file.read_text("utf-8")) == (1, "bad-input", "mine")
    assert cli("draw", COPPER, "-o", str(file), "--force").code == 0
    assert file.read_text("utf-8") != "mine"
    assert cli("draw", COPPER, "-o", str(tmp_path / "no" / "x.html"), "--json").code == 1
    assert cli("draw", "chain/electronics", "-o", str(tmp_path / "y.html"), "--json").code == 1
