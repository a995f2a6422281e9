"""Loading, checking and comparing, from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.support.folders import with_rows, write_folder
from tests.support.program import Program

BAD_ROW = {"id": "firm/bad", "name": "坏公司", "uscc": "91360000000000000X", "founded": "20240"}


def test_the_built_in_data_is_loaded_by_the_first_command_and_once(cli: Program) -> None:
    cli("loads")
    plan = cli("load", "builtin", "--plan-only", "--json").json
    assert {k: plan[k] for k in ("added", "changed", "removed", "rejected")} == {
        "added": [],
        "changed": [],
        "removed": [],
        "rejected": [],
    }
    assert plan["assertions"] > 1000
    (dataset,) = cli("loads", "--json").json["datasets"]
    assert (dataset["id"], len(dataset["versions"])) == ("builtin", 1)


def test_the_engine_holds_what_the_facts_say(cli: Program) -> None:
    told = cli("digest", "--json").json
    assert told["equal"] is True
    assert told["engine"] == told["facts"]
    assert told["facts"]["classes"]["Chain"]["count"] >= 12


def test_a_rebuild_of_a_whole_graph_changes_nothing(cli: Program) -> None:
    told = cli("rebuild", "--json").json
    assert (told["action"], told["written"]) == ("mended", 0)
    classes = cli("digest", "--no-engine", "--json").json["facts"]["classes"]
    entities = sum(entry["count"] for cls, entry in classes.items() if not cls.isupper())
    assert told["entities"] == entities
    assert told["relations"] == sum(entry["count"] for entry in classes.values()) - entities


def test_check_counts_and_lists(cli: Program) -> None:
    told = cli("check", "--json", "--limit", "1").json
    assert 0 < told["share_unverified"] < 1
    assert {"unsourced", "orphans", "suspected-duplicates"} <= {f["id"] for f in told["findings"]}
    assert all(len(f["items"]) <= 1 for f in told["findings"])
    assert "待核实" in cli("check").out


def test_tables_with_faults_are_refused_and_nothing_is_loaded(bare: Program, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "mine", with_rows("firms", BAD_ROW))
    planned = bare("load", str(folder), "--plan-only", "--json")
    assert planned.code == 1
    assert {(r["file"], r["column"]) for r in planned.json["rejected"]} == {
        ("firms.csv", "uscc"),
        ("firms.csv", "founded"),
    }
    assert planned.json["added"] == []
    assert "firms.csv" in bare("load", str(folder), "--plan-only").out


def test_a_missing_folder_is_refused(bare: Program, tmp_path: Path) -> None:
    told = bare("load", str(tmp_path / "nowhere"), "--plan-only", "--json")
    assert told.code == 1
    assert told.json["code"] == "bad-input"
    assert "nowhere" in told.json["detail"]


def test_a_folder_of_ones_own_is_planned_loaded_and_then_unchanged(bare: Program, tmp_path: Path) -> None:
    firm = {"id": "firm/of-mine", "name": "我的公司", "place": "place/360900"}
    folder = write_folder(tmp_path / "mine", {"firms": [firm]})
    planned = bare("load", str(folder), "--plan-only", "--json").json
    # the firm, the site that every firm has, and where both are
    assert {key for key in planned["added"] if "/" in key} == {"firm/of-mine", "site/of-mine"}
    assert (planned["changed"], planned["removed"]) == ([], [])


def test_a_refusal_is_told_in_one_language_by_the_heading_written(bare: Program, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "mine", {})
    (folder / "企业.csv").write_bytes("编号,名称,所在地\nfirm/q,某公司,袁洲区\n".encode("gb18030"))
    chinese, english = bare("load", str(folder)), bare("load", str(folder), LIANPU_LANG="en")
    assert chinese.code == english.code == 1
    assert "「所在地」" in chinese.err
    assert "袁州区" in chinese.err
    assert "found" not in chinese.err
    assert "column 所在地" in english.err
    assert "应为" not in english.err


def test_the_sample_folder_of_the_documentation_can_be_loaded(bare: Program) -> None:
    sample = Path(__file__).resolve().parents[2] / "docs/samples/my-tables"
    told = bare("load", str(sample), "--plan-only", "--json")
    assert told.code == 0
    assert told.json["rejected"] == told.json["notices"] == told.json["ignored"] == []
    assert {"firm/sample-lithium", "firm/sample-panel"} <= set(told.json["added"])


def test_removals_need_a_yes_where_nobody_can_be_asked(cli: Program, tmp_path: Path) -> None:
    rows = [{"id": f"firm/mine-{n}", "name": f"我的{n}号公司"} for n in "ab"]
    folder = write_folder(tmp_path / "mine", {"firms": rows})
    load = ("load", str(folder), "--as", "passing", "--json")
    assert cli(*load).json["dataset"] == "passing"
    write_folder(folder, {"firms": rows[:1]})
    refused = cli(*load)
    assert (refused.code, refused.json["code"]) == (1, "bad-input")
    assert "--yes" in refused.json["detail"]
    assert set(cli(*load, "--plan-only").json["removed"]) >= {"firm/mine-b"}
    assert cli(*load, "--yes").code == 0
