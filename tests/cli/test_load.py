"""Loading what people have, from the command line: folders, workbooks, mapped files; what is refused."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from stdnum.cn import uscc

from tests.cli.test_undo import listed
from tests.support.folders import write_folder
from tests.support.program import Program
from tests.support.small import HOME
from tests.support.workbooks import write_book

#: A code with the check character of GB 32100.
CODE = next(f"9136000015826407{c}{d}" for c in "0123456789" for d in uscc._alphabet
            if uscc.is_valid(f"9136000015826407{c}{d}"))  # fmt: skip
MAPPING = """
title: 名录
files:
  - file: 名录*.csv
    rows:
      - entity: Firm
        as: firm
        id: {hash: [企业名称], space: list}
        properties: {名称: 企业名称, products: {column: 产品, split: 、}}
"""


def home_bytes(program: Program) -> dict[str, str]:
    """What the files of facts hold, and whatever a load would leave in the scratch folder."""
    home = program.cwd / HOME
    files = [home / "truth.sqlite", *sorted((home / "scratch").glob("*"))]
    return {str(f.relative_to(home)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def graph(program: Program) -> Any:
    """The digest of the engine's graph, which has to be that of the facts."""
    told = program("digest", "--json").json
    assert told["equal"] is True
    return told["engine"]


def done(program: Program, *args: str) -> Any:
    """What a load that has to succeed says as JSON."""
    told = program("load", *args, "--yes", "--json")
    assert told.code == 0, told.out + told.err
    return told.json


def node(program: Program, key: str) -> Any:
    """What ``show`` says of an entity."""
    return program("show", key, "--json").json["entity"]["node"]["props"]


def test_a_folder_is_planned_loaded_loaded_again_and_taken_back(small: Program) -> None:
    before = graph(small)
    folder = str(write_folder(small.cwd / "甲 目录", {
        "firms": [{"id": "firm/jia", "name": "甲公司", "place": "place/360900"}],
        "notes": [{"id": "x"}],
    }))  # fmt: skip
    Path(folder, "notes.csv").rename(Path(folder, "notes.txt"))
    kept = home_bytes(small)
    plan = small("load", folder, "--plan-only", "--json").json
    assert plan["dataset"] == "甲 目录"
    assert (plan["rows"], plan["assertions"], plan["faults"], plan["rejected"]) == (1, 5, 0, [])
    assert {key for key in plan["added"] if "/" in key} == {"firm/jia", "site/jia"}
    assert (plan["changed"], plan["removed"], plan["questions"], plan["merged"]) == ([], [], [], [])
    assert plan["ignored"] == ["notes.txt"]
    assert "甲 目录" in small("load", folder, "--plan-only").out
    assert home_bytes(small) == kept

    first = done(small, folder)
    assert first["version"] == 1
    after = graph(small)
    assert after != before
    again = done(small, folder)
    assert (again["load"], again["revision"], again["added"]) == (None, first["revision"], [])
    assert small("load", folder, "--yes", LIANPU_LANG="en").out.count("nothing changed") == 1
    assert list(listed(small)).count(first["load"]) == 1 and max(listed(small)) == first["load"]

    assert small("undo", str(first["load"]), "--yes").code == 0
    assert graph(small) == before
    assert list((small.cwd / HOME / "scratch").glob("*")) == []


def test_a_workbook_with_names_instead_of_ids(small: Program) -> None:
    book = write_book(small.cwd / "台账.xlsx", {
        "企业": [["2024年企业台账"], ["名称", "所在地", "产品"], ["乙科技有限公司", "宜春市", "电芯|模组"]],
        "企业环节": [["起点", "终点", "产品"], ["乙科技有限公司", "电芯", "电芯"]],
    })  # fmt: skip
    told = done(small, str(book))
    assert told["dataset"] == "台账"
    (firm,) = (key for key in told["added"] if key.startswith("firm/"))
    assert node(small, firm)["caption"] == "乙科技有限公司"
    assert "place/360900" in small("neighbours", firm, "--json").out
    assert firm.replace("firm/", "site/") in small("neighbours", "segment/x/cell", "--json").out
    assert done(small, str(book))["load"] is None  # the minted id is the same again
    assert graph(small)


