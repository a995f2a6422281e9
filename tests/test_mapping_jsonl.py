"""JSON-lines by a mapping: dotted paths, lists, and lines that cannot be read."""

from __future__ import annotations

from pathlib import Path

from tests.support.mapped import put, read

JSON = """
title: t
files:
  - file: "*.jsonl"
    rows:
      - entity: Firm
        properties: {name: 企业.name, products: products, note: 'n', aliases: people.alias}
"""


def test_json_lines_by_dotted_path(tmp_path: Path) -> None:
    put(
        tmp_path,
        "a.jsonl",
        '\ufeff{"企业": {"name": " 甲 "}, "products": ["铜", "铝"], "n": 1.50,'
        ' "people": [{"alias": "a"}, {"alias": "b"}]}\n'
        '\n{"企业.name": "乙", "products": null, "n": true, "people": []}\n',
    )
    rows, faults = read(tmp_path, JSON)
    assert faults == []
    assert [(r.line, r.cells) for r in rows] == [
        (1, {"name": "甲", "products": "铜|铝", "note": "1.50", "aliases": "a|b"}),
        (3, {"name": "乙", "note": "true"}),
    ]
    assert rows[0].heading("name") == "企业.name"


def test_bad_json_lines_are_faults_with_their_line(tmp_path: Path) -> None:
    good = b'{"\xe4\xbc\x81\xe4\xb8\x9a": {"name": "A"}, "products": "", "n": "", "people": {"alias": ""}}'
    lines = [
        good,
        b'{"a": ',
        b"[1, 2]",
        b'{"n": "a\x00b"}',
        b'{"n": "\xff"}',
        b'{"n": NaN}',
        b"[" * 100_000,
        b'{"n": "' + b"x" * 5_000_000 + b'"}',
        '{"企业": {"name": {"deep": 1}}}'.encode(),
        b'{"n": "\\u0000"}',
        b'{"n": ' + b"9" * 1000 + b"}",
        good,
    ]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    rows, faults = read(tmp_path, JSON)
    assert [r.line for r in rows if "name" in r.cells] == [1, 12]
    assert [f.row for f in faults] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert "4000000" in faults[6].expected_en
    assert [f.column for f in faults[7:]] == ["企业.name", "n"]


def test_a_key_that_no_line_has_is_told_with_the_nearest(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", '{"企业": {"nam": "A"}, "products": "", "n": "", "people": {"alias": ""}}\n')
    _, faults = read(tmp_path, JSON)
    assert [f.row for f in faults] == [0]
    assert "did you mean '企业.nam'?" in faults[0].expected_en
