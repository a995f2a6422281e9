"""The program as a person or a script runs it: a process of its own, from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.program import Program

# ---- help and language ---------------------------------------------------------------------------------


def test_help_is_chinese_and_english_on_request(bare: Program) -> None:
    chinese, english = bare("--help"), bare("--help", LIANPU_LANG="en")
    assert chinese.code == english.code == 0
    assert "显示本说明" in chinese.out
    assert "Show this help" in english.out
    assert "Show this message" not in chinese.out + english.out


def test_every_command_has_help_in_both_languages() -> None:
    code = (
        "import json; from typer.main import get_command; from lianpu.app import build_app;"
        "group = get_command(build_app());"
        "print(json.dumps({n: [c.help, *(p.help for p in c.params)] for n, c in group.commands.items()}))"
    )
    texts = {
        lang: json.loads(
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "LIANPU_LANG": lang},
                check=True, capture_output=True, text=True,
            ).stdout
        )
        for lang in ("zh", "en")
    }  # fmt: skip
    assert texts["zh"].keys() == texts["en"].keys() >= {"load", "check", "settings"}
    for name, chinese in texts["zh"].items():
        assert all(chinese), name
        assert not [text for text in texts["en"][name] if not text or not text.isascii()], name
        assert not set(chinese) & set(texts["en"][name]), name


# ---- refusals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [("nonsense",), ("version", "--nonsense"), ("version", "extra"), ("queries", "a", "b")],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2_as_a_problem(bare: Program, call: tuple[str, ...]) -> None:
    problem = bare(*call, "--json")
    assert problem.code == 2
    assert problem.json["code"] == "usage"
    assert problem.json["exit_code"] == 2


def test_a_wrong_call_is_told_in_the_language_of_the_run(bare: Program) -> None:
    told = bare("version", "--nonsense")
    assert (told.code, told.out) == (2, "")
    assert "没有这个选项：--nonsense" in told.err
    assert "No such option: --nonsense" in bare("version", "--nonsense", LIANPU_LANG="en").err


def test_a_wrong_setting_ends_with_2_and_is_named(bare: Program) -> None:
    told = bare("settings", LIANPU_PORT="many")
    assert told.code == 2
    assert "LIANPU_PORT" in told.err
    assert "many" in told.err
    problem = bare("settings", "--json", LIANPU_PORT="many", LIANPU_LANG="en").json
    assert problem["code"] == "bad-setting"
    assert problem["extra"]["settings"] == [
        {"setting": "LIANPU_PORT", "found": "many", "expected": "a whole number 0–65535"}
    ]


def test_a_misspelt_setting_is_warned_of_on_stderr(bare: Program) -> None:
    told = bare("load", "builtin", "--plan-only", "--json", LIANPU_PAGE_SIZ="5")
    assert "LIANPU_PAGE_SIZE" in told.err
    assert told.json["rejected"] == []


def test_settings_are_listed_and_passwords_are_not(bare: Program) -> None:
    told = bare("settings", "--json", LIANPU_NEO4J_PASSWORD="open-sesame", LIANPU_PAGE_SIZE="7")
    rows = {row["variable"]: row for row in told.json["settings"]}
    assert rows["LIANPU_PAGE_SIZE"]["value"] == 7
    assert rows["LIANPU_PAGE_SIZE"]["origin"] == "environment"
    assert rows["LIANPU_NEO4J_PASSWORD"]["origin"] == "environment"
    assert "open-sesame" not in told.out + told.err


def test_no_engine_at_the_address_ends_with_3(bare: Program) -> None:
    told = bare("rebuild", "--json", LIANPU_NEO4J_URI="bolt://127.0.0.1:9", LIANPU_LANG="en")
    assert told.code == 3
    assert told.json["code"] == "engine-unavailable"
    assert "LIANPU_NEO4J_URI" in bare("rebuild", LIANPU_NEO4J_URI="bolt://127.0.0.1:9").err


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")
def test_a_data_directory_that_is_a_file_ends_with_3(bare: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = bare("loads", LIANPU_HOME=str(tmp_path / "file"))
    assert told.code == 3
    assert "事实库不可用" in told.err
    assert "Traceback" not in told.err


# ---- output --------------------------------------------------------------------------------------------


def test_output_is_utf8_in_the_c_locale(bare: Program) -> None:
    told = bare("version", LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert told.out.startswith("链谱 ")


def test_versions_as_json(bare: Program) -> None:
    assert {"lianpu", "neo4j", "python"} <= set(bare("version", "--json").json)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_reader_that_leaves_is_no_error(bare: Program) -> None:
    process = bare.start("queries", "--json")
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    assert (process.wait(60), process.stderr.read()) == (0, "")
    process.stderr.close()


def test_queries_are_listed_with_their_contract(bare: Program) -> None:
    listed = {q["name"]: q for q in bare("queries", "--json").json["queries"]}
    assert "$rows" in listed["merge_nodes"]["text"]
    assert listed["merge_nodes"]["params"][0]["name"] == "rows"
    assert "UNWIND" in bare("queries", "merge_nodes").out
    assert bare("queries", "no_such_query").code == 1
