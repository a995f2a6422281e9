"""The marked copy: which cells are coloured and commented, what is listed, and that nothing in it is live."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from graph.ontology import load_ontology
from graph.spreadsheets import FORMULA_STARTS
from ingest import workbook_report
from ingest.faults import Fault
from ingest.tables import read_rows
from ingest.workbook_report import write_marked_copy
from tests.support.workbooks import with_sheet_xml, write_book

ONTOLOGY = load_ontology()


def fault(row: int, column: str, found: str = "x", *, file: str = "a.xlsx", sheet: str = "企业") -> Fault:
    return Fault(file, row, column, found, "另一个值", "another value", sheet)


def marked(source: Path, faults: list[Fault], tmp_path: Path) -> Workbook:
    write_marked_copy(source, faults, tmp_path / "out.xlsx")
    return load_workbook(tmp_path / "out.xlsx")


def red(book: Workbook) -> set[tuple[str, str]]:
    """(sheet, cell) of each coloured cell."""
    return {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == "00FFC7CE"
    }


def comment(book: Workbook, sheet: str, cell: str) -> str:
    page = book[sheet]
    assert isinstance(page, Worksheet)
    note = page[cell].comment
    return note.text if note else ""


def live(book: Workbook) -> list[str]:
    """Cells that hold a formula."""
    return [c.coordinate for s in book.worksheets for row in s.iter_rows() for c in row if c.data_type == "f"]


def test_faulty_cells_are_coloured_and_commented_in_a_copy_of_the_own_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "企业"
    for row in (
        ["企业清单"],
        ["名称", "成立日期（年）", "产品"],
        ["甲", "20240", "锂"],
        ["乙", "2020", "铜"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet["A3"].font = Font(bold=True)
    sheet.column_dimensions["A"].width = 41
    book.save(tmp_path / "a.xlsx")
    before = (tmp_path / "a.xlsx").read_bytes()
    faults = [
        fault(3, "成立日期（年）", "20240"),
        fault(3, "成立日期（年）", "20240"),
        fault(4, "产品"),
        fault(0, ""),
    ]
    copy = marked(tmp_path / "a.xlsx", faults, tmp_path)
    assert (tmp_path / "a.xlsx").read_bytes() == before
    assert red(copy) == {("企业", "B3"), ("企业", "C4")}
    told = comment(copy, "企业", "B3")
    assert "读到「20240」，应为另一个值" in told
    assert "found '20240'; expected another value" in told
    page = copy["企业"]
    assert isinstance(page, Worksheet)
    assert page["A3"].font.bold
    assert page.column_dimensions["A"].width == 41
    assert [str(r) for r in page.merged_cells.ranges] == ["A1:C1"]


def test_the_first_sheet_lists_the_faults_with_links(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"企业": [["名称", "成立日期"], ["甲", "20240"]]})
    copy = marked(path, [fault(2, "成立日期", "20240"), fault(0, "", "企业环", sheet="企业环")], tmp_path)
    first = copy.worksheets[0]
    rows = [[cell.value for cell in row] for row in first.iter_rows(min_row=3)]
    assert rows == [
        ["企业", 2, "成立日期", "20240", "另一个值", "another value", "B2"],
        ["企业环", None, None, "企业环", "另一个值", "another value", None],
    ]
    link = first["G3"].hyperlink
    assert link is not None
    assert link.location == "'企业'!B2"
    assert "2" in str(first["A1"].value)


def test_a_fault_inside_a_merged_range_marks_its_first_cell(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"企业": [["名称", "所在地"], ["甲", "某市"], ["乙"], ["丙"]]})
    book = load_workbook(path)
    book.worksheets[0].merge_cells("B2:B4")
    book.save(path)
    copy = marked(path, [fault(3, "所在地", "某市")], tmp_path)
    assert ("企业", "B2") in red(copy)
    assert "某市" in comment(copy, "企业", "B2")


def test_a_letter_stands_for_a_column_without_a_heading(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"企业": [["名称"], ["甲", None, "随手"]]})
    assert red(marked(path, [fault(2, "C", "随手")], tmp_path)) == {("企业", "C2")}


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    path = tmp_path / "企业.csv"
    path.write_text(f'名称,产品\n甲,"{text}"\n', "utf-8", newline="")
    copy = marked(path, [Fault("企业.csv", 2, "产品", text, text, text)], tmp_path)
    assert live(copy) == []
    assert red(copy) == {("企业", "B2")}
    found = copy.worksheets[0]["D3"]
    assert found.data_type == "s"
    assert found.quotePrefix


def test_formulas_of_the_workbook_become_their_results(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"企业": [["名称"]]})
    with_sheet_xml(
        path,
        '<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c></row><row r="2">'
        '<c r="A2" t="str"><f>HYPERLINK("http://example.org","甲")</f><v>甲</v></c>'
        '<c r="B2"><f>A1+B1</f></c><c r="C2" t="str"><f>"="&amp;"1+1"</f><v>=1+1</v></c></row>',
    )
    copy = marked(path, [fault(2, "B", "=A1+B1")], tmp_path)
    assert live(copy) == []
    page = copy["企业"]
    assert isinstance(page, Worksheet)
    assert [page["A2"].value, page["C2"].value] == ["甲", "=1+1"]
    assert page["C2"].data_type == "s"
    assert (page["B2"].value, page["B2"].data_type) == ("=A1+B1", "s")
    assert "=A1+B1" in comment(copy, "企业", "B2")


@pytest.mark.parametrize("char", ["\x00", "\x07", "\u202e", "\ud800"])
def test_characters_that_hide_are_shown(tmp_path: Path, char: str) -> None:
    path = write_book(tmp_path / "a.xlsx", {"企业": [["名称"], ["甲"]]})
    copy = marked(path, [fault(2, "名称", f"赣{char}锋")], tmp_path)
    assert copy.worksheets[0]["D3"].value == f"赣\\u{ord(char):04x}锋"
    assert f"\\u{ord(char):04x}" in comment(copy, "企业", "A2")


def test_a_folder_of_csv_becomes_sheets(tmp_path: Path) -> None:
    folder = tmp_path / "表"
    folder.mkdir()
    (folder / "企业.csv").write_text("名称,成立日期\n甲,20240\n", "gb18030")
    (folder / "项目.csv").write_text("名称,总投资\n\n乙,很多\n", "utf-8")
    (folder / "园区.csv").write_text("名称\n丙\n", "utf-8")
    faults = [
        Fault("企业.csv", 2, "成立日期", "20240", "日期", "a date"),
        Fault("项目.csv", 3, "总投资", "很多", "数", "a number"),
    ]
    copy = marked(folder, faults, tmp_path)
    assert copy.sheetnames[1:] == ["企业", "项目"]
    assert red(copy) == {("企业", "B2"), ("项目", "B3")}


def test_of_a_long_file_the_headings_and_faulty_rows_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_report, "MAX_ROWS", 20)
    path = tmp_path / "企业.csv"
    path.write_text("名称\n" + "".join(f"公司{i}\n" for i in range(2, 200)), "utf-8")
    copy = marked(path, [Fault("企业.csv", 150, "名称", "公司150", "x", "x")], tmp_path)
    rows = [row[0].row for row in copy["企业"].iter_rows() if row[0].value]
    assert rows == [*range(1, 21), 150]
    assert red(copy) == {("企业", "A150")}


def test_of_a_large_workbook_the_headings_and_faulty_rows_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_report, "MAX_COPIED", 100)
    rows = [["名称"], *([f"公司{i}"] for i in range(2, 200))]
    path = write_book(tmp_path / "a.xlsx", {"企业": rows})
    copy = marked(path, [fault(150, "名称")], tmp_path)
    found = [row[0].row for row in copy["企业"].iter_rows() if row[0].value]
    assert found == [*range(1, 11), 150]
    assert red(copy) == {("企业", "A150")}


@pytest.mark.parametrize("content", [b"no workbook", b"PK\x03\x04cut", b""])
def test_what_cannot_be_opened_has_the_list_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    faults = [f for f in read_rows(path, ONTOLOGY) if isinstance(f, Fault)]
    copy = marked(path, faults, tmp_path)
    assert len(copy.sheetnames) == 1
    assert len(faults) == 1
    assert copy.worksheets[0]["E3"].value == faults[0].expected_zh


def test_what_the_reader_finds_is_marked_where_it_stands(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "a.xlsx",
        {"企业": [["企业清单"], ["企业名称*", "统一社会信用代码"], ["甲", 91360000158264079],
                ["乙\u202e", None]],
         "项目": [["名称", "总投资（亿元）", "没有的列"], ["丙", "=1+1", 1]]},
    )  # fmt: skip
    faults = [f for f in read_rows(path, ONTOLOGY) if isinstance(f, Fault)]
    assert red(marked(path, faults, tmp_path)) == {
        ("企业", "B3"), ("企业", "A4"), ("项目", "C1"), ("项目", "B2"),
    }  # fmt: skip
