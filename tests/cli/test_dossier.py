"""``lianpu dossier`` about the built-in data: the document, the JSON, and what is refused."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from tests.support.program import Program

ASKED = ("dossier", "天赐材料", "--park", "宜春经济技术开发区", "--as-of", "2026-11-01")


def test_the_pack_is_written_once_and_has_what_the_json_has(cli: Program, tmp_path: Path) -> None:
    out = tmp_path / "拜访.docx"
    told = cli(*ASKED, "-o", str(out), "--json")
    assert told.code == 0, told.err
    answer = told.json
    assert (answer["firm"]["id"], answer["park"]["id"]) == ("firm/tinci-materials", "park/yichun-etdz")
    assert "new-energy/electrolyte@360900" in {gap["gap"] for gap in answer["gaps"]}
    doc = Document(str(out))
    cells = {c.text for table in doc.tables for row in table.rows for c in row.cells}
    assert {question["ask"]["zh"] for question in answer["questions"]} <= cells
    again = cli(*ASKED, "-o", str(out))
    assert again.code == 1
    assert "--force" in again.err
    assert cli(*ASKED, "-o", str(out), "--force").code == 0
    assert [one.name for one in tmp_path.iterdir()] == [out.name]


def test_a_pack_without_a_file_an_unknown_firm_or_park_is_refused(cli: Program, tmp_path: Path) -> None:
    out = str(tmp_path / "x.docx")
    assert cli(*ASKED).code == 2
    assert cli("dossier", "没有这家公司", "--park", "宜春市", "-o", out).code == 1
    assert cli("dossier", "天赐材料", "--park", "没有的园区", "-o", out).code == 1
    assert not Path(out).exists()