def test_a_file_with_a_mapping(small: Program) -> None:
    rule = small.cwd / "名录.yml"
    rule.write_text(MAPPING, encoding="utf-8")
    file = small.cwd / "名录2024.csv"
    file.write_text("企业名称,产品\n丙材料有限公司,铜箔、铝箔\n", encoding="gb18030")
    told = done(small, str(file), "--mapping", str(rule), "--as", "名录")
    assert told["dataset"] == "名录"
    (firm,) = (key for key in told["added"] if key.startswith("firm/"))
    assert node(small, firm)["products"] == ["铜箔", "铝箔"]
    refused = small("load", str(file), "--mapping", str(small.cwd / "none.yml"), "--json")
    assert (refused.code, refused.json["code"]) == (1, "bad-input")
    assert "none.yml" in refused.json["detail"]


def test_a_refused_load_says_where_and_partial_takes_the_rest(small: Program) -> None:
    folder = str(write_folder(small.cwd / "faulty", {
        "firms": [
            {"id": "firm/good", "name": "好公司", "founded": "2001"},
            {"id": "firm/wrong", "name": "坏公司", "founded": "20240"},
        ],
        "supplies": [
            {"from": "firm/good", "to": "firm/one", "what": "料"},
            {"from": "firm/wrong", "to": "firm/one", "what": "料"},
        ],
    }))  # fmt: skip
    kept = home_bytes(small)
    told = small("load", folder, "--yes", "--json")
    assert (told.code, told.json["code"]) == (1, "bad-input")
    text = small("load", folder, "--yes", LIANPU_LANG="en")
    for word in ("firms.csv", "3", "founded", "20240"):
        assert word in told.json["detail"]
        assert word in text.out + text.err
    planned = small("load", folder, "--plan-only", "--json")
    assert planned.code == 1
    (fault,) = planned.json["rejected"]
    assert (fault["file"], fault["row"], fault["column"], fault["found"]) == (
        "firms.csv", 3, "founded", "20240",
    )  # fmt: skip
    assert home_bytes(small) == kept

    part = done(small, folder, "--accept-partial")
    assert {(f["file"], f["row"]) for f in part["rejected"]} == {("firms.csv", 3), ("supplies.csv", 3)}
    assert {key for key in part["added"] if key.startswith("firm/")} == {"firm/good"}
    assert listed(small)[part["load"]]["counts"]["rejected"] == 2
    assert small("show", "firm/wrong", "--json").code == 1
    assert graph(small)


def test_a_partial_load_of_which_nothing_is_left_loads_nothing_and_says_so(small: Program) -> None:
    good = write_folder(small.cwd / "good", {"firms": [{"id": "firm/own", "name": "自有"}]})
    first = done(small, str(good), "--as", "局")
    bad = write_folder(small.cwd / "bad", {"firms": [{"id": "firm/own", "name": "自有", "founded": "20240"}]})
    kept, loads = home_bytes(small), listed(small)
    for options in (["--yes"], ["--yes", "--json"], ["--plan-only"], ["--plan-only", "--json"]):
        told = small("load", str(bad), "--as", "局", "--accept-partial", *options)
        assert told.code == 1, options
        assert "20240" in told.out + told.err
    text = small("load", str(bad), "--as", "局", "--accept-partial", "--yes")
    assert "什么也没有载入" in text.out + text.err
    assert (home_bytes(small), listed(small)) == (kept, loads)
    assert first["load"] == max(loads)


