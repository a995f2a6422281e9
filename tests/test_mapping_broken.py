"""A wrong mapping file is refused with file, line, key, what was found and expected, and the nearest."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.ontology import load_ontology
from ingest.mapping import bind, load_mapping

ONTOLOGY = load_ontology()
FIRM = (
    "title: t\nfiles:\n  - file: a.csv\n    rows:\n      - entity: Firm\n        properties: {name: 名称}\n"
)
TWO = """title: t
files:
  - file: a.csv
    rows:
      - {entity: Firm, as: firm, properties: {name: 名称}}
      - {entity: Product, as: product, properties: {name: 产品}}
      - RELATION
"""


def refused(folder: Path, text: str | bytes) -> BadInput:
    """The error of loading and binding a mapping with this text."""
    path = folder / "m.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadInput) as caught:
        bind(load_mapping(path), ONTOLOGY)
    return caught.value


#: (text, line, key, part of what was found, part of what was expected)
KEYS = [
    (FIRM.replace("rows:", "row:"), 4, "files.0.row", "row", "did you mean 'rows'?"),
    (
        FIRM.replace("properties:", "propertys:"),
        6,
        "files.0.rows.0.propertys",
        "propertys",
        "did you mean 'properties'?",
    ),
    (FIRM.replace("title", "titel"), 0, "title", "", "the key title"),
    (
        FIRM.replace("{name: 名称}", "{name: {colunm: 名称}}"),
        6,
        "files.0.rows.0.properties.name.colunm",
        "colunm",
        "did you mean 'column'?",
    ),
    (FIRM + "    header: zwei\n", 7, "files.0.header", "zwei", "a whole number"),
    (FIRM + "    optional: perhaps\n", 7, "files.0.optional", "perhaps", "true or false"),
    (FIRM + "    filter: {a: {min: x}}\n", 7, "files.0.filter.a.min", "x", "a number"),
    (FIRM + "    delimiter: ';;'\n", 7, "files.0.delimiter", ";;", "at most 1 character"),
    (
        FIRM + "    checks: [{column: a, exists: {file: b.csv, colum: c}}]\n",
        7,
        "files.0.checks.0.exists.colum",
        "colum",
        "did you mean 'column'?",
    ),
    (FIRM + "    header: 0\n", 7, "files.0.header", "0", "a number of at least 1"),
    (FIRM + "    header: [1]\n", 7, "files.0.header", "[…]", "a whole number"),
    (FIRM + "    file: {a: b}\n".replace("file", "sheet"), 7, "files.0.sheet", "{…}", "one value"),
    (FIRM + "    checks: {}\n", 7, "files.0.checks", "{…}", "a list"),
    (FIRM + "    checks: [{different: [a]}]\n", 7, "files.0.checks.0.different.1", "", "an item 2"),
    (
        FIRM + "    checks: [{different: [a, b, c]}]\n",
        7,
        "files.0.checks.0.different",
        "[…]",
        "at most 2 item",
    ),
    (FIRM + "    checks: [{reject: all}]\n", 7, "files.0.checks.0.reject", "all", "one of 'row' or 'cell'"),
    (FIRM + "    filter: {a: {max: inf}}\n", 7, "files.0.filter.a.max", "inf", "a finite number"),
    (
        FIRM.replace("{name: 名称}", "{name: {column: 名称, times: 0}}"),
        6,
        "files.0.rows.0.properties.name.times",
        "0",
        "a number above 0",
    ),
    (
        FIRM.replace("{name: 名称}", "{name: {column: 名称, times: x}}"),
        6,
        "files.0.rows.0.properties.name.times",
        "x",
        "a number",
    ),
    (
        FIRM.replace("properties: {name: 名称}", "id: {hash: a, space: A}"),
        6,
        "files.0.rows.0.id.space",
        "A",
        "fits ^",
    ),
    (FIRM + "origin: x\n", 0, "origin", "x", "no such key"),
    ("title: t\nfiles: []\n", 2, "files", "[…]", "at least 1 item"),
]


@pytest.mark.parametrize("case", KEYS)
def test_a_wrong_key(case: tuple[str, int, str, str, str], tmp_path: Path) -> None:
    text, line, key, found, expected = case
    error = refused(tmp_path, text)
    wrongs = error.extra.get("wrongs", [error.extra])
    (wrong,) = [w for w in wrongs if w["key"] == key]
    assert wrong["file"] == "m.yml"
    assert not line or wrong["line"] == line
    assert found in wrong["found"]
    assert expected in wrong["expected"]
    words = wrong["expected_zh"] + wrong["expected"]
    assert "nput should" not in words
    assert "another kind" not in words
    assert any("\u4e00" <= letter <= "\u9fff" for letter in wrong["expected_zh"])


def test_two_wrong_keys_are_both_told(tmp_path: Path) -> None:
    error = refused(tmp_path, FIRM.replace("rows:", "row:") + "sorces: []\n")
    assert {w["key"] for w in error.extra["wrongs"]} == {"files.0.row", "sorces"}
    assert len(error.detail.splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"\xff\xfe", "UTF-8 text"),
        ("title: [", "valid YAML"),
        ("title: a\ntitle: b\n", "valid YAML"),
        ("- a\n", "keys and values"),
        ("title: &a x\nnote: *a\n", "YAML without aliases"),
        ("files: " + "[" * 400_000, "at most 40 levels of nesting"),
        ("x" * 1_000_001, "at most 1 MB"),
    ],
)
def test_what_is_no_mapping_file(text: str | bytes, expected: str, tmp_path: Path) -> None:
    assert expected in refused(tmp_path, text).extra["expected"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.yml"):
        load_mapping(tmp_path / "none.yml")


def row(text: str) -> str:
    return TWO.replace("RELATION", text)


#: (text, key, part of what was found, part of what was expected)
ONTOLOGY_WRONGS = [
    (FIRM.replace("Firm", "Frim"), "files.0.rows.0.entity", "Frim", "did you mean 'Firm'?"),
    (
        FIRM.replace("{name: 名称}", "{name: 名称, adress: a}"),
        "files.0.rows.0.properties.adress",
        "adress",
        "a column of Firm",
    ),
    (
        FIRM.replace("{name: 名称}", "{name: 名称, uscd: a}"),
        "files.0.rows.0.properties.uscd",
        "uscd",
        "did you mean 'uscc'?",
    ),
    (
        FIRM.replace("{name: 名称}", "{uscc: a}"),
        "files.0.rows.0.properties.name",
        "",
        "name, which is required",
    ),
    (
        FIRM.replace("{name: 名称}", "{name: 名称, status: {value: running}}"),
        "files.0.rows.0.properties.status.value",
        "running",
        "operating",
    ),
    (
        FIRM.replace("{name: 名称}", "{name: 名称, status: {column: s, translate: {a: gone}}}"),
        "files.0.rows.0.properties.status.translate.a",
        "gone",
        "operating",
    ),
    (
        FIRM.replace("{name: 名称}", "{name: {column: a, value: b}}"),
        "files.0.rows.0.properties.name",
        "column, value",
        "exactly one",
    ),
    (
        FIRM.replace("{name: 名称}", "{name: {text: abc}}"),
        "files.0.rows.0.properties.name.text",
        "abc",
        "{column}",
    ),
    (
        FIRM.replace("{name: 名称}", "{name: {column: a, extract: '('}}"),
        "files.0.rows.0.properties.name.extract",
        "(",
        "regular expression",
    ),
    (FIRM + "        id: {hash: [a]}\n", "files.0.rows.0.id.space", "", "hash and space together"),
    (
        FIRM + "        id: {hash: [a], space: x, column: a}\n",
        "files.0.rows.0.id",
        "column, hash",
        "exactly one",
    ),
    (FIRM + "        id: {ref: firm}\n", "files.0.rows.0.id", "ref", "exactly one"),
    (FIRM + "        from: firm\n", "files.0.rows.0.from", "from", "no ends"),
    (FIRM + "common: {source: x}\n", "common.source", "source", "did you mean 'sources'?"),
    (FIRM + "common: {standing: sure}\n", "common.standing.value", "sure", "verified"),
    (FIRM + "sources: [{id: source/x}]\n", "sources.0.name", "", "the key name"),
    (FIRM + "sources: [{id: source/x, name: x, grade: D}]\n", "sources.0.grade", "D", "A"),
    (
        FIRM + "entities: [{class: Plase, id: place/x, name: x}]\n",
        "entities.0.class",
        "Plase",
        "did you mean 'Place'?",
    ),
    (FIRM + "    encoding: utf-9\n", "files.0.encoding", "utf-9", "name of an encoding"),
    (FIRM.replace("a.csv", "../a.csv"), "files.0.file", "../a.csv", "a file name"),
    ("title: t\nfiles: [{file: a.csv}]\n", "files.0.rows", "", "rows or checks"),
    (FIRM + "    filter: {a: {}}\n", "files.0.filter.a", "", "a condition"),
    (FIRM + "    checks: [{min: 0}]\n", "files.0.checks.0.column", "", "the key column"),
    (FIRM + "    checks: [{column: a}]\n", "files.0.checks.0", "", "what to check"),
    (
        FIRM + "    checks: [{column: a, matches: '['}]\n",
        "files.0.checks.0.matches",
        "[",
        "regular expression",
    ),
    (
        FIRM + "    checks: [{column: a, exists: {file: b.csv, column: c}}]\n",
        "files.0.checks.0.exists.file",
        "b.csv",
        "stands before",
    ),
    (
        row("{relation: MAKE, from: firm, to: product}"),
        "files.0.rows.2.relation",
        "MAKE",
        "did you mean 'MAKES'?",
    ),
    (row("{relation: MAKES, from: firm}"), "files.0.rows.2.to", "", "the key to"),
    (
        row("{relation: MAKES, from: frim, to: product}"),
        "files.0.rows.2.from",
        "frim",
        "did you mean 'firm'?",
    ),
    (
        row("{relation: MAKES, from: product, to: firm}"),
        "files.0.rows.2.from",
        "Product",
        "Firm, Site, Segment",
    ),
    (
        row("{relation: MAKES, from: firm, to: {hash: [a], space: s, class: Firm}}"),
        "files.0.rows.2.to.class",
        "Firm",
        "one of Product",
    ),
    (
        row("{relation: MAKES, from: {hash: [a], space: s}, to: product}"),
        "files.0.rows.2.from.class",
        "",
        "Firm, Site, Segment",
    ),
    (
        row("{relation: INPUT_TO, from: product, to: {value: segment/x}}"),
        "files.0.rows.2.to",
        "Segment",
        "a target of Product",
    ),
    (
        row("{relation: MAKES, as: m, from: firm, to: product}"),
        "files.0.rows.2.as",
        "as",
        "a relation has no id",
    ),
    (row("{from: firm, to: product}"), "files.0.rows.2", "", "either entity or relation"),
]


@pytest.mark.parametrize("case", ONTOLOGY_WRONGS)
def test_what_does_not_fit_the_ontology(case: tuple[str, str, str, str], tmp_path: Path) -> None:
    text, key, found, expected = case
    error = refused(tmp_path, text)
    wrongs = error.extra.get("wrongs", [error.extra])
    (wrong,) = [w for w in wrongs if w["key"] == key]
    assert wrong["file"] == "m.yml"
    assert found in wrong["found"]
    assert expected in wrong["expected"]


def test_what_does_not_fit_is_told_with_its_line(tmp_path: Path) -> None:
    text = "title: t\nfiles:\n  - file: a.csv\n    rows:\n      - entity: Firm\n        properties:\n"
    text += "          name: 名称\n          uscd: 代码\n      - entity: Frim\n"
    error = refused(tmp_path, text)
    assert {w["key"]: w["line"] for w in error.extra["wrongs"]} == {
        "files.0.rows.0.properties.uscd": 8,
        "files.0.rows.1.entity": 9,
    }
    assert "第8行" in error.detail
    assert "line 9" in error.detail


def test_a_firm_may_stand_where_a_site_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "m.yml"
    text = row("{relation: WORKS_IN, from: firm, to: {value: segment/electronics/pcb}}")
    path.write_text(text, encoding="utf-8")
    bind(load_mapping(path), ONTOLOGY)
