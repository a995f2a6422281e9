"""Workbooks and CSV files as offices make them → rows of the ontology's tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.errors import BadInput
from graph.ontology import load_ontology
from graph.values import ValueFault, clean_cell
from ingest.faults import Fault
from ingest.grid import MAX_COLUMNS, GridNote
from ingest.rows import Row
from ingest.tables import read_rows
from tests.support.workbooks import write_book

ONTOLOGY = load_ontology()
Rows = Sequence[Sequence[object]]


def read(path: Path) -> tuple[list[Row], list[Fault], list[GridNote]]:
    found = list(read_rows(path, ONTOLOGY))
    return (
        [f for f in found if isinstance(f, Row)],
        [f for f in found if isinstance(f, Fault)],
        [f for f in found if isinstance(f, GridNote)],
    )


def read_sheet(tmp_path: Path, title: str, rows: Rows) -> tuple[list[Row], list[Fault], list[GridNote]]:
    return read(write_book(tmp_path / "填报.xlsx", {title: rows}))


def test_a_sheet_as_an_office_makes_it(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "2.项目清单"
    table: Rows = [
        ["宜春市2026年重点项目调度表"],
        ["（单位：万元）"],
        ["序号", "项目名称*", "总 投 资（亿元）", "累计完成投资", "状态", "状态日期", "所在地", "备注"],
        [1, "年产５万吨正极材料项目", 12.5, "3,200", "建设", 45474, "宜春市", None],
        [2, "二期", "约20", "1.2亿元", "签约", "2024年6月", None, "扩建"],
        ["合计", None, 32.5, None, None, None, None, None],
        ["注：数据截至6月底"],
    ]
    for row in table:
        sheet.append(list(row))
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("G4:G5")
    book.save(tmp_path / "调度.xlsx")
    rows, faults, notes = read(tmp_path / "调度.xlsx")
    assert faults == []
    assert [(r.cls.name, r.file, r.sheet, r.line) for r in rows] == [
        ("Project", "调度.xlsx", "2.项目清单", 4), ("Project", "调度.xlsx", "2.项目清单", 5),
    ]  # fmt: skip
    assert rows[0].cells == {
        "name": "年产５万吨正极材料项目", "investment": "12.5亿元", "invested": "3,200万元", "status": "建设",
        "status_date": "2024-07-01", "place": "宜春市",
    }  # fmt: skip
    assert rows[1].cells == {
        "name": "二期", "investment": "约20亿元", "invested": "1.2亿元", "status": "签约",
        "status_date": "2024年6月", "place": "宜春市", "note": "扩建",
    }  # fmt: skip
    assert rows[0].heading("investment") == "总 投 资（亿元）"
    assert rows[0].table == "2.项目清单"
    assert {n.kind for n in notes} == {"merged-cells", "numbering", "serial-date", "totals", "remark"}


@pytest.mark.parametrize(
    "title", ["企业", "firms", " 企 业 ", "企业（2026）", "1.企业", "企业名录", "附表1、企业", "FIRMS"]
)
def test_a_sheet_is_known_by_its_title(tmp_path: Path, title: str) -> None:
    rows, faults, _ = read_sheet(tmp_path, title, [["名称"], ["甲公司"]])
    assert faults == []
    assert [(r.cls.name, r.cells) for r in rows] == [("Firm", {"name": "甲公司"})]


@pytest.mark.parametrize(
    "heading",
    [
        "名称",
        "name",
        "Name",
        "企业名称",
        "名 称",
        "名称*",
        "＊名称",
        "名称（全称）",
        "名称(必填)",
        "ＮＡＭＥ",
        "名\n称",
    ],
)
def test_spellings_of_a_heading(tmp_path: Path, heading: str) -> None:
    rows, faults, _ = read_sheet(tmp_path, "企业", [[heading, "简称"], ["甲公司", "甲"]])
    assert faults == []
    assert rows[0].cells == {"name": "甲公司", "short_name": "甲"}
    assert rows[0].headings["name"] == heading.strip()


@pytest.mark.parametrize("first", range(1, 11))
def test_headings_within_the_first_ten_rows(tmp_path: Path, first: int) -> None:
    above = [[f"标题{i}"] for i in range(first - 1)]
    rows, faults, _ = read_sheet(tmp_path, "企业", [*above, ["名称", "简称"], ["甲公司", "甲"]])
    assert faults == []
    assert [(r.line, r.cells["name"]) for r in rows] == [(first + 1, "甲公司")]


def test_headings_below_the_tenth_row_are_not_looked_for(tmp_path: Path) -> None:
    above = [[f"标题{i}"] for i in range(10)]
    rows, (fault,), _ = read_sheet(tmp_path, "企业", [*above, ["名称", "简称"], ["甲公司", "甲"]])
    assert rows == []
    assert "first 10 rows" in fault.expected_en
    assert fault.sheet == "企业"


def test_the_row_with_most_known_headings_wins(tmp_path: Path) -> None:
    rows, faults, _ = read_sheet(
        tmp_path,
        "项目",
        [["名称", "投资情况", None], ["名称", "总投资（亿元）", "实际进资（万元）"], ["甲", 1, 20]],
    )
    assert faults == []
    assert [r.cells for r in rows] == [{"name": "甲", "investment": "1亿元", "paid_in": "20万元"}]


def test_a_renamed_heading_suggests_the_nearest(tmp_path: Path) -> None:
    rows, faults, _ = read_sheet(tmp_path, "企业", [["名称", "统一社会信用号码"], ["甲公司", ""]])
    assert [r.cells for r in rows] == [{"name": "甲公司"}]  # the other columns are still checked
    assert [(f.row, f.column, f.found, f.sheet) for f in faults] == [
        (1, "统一社会信用号码", "统一社会信用号码", "企业")
    ]
    assert "是否「统一社会信用代码」" in faults[0].expected_zh
    assert "统一社会信用代码" in faults[0].expected_en


def test_a_missing_heading_is_told_once(tmp_path: Path) -> None:
    _, faults, _ = read_sheet(tmp_path, "企业环节", [["起点", "产品"], ["甲公司", "锂盐"]])
    assert [(f.row, f.column) for f in faults] == [(1, "终点")]
    _, faults, _ = read_sheet(tmp_path, "企业", [["名稱", "简称"], ["甲公司", "甲"]])
    assert {(f.row, f.found) for f in faults} == {(1, "名稱"), (1, "")}


def test_a_doubled_heading(tmp_path: Path) -> None:
    _, faults, _ = read_sheet(tmp_path, "企业", [["名称", "企业名称"], ["甲公司", "甲"]])
    assert [(f.row, f.column, f.expected_en) for f in faults] == [(1, "企业名称", "each column once")]


def test_an_unknown_sheet_suggests_the_nearest(tmp_path: Path) -> None:
    rows, (fault,), _ = read(
        write_book(tmp_path / "a.xlsx", {"企业环": [["x"], [1]], "企业": [["名称"], ["甲公司"]]})
    )
    assert [r.cells["name"] for r in rows] == ["甲公司"]
    assert (fault.found, fault.sheet, fault.row) == ("企业环", "企业环", 0)
    assert "是否「企业环节」" in fault.expected_zh


def test_hidden_and_explaining_sheets_are_not_read(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"填写说明": [["怎么填"]], "企业": [["名称"], ["甲公司"]]})
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.create_sheet("旧项目")["A1"] = "名称"
    book["旧项目"].sheet_state = "veryHidden"
    book.save(path)
    rows, faults, notes = read(path)
    assert faults == []
    assert len(rows) == 1
    assert {(n.kind, n.sheet) for n in notes} == {("explanation", "填写说明"), ("hidden-sheet", "旧项目")}


@pytest.mark.parametrize("first", ["合计", "总计", "小 计", "合计：", "合计（2户）", "Total"])
def test_rows_of_totals_are_left_out(tmp_path: Path, first: str) -> None:
    rows, faults, notes = read_sheet(tmp_path, "企业", [["序号", "名称"], [1, "甲公司"], [first, "2"]])
    assert faults == []
    assert [r.cells["name"] for r in rows] == ["甲公司"]
    assert [(n.kind, n.row) for n in notes if n.kind == "totals"] == [("totals", 3)]


@pytest.mark.parametrize(
    "name", ["合计科技有限公司", "例外服装有限公司", "总计算力（江西）公司", "说明书印刷厂"]
)
def test_firms_whose_names_begin_alike_are_read(tmp_path: Path, name: str) -> None:
    rows, _, _ = read_sheet(tmp_path, "企业", [["名称", "简称"], [name, "x"]])
    assert [r.cells["name"] for r in rows] == [name]


@pytest.mark.parametrize("first", ["例：甲公司", "例:甲公司", "示例：甲", "（例）甲公司", "【示例】甲"])
def test_example_rows_are_left_out(tmp_path: Path, first: str) -> None:
    rows, faults, notes = read_sheet(
        tmp_path, "企业", [["名称", "成立日期"], [first, "不是日期"], ["乙", 2020]]
    )
    assert (faults, [r.cells["name"] for r in rows]) == ([], ["乙"])
    assert [(n.kind, n.row) for n in notes] == [("example", 2)]


def test_a_group_title_and_repeated_headings_are_left_out(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "企业"
    for row in (
        ["名称", "简称", "产品"],
        ["一、锂电"],
        ["甲公司", "甲", None],
        ["名称", "简称", "产品"],
        ["乙公司", "乙", None],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    book.save(tmp_path / "a.xlsx")
    rows, faults, notes = read(tmp_path / "a.xlsx")
    assert (faults, [r.cells["name"] for r in rows]) == ([], ["甲公司", "乙公司"])
    assert {n.kind for n in notes} == {"merged-cells", "group-title", "headings-repeated"}


def test_a_faulty_cell_keeps_its_row_out_and_names_its_heading(tmp_path: Path) -> None:
    rows, faults, _ = read_sheet(
        tmp_path, "项目", [["项目名称", "总投资（亿元）"], ["甲", "=A1+B1"], ["乙\u202e", 3], ["丙", 4]]
    )
    assert [r.cells["name"] for r in rows] == ["丙"]
    assert [(f.row, f.column, f.found, f.sheet) for f in faults] == [
        (2, "总投资（亿元）", "=A1+B1", "项目"), (3, "项目名称", "乙\u202e", "项目"),
    ]  # fmt: skip


def test_a_credit_code_typed_as_a_number(tmp_path: Path) -> None:
    _, (fault,), _ = read_sheet(tmp_path, "企业", [["名称", "统一社会信用代码"], ["甲", 91360000158264079]])
    assert (fault.row, fault.column) == (2, "统一社会信用代码")
    assert "text" in fault.expected_en


def test_a_value_without_a_heading(tmp_path: Path) -> None:
    rows, faults, _ = read_sheet(
        tmp_path, "企业", [["名称", None], ["甲", None], ["乙", "随手写的"], ["丙", "又写"]]
    )
    assert [r.cells["name"] for r in rows] == ["甲", "丙"]
    assert [(f.row, f.column, f.found) for f in faults] == [(3, "B", "随手写的")]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("45474", "2024-07-01"), ("2024-06", "2024-06"), ("2024年6月", "2024-06"), ("2024.6", "2024-06"),
     ("2024", "2024"), ("２０２４年６月", "2024-06")],
)  # fmt: skip
def test_dates_in_the_forms_offices_use(tmp_path: Path, text: str, cleaned: str) -> None:
    (row,), faults, _ = read_sheet(tmp_path, "企业", [["名称", "成立日期"], ["甲", text]])
    assert faults == []
    assert clean_cell(ONTOLOGY.entities["Firm"].properties["founded"], row.cells["founded"]) == cleaned


@pytest.mark.parametrize(
    ("heading", "text", "value"),
    [
        ("总投资（亿元）", "12.5", 12.5), ("总投资（万元）", "12,500", 1.25),
        ("总投资(万元)", "１２５００", 1.25),
        ("总投资（亿元）", "3000万元", 0.3), ("总投资", "1.2亿", 1.2),
        ("总投资（亿元）", "3000万", 0.3),
        ("总投资", "12", None),
        ("总投资", "12吨", None), ("总投资", "2万亿元", 20000.0),
        ("总投资（单位：万元）", "500", 0.05),
    ],
)  # fmt: skip
def test_units_of_headings(tmp_path: Path, heading: str, text: str, value: float | None) -> None:
    (row,), faults, _ = read_sheet(tmp_path, "项目", [["名称", heading], ["甲", text]])
    assert faults == []
    prop = ONTOLOGY.entities["Project"].properties["investment"]
    if value is None:
        with pytest.raises(ValueFault):
            clean_cell(prop, row.cells["investment"])
    else:
        assert clean_cell(prop, row.cells["investment"])["value"] == pytest.approx(value)


@pytest.mark.parametrize(("cls", "prop"), [
    ("Project", "investment"), ("Firm", "founded"), ("Firm", "uscc"), ("Task", "order"), ("Place", "lon"),
    ("Firm", "stock_code"), ("Place", "code"), ("Segment", "gb4754"), ("Title", "validity"),
])  # fmt: skip
@pytest.mark.parametrize("digits", [1_000, 5_000])
def test_a_number_of_a_thousand_digits_is_a_fault(cls: str, prop: str, digits: int) -> None:
    with pytest.raises(ValueFault):
        clean_cell(ONTOLOGY.entities[cls].properties[prop], "9" * digits)


def test_two_sheets_of_one_table_are_both_read(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"企业": [["名称"], ["甲"]], "企业(2)": [["名称"], ["乙"]]})
    rows, faults, _ = read(path)
    assert faults == []
    assert [(r.sheet, r.cells["name"]) for r in rows] == [("企业", "甲"), ("企业(2)", "乙")]


def test_one_csv_file_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "企业.csv").write_text("企业清单,\n名称,所在地\n甲,宜春市\n", "utf-8")
    (tmp_path / "别的.csv").write_text("x\n", "utf-8")
    rows, faults, _ = read(tmp_path / "企业.csv")
    assert (faults, [(r.line, r.sheet, r.cells) for r in rows]) == (
        [], [(3, "", {"name": "甲", "place": "宜春市"})],
    )  # fmt: skip
    rows, faults, _ = read(tmp_path)
    assert len(rows) == 1
    assert [(f.file, f.found) for f in faults] == [("别的.csv", "别的")]


def test_a_folder_with_a_workbook_only_says_what_to_name(tmp_path: Path) -> None:
    write_book(tmp_path / "a.xlsx", {"企业": [["名称"]]})
    with pytest.raises(BadInput, match=r"a\.xlsx"):
        read_rows(tmp_path, ONTOLOGY)
    with pytest.raises(BadInput, match="found no folder"):
        read_rows(tmp_path / "absent", ONTOLOGY)


def test_rows_come_as_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "企业.csv"
    path.write_text("名称\n" + "".join(f"公司{i}\n" for i in range(50_000)), "utf-8")
    stream = read_rows(path, ONTOLOGY)
    first = next(stream)
    assert isinstance(first, Row)
    assert first.cells == {"name": "公司0"}


@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_an_old_workbook_says_how_to_save_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"企业{suffix}"
    path.write_bytes(b"x")
    _, (fault,), _ = read(path)
    assert "另存为" in fault.text("zh")
    assert "xlsx" in fault.text("en")


def test_the_columns_of_an_offices_sheets_are_known(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "认定名单": [["名称", "种类", "批次", "文号", "有效期", "状态", "年份", "持有者"]],
        "覆盖声明": [["名称", "环节", "地区", "是否查全", "截至", "声明者"]],
        "问题": [["名称", "提出者", "承办者", "状态", "提出日期"]],
        "需求": [["名称", "提出方", "数量或金额", "状态"]],
        "项目": [["名称", "建设性质", "投资方来源地", "合同资金", "实际进资", "年度计划投资", "累计完成投资",
                "形象进度", "用地", "能评", "环评", "责任单位", "挂点领导", "下一步"]],
    }  # fmt: skip
    filled = {title: [*rows, ["甲"] * len(rows[0])] for title, rows in sheets.items()}
    for rows in filled.values():
        rows[1] = [f"甲{i}" for i in range(len(rows[0]))]
    found, faults, _ = read(write_book(tmp_path / "a.xlsx", filled))
    assert faults == []
    assert [len(r.cells) for r in found] == [len(rows[0]) for rows in filled.values()]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_cell_far_to_the_right_is_told(tmp_path: Path, suffix: str) -> None:
    rows = [["名称"], [""] * MAX_COLUMNS + ["远"], ["乙"]]
    if suffix == ".csv":
        path = tmp_path / "企业.csv"
        path.write_text("\n".join(",".join(row) for row in rows), "utf-8")
    else:
        path = write_book(tmp_path / "a.xlsx", {"企业": rows})
    found, (fault,), _ = read(path)
    assert [r.cells for r in found] == [{"name": "乙"}]
    assert fault.row == 2


def test_a_title_on_a_line_of_its_own_in_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "企业.csv"
    path.write_text("企业清单\n名称,简称\n甲公司,甲\n", "utf-8")
    rows, faults, _ = read(path)
    assert (faults, [r.cells for r in rows]) == ([], [{"name": "甲公司", "short_name": "甲"}])


@pytest.mark.parametrize("heading", ["企业", "企业名称", "企业全称", "单位名称", "获认定企业", "持有者"])
def test_the_holder_of_a_title_goes_by_the_words_of_offices(tmp_path: Path, heading: str) -> None:
    rows, faults, _ = read_sheet(
        tmp_path, "认定名单", [["名称", heading, "年份"], ["甲公司：小巨人", "甲公司", 2024]]
    )
    assert faults == []
    assert [r.cells for r in rows] == [{"name": "甲公司：小巨人", "holder": "甲公司", "year": "2024"}]
