"""Questions of identity from the command line: asked, exported, answered, kept."""

from __future__ import annotations

import csv
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.folders import write_folder
from tests.support.program import Program

KNOWN = {"firms": [
    {"id": "firm/k1", "name": "赣州稀土矿业有限公司", "place": "place/360900", "products": "稀土"},
    {"id": "firm/k2", "name": "九江石化机械有限公司", "place": "place/360900"},
    {"id": "firm/k3", "name": "上饶光学仪器有限公司", "place": "place/360900"},
]}  # fmt: skip
#: Short names, which never merge by themselves.
LIST = [
    {"name": "赣州稀土矿业", "place": "place/360900", "products": "稀土"},
    {"name": "九江石化机械厂", "place": "place/360900"},
    {"name": "上饶光学仪器厂", "place": "place/360900"},
    {"name": "毫不相干的新公司"},
]


@pytest.fixture
def office(alone: Program) -> tuple[Program, str]:
    """A home that knows three firms, and the office's folder with other names of them."""
    known = write_folder(alone.cwd / "known", KNOWN)
    assert alone("load", str(known), "--yes", "--json").code == 0
    return alone, str(write_folder(alone.cwd / "office", {"firms": LIST}))


def test_other_things_of_one_name_are_told_beside_the_questions(alone: Program) -> None:
    known = {**KNOWN, "projects": [{"id": "project/k", "name": "稀土项目"}]}
    assert alone("load", str(write_folder(alone.cwd / "known", known)), "--yes", "--json").code == 0
    projects = [{"name": "光学项目", "place": p} for p in ("place/360900", "place/360000")]
    tables = {"firms": LIST, "projects": [{"name": "稀土项目"}, *projects]}
    told = alone("match", str(write_folder(alone.cwd / "office", tables)))
    assert told.code == 0
    assert "另有 2 处同名" in told.out
    assert "lianpu check" in told.out
    checked = alone("check", str(alone.cwd / "office"))
    assert "project/k" in checked.out
    assert "第4行：与第3行同名" in checked.out.replace("\n", "")


def questions(program: Program, what: str) -> dict[str, Any]:
    """The open questions by the name of the firm asked about."""
    told = program("match", what, "--json")
    assert told.code == 0, told.out + told.err
    return {q["name"]: q for q in told.json["questions"]}


