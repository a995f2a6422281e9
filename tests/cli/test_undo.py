"""Loads are listed, shown whole, taken back and brought back, from the command line."""

from __future__ import annotations

from typing import Any

from tests.support.program import Program
from tests.support.small import load

ANNA = {"firms": [{"id": "firm/anna", "name": "安娜公司", "place": "place/360900"}]}


def listed(program: Program) -> dict[int, Any]:
    return {one["id"]: one for one in program("loads", "--json").json["loads"]}


def test_a_load_is_taken_back_and_brought_back_and_the_graph_follows(small: Program) -> None:
    before = small("digest", "--json").json
    number = load(small, "anna", ANNA)
    entry = listed(small)[number]
    assert {k: entry[k] for k in ("kind", "dataset", "before", "after", "undoes", "undone_by")} == {
        "kind": "load", "dataset": "anna", "before": None, "after": 1, "undoes": None, "undone_by": None,
    }  # fmt: skip
    counts = {"begun": 5, "ended": 0, "added": 5, "changed": 0, "removed": 0, "rejected": 0}
    assert entry["counts"] == counts
    loaded = small("digest", "--json").json
    assert loaded["equal"] is True

    plan = small("undo", str(number), "--plan-only", "--json").json
    assert (plan["done"], plan["counts"]) == (False, {"added": 0, "changed": 0, "removed": 5})
    assert {key for key in plan["removed"] if "/" in key} == {"firm/anna", "site/anna"}
    refused = small("undo", str(number), "--json")
    assert (refused.code, refused.json["code"]) == (1, "bad-input")
    assert "--yes" in refused.json["detail"]

    done = small("undo", str(number), "--yes", "--json").json
    assert (done["done"], done["undone"]) == (True, number)
    assert listed(small)[number]["undone_by"] == done["load"]
    assert small("digest", "--json").json["engine"] == before["engine"]
    again = small("undo", str(number), "--yes", "--json")
    assert (again.code, again.json["extra"]["undone_by"]) == (1, done["load"])

    assert small("undo", str(done["load"]), "--yes").code == 0
    assert small("digest", "--json").json["engine"] == loaded["engine"]
    assert listed(small)[number]["undone_by"] is None


def test_entities_that_others_name_are_told_before_they_lose_their_name(small: Program) -> None:
    number = load(small, "bea", {"firms": [{"id": "firm/bea", "name": "贝雅公司"}]})
    load(small, "buyers", {"supplies": [{"from": "firm/one", "to": "firm/bea", "what": "电芯"}]})
    plan = small("undo", str(number), "--plan-only", "--json").json
    assert plan["stubs"] == [{"id": "firm/bea", "caption": "贝雅公司", "named_by": ["buyers"]}]
    told = small("undo", str(number), "--plan-only", LIANPU_LANG="en")
    assert "firm/bea" in told.err
    assert "buyers" in told.err
    assert small("undo", str(number), "--yes").code == 0
    shown = small("neighbours", "firm/one", "--json").json
    assert "firm/bea" in str(shown)
    assert small("digest", "--json").json["equal"] is True


def test_an_older_load_waits_for_the_newer_ones_of_its_dataset(small: Program) -> None:
    first = load(small, "twice", {"firms": [{"id": "firm/t", "name": "甲公司"}]})
    second = load(small, "twice", {"firms": [{"id": "firm/t", "name": "乙公司"}]})
    told = small("undo", str(first), "--yes", "--json")
    assert (told.code, told.json["extra"]["newer"]) == (1, [second])
    shown = small("show-load", str(first), "--json").json
    assert shown["can_be_undone"] is False
    assert str(second) in shown["why_not"]
    assert small("undo", str(second), "--yes").code == 0
    assert small("show", "firm/t", "--json").json["entity"]["node"]["caption"] == "甲公司"
    assert small("undo", str(first), "--yes").code == 0


def test_a_load_is_shown_with_what_it_brought_and_took(small: Program) -> None:
    load(
        small, "whole", {"firms": [{"id": "firm/w1", "name": "子公司"}, {"id": "firm/w2", "name": "丑公司"}]}
    )
    number = load(
        small,
        "whole",
        {"firms": [{"id": "firm/w2", "name": "丑丑公司"}, {"id": "firm/w3", "name": "寅公司"}]},
    )
    load(small, "later", {"firms": [{"id": "firm/later", "name": "后来"}]})
    shown = small("show-load", str(number), "--json").json
    captions = {
        action: {m["key"]: m["caption"] for m in shown[action] if m["cls"] == "Firm"}
        for action in ("added", "changed", "removed")
    }
    assert captions == {
        "added": {"firm/w3": "寅公司"},
        "changed": {"firm/w2": "丑丑公司"},
        "removed": {"firm/w1": "子公司"},
    }
    operates = [m for m in shown["removed"] if m["cls"] == "OPERATES"]
    assert [m["caption"] for m in operates] == ["子公司 → 子公司"]
    assert shown["can_be_undone"] is True
    text = small("show-load", str(number), "--limit", "1").out
    assert "lianpu undo" in text
    assert "寅公司" in text
    text = small("show-load", str(number)).out
    english = small("show-load", str(number), LIANPU_LANG="en").out
    for class_zh, class_en in (("企业", "Firm"), ("经营", "Operates")):
        assert class_zh in text
        assert class_en not in text
        assert class_en in english


def test_numbers_that_are_none_are_refused(small: Program) -> None:
    assert small("undo", "firm/one", "--json").code == 2
    for call in (("undo", "9999"), ("undo", "d9999"), ("show-load", "9999")):
        told = small(*call, "--json")
        assert (told.code, told.json["code"]) == (1, "not-found")
