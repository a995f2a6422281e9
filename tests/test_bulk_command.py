"""``lianpu bulk``: the files of the whole graph, without an engine."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.support.folders import SMALL, write_folder
from tests.support.program import Program


def test_the_files_hold_every_member_and_the_steps_are_told(tmp_path: Path) -> None:
    program = Program({"LIANPU_HOME": str(tmp_path / "home")}, tmp_path)
    out = tmp_path / "out"
    done = program("bulk", str(out), "--json")
    assert done.code == 0, done.err
    told = done.json
    classes = program("digest", "--no-engine", "--json").json["facts"]["classes"]
    assert {**told["nodes"], **told["relations"]} == {cls: found["count"] for cls, found in classes.items()}
    written = {}
    for path in out.glob("*-*.csv"):
        if not path.name.endswith(".header.csv"):
            with path.open(encoding="utf-8", newline="") as handle:
                written[path.stem.partition("-")[2]] = sum(1 for _ in csv.reader(handle))
    assert written == {cls: found["count"] for cls, found in classes.items()}
    assert told["command"][-1] == f"@{out / 'import.args'}"
    assert [step["command"] for step in told["steps"]][-1] == "lianpu digest"
    assert not (tmp_path / "home" / "engine").exists()


def test_it_tells_the_steps_in_both_languages_and_refuses_a_full_folder(tmp_path: Path) -> None:
    program = Program({"LIANPU_HOME": str(tmp_path / "home")}, tmp_path)
    chinese, english = (
        program("bulk", "out"),
        program("bulk", "out2", "--seen-as", "/srv/in", LIANPU_LANG="en"),
    )
    assert (chinese.code, english.code) == (0, 0), chinese.err + english.err
    assert "停下 Neo4j" in chinese.out
    assert "Stop Neo4j" in english.out
    assert "@/srv/in/import.args" in english.out
    full = write_folder(tmp_path / "full", SMALL)
    before = sorted(full.iterdir())
    refused = program("bulk", str(full))
    assert refused.code == 1
    assert sorted(full.iterdir()) == before
