"""Gaps, panorama, worklist, targets and what if on the command line, about the built-in data."""

from __future__ import annotations

import csv
import io

from tests.support.program import Program

ELECTROLYTE = "new-energy/electrolyte@360900"
YICHUN = ("--chain", "new-energy", "--place", "宜春市")


def test_the_electrolyte_of_yichun_is_weak_because_a_source_says_so(cli: Program) -> None:
    """source/ne-yichun-2023-01 calls it 薄弱环节."""
    answer = cli("gaps", *YICHUN, "--json").json
    (gap,) = [one for one in answer["items"] if one["id"] == ELECTROLYTE]
    assert gap["cell"]["status"]["value"] == "weak"
    assert "source/ne-yichun-2023-01" in answer["cited"]
    assert "source/ne-yichun-2023-01" in str(gap["cell"]["status"]["basis"]["facts"])
    told = cli("gaps", ELECTROLYTE).out
    assert "电解液为薄弱环节" in told
    assert "什么会改变它" in told
    assert cli("gaps", "电解液@宜春市").out == told


def test_a_link_that_nobody_knows_leads_to_the_list_of_what_to_ask(cli: Program) -> None:
    """负极材料 is recorded nowhere in 吉安; 正极 of a strong link needs no such hint."""
    refused = cli("gaps", "负极材料@吉安市")
    assert refused.code == 1
    assert "未知" in refused.err and "lianpu worklist --chain new-energy --place 360800" in refused.err
    assert cli("worklist", "--chain", "new-energy", "--place", "360800").code == 0
    near = cli("gaps", "电解夜@宜春市", "--json")
    assert (near.code, near.json["extra"]["near"][0]) == (1, "segment/new-energy/electrolyte")


def test_nothing_is_missing_weak_or_single_where_nothing_is_cited_or_declared(cli: Program) -> None:
    """In 吉安 no source names a missing or weak link of this chain, and nothing is declared complete."""
    answer = cli("gaps", "--chain", "电子信息", "--place", "吉安市", "--json").json
    assert answer["items"] == []
    assert "没有据不等于没有缺口" in cli("gaps", "--chain", "电子信息", "--place", "吉安市").out


def test_a_table_for_a_spreadsheet_has_what_the_answer_has(cli: Program) -> None:
    items = cli("gaps", *YICHUN, "--json").json["items"]
    rows = list(csv.DictReader(io.StringIO(cli("gaps", *YICHUN, "--csv").out)))
    assert [row["缺口编号"] for row in rows] == [one["id"] for one in items]
    assert {row["截至"] for row in rows} == {cli("gaps", *YICHUN, "--json").json["as_of"]}


def test_the_panorama_shows_every_segment_once(cli: Program) -> None:
    answer = cli("panorama", *YICHUN, "--json").json
    ids = [cell["segment"]["id"] for cell in answer["cells"]]
    assert len(ids) == len(set(ids))
    leaves = [cell for cell in answer["cells"] if cell["leaf"]]
    assert sum(answer["counts"].values()) == len(leaves)
    text = cli("panorama", *YICHUN, LIANPU_LANG="en").out
    assert "segment/new-energy/electrolyte" in text
    assert "W weak" in text


def test_what_is_said_of_the_whole_chain_stands_beside_its_segments(cli: Program) -> None:
    """Two statements of 于都 name 纺织服装 and no segment of it (``statement/yudu-…``, built in)."""
    yudu = ("--chain", "textile", "--place", "于都县")
    said = cli("panorama", *yudu, "--json").json["chain_wide"]
    here = {one["key"] for one in said if one["reach"] == "here"}
    assert here == {"statement/yudu-digital-2025", "statement/yudu-early-2012"}
    assert {one["reach"] for one in said} == {"here", "around"}
    told = cli("panorama", *yudu).out
    assert "对整条链的说法" in told and "source/" in told.partition("对整条链的说法")[2]


def test_wrong_chains_places_and_gaps_are_refused(cli: Program) -> None:
    for args in (
        ("panorama", "--chain", "nonsense", "--place", "宜春市"),
        ("panorama", "--chain", "new-energy", "--place", "无此地"),
        ("gaps", "new-energy/nonsense@360900"),
    ):
        assert (cli(*args, "--json").code, cli(*args, "--json").json["code"]) == (1, "not-found")
    assert cli("gaps", "nonsense", "--json").json["code"] == "bad-input"
    assert cli("gaps", *YICHUN, "--status", "rich", "--json").code == 2


def test_the_worklist_says_what_to_ask_whom(cli: Program) -> None:
    answer = cli("worklist", *YICHUN, "--limit", "3", "--json").json
    assert len(answer["items"]) == 3 < answer["total"]
    assert all(task["ask"]["zh"] and task["whom"]["zh"] for task in answer["items"])


def test_what_if_and_resilience_tell_what_is_unknown(cli: Program) -> None:
    answer = cli("whatif", *YICHUN, "--without", "星分子", "--json").json
    assert "segment/new-energy/separator" in {one["segment"]["id"] for one in answer["changed"]}
    assert answer["inputs"] >= answer["unrecorded"] > 0
    assert cli("whatif", *YICHUN, "--json").json["code"] == "bad-input"
    assert cli("whatif", *YICHUN, "--with", "星分子", "--json").code == 2
    assert cli("resilience", *YICHUN).code == 0


def test_a_target_is_entered_listed_and_taken_back(alone: Program) -> None:
    """``alone`` holds ``firm/one`` and no segments: a gap must name what is recorded."""
    refused = alone("target", "firm/one", "x/none@360900", "--yes", "--json")
    assert (refused.code, refused.json["code"]) == (1, "not-found")
    assert "没有招商目标" in alone("targets").out
    assert alone("targets", "--json").json == {"items": [], "total": 0}
