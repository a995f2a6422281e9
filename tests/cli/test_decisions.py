"""Corrections, suppressions, merges and distinctions, from the command line."""

from __future__ import annotations

from typing import Any

from tests.support.program import Program
from tests.support.small import load

WHY = ("--reason", "核对过")


def props(program: Program, entity: str) -> dict[str, Any]:
    node: dict[str, Any] = program("show", entity, "--json").json["entity"]["node"]
    return node


def test_a_correction_outlives_a_new_version_and_can_be_taken_back(small: Program) -> None:
    load(small, "fixed", {"firms": [{"id": "firm/f", "name": "原名公司", "founded": "2001"}]})
    done = small("fix", "firm/f", "成立日期", "2003年5月", *WHY, "--yes", "--json")
    assert done.code == 0, done.out
    assert done.json["payload"] == {"key": "firm/f", "property": "founded", "value": "2003-05"}
    assert props(small, "firm/f")["props"]["founded"] == "2003-05"
    assert "2003年5月" in small("show", "firm/f").out
    load(small, "fixed", {"firms": [{"id": "firm/f", "name": "新名公司", "founded": "2002"}]})
    shown = props(small, "firm/f")
    assert (shown["props"]["founded"], shown["caption"]) == ("2003-05", "新名公司")
    number = done.json["decision"]
    (one,) = (
        d for d in small("decisions", "--about", "firm/f", "--json").json["decisions"] if d["id"] == number
    )
    assert (one["kind"], one["reason"], one["visibility"]) == ("correct", "核对过", "public")
    plan = small("undo", number, "--plan-only", "--json").json
    assert plan["changed"] == ["firm/f"]
    assert small("undo", number, "--yes").code == 0
    assert number not in {d["id"] for d in small("decisions", "--json").json["decisions"]}
    assert number in {d["id"] for d in small("decisions", "--all", "--json").json["decisions"]}
    assert small("digest", "--json").json["equal"] is True


def test_what_does_not_fit_is_named_with_what_was_expected(small: Program) -> None:
    wrong = small("fix", "firm/one", "founded", "20240", *WHY, "--json").json
    assert wrong["code"] == "bad-input"
    assert (wrong["extra"]["property"], wrong["extra"]["found"]) == ("founded", "20240")
    assert wrong["extra"]["expected"]
    for lang, label in (("zh", "成立日期"), ("en", "Founded")):
        assert label in small("fix", "firm/one", "founded", "20240", *WHY, LIANPU_LANG=lang).err
        assert label in small("fix", "firm/one", "fonded", "2001", *WHY, LIANPU_LANG=lang).err
    near = small("fix", "firm/one", "fonded", "2001", *WHY, "--json").json
    assert "founded" in near["extra"]["near"]
    assert small("fix", "firm/one", "founded", "--json", *WHY).code == 2
    assert small("fix", "firm/one", "founded", "2001", "--json").code == 2  # no reason
    assert small("fix", "firm/one", "founded", "2001", "--reason", " ", "--json").code == 1
    assert small("fix", "firm/one", "name", "--suppress", *WHY, "--json").code == 1
    assert small("fix", "firm/nobody", "founded", "2001", *WHY, "--json").json["code"] == "not-found"


def test_a_quantity_is_read_as_in_a_table(small: Program) -> None:
    money = {"id": "project/money", "name": "甲项目", "investment": "13亿"}
    load(
        small,
        "money",
        {"projects": [money, money | {"id": "project/other", "name": "乙项目", "investment": "1亿元"}]},
    )
    done = small("fix", "project/other", "总投资", "13亿", *WHY, "--yes", "--json").json
    table = props(small, "project/money")["props"]
    assert done["payload"]["value"]["unit"] == "亿元"
    fixed = props(small, "project/other")["props"]
    names = {name for name in table if name.startswith("investment")}
    assert {name: fixed[name] for name in names} == {name: table[name] for name in names}
    assert fixed["investment_value"] == 13.0
    bare = small("fix", "project/other", "总投资", "13", *WHY, "--json")
    assert (bare.code, bare.json["extra"]["property"]) == (1, "investment")


def test_a_fact_and_a_property_are_left_out(small: Program) -> None:
    found = small("neighbours", "site/one", "--json").json
    rid = next(link["rid"] for link in _links(found) if link["cls"] == "WORKS_IN")
    assert small("fix", rid, "product", "电池", *WHY, "--json").code == 1  # tells relations apart
    changed = small("fix", rid, "status", "suspended", *WHY, "--yes", "--json").json
    assert rid in changed["changed"]
    plan = small("fix", rid, "--suppress", *WHY, "--plan-only", "--json").json
    assert plan["removed"] == [rid]
    gone = small("fix", rid, "--suppress", *WHY, "--yes", "--json").json
    assert gone["payload"] == {"key": rid}
    left = {link["rid"] for link in _links(small("neighbours", "site/one", "--json").json)}
    assert rid not in left
    assert small("fix", "segment/x/cell", "position", "--suppress", *WHY, "--yes").code == 0
    assert "position" not in str(props(small, "segment/x/cell"))
    assert small("digest", "--json").json["equal"] is True


