"""Mappings: what they make of files, and what is said of wrong rows."""

from __future__ import annotations

import hashlib
from pathlib import Path

import openpyxl
import pytest

from graph.errors import BadInput
from graph.values import clean_cell
from ingest.grid import GridNote
from ingest.mapping import (
    files_used,
    hashed_slug,
    load_mapping,
    patterns,
    read_mapped,
    shipped_mapping,
    shipped_mappings,
)
from ingest.rows import Row
from tests.support.mapped import ONTOLOGY, put, read

FIRMS = """
title: 试
common: {standing: unverified}
files:
  - file: 企业*.csv
    rows:
      - entity: Firm
        as: firm
        id: {hash: [代码], space: own}
        properties:
          名称: 企业名称
          uscc: 代码
          products: {column: 产品, split: 、}
          status: {column: 状态, translate: {存续: operating, 注销: ceased}, untranslated: fault}
          founded: {column: 成立, unknown: ["-"], extract: '^\\S+'}
      - entity: Product
        as: product
        filter: {主产品: {empty: false}}
        properties: {name: 主产品}
      - relation: MAKES
        from: firm
        to: product
        properties: {note: {text: "见 {代码}"}}
"""


SLOW = """
title: t
files:
  - file: a.csv
    FILTER
    rows: [{entity: Firm, properties: {name: 名称, short_name: {column: 简称, extract: '^(a|aa)+$'}}}]
"""
#: A text on which (a|aa)+$ tries more ways than anybody waits for.
ENDLESS = "a" * 60 + "b"


@pytest.mark.parametrize(
    ("where", "column"),
    [
        ("", "简称"),
        ("filter: {名称: {matches: '(a|aa)+'}}", "名称"),
        ("checks: [{column: 名称, matches: '(a|aa)+'}]", "名称"),
    ],
)
def test_a_regular_expression_without_end_is_a_fault_of_the_cell(
    where: str, column: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "LIMIT_S", 0.1)
    rest = {"名称": "甲公司", "简称": "aa"} | {column: ENDLESS}
    put(tmp_path, "a.csv", f"名称,简称\n{rest['名称']},{rest['简称']}\naaa,aaa\n")
    rows, (fault,) = read(tmp_path, SLOW.replace("FILTER", where))
    assert (fault.file, fault.row, fault.column, fault.found) == ("a.csv", 2, column, ENDLESS)
    assert "(a|aa)+" in fault.expected_zh
    assert [r.line for r in rows] == [3]  # the others are read


def test_a_regular_expression_that_is_slow_everywhere_stops_the_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "LIMIT_S", 0.05)
    put(tmp_path, "a.csv", "名称,简称\n" + f"甲,{ENDLESS}\n" * 1000)
    with pytest.raises(BadInput, match=r"太慢") as caught:
        read(tmp_path, SLOW.replace("FILTER", ""))
    assert (caught.value.extra["column"], caught.value.extra["pattern"]) == ("简称", "^(a|aa)+$")


def test_what_a_mapping_parts_is_parted_by_nothing_else(tmp_path: Path) -> None:
    put(
        tmp_path,
        "企业.csv",
        "企业名称,代码,产品,状态,成立,主产品\n甲公司,K1,铅；锌、铜,存续,,\n乙公司,K2,铅；锌,存续,,\n",
    )
    rows, _ = read(tmp_path, FIRMS)
    cells = [r.cells["products"] for r in rows if r.cls.name == "Firm"]
    products = ONTOLOGY.entities["Firm"].properties["products"]
    assert [clean_cell(products, cell) for cell in cells] == [["铅；锌", "铜"], ["铅；锌"]]


