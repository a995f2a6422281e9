"""Drafts of mappings: what is guessed of columns, and a draft that can be loaded and used."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from stdnum.cn import uscc

from graph.errors import BadInput
from graph.ontology import load_ontology
from ingest.faults import Fault
from ingest.mapping import bind, files_used, load_mapping, read_mapped
from ingest.mapping.draft import draft_mapping
from ingest.rows import Row
from lianpu.cli import run
from lianpu.commands.map import MEANINGS, SHAPES

ONTOLOGY = load_ontology()


def code(number: int) -> str:
    """A credit code with a right check character."""
    stem = f"9136090031{number:07d}"
    return stem + uscc.calc_check_digit(stem)


FIRST = "序号,单位名称,统一社会信用代码,成立日期,所在县,登记状态,主要产品"
HEADINGS = f"{FIRST},注册地址,注册资本,网站,供应商,联系人,用途"
ROWS = [
    f"{n},某{n}锂电有限公司,{code(n)},201{n}-0{n}-01 00:00:00,樟树市,存续,碳酸锂、{n}号电芯,"
    f"江西省宜春市樟树市药都大道{n}号,{n}000万元,https://example.org/{n},某{n}矿业有限公司,张三{n},-"
    for n in range(1, 9)
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "表 A.csv"
    path.write_text("\n".join([HEADINGS, *ROWS]) + "\n", encoding="utf-8")
    return path


def test_columns_are_known_by_heading_and_values(table: Path) -> None:
    draft = draft_mapping(table)
    guessed = {g.column: g.meaning for g in draft.guesses if g.meaning}
    assert guessed == {
        "单位名称": "name",
        "统一社会信用代码": "uscc",
        "成立日期": "founded",
        "所在县": "place",
        "登记状态": "status",
        "主要产品": "products",
        "注册地址": "address",
        "注册资本": "capital",
        "供应商": "supplier",
        "联系人": "person",
    }
    shapes = {g.column: g.shape for g in draft.guesses}
    assert (shapes["网站"], shapes["注册资本"], shapes["序号"]) == ("url", "money", "number")
    assert all(0 <= g.confidence <= 1 for g in draft.guesses)


def test_the_draft_is_a_mapping_that_reads_the_file(table: Path) -> None:
    path = table.with_suffix(".yml")
    path.write_text(draft_mapping(table).text, encoding="utf-8")
    mapping = load_mapping(path)
    bind(mapping, ONTOLOGY)
    items = list(read_mapped(table, mapping, ONTOLOGY))
    assert not [i for i in items if isinstance(i, Fault)]
    firms = [i.cells for i in items if isinstance(i, Row) and i.cls.name == "Firm"]
    assert [f["name"] for f in firms] == [f"某{n}锂电有限公司" for n in range(1, 9)]
    first = firms[0]
    assert first["id"].startswith("firm/a-")
    assert {k: first[k] for k in ("founded", "status", "products", "place", "uscc")} == {
        "founded": "2011-01-01",
        "status": "operating",
        "products": "碳酸锂|1号电芯",
        "place": "樟树市",
        "uscc": code(1),
    }
    sites = [i.cells for i in items if isinstance(i, Row) and i.cls.name == "Site"]
    assert [s["address"][-2:] for s in sites] == [f"{n}号" for n in range(1, 9)]


def test_columns_left_out_are_comments(table: Path) -> None:
    text = draft_mapping(table).text
    left = text[text.index("columns not used") :]
    for column in ("序号", "注册资本", "网站", "供应商", "联系人", "用途"):
        assert f"#   {column}" in left
    assert "relation: SUPPLIES, from: {column: 供应商}, to: firm" in left
    assert "better not loaded" in left


def test_values_that_belie_their_heading_are_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("企业名称,统一社会信用代码\n甲公司,123\n乙公司,91360000000000000X\n", encoding="utf-8")
    draft = draft_mapping(path)
    assert {g.column: g.meaning for g in draft.guesses}["统一社会信用代码"] == ""
    assert "hash" not in draft.text
    bind_text(tmp_path, draft.text)


def test_values_alone_tell_codes_and_names(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [f"某{n}股份有限公司,{code(n)},60{n:04d}.SH" for n in range(5)]
    path.write_text("a,b,c\n" + "\n".join(lines) + "\n", encoding="utf-8")
    assert [g.meaning for g in draft_mapping(path).guesses] == ["name", "uscc", "stock_code"]


def test_strange_headings_and_no_firms(tmp_path: Path) -> None:
    path = tmp_path / "b [1]..csv"
    path.write_text('"a: b","x\ny",yes,"#c"\n1,2,3,4\n', encoding="utf-8")
    draft = draft_mapping(path)
    assert "no column of firms' names" in draft.text
    bind_text(tmp_path, draft.text)
    mapping = load_mapping(tmp_path / "draft.yml")
    assert [found for _, found in files_used(tmp_path, mapping)] == [[path]]


def bind_text(folder: Path, text: str) -> None:
    path = folder / "draft.yml"
    path.write_text(text, encoding="utf-8")
    bind(load_mapping(path), ONTOLOGY)


def test_a_workbook_and_json_lines(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "名单"
    for row in (("某市企业名单", None), ("企业名称", "产品"), ("甲公司", "铜"), ("乙公司", "铝")):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    draft = draft_mapping(tmp_path / "a.xlsx")
    assert (draft.sheet, [g.meaning for g in draft.guesses]) == ("名单", ["name", "products"])
    path = tmp_path / "a.jsonl"
    path.write_text('{"firm": {"name": "甲公司"}, "n": 1}\n{"firm": {"name": "乙公司"}}\n', encoding="utf-8")
    draft = draft_mapping(path)
    assert {g.column: g.meaning for g in draft.guesses}["firm.name"] == "name"
    bind_text(tmp_path, draft.text)


@pytest.mark.parametrize("name", ["none.csv", "empty.csv", "old.xls", "a.jsonl"])
def test_files_that_cannot_be_looked_at(name: str, tmp_path: Path) -> None:
    if name != "none.csv":
        (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(BadInput, match=name.replace(".", r"\.")):
        draft_mapping(tmp_path / name)


def test_the_command_prints_writes_and_leaves_other_files_alone(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = table.with_suffix(".yml")
    assert run(["map", str(table), "-o", str(out)]) == 0
    assert "统一社会信用代码" in capsys.readouterr().out
    assert load_mapping(out).files[0].file == "表 A.csv"
    before = out.read_text(encoding="utf-8")
    assert run(["map", str(table), "-o", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == before
    capsys.readouterr()
    assert run(["map", str(table), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == 8
    assert told["mapping"] == before
    assert [c["column"] for c in told["columns"]] == HEADINGS.split(",")


def test_every_meaning_and_shape_has_words() -> None:
    from ingest.mapping.draft import shapes, words

    assert set(MEANINGS) == set(words.WORDS)
    assert set(SHAPES) == set(shapes.SHAPES)
