"""What a newcomer is told: answers kept, firms merged by them, rows left out, declarations too old."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.support.folders import write_folder
from tests.support.program import Program
from tests.support.small import load

KNOWN = {"firms": [
    {"id": "firm/k1", "name": "赣州稀土矿业有限公司", "place": "place/360900", "products": "稀土"},
    {"id": "firm/k2", "name": "九江石化机械有限公司", "place": "place/360900"},
]}  # fmt: skip
LIST = [
    {"name": "赣州稀土矿业", "place": "place/360900", "products": "稀土"},
    {"name": "九江石化机械厂", "place": "place/360900"},
]


def told(text: str) -> str:
    """Output without the spaces and line ends that the width of a terminal makes."""
    return "".join(text.split())


def answered(program: Program, folder: str, *answers: tuple[str, str, str]) -> Path:
    """A table of answers: id of the firm, candidate, yes or no."""
    file = program.cwd / "answers.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([("编号 id", "候选编号 candidate", "答案 answer"), *answers])
    return file


def test_answers_are_named_when_kept_planned_loaded_and_undone(alone: Program) -> None:
    load(alone, "known", KNOWN)
    folder = str(write_folder(alone.cwd / "office", {"firms": LIST}))
    asked: dict[str, Any] = {q["name"]: q for q in alone("match", folder, "--json").json["questions"]}
    rare, machine = (asked[one["name"]] for one in LIST)
    score = machine["candidates"][0]["score"]
    assert machine["candidates"][0]["id"] == "firm/k2"
    table = answered(alone, folder, (rare["id"], "firm/k1", "否"), (machine["id"], "firm/k2", "是"))
    kept = alone("match", folder, "--answers", str(table))
    assert kept.code == 0, kept.err
    assert told(f"九江石化机械厂 = 九江石化机械有限公司 firm/k2 ({score:.0%})") in told(kept.out)
    assert told("赣州稀土矿业 ≠ 赣州稀土矿业有限公司 firm/k1") in told(kept.out)

    plan = alone("load", folder, "--plan-only")
    assert "按您的回答合并" in told(plan.out)
    one = f"九江石化机械厂{machine['id']}=九江石化机械有限公司firm/k2"
    assert one in told(plan.out)
    loaded = alone("load", folder, "--yes", "--json").json
    assert loaded["merged_by_answers"] == [{"keep": "firm/k2", "retire": machine["id"]}]
    shown = alone("show-load", str(loaded["load"]), "--json").json
    assert [(m["retire"], m["keep"]) for m in shown["merged_by_answers"]] == [(machine["id"], "firm/k2")]
    assert "按您的回答合并" in alone("show-load", str(loaded["load"])).out

    text = alone("decisions", COLUMNS="400").out
    assert "九江石化机械有限公司 firm/k2" in text
    assert "赣州稀土矿业有限公司 firm/k1" in text
    (apart,) = (
        d["id"] for d in alone("decisions", "--json").json["decisions"] if d["payload"].get("b") == "firm/k1"
    )
    undone = alone("undo", apart, "--yes")
    assert told("≠ 赣州稀土矿业有限公司 firm/k1") in told(undone.out)


def test_an_id_that_is_gone_stays_an_id(small: Program) -> None:
    number = load(small, "gone", {"firms": [{"id": "firm/gone", "name": "将去公司"}]})
    assert small("distinct", "firm/gone", "firm/one", "--reason", "核对过", "--yes").code == 0
    assert small("undo", str(number), "--yes").code == 0
    text = told(small("decisions", "--about", "firm/gone", COLUMNS="400").out)
    assert "firm/gone" in text and "将去公司" not in text and "一号公司firm/one" in text


def test_when_every_row_is_left_out_nothing_is_said_to_be_loaded(small: Program) -> None:
    folder = str(write_folder(small.cwd / "none", {"firms": [{"名称": "甲公司", "什么列": "x"}]}))
    part = small("load", folder, "--accept-partial", "--plan-only")
    assert "一条也没有载入" in told(part.out)
    assert "有不认识的列名的表整张不载入" in told(small("check", folder).out)
    assert "Nothing at all" in small("load", folder, "--accept-partial", "--plan-only", LIANPU_LANG="en").out


def test_a_coverage_without_effect_is_told(small: Program) -> None:
    row = {"name": "宜春锂盐", "segment": "segment/x/salt", "place": "place/360900", "complete": "是"}
    folder = str(write_folder(small.cwd / "cov", {"coverages": [
        {**row, "as_of": "2019-06"}, {**row, "name": "今后", "as_of": "2099-01"},
        {**row, "name": "没查全", "as_of": "2019-06", "complete": "否"},
        {**row, "name": "没填", "as_of": "", "complete": ""}, {**row, "name": "没写截至", "as_of": ""},
    ]}))  # fmt: skip
    notices = small("check", folder, "--json").json["notices"]
    assert {(n["row"], n["kind"], n["what_zh"], n["found"]) for n in notices} == {
        (2, "coverage-old", "截至", "2019-06"), (3, "coverage-idle", "截至", "2099-01"),
        (5, "coverage-idle", "是否查全", ""), (6, "coverage-idle", "截至", ""),
    }  # fmt: skip
    assert "730" in next(n["known"] for n in notices if n["kind"] == "coverage-old")
    assert "载入后不起作用" in told(small("load", folder, "--plan-only").out)
    own = small.cwd / "rules.yml"
    own.write_text("thresholds:\n  coverage:\n    coverage_days: 3650\n", encoding="utf-8")
    lenient = small("check", folder, "--json", LIANPU_GAP_RULES=str(own)).json["notices"]
    assert {n["kind"] for n in lenient} == {"coverage-idle"}


def test_a_filter_without_a_hit_says_how_many_targets_there_are(small: Program) -> None:
    assert "没有招商目标" in small("targets", "--overdue").out
    assert small("target", "firm/one", "x/salt@360900", "--yes", "--json").code == 0
    assert "没有逾期的（共 1 个目标）" in small("targets", "--overdue").out
    assert "没有符合条件的（共 1 个目标）" in small("targets", "--chain", "y").out
    assert "None is overdue (1 target in all)" in small("targets", "--overdue", LIANPU_LANG="en").out


def test_notes_beyond_the_tenth_are_counted_in_words(small: Program) -> None:
    book = Workbook()
    book.worksheets[0].title = "企业"
    for row in (["名称"], ["甲公司"]):
        book.worksheets[0].append(row)
    for number in range(11):
        sheet = book.create_sheet(f"草稿{number}")
        sheet.append(["名称"])
        sheet.sheet_state = "hidden"
    book.save(small.cwd / "草稿.xlsx")
    notes = small("check", "草稿.xlsx", "--json").json["notes"]
    assert len(notes) == 11
    assert "另有 1 条说明" in small("check", "草稿.xlsx").out
    assert "1 more note" in small("check", "草稿.xlsx", LIANPU_LANG="en").out