def test_merged_firms_are_parted_with_their_sites_and_not_merged_again(small: Program) -> None:
    mine = {
        "firms": [
            {"id": "firm/solo", "name": "独苗公司", "uscc": "91360000158264065X", "place": "place/360900"}
        ]
    }
    copy = {
        "firms": [
            {"id": "firm/copy", "name": "独苗公司", "uscc": "91360000158264065X", "place": "place/360900"}
        ]
    }
    load(small, "mine", mine)
    before = small("digest", "--json").json["engine"]
    number = load(small, "copy", copy)
    merges = small("show-load", str(number), "--json").json["merges"]
    assert {(m["keep"], m["retire"]) for m in merges} == {
        ("firm/solo", "firm/copy"),
        ("site/solo", "site/copy"),
    }
    done = small("split", "独苗公司", "--yes", "--json").json
    assert set(done["undone"]) == {m["id"] for m in merges}
    assert {"firm/copy", "site/copy"} <= set(done["added"])
    assert props(small, "firm/copy")["id"] == "firm/copy"
    copy["firms"][0]["products"] = "锂"
    load(small, "copy", copy)  # known to be two
    assert props(small, "firm/copy")["id"] == "firm/copy"

    together = small("merge", "firm/solo", "firm/copy", *WHY, "--yes", "--json").json
    assert {m["retire"] for m in together["merged"]} == {"firm/copy", "site/copy"}
    assert small("digest", "--json").json["equal"] is True
    told = small("distinct", "firm/solo", "firm/copy", *WHY, "--json")
    assert told.code == 1
    assert set(small("split", "firm/copy", "--yes", "--json").json["undone"]) == set(together["decisions"])
    last = [one["id"] for one in small("loads", "--json").json["loads"] if one["dataset"] == "copy"]
    for load_number in reversed(last):
        assert small("undo", str(load_number), "--yes").code == 0
    assert small("digest", "--json").json["engine"] == before


def test_pairs_that_do_not_go_together_are_refused(small: Program) -> None:
    assert small("merge", "firm/one", "chain/x", *WHY, "--json").code == 1
    assert small("merge", "firm/one", "firm/one", *WHY, "--json").code == 1
    assert small("merge", "firm/one", "firm/nobody", *WHY, "--json").json["code"] == "not-found"
    done = small("distinct", "firm/one", "firm/two", *WHY, "--json")
    assert done.code == 0
    assert small("distinct", "firm/two", "firm/one", *WHY, "--json").json["extra"]["decision"]
    assert small("decisions", "--kind", "wrong", "--json").code == 2
    text = small("decisions", "--kind", "distinct", LIANPU_LANG="en").out
    assert {"firm/one", "≠", "firm/two"} <= set(text.split())


def test_what_was_merged_is_parted_by_any_word_that_means_one_merge(small: Program) -> None:
    rows = [
        {"id": f"park/p{n}", "name": f"{word}园区", "aliases": f"{word}园"}
        for n, word in enumerate("甲乙丙丁")
    ]
    load(small, "parks", {"parks": rows})

    def merge(keep: str, *retired: str) -> None:
        for one in retired:
            assert small("merge", keep, one, *WHY, "--yes").code == 0

    merge("park/p0", "park/p1")
    for word in ("park/p1", "p1", "乙园区", "乙园", "park/p0", "甲园区"):
        plan = small("split", word, "--plan-only", "--json").json
        assert (word, plan["added"]) == (word, ["park/p1"])
    merge("park/p0", "park/p2")
    several = small("split", "甲园区", "--yes", "--json").json
    assert several["code"] == "ambiguous"
    assert {one["id"] for one in several["extra"]["candidates"]} == {"park/p1", "park/p2"}
    assert small("split", "丙园", "--yes", "--json").json["added"] == ["park/p2"]
    assert small("split", "甲园区", "--yes", "--json").json["added"] == ["park/p1"]
    assert small("split", "丁园区", "--yes", "--json").json["code"] == "not-found"
    assert small("split", "戊园区", "--yes", "--json").json["code"] == "not-found"


def _links(found: Any) -> list[dict[str, Any]]:
    """Every relation in an answer, wherever it stands."""
    if isinstance(found, dict):
        here = [found] if "rid" in found and "cls" in found else []
        return here + [one for value in found.values() for one in _links(value)]
    return [one for value in found for one in _links(value)] if isinstance(found, list) else []