def test_each_row_makes_its_entities_and_the_relations_between_them(tmp_path: Path) -> None:
    put(
        tmp_path,
        "企业2024.csv",
        "企业名称,代码,产品,状态,成立,主产品\n甲公司,K1,铜、 铝 、铜,存续,2018-06-28 00:00:00,铜\n"
        "乙公司,K2,,注销,-,\n",
    )
    rows, faults = read(tmp_path, FIRMS)
    digits = hashlib.sha256(b"K1").hexdigest()[:16]
    other = hashlib.sha256(b"K2").hexdigest()[:16]
    assert faults == []
    assert [(r.cls.name, r.file, r.line, r.cells) for r in rows] == [
        (
            "Firm",
            "企业2024.csv",
            2,
            {
                "id": f"firm/own-{digits}",
                "name": "甲公司",
                "uscc": "K1",
                "products": "铜|铝",
                "status": "operating",
                "founded": "2018-06-28",
                "standing": "unverified",
            },
        ),
        ("Product", "企业2024.csv", 2, {"name": "铜", "standing": "unverified"}),
        (
            "MAKES",
            "企业2024.csv",
            2,
            {"from": f"firm/own-{digits}", "to": "铜", "note": "见 K1", "standing": "unverified"},
        ),
        (
            "Firm",
            "企业2024.csv",
            3,
            {
                "id": f"firm/own-{other}",
                "name": "乙公司",
                "uscc": "K2",
                "status": "ceased",
                "standing": "unverified",
            },
        ),
    ]
    assert rows[0].heading("name") == "企业名称"
    assert rows[0].heading("id") == "代码"
    assert rows[2].heading("to") == "主产品"


def test_a_value_that_cannot_be_translated_is_a_fault_of_its_row(tmp_path: Path) -> None:
    put(tmp_path, "企业.csv", "企业名称,代码,产品,状态,成立,主产品\n甲公司,K1,,迁出,,铜\n乙公司,,,存续,,\n")
    rows, faults = read(tmp_path, FIRMS)
    assert rows == []
    assert [(f.row, f.column, f.found) for f in faults] == [(2, "状态", "迁出"), (3, "代码", "")]
    assert "存续" in faults[0].expected_zh


def test_a_missing_column_is_told_with_the_nearest_heading_and_the_file_is_left(tmp_path: Path) -> None:
    put(tmp_path, "企业.csv", "企业名,代码,产品,状态,成立,主产品\n甲,K1,,存续,,\n")
    rows, faults = read(tmp_path, FIRMS)
    assert rows == []
    (fault,) = faults
    assert (fault.file, fault.row) == ("企业.csv", 1)
    assert "'企业名称'; did you mean '企业名'?" in fault.expected_en


def test_headings_are_found_below_a_title_and_a_doubled_one_is_a_fault(tmp_path: Path) -> None:
    one = "title: 试\nfiles:\n  - {file: a.csv, rows: [{entity: Firm, properties: {name: 名称}}]}\n"
    put(tmp_path, "a.csv", "某市企业表,,\n,,\n序号,名称,备注\n1,甲公司,\n")
    rows, faults = read(tmp_path, one)
    assert [(r.line, r.cells) for r in rows] == [(4, {"name": "甲公司"})]
    assert faults == []
    put(tmp_path, "a.csv", "名称,名称\n甲,乙\n")
    rows, faults = read(tmp_path, one)
    assert rows == []
    assert [(f.row, f.column) for f in faults] == [(1, "名称")]