def test_the_plan_tells_entities_and_relations_apart(small: Program) -> None:
    firms = [{"id": f"firm/n{n}", "name": f"新{n}", "place": "place/360900"} for n in range(3)]
    folder = str(write_folder(small.cwd / "some", {"firms": firms}))
    told = small("load", folder, "--plan-only")
    # three firms with a site each; a firm and its site are both located, and the one operates the other
    (added,) = [line for line in told.out.splitlines() if "新增" in line]
    assert re.findall(r"\d+", added.partition("新增")[2])[:2] == ["6", "9"]
    assert "实体" in told.out and "关系" in told.out
    plan = small("load", folder, "--plan-only", "--json").json
    assert (plan["counts"]["added"], plan["relations"]["added"]) == (15, 9)
    number = done(small, folder)["load"]
    assert "新增 6 个实体、9 条关系" in small("show-load", str(number)).out
    gone = str(write_folder(small.cwd / "gone" / "some", {"firms": firms[:1]}))
    refused = small("load", gone, "--no-input", LIANPU_LANG="en")
    assert (refused.code, "would remove 4 entities, 6 relations;" in refused.out + refused.err) == (1, True)


def test_name_visibility_and_owner(small: Program) -> None:
    folder = str(write_folder(small.cwd / "some", {"firms": [{"id": "firm/own", "name": "自有"}]}))
    told = done(small, folder, "--as", "我的", "--visibility", "内部", "--owner", "某局")
    entry = next(d for d in small("loads", "--json").json["datasets"] if d["id"] == "我的")
    assert (told["dataset"], entry["visibility"], entry["owner"]) == ("我的", "internal", "某局")
    done(small, folder, "--as", "我的")  # neither is lost by a reload
    entry = next(d for d in small("loads", "--json").json["datasets"] if d["id"] == "我的")
    assert (entry["visibility"], entry["owner"]) == ("internal", "某局")
    for wrong in (("builtin", "--as", "x"), (folder, "--visibility", "nobody")):
        assert small("load", *wrong, "--json").code == 2
    for what in (small.cwd / "nowhere", ""):
        refused = small("load", str(what), "--json")
        assert (refused.code, refused.json["code"]) == (1, "bad-input")
    assert small("load", folder, "--as", "builtin", "--json").json["code"] == "bad-input"


@pytest.fixture(scope="module")
def merged(small: Program) -> tuple[str, str]:
    """A firm that the code shows to be known: its id in the office's list, and the folder of that list."""
    done(small, str(write_folder(small.cwd / "known", {
        "firms": [{"id": "firm/known", "name": "赣江新材料股份有限公司", "uscc": CODE}],
    })))  # fmt: skip
    folder = write_folder(small.cwd / "monthly", {
        "firms": [{"name": "赣江新材", "uscc": CODE, "place": "place/360900", "founded": "1999"}],
    })  # fmt: skip
    told = done(small, str(folder))
    (pair,) = (m for m in told["merged"] if m["keep"].startswith("firm/"))
    assert pair["keep"] == "firm/known" and pair["reason"]
    return pair["retire"], str(folder)


def test_a_firm_known_by_its_code_is_merged_and_split_gives_both_back(
    small: Program, merged: tuple[str, str]
) -> None:
    retired, folder = merged
    one = node(small, "firm/known")
    assert (one["name"], one["founded"]) == ("赣江新材料股份有限公司", "1999")
    held = small("decisions", "--json").json["decisions"]
    assert {"keep": "firm/known", "retire": retired} in [d["payload"] for d in held]

    # the list of the next month: no question, no second merge
    write_folder(Path(folder), {
        "firms": [
            {"name": "赣江新材", "uscc": CODE, "place": "place/360900", "founded": "1999", "products": "箔"},
        ],
    })  # fmt: skip
    again = done(small, folder)
    assert (again["merged"], again["questions"]) == ([], [])
    assert node(small, "firm/known")["products"] == ["箔"]

    assert small("split", retired, "--yes", "--json").code == 0
    kept, given = node(small, "firm/known"), node(small, retired)
    assert (kept["name"], kept.get("founded"), kept.get("products")) == (
        "赣江新材料股份有限公司", None, None,
    )  # fmt: skip
    assert (given["name"], given["founded"], given["products"]) == ("赣江新材", "1999", ["箔"])
    write_folder(Path(folder), {"firms": [{"name": "赣江新材", "uscc": CODE, "founded": "1998"}]})
    apart = done(small, folder)
    assert (apart["merged"], apart["questions"]) == ([], [])
    assert node(small, retired)["founded"] == "1998"
    assert graph(small)


