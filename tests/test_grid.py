"""Files → grids: what a person sees in a cell, and one clear fault for what cannot be read."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from ingest.grid import MAX_CELL, letter
from tests.support.grids import cells, only_fault, read
from tests.support.workbooks import with_part, with_sheet_xml, write_book


@pytest.mark.parametrize(
    ("encoding", "note"),
    [("utf-8", None), ("utf-8-sig", None), ("gb18030", "read-as-gb18030"), ("utf-16", "read-as-utf-16")],
)
def test_encodings_of_csv(tmp_path: Path, encoding: str, note: str | None) -> None:
    path = tmp_path / "企业.csv"
    path.write_bytes("名称,所在地\r\n赣锋锂业, 新余市 \r\n".encode(encoding))
    lines, faults, notes = read(path)
    assert lines == [("", 1, ["名称", "所在地"]), ("", 2, ["赣锋锂业", "新余市"])]
    assert faults == []
    assert [n.kind for n in notes] == ([note] if note else [])


@pytest.mark.parametrize(
    ("name", "mark", "parted"),
    [
        ("a.csv", ",", True),
        ("a.csv", ";", False),
        ("a.txt", ";", True),
        ("a.tsv", "\t", True),
        ("a.txt", "\t", True),
    ],
)
def test_the_delimiter_is_sniffed_only_for_txt_and_tsv(
    tmp_path: Path, name: str, mark: str, parted: bool
) -> None:
    path = tmp_path / name
    path.write_text(f"a{mark}b\n1{mark}2\n", "utf-8")
    assert cells(path) == ([["a", "b"], ["1", "2"]] if parted else [[f"a{mark}b"], [f"1{mark}2"]])


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n\n"x\ny",1\n,\nz,2\n', "utf-8")
    lines, _, _ = read(path)
    assert [(number, texts) for _, number, texts in lines] == [
        (1, ["a", "b"]), (3, ["x\ny", "1"]), (6, ["z", "2"]),
    ]  # fmt: skip


def test_cells_are_as_a_person_sees_them(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    values: list[tuple[object, str, str]] = [
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (0.123, "0.0%", "12.3%"),
        (1234.5, "#,##0.00", "1234.5"),
        (123456789012345, "0", "123456789012345"),
        (2, "000000", "000002"),
        (12.5, '0.00"亿元"', "12.5亿元"),
        (12345, '0!.0,"万"', "12345"),
        (-0.0000012, "General", "-0.0000012"),
        (date(2024, 6, 27), "yyyy-mm-dd", "2024-06-27"),
        (date(2024, 6, 1), 'yyyy"年"m"月"', "2024-06"),
        (date(2024, 1, 1), "yyyy", "2024"),
        (datetime(2024, 6, 27, 9, 30), "yyyy/m/d h:mm", "2024-06-27"),
        (True, "General", "TRUE"),
        ("  两头空格 ", "General", "两头空格"),
        ("第一行\n第二行", "General", "第一行\n第二行"),
    ]
    for row, (value, form, _) in enumerate(values, 1):
        sheet.cell(row, 1, value).number_format = form  # type: ignore[arg-type]
    book.save(tmp_path / "a.xlsx")
    assert [texts[0] for texts in cells(tmp_path / "a.xlsx")] == [shown for _, _, shown in values]


def test_chinese_date_formats_known_by_number_alone(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["x"]]})
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").decode()
    changed = styles.replace('numFmtId="0"', 'numFmtId="57"')
    assert changed != styles
    with_part(path, "xl/styles.xml", changed.encode())
    with_sheet_xml(path, '<row r="1"><c r="A1" s="0"><v>45444</v></c></row>')
    assert cells(path) == [["2024-06"]]


def test_what_openpyxl_reads_is_read_alike(tmp_path: Path) -> None:
    rows = [[f"行{r}列{c}" if (r + c) % 3 else None for c in range(7)] for r in range(40)]
    path = write_book(tmp_path / "a.xlsx", {"甲": rows, "乙": rows[:3]})
    book = load_workbook(path)
    expected = [
        (sheet.title, number, [(c or "") for c in values])
        for sheet in book.worksheets
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1)
    ]
    lines, _, _ = read(path)
    assert [(s, n, texts + [""] * (7 - len(texts))) for s, n, texts in lines] == expected


def test_merged_cells_fill_their_range(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["宜春市企业名单"],
        ["名称", "所在地"],
        ["甲", "宜春市"],
        ["乙"],
        ["丙"],
        [None],
        ["丁", "南昌市"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("B3:B6")
    book.save(tmp_path / "a.xlsx")
    lines, faults, notes = read(tmp_path / "a.xlsx")
    assert faults == []
    assert [texts for _, _, texts in lines] == [
        ["宜春市企业名单"] * 2, ["名称", "所在地"], ["甲", "宜春市"], ["乙", "宜春市"], ["丙", "宜春市"],
        ["丁", "南昌市"],
    ]  # fmt: skip
    assert "A1:B1" in notes[0].zh
    assert "B3:B6" in notes[0].zh
    assert [n.kind for n in notes] == ["merged-cells"]


def test_what_is_hidden_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "企业"
    for row in (["名称", "简称"], ["甲", "a"], ["乙", "b"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("空")
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "不读"
    hidden.sheet_state = "hidden"
    book.save(path)
    lines, faults, notes = read(path)
    assert faults == []
    assert [texts for _, _, texts in lines] == [["名称", "简称"], ["甲", "a"], ["乙", "b"]]
    assert {(n.kind, n.sheet) for n in notes} == {
        ("hidden-rows", "企业"), ("hidden-columns", "企业"), ("empty-sheet", "空"), ("hidden-sheet", "底稿"),
    }  # fmt: skip
    assert "底稿" in next(n for n in notes if n.kind == "hidden-sheet").text("zh")


def test_formulas_are_their_stored_results(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["x"]]})
    with_sheet_xml(
        path,
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c>'
        '<c r="B1" t="str"><f>HYPERLINK("http://example.org","赣锋锂业")</f><v>赣锋锂业</v></c>'
        '<c r="C1" t="str"><f>IF(1,"")</f><v></v></c><c r="D1"><v>5</v></c></row>',
    )
    assert cells(path) == [["2", "赣锋锂业", "", "5"]]


@pytest.mark.parametrize(
    ("cell", "found", "word"),
    [
        ("<f>A1+B1</f>", "=A1+B1", "stored result"),
        ("<f>A1+B1</f><v></v>", "=A1+B1", "stored result"),
        ('<f>HYPERLINK("http://x","甲")</f>', '=HYPERLINK("http://x","甲")', "stored result"),
        ("<v>91360000158264079</v>", "91360000158264079", "15 digits"),
        ("<v>9.1360000158264E+17</v>", "913600001582640000", "15 digits"),
        (f"<v>{'9' * 1000}</v>", "9" * 60, "a number"),
        ("<v>1E400</v>", "1E400", "a number"),
        ("<v>NaN</v>", "NaN", "a number"),
        ("<v>abc</v>", "abc", "a number"),
    ],
)
def test_a_cell_without_a_usable_value_is_a_fault(tmp_path: Path, cell: str, found: str, word: str) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["x"]]})
    with_sheet_xml(path, f'<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="B4">{cell}</c></row>')
    fault = only_fault(path)
    assert (fault.row, fault.column, fault.found, fault.sheet) == (4, "B", found, "s")
    assert word in fault.expected_en


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!"])
def test_the_error_of_a_formula_is_a_fault(tmp_path: Path, error: str) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["x"]]})
    with_sheet_xml(path, f'<row r="1"><c r="A1" t="e"><f>1/0</f><v>{error}</v></c></row>')
    assert only_fault(path).found == error


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\x00", "NUL (U+0000)"),
        ("\x07", "a control character (U+0007)"),
        ("\u202e", "right-to-left override (U+202E)"),
        ("\u200f", "right-to-left mark (U+200F)"),
        ("\u2066", "a direction isolate (U+2066)"),
        ("\u2028", "line separator (U+2028)"),
        ("\ufffd", "replacement character"),
    ],
)
def test_a_forbidden_character_is_named(tmp_path: Path, char: str, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"a,b\n1,赣{char}锋\n", "utf-8")
    fault = only_fault(path)
    assert (fault.row, fault.column, fault.found) == (2, "B", f"赣{char}锋")
    assert name in fault.expected_en
    assert f"U+{ord(char):04X}" in fault.expected_zh


@pytest.mark.parametrize(("escape", "name"), [("_x0000_", "NUL"), ("_xD800_", "a lone surrogate")])
def test_characters_escaped_in_a_workbook_are_seen(tmp_path: Path, escape: str, name: str) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["x"]]})
    with_sheet_xml(path, f'<row r="1"><c r="A1" t="inlineStr"><is><t>赣{escape}锋</t></is></c></row>')
    assert name in only_fault(path).expected_en


def test_a_lone_surrogate_in_a_csv_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("a\n赣\ud800锋\n".encode("utf-8", "surrogatepass"))
    assert "UTF-8" in only_fault(path).expected_en


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_cell_that_is_too_long(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    text = "长" * (MAX_CELL + 1)
    if suffix == ".csv":
        path.write_text(f"a\n{text}\n", "utf-8")
    else:
        write_book(path, {"s": [["a"], [text]]})
    assert (only_fault(path).row, only_fault(path).found) == (2, "…")


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters_of_columns(index: int, name: str) -> None:
    assert letter(index) == name


def test_a_sheet_whose_elements_have_a_prefix(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["x"]]})
    rows = '<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row><x:row r="2"/>'
    rows += "<x:row><x:c><x:v>8</x:v></x:c></x:row>"
    merge = '<x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells>'
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<x:worksheet xmlns:x="{name}"><x:sheetData>{rows}</x:sheetData>{merge}</x:worksheet>'
    with_part(path, "xl/worksheets/sheet1.xml", xml.encode())
    assert read(path)[0] == [("s", 1, ["7", "7"]), ("s", 3, ["8"])]


def test_phonetic_guides_are_no_text(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["x"], ["x"]]})
    runs = "<r><t>赣锋</t></r><rPh><t>gan feng</t></rPh><r><t>锂业</t></r>"
    with_part(path, "xl/sharedStrings.xml", f"<sst><si>{runs}</si></sst>".encode())
    with_sheet_xml(
        path,
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
        f'<row r="2"><c r="A2" t="inlineStr"><is>{runs}</is></c></row>',
    )
    assert cells(path) == [["赣锋锂业"], ["赣锋锂业"]]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=200), st.text(max_size=100).map(lambda t: t.encode("utf-8", "replace"))
    )
)
def test_no_bytes_of_a_csv_raise(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    for _, number, texts in read(path)[0]:
        assert number >= 1
        assert any(texts)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    part=st.sampled_from(
        ["xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", None]
    ),
    changes=st.lists(
        st.tuples(st.floats(0, 0.999), st.sampled_from(b'0123456789<>"/ Aa\xff')), min_size=1, max_size=4
    ),
)
def test_no_damage_to_a_workbook_raises(
    tmp_path: Path, part: str | None, changes: list[tuple[float, int]]
) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["名称", "数"], ["甲", 1.5], ["乙", date(2024, 6, 1)]]})
    if part is None:
        data = bytearray(path.read_bytes())
    else:
        with zipfile.ZipFile(path) as archive:
            data = bytearray(archive.read(part))
    for where, byte in changes:
        data[int(where * len(data))] = byte
    if part is None:
        path.write_bytes(data)
    else:
        with_part(path, part, bytes(data))
    read(path)