def filled(file: Path, answers: dict[tuple[str, str], str]) -> Path:
    """An exported table with ``answers`` (name, candidate → answer) written into its last column."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    for row in rows[1:]:
        row[6] = answers.get((row[1], row[2]), "")
    with file.open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows(rows)
    return file


def test_questions_are_exported_answered_before_the_load_and_never_asked_again(
    office: tuple[Program, str],
) -> None:
    program, folder = office
    asked = questions(program, folder)
    assert set(asked) == {one["name"] for one in LIST[:3]}
    best = {name: q["candidates"][0] for name, q in asked.items()}
    assert [best[one["name"]]["id"] for one in LIST[:3]] == ["firm/k1", "firm/k2", "firm/k3"]
    assert all(c["reasons"] for c in best.values())

    table = program.cwd / "问题.csv"
    assert program("match", folder, "--export", str(table)).code == 0
    rare, machine, optics = (one["name"] for one in LIST[:3])
    filled(table, {(rare, "firm/k1"): "是", (machine, "firm/k2"): "否"})
    kept = program("match", folder, "--answers", str(table), "--json")
    assert kept.code == 0, kept.out + kept.err
    assert kept.json["decisions"] == 3  # one of them of the site, which goes with its firm
    again = program("match", folder, "--answers", str(table), "--json").json
    assert again["decisions"] == 0  # they are kept already
    assert set(questions(program, folder)) == {optics}

    loaded = program("load", folder, "--yes", "--json")
    assert loaded.code == 0, loaded.out + loaded.err
    assert {q["name"] for q in loaded.json["questions"]} == {optics}
    ids = {q["name"]: q["id"] for q in asked.values()}
    assert program("show", "firm/k1", "--json").json["entity"]["node"]["props"]["products"] == ["稀土"]
    moved = program("show", ids[rare], "--json")
    assert moved.code == 1 or moved.json["entity"]["node"]["id"] == "firm/k1"
    assert program("show", ids[machine], "--json").code == 0
    assert program("digest", "--json").json["equal"] is True

    write_folder(Path(folder), {"firms": [{**one, "status": "operating"} for one in LIST]})
    month = program("load", folder, "--yes", "--json").json
    assert ({q["name"] for q in month["questions"]}, month["merged"]) == ({optics}, [])
    assert set(questions(program, "office")) == {optics}  # asked of the dataset as of the file
    held = [d["payload"] for d in program("decisions", "--json").json["decisions"]]
    assert {"keep": "firm/k1", "retire": ids[rare]} in held
    assert {"a": ids[machine], "b": "firm/k2"} in held


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a,b\n1,2\n", "标题"),
        ("编号 id,候选编号 candidate,答案 answer\nfirm/u-1,firm/k1,maybe\n", "maybe"),
        ("编号 id,候选编号 candidate,答案 answer\nfirm/nobody,firm/one,是\n", "firm/nobody"),
        (
            "编号 id,候选编号 candidate,答案 answer\nfirm/one,firm/one,是\nfirm/one,firm/two,是\n",
            "firm/two",
        ),
        ("", "answers.csv"),
    ],
    ids=["headings", "word", "unknown", "two", "empty"],
)
def test_a_bad_table_of_answers_is_refused_and_keeps_nothing(small: Program, text: str, word: str) -> None:
    folder = str(write_folder(small.cwd / "short", {"firms": LIST[3:]}))
    file = small.cwd / "answers.csv"
    file.write_text(text, encoding="utf-8")
    told = small("match", folder, "--answers", str(file), "--json")
    assert (told.code, told.json["code"]) == (1, "bad-input"), told.out
    assert word in told.out
    assert small("decisions", "--json").json["decisions"] == []


def test_what_is_nowhere_is_told(small: Program) -> None:
    told = small("match", "nothing-of-the-kind", "--json")
    assert (told.code, told.json["code"]) == (1, "not-found")
    gone = small("match", "base", "--answers", str(small.cwd / "none.csv"), "--json")
    assert (gone.code, gone.json["code"]) == (1, "bad-input")
    nowhere = small("match", "base", "--export", str(small.cwd / "no" / "q.csv"), "--json")
    assert nowhere.code == 1 and str(small.cwd / "no") in nowhere.json["detail"]


class Terminal:
    """The program at a terminal of its own."""

    def __init__(self, program: Program, *args: str) -> None:
        import pty

        self.end, inner = pty.openpty()
        call = program._call(args, {"TERM": "dumb", "COLUMNS": "200", "LIANPU_LANG": "en"})
        self.process = subprocess.Popen(
            **{**call, "stdin": inner}, stdout=inner, stderr=inner, start_new_session=True
        )
        os.close(inner)
        self.said = ""

    def until(self, word: str, within_s: float = 60.0) -> None:
        """Read on until ``word`` was said since the last call."""
        seen, deadline = "", time.monotonic() + within_s
        while word not in seen:
            ready, _, _ = select.select([self.end], [], [], max(deadline - time.monotonic(), 0))
            assert ready, f"no {word!r} in {seen!r}"
            try:
                seen += os.read(self.end, 65536).decode("utf-8", "replace")
            except OSError as error:  # how Linux tells that the other side was closed
                raise AssertionError(f"no {word!r} in {seen!r}") from error
        self.said += seen

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self.end, f"{text}\n".encode())

    def close(self) -> int:
        """The exit code."""
        with_rest = time.monotonic() + 60
        while time.monotonic() < with_rest:  # a terminal that nobody reads holds its writer up
            ready, _, _ = select.select([self.end], [], [], 0.1)
            try:
                if ready and not os.read(self.end, 65536):
                    break
            except OSError:
                break
        os.close(self.end)
        return self.process.wait(30)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")
def test_a_person_answers_at_the_terminal(office: tuple[Program, str]) -> None:
    program, folder = office
    at = Terminal(program, "match", folder)
    at.until("[1/3]")
    at.type("7")
    at.until("1–1, n, q or Enter")
    at.type("1")
    at.until("[2/3]")
    at.type("n")
    at.until("[3/3]")
    at.type("")
    at.until("3 decisions kept, 1 firms left")
    assert at.close() == 0
    assert set(questions(program, folder)) == {LIST[2]["name"]}


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")
def test_ctrl_c_at_a_question_ends_at_once_and_keeps_nothing(office: tuple[Program, str]) -> None:
    program, folder = office
    for args, word in ((("match", folder), "[1/3]"), (("load", folder), "Go on?")):
        at = Terminal(program, *args)
        at.until(word)
        began = time.monotonic()
        at.process.send_signal(signal.SIGINT)
        at.until("Interrupted")
        assert at.close() == 130
        assert time.monotonic() - began < 5
    assert program("decisions", "--json").json["decisions"] == []
    assert [d["id"] for d in program("loads", "--json").json["datasets"]] == ["base", "known"]