def test_a_line_as_long_as_no_other_is_a_fault(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", "名称,备注\n甲,乙,丙\n丁\n戊,己\n")
    rows, faults = read(
        tmp_path, "title: 试\nfiles:\n  - {file: a.csv, rows: [{entity: Firm, properties: {name: 名称}}]}\n"
    )
    assert [r.cells["name"] for r in rows] == ["戊"]
    assert [(f.row, f.found) for f in faults] == [(2, "3 cells"), (3, "1 cells")]


CHECKS = """
title: 试
files:
  - file: names.csv
    checks:
      - {column: name, empty: false, not_matches: '.*".*'}
      - {unique: [name]}
    rows: [{entity: Product, id: {hash: [name], space: t}, properties: {name: name}}]
  - file: edges.csv
    filter: {kind: {not_in: [skip]}}
    checks:
      - {different: [a, b]}
      - {column: a, exists: {file: names.csv, column: name}}
      - {column: b, exists: {file: names.csv, column: name}}
      - {column: w, min: 0, max: 1, reject: cell}
      - {column: kind, in: [x, y], when: {w: {min: 0}}, expected: {zh: 甲或乙, en: one or other}}
    rows:
      - relation: INPUT_TO
        from: {hash: [a], space: t, class: Product}
        to: {hash: [b], space: t, class: Product}
        properties: {note: w}
"""


def test_checks_report_row_by_row_and_the_other_rows_go_on(tmp_path: Path) -> None:
    put(tmp_path, "names.csv", 'name\n铜\n铝\n铜\n"铜""箔"\n')
    put(
        tmp_path,
        "edges.csv",
        'a,b,kind,w\n铜,铝,x,0.5\n铜,铜,x,1\n铜,金,x,1\n铝,铜,x,-1\n铝,铜,z,1\n铝,铜,skip,9\n铝,"铜""箔",y,\n',
    )
    rows, faults = read(tmp_path, CHECKS)
    assert [(f.file, f.row, f.column, f.found) for f in faults] == [
        ("names.csv", 4, "name", "铜"),
        ("names.csv", 5, "name", '铜"箔'),
        ("edges.csv", 3, "b", "铜"),
        ("edges.csv", 4, "b", "金"),
        ("edges.csv", 5, "w", "-1"),
        ("edges.csv", 6, "kind", "z"),
        ("edges.csv", 8, "b", '铜"箔'),
    ]
    assert "row 2" in faults[0].expected_en
    assert (faults[5].expected_zh, faults[5].expected_en) == ("甲或乙", "one or other")
    edges = [(r.line, r.cells.get("note")) for r in rows if r.cls.name == "INPUT_TO"]
    assert edges == [(2, "0.5"), (5, None)]  # the weight of row 5 was wrong, its relation is kept


def test_a_file_that_is_only_checked_makes_no_rows(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", "n\n1\n12,5\n".replace("12,5", '"1,200.5"') + "x\n")
    rows, faults = read(tmp_path, "title: t\nfiles:\n  - {file: a.csv, checks: [{column: n, min: 0}]}\n")
    assert rows == []
    assert [(f.row, f.found) for f in faults] == [(4, "x")]


def test_filters_choose_rows(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", "name,n,t\nA,1,x\nB,2,y\nC,,z\nD,3,\n")
    rows_of = "rows: [{entity: Product, properties: {name: name}}]"
    base = "title: t\nfiles:\n  - {file: a.csv, filter: {%s}, " + rows_of + "}\n"
    wanted = {
        "t: x": "A",
        "t: [x, y]": "AB",
        "t: {empty: true}": "D",
        "t: {not_equals: x}": "BCD",
        "t: {not_in: [x, y]}": "CD",
        "t: {matches: '[xy]'}": "AB",
        "t: {not_matches: '[xy]'}": "CD",
        "n: {min: 2}": "BD",
        "n: {max: 2}": "AB",
        "n: {min: 2}, t: {empty: false}": "B",
    }
    for condition, names in wanted.items():
        rows, faults = read(tmp_path, base % condition)
        assert ("".join(r.cells["name"] for r in rows), faults) == (names, []), condition


def test_encoding_and_delimiter_of_the_mapping(tmp_path: Path) -> None:
    rows_of = "rows: [{entity: Firm, properties: {name: 名稱}}]"
    text = f"title: t\nfiles:\n  - {{file: a.dat, encoding: big5, delimiter: ';', {rows_of}}}\n"
    put(tmp_path, "a.dat", "序;名稱\n1;臺灣公司\n", "big5")
    rows, faults = read(tmp_path, text)
    assert ([r.cells for r in rows], faults) == ([{"name": "臺灣公司"}], [])
    (tmp_path / "a.dat").write_bytes("序;名稱\n1;甲\n".encode("big5") + b"2;\xff\xff\n")
    rows, faults = read(tmp_path, text)
    assert len(faults) == 1
    assert "big5" in faults[0].expected_en


def test_a_sheet_of_a_workbook_by_its_title(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active["A1"] = "看下一页"
    sheet = book.create_sheet("企业")
    for row in (("名称", "成立"), ("甲公司", "2019"), ("乙公司", None)):
        sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    rows_of = "rows: [{entity: Firm, properties: {name: 名称, founded: 成立}}]"
    text = "title: t\nfiles:\n  - {file: b.xlsx, sheet: %s, " + rows_of + "}\n"
    rows, faults = read(tmp_path, text % "企业", path)  # a single file may have another name
    assert faults == []
    assert [(r.table, r.file, r.line, r.cells) for r in rows] == [
        ("企业", "a.xlsx", 2, {"name": "甲公司", "founded": "2019"}),
        ("企业", "a.xlsx", 3, {"name": "乙公司"}),
    ]
    rows, faults = read(tmp_path, text % "企业表", path)
    assert rows == []
    assert "did you mean '企业'?" in faults[0].expected_en


def test_a_folder_without_the_files(tmp_path: Path) -> None:
    put(tmp_path, "edge.csv", "a,b\n")
    put(tmp_path, "names.csv", "name\n铜\n")
    rows, faults = read(tmp_path, CHECKS)
    assert [r.cells["name"] for r in rows] == ["铜"]
    assert [(f.file, f.row) for f in faults] == [("edges.csv", 0)]
    assert "did you mean 'edge.csv'?" in faults[0].expected_en
    (tmp_path / "names.csv").unlink()
    _, faults = read(tmp_path, CHECKS)
    assert [(f.row, f.found) for f in faults] == [(0, tmp_path.name)]


def test_forbidden_characters_only_matter_in_columns_that_are_used(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", "名称,备注\n甲\u202e,x\n乙,\u202e\n")
    rows, faults = read(
        tmp_path, "title: 试\nfiles:\n  - {file: a.csv, rows: [{entity: Firm, properties: {name: 名称}}]}\n"
    )
    assert [r.cells["name"] for r in rows] == ["乙"]
    assert [(f.row, f.column) for f in faults] == [(2, "名称")]


def test_the_mapping_states_sources_and_entities_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", "名称\n甲\n")
    rows, _ = read(
        tmp_path,
        "title: 试\nsources:\n  - {id: source/s, 标题: 某表, date: '2024'}\n"
        "entities:\n  - {class: Place, id: place/360900, name: 宜春市}\n"
        "common: {sources: source/s, seen_at: '2024-05'}\n"
        "files:\n  - file: a.csv\n    rows:\n"
        "      - {entity: Firm, properties: {name: 名称, place: {value: place/360900}}}\n",
    )
    assert [(r.cls.name, r.file, r.line, r.cells) for r in rows] == [
        ("Source", "mapping.yml", 3, {"id": "source/s", "name": "某表", "date": "2024"}),
        ("Place", "mapping.yml", 5, {"id": "place/360900", "name": "宜春市"}),
        (
            "Firm",
            "a.csv",
            2,
            {"name": "甲", "place": "place/360900", "sources": "source/s", "seen_at": "2024-05"},
        ),
    ]


def test_hashed_ids_are_what_the_documentation_says() -> None:
    text = "\x1f".join(("甲", "乙")).encode()
    assert hashed_slug("ckg", ["甲 ", "乙"]) == "ckg-" + hashlib.sha256(text).hexdigest()[:16]
    assert hashed_slug("ckg", ["甲乙"]) != hashed_slug("ckg", ["甲", "乙"])
    assert hashed_slug("x", ["\ud800"]).startswith(
        "x-"
    )  # a lone surrogate is refused later, by its value type


@pytest.mark.parametrize("name", shipped_mappings())
def test_shipped_mappings_fit_the_ontology(name: str, tmp_path: Path) -> None:
    mapping = shipped_mapping(name)
    items = list(read_mapped(tmp_path, mapping, ONTOLOGY))
    assert {i.cells["id"] for i in items if isinstance(i, Row)} >= {s["id"] for s in mapping.sources}
    assert all(s.file for s, found in files_used(tmp_path, mapping) if not found)


def test_there_is_no_mapping_of_another_name() -> None:
    with pytest.raises(BadInput, match="ckg, enterprises, listed"):
        shipped_mapping("nothing")


def test_reading_is_a_stream(tmp_path: Path) -> None:
    put(tmp_path, "names.csv", "name\n" + "\n".join(f"p{i}" for i in range(50)) + "\n")
    (tmp_path / "mapping.yml").write_text(CHECKS, encoding="utf-8")
    items = read_mapped(tmp_path, load_mapping(tmp_path / "mapping.yml"), ONTOLOGY)
    first = next(items)
    assert isinstance(first, Row)
    assert first.cells["name"] == "p0"


def test_what_is_no_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "names.csv").mkdir()
    put(tmp_path, "edges.csv", "")
    rows, faults = read(tmp_path, CHECKS)
    assert rows == []
    assert {f.file for f in faults} == {"names.csv", "edges.csv"}
    assert {f.row for f in faults} == {0}


def test_notes_of_the_file_come_along(tmp_path: Path) -> None:
    put(tmp_path, "names.csv", "name\n电解铜箔\n", "gb18030")
    put(tmp_path, "edges.csv", "a,b,kind,w\n")
    (tmp_path / "mapping.yml").write_text(CHECKS, encoding="utf-8")
    items = list(read_mapped(tmp_path, load_mapping(tmp_path / "mapping.yml"), ONTOLOGY))
    assert [i.kind for i in items if isinstance(i, GridNote)] == ["read-as-gb18030"]
    assert [i.cells["name"] for i in items if isinstance(i, Row)] == ["电解铜箔"]