def test_check_writes_a_marked_copy(small: Program) -> None:
    book = write_book(small.cwd / "错.xlsx", {"企业": [["名称", "成立日期"], ["丁公司", "20240"]]})
    copy = small.cwd / "标错.xlsx"
    kept, before = home_bytes(small), book.read_bytes()
    told = small("check", str(book), "--report", str(copy), "--json")
    assert (told.code, told.json["report"]) == (1, str(copy))
    (fault,) = told.json["rejected"]
    assert (fault["file"], fault["sheet"], fault["row"], fault["column"], fault["found"]) == (
        "错.xlsx", "企业", 2, "成立日期", "20240",
    )  # fmt: skip
    cell = load_workbook(copy)["企业"]["B2"]
    assert cell.value in ("20240", 20240) and cell.comment is not None
    assert (home_bytes(small), book.read_bytes()) == (kept, before)
    write_book(book, {"企业": [["名称", "成立日期"], ["丁公司", "2024"]]})
    fine = small("check", str(book), "--report", str(small.cwd / "none.xlsx"), "--json")
    assert (fine.code, fine.json["report"]) == (0, None)
    assert not (small.cwd / "none.xlsx").exists()


def test_what_contradicts_itself_is_told_with_both_places(small: Program) -> None:
    book = write_book(small.cwd / "矛盾.xlsx", {
        "企业": [
            ["编号", "名称", "成立日期"],
            ["firm/contra", "戊公司", "2001"],
            ["firm/contra", "戊公司", "2002"],
        ],
        "firms": [["id", "name", "founded"], ["firm/contra", "戊公司", "2003"]],
    })  # fmt: skip
    told = small("check", str(book), "--json")
    assert told.code == 0, told.out
    notices = [n for n in told.json["notices"] if n["kind"] == "contradicts-itself"]
    told_of = {(n["file"], n["row"], n["found"]) for n in notices}
    assert told_of == {("企业", 3, "2002年"), ("firms", 2, "2003年")}
    assert all("企业:2" in n["known"] and "2001" in n["known"] for n in notices)
    text = small("load", str(book), "--plan-only").out.replace("\n", "")
    assert "企业:3" in text and "2002" in text


def test_faults_between_rows_name_sheet_row_and_heading_as_in_the_file(small: Program) -> None:
    book = write_book(small.cwd / "关系.xlsx", {
        "企业": [["编号", "名称"], ["firm/self", "己公司"]],
        "供货": [
            ["起点", "终点", "供什么"],
            ["firm/self", "firm/self", "自供"],
            ["firm/self", "firm/nobody", "悬空"],
        ],
        "地区": [
            ["编号", "名称", "层级", "隶属"],
            ["place/990100", "子", "city", "place/990101"],
            ["place/990101", "丑", "county", "place/990100"],
        ],
    })  # fmt: skip
    told = small("check", str(book), "--json")
    assert told.code == 1
    found = {(f["file"], f["sheet"], f["row"], f["column"]) for f in told.json["rejected"]}
    assert ("关系.xlsx", "供货", 2, "终点") in found, told.json["rejected"]
    assert ("关系.xlsx", "供货", 3, "终点") in found
    assert [f for f in found if f[1] == "地区" and f[2] in (2, 3)], told.json["rejected"]
