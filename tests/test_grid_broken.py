"""Files → grids: files that are no tables, damaged or too large give one clear fault."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.faults import Fault
from ingest.grid import Grid, Line, letter, read_grids
from ingest.grid import model as grid_model
from ingest.grid import package as grid_package
from tests.support.grids import only_fault, read
from tests.support.workbooks import with_part, with_sheet_xml, write_book


@pytest.mark.parametrize("suffix", [".xls", ".et", ".ett", ".wps", ".ods", ".numbers", ".xlsb"])
def test_other_formats_say_how_to_save(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"企业{suffix}"
    path.write_bytes(b"anything")
    fault = only_fault(path)
    assert suffix in fault.found
    assert "另存为" in fault.expected_zh
    assert "xlsx" in fault.expected_en


@pytest.mark.parametrize(
    ("content", "found", "expected"),
    [
        (b"not a workbook", "not a wo", "an xlsx workbook"),
        (b"<html><table>", "<html><t", "an xlsx workbook"),
        (b"", "0 B", "something in it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "97-2003", "Excel workbook (*.xlsx)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
            "without a password",
        ),
    ],
)
def test_not_an_xlsx(tmp_path: Path, content: bytes, found: str, expected: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    fault = only_fault(path)
    assert found in fault.found
    assert expected in fault.expected_en


@pytest.mark.parametrize("kept", [4, 100, 0.5, 0.9, 0.99])
def test_a_truncated_workbook(tmp_path: Path, kept: float) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [[f"字{i}"] for i in range(500)]})
    data = path.read_bytes()
    path.write_bytes(data[: int(kept * len(data)) if kept < 1 else int(kept)])
    assert "cut short" in only_fault(path).expected_en


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_damaged_part(tmp_path: Path, part: str) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["a"], ["b"]]})
    with_part(path, part, b"<worksheet><sheetData><row r='1'><c")
    assert "damaged" in only_fault(path).expected_en


def test_another_zip_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert only_fault(path).found == "word/document.xml"


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["a"]]})
    with_part(path, "xl/worksheets/sheet1.xml", bytes(40 << 20))
    fault = only_fault(path)
    assert "sheet1.xml" in fault.found
    assert "zip bomb" in fault.expected_en


def test_many_parts_that_unpack_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid_package, "MAX_UNPACKED", 10_000)
    path = write_book(tmp_path / "a.xlsx", {"s": [["a"]]})
    with_part(path, "xl/media/a.bin", bytes(20_000))
    assert "unpacked" in only_fault(path).expected_en


def test_a_bomb_of_entities(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["a"]]})
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    xml = entities + b"<worksheet><sheetData>&b;</sheetData></worksheet>"
    with_part(path, "xl/worksheets/sheet1.xml", xml)
    assert "damaged" in only_fault(path).expected_en


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as handle:
        handle.truncate(grid_model.MAX_BYTES + 1)
    assert "at most 200 MB" in only_fault(path).expected_en


@pytest.mark.parametrize("state", ["empty", "hidden"])
def test_a_workbook_without_a_sheet_to_read(tmp_path: Path, state: str) -> None:
    book = Workbook()
    book.worksheets[0].title = "空"
    if state == "hidden":
        sheet = book.create_sheet("藏")
        sheet["A1"] = 1
        sheet.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert "at least one sheet" in only_fault(tmp_path / "a.xlsx").expected_en


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="5"/><row r="3"><c r="A3"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
    ],
)
def test_xml_that_no_sheet_can_have(tmp_path: Path, rows: str) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["x"]]})
    assert "damaged" in only_fault(with_sheet_xml(path, rows)).expected_en


def test_a_merged_range_over_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [["x"]]})
    tail = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    with_sheet_xml(path, '<row r="1"><c r="A1"><v>7</v></c></row>', tail)
    (line,), faults, _ = read(path)
    assert faults == []
    assert set(line[2]) == {"7"}
    assert len(line[2]) == grid_model.MAX_COLUMNS


def test_too_many_columns(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"s": [[1] * (grid_model.MAX_COLUMNS + 1)]})
    assert only_fault(path).column == letter(grid_model.MAX_COLUMNS)


def test_too_many_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.grid.delimited.MAX_LINES", 3)
    path = tmp_path / "a.csv"
    path.write_text("1\n2\n3\n4\n5\n", "utf-8")
    lines, (fault,), _ = read(path)
    assert len(lines) == 3
    assert fault.row == 4


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    if suffix == ".csv":
        path.write_text("a\n1\n", "utf-8")
    else:
        write_book(path, {"s": [["a"], [1]]})
    faults: list[Fault] = []
    for grid in read_grids(path):
        if isinstance(grid, Grid):
            for item in grid.items():
                if isinstance(item, Line) and item.number == 1:
                    with path.open("ab") as handle:
                        handle.write(b"\n2\n")
                elif isinstance(item, Fault):
                    faults.append(item)
        else:
            faults.append(grid)
    assert ["while it is read" in f.expected_en for f in faults] == [True]


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    assert only_fault(tmp_path / "a.csv").expected_en == "a regular file"
    assert only_fault(tmp_path / "b.csv").expected_en == "a file that exists"
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    assert ".xlsx" in only_fault(tmp_path / "c.pdf").expected_en
