"""Tables → assertions: what rows make, and what is refused with file, row, column, found, expected."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.facts import Assertion
from graph.ontology import load_ontology
from graph.truth import TruthStore
from ingest.faults import Fault
from ingest.load import LoadPlan, commit_load, plan_load
from tests.support.folders import SMALL, with_rows, write_folder
from tests.support.graphs import read_tables


def read(folder: Path) -> tuple[list[Assertion], list[Fault]]:
    return read_tables(folder, folder.parent / "home", load_ontology())


def facts(assertions: list[Assertion], cls: str) -> set[tuple[str | None, str | None]]:
    return {(a.source, a.target) for a in assertions if a.cls == cls}


def test_rows_make_entities_and_relations_of_their_columns(tmp_path: Path) -> None:
    assertions, faults = read(write_folder(tmp_path / "small", SMALL))
    assert faults == []
    assert facts(assertions, "HAS_SEGMENT") == {("chain/x", "segment/x/salt"), ("chain/x", "segment/x/cell")}
    assert facts(assertions, "WITHIN") == {("place/360900", "place/360000")}
    cell = next(a for a in assertions if a.cls == "WORKS_IN" and a.target == "segment/x/cell")
    assert (cell.table, cell.row, cell.sources, cell.standing, cell.seen_at) == (
        "works_in.csv", 2, ("source/a",), "verified", "2024-06",
    )  # fmt: skip
    assert cell.props == {"product": "动力电池", "status": "operating"}


def test_a_firm_with_one_place_gets_a_site_there(tmp_path: Path) -> None:
    assertions, _ = read(write_folder(tmp_path / "small", SMALL))
    assert facts(assertions, "OPERATES") == {
        ("firm/one", "site/one"), ("firm/two", "site/two-a"), ("firm/two", "site/two-b"),
    }  # fmt: skip
    assert ("site/one", "place/360900") in facts(assertions, "LOCATED_IN")
    assert facts(assertions, "WORKS_IN") == {
        ("site/one", "segment/x/cell"), ("site/two-b", "segment/x/salt"),
    }  # fmt: skip
    made = next(a for a in assertions if a.key == "site/one")
    assert made.props == {"name": "一号公司", "kind": "unspecified"}


def test_a_firm_with_two_sites_must_say_which(tmp_path: Path) -> None:
    tables = with_rows("works_in", {"from": "firm/two", "to": "segment/x/cell"})
    _, faults = read(write_folder(tmp_path / "small", tables))
    assert [(f.file, f.row, f.column, f.found) for f in faults] == [("works_in.csv", 4, "from", "firm/two")]
    assert "site/two-a" in faults[0].expected_en
    assert "site/two-b" in faults[0].expected_en


def test_chinese_headings_read_like_english_ones(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "small", SMALL)
    (folder / "firms.csv").rename(folder / "企业.csv")
    text = (folder / "企业.csv").read_text(encoding="utf-8")
    (folder / "企业.csv").write_text(
        text.replace("id,name,place,sources", "编号,名称,所在地,来源"), encoding="utf-8"
    )
    renamed, faults = read(folder)
    assert faults == []
    plain, _ = read(write_folder(tmp_path / "plain" / "small", SMALL))
    assert {(a.key, a.source, a.target) for a in renamed} == {(a.key, a.source, a.target) for a in plain}


@pytest.mark.parametrize(
    ("table", "row", "column", "found"),
    [
        (
            "firms",
            {"id": "firm/three", "name": "三号", "uscc": "91360000158264079X"},
            "uscc",
            "91360000158264079X",
        ),
        ("firms", {"id": "firm/three", "name": "三号", "founded": "20240"}, "founded", "20240"),
        ("firms", {"id": "firm/three"}, "name", ""),
        ("firms", {"id": "Firm Three", "name": "三号"}, "id", "Firm Three"),
        ("firms", {"id": "chain/three", "name": "三号"}, "id", "chain/three"),
        ("firms", {"id": "nothing/three", "name": "三号"}, "id", "nothing/three"),
        ("firms", {"id": "firm/three", "name": "三\x00号"}, "name", "三\x00号"),
        ("segments", {"id": "segment/x/z", "name": "某", "chain": "firm/one"}, "chain", "firm/one"),
        ("works_in", {"from": "firm/one", "to": "segment/x/cell", "status": "running"}, "status", "running"),
        ("works_in", {"from": "firm/one", "to": "place/360000"}, "to", "place/360000"),
        ("works_in", {"from": "firm/one", "to": "segment/x/cell", "confidence": "2"}, "confidence", "2"),
    ],
)
def test_a_wrong_cell_names_file_row_column_and_what_was_found(
    tmp_path: Path, table: str, row: dict[str, str], column: str, found: str
) -> None:
    tables = with_rows(table, row)
    _, faults = read(write_folder(tmp_path / "small", tables))
    line = len(tables[table]) + 1
    assert [(f.file, f.row, f.column, f.found) for f in faults] == [(f"{table}.csv", line, column, found)]
    assert faults[0].expected_zh
    assert faults[0].expected_en


@pytest.mark.parametrize(
    ("table", "row", "missing"),
    [
        ("segments", {"id": "segment/x/z", "name": "某", "chain": "chain/unknown"}, "chain/unknown"),
        ("works_in", {"from": "firm/one", "to": "segment/x/unknown"}, "segment/x/unknown"),
        ("firms", {"id": "firm/three", "name": "三号", "place": "place/999999"}, "place/999999"),
        ("firms", {"id": "firm/three", "name": "三号", "sources": "source/unknown"}, "source/unknown"),
        ("supplies", {"from": "firm/one", "to": "firm/unknown"}, "firm/unknown"),
    ],
)
def test_a_dangling_reference_is_refused(
    tmp_path: Path, table: str, row: dict[str, str], missing: str
) -> None:
    tables = with_rows(table, row)
    _, faults = read(write_folder(tmp_path / "small", tables))
    assert {(f.file, f.row, f.found) for f in faults} == {(f"{table}.csv", len(tables[table]) + 1, missing)}


def test_a_refused_row_makes_no_fault_of_those_that_refer_to_it(tmp_path: Path) -> None:
    tables = with_rows("firms", {"id": "firm/three", "name": "三号", "founded": "20240"})
    tables["works_in"] = [*SMALL["works_in"], {"from": "firm/three", "to": "segment/x/cell"}]
    _, faults = read(write_folder(tmp_path / "small", tables))
    assert [(f.file, f.column) for f in faults] == [("firms.csv", "founded")]


def test_each_cycle_is_told_once(tmp_path: Path) -> None:
    """One cycle leads to the other: looking for it must not end in that one."""
    names = ("a", "b", "c", "d")
    segments = [{"id": f"segment/x/{n}", "name": n, "chain": "chain/x"} for n in names]
    steps = [("a", "b"), ("b", "c"), ("b", "a"), ("c", "d"), ("d", "c")]
    parts = [{"from": f"segment/x/{a}", "to": f"segment/x/{b}"} for a, b in steps]
    tables = with_rows("segments", *segments) | {"part_of": parts}
    _, faults = read(write_folder(tmp_path / "small", tables))
    found = [{n for n in names if f"segment/x/{n}" in f.found} for f in faults]
    assert sorted(found, key=min) == [{"a", "b"}, {"c", "d"}]


def test_a_cycle_in_a_tree_is_refused(tmp_path: Path) -> None:
    tables = {**SMALL, "within": [{"from": "place/360000", "to": "place/360900"}]}
    _, faults = read(write_folder(tmp_path / "small", tables))
    assert len(faults) == 1
    assert "place/360000 → " in faults[0].found
    assert "place/360900" in faults[0].found


def test_a_thing_within_itself_is_refused(tmp_path: Path) -> None:
    tables = with_rows("places", {"id": "place/360100", "name": "南昌市", "within": "place/360100"})
    _, faults = read(write_folder(tmp_path / "small", tables))
    assert [f.found for f in faults] == ["place/360100 → place/360100"]


def test_an_unknown_table_and_an_unknown_heading_suggest_the_nearest(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "small", SMALL)
    (folder / "firmz.csv").write_text("id\n", encoding="utf-8")
    (folder / "chains.csv").write_text("id,nmae\nchain/x,新能源\n", encoding="utf-8")
    _, faults = read(folder)
    assert {(f.file, f.row, f.found) for f in faults} == {
        ("firmz.csv", 0, "firmz"),
        ("chains.csv", 1, "nmae"),
    }
    assert "'name'" in next(f.expected_en for f in faults if f.file == "chains.csv")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"id,name\nfirm/x,\xd6\xd0\xff\n", "b'\\xd6'"),
        (b'id,name\nfirm/x,"open\n', "unexpected end of data"),
        (b"id,name\nfirm/x\n", "1 cells"),
        (b"id,name,name\n", "name"),
    ],
)
def test_a_file_out_of_form_is_refused(tmp_path: Path, content: bytes, found: str) -> None:
    folder = write_folder(tmp_path / "small", {})
    (folder / "firms.csv").write_bytes(content)
    _, faults = read(folder)
    assert [(f.file, f.found) for f in faults] == [("firms.csv", found)]


def test_a_table_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "small", SMALL)
    (folder / "parks.csv").mkdir()
    _, faults = read(folder)
    assert [(f.file, f.row) for f in faults] == [("parks.csv", 0)]


def test_no_folder_and_no_table_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="found no folder"):
        read(tmp_path / "absent")
    with pytest.raises(BadInput, match=r"found no \*\.csv"):
        read(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_excel_writes_is_read(tmp_path: Path, encoding: str, end: str) -> None:
    folder = write_folder(tmp_path / "small", SMALL)
    lines = ["编号,名称,所在地", "firm/one,一号公司,place/360900", "firm/two,二号集团,place/360000", ""]
    (folder / "firms.csv").write_bytes(end.join(lines).encode(encoding))
    assertions, faults = read(folder)
    assert faults == []
    assert {a.props["name"] for a in assertions if a.cls == "Firm"} == {"一号公司", "二号集团"}


def test_a_file_of_no_known_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "small", {})
    (folder / "firms.csv").write_bytes(b"id,name\nfirm/x,\xff\xff\n")
    _, (fault,) = read(folder)
    assert "CSV UTF-8" in fault.text("zh")
    assert "CSV UTF-8" in fault.text("en")


@pytest.mark.parametrize("found", ["无此地", "place/999999", "firm/one"])
def test_a_fault_names_the_heading_as_it_is_written(tmp_path: Path, found: str) -> None:
    folder = write_folder(tmp_path / "small", SMALL)
    (folder / "firms.csv").write_text(
        f"编号,名称,所在地\nfirm/one,一号,{found}\nfirm/two,二,place/360000\n", "utf-8"
    )
    _, faults = read(folder)
    assert {(f.row, f.column, f.found) for f in faults} == {(2, "所在地", found)}


def test_what_a_date_says_beyond_its_value_stays_in_the_note(tmp_path: Path) -> None:
    rows = [
        {"id": "firm/three", "name": "三号", "founded": "2014年底", "seen_at": "2025年6月底", "note": "某注"},
        {"id": "firm/four", "name": "四号", "founded": "2014年6月上旬", "seen_at": "2025年6月"},
    ]
    assertions, faults = read(write_folder(tmp_path / "small", with_rows("firms", *rows)))
    assert faults == []
    found = {a.key: (a.props["founded"], a.seen_at, a.note) for a in assertions if "founded" in a.props}
    assert found == {
        "firm/three": ("2014", "2025-06", "某注；成立日期：2014年底；见于：2025年6月底"),
        "firm/four": ("2014-06-01/2014-06-10", "2025-06", None),
    }


def planned(folder: Path, store: TruthStore, name: str | None = None) -> LoadPlan:
    return plan_load(folder, store, load_ontology(), name)


@pytest.fixture
def loaded(tmp_path: Path) -> Iterator[TruthStore]:
    """A truth store that holds ``SMALL``, with a code for its first firm."""
    tables = {**SMALL, "firms": [{**SMALL["firms"][0], "stock_code": "600362.SH"}, SMALL["firms"][1]]}
    store = TruthStore(tmp_path / "truth.sqlite")
    commit_load(planned(write_folder(tmp_path / "small", tables), store), store)
    yield store
    store.close()


def test_a_plan_tells_what_is_not_taken_and_what_may_be_known(tmp_path: Path, loaded: TruthStore) -> None:
    firms = [
        {"id": "firm/one", "name": "壹号公司"},
        {"id": "firm/coded", "name": "别的公司", "stock_code": "600362.SH"},
        {"id": "firm/other", "name": "新公司"},
    ]
    folder = write_folder(
        tmp_path / "mine", {"firms": firms, "chains": [{"id": "chain/y", "name": "新能源"}]}
    )
    (folder / "more.xlsx").write_bytes(b"x")
    plan = planned(folder, loaded)
    assert {(n.kind, n.row, n.key, n.found, n.known) for n in plan.notices} == {
        ("not-taken", 2, "firm/one", "壹号公司", "一号公司"),
        ("possible-duplicate", 2, "chain/y", "新能源", "chain/x"),
    }
    assert ("firm/one", "firm/coded") in {(m.keep, m.retire) for m in plan.merges}
    assert plan.as_json()["ignored"] == plan.ignored == ["more.xlsx"]
    assert len(plan.as_json()["notices"]) == 2


def test_a_folder_of_the_same_name_from_elsewhere_is_told(tmp_path: Path, loaded: TruthStore) -> None:
    elsewhere = write_folder(tmp_path / "elsewhere" / "small", SMALL)
    (notice,) = planned(elsewhere, loaded).notices
    assert (notice.kind, notice.key, notice.found, notice.known) == (
        "replaces", "small", str(elsewhere), str(tmp_path / "small"),
    )  # fmt: skip
    assert planned(elsewhere, loaded, "other").input.dataset == "other"
    assert not [n for n in planned(elsewhere, loaded, "other").notices if n.kind == "replaces"]
    assert planned(tmp_path / "small", loaded).notices == []
    with pytest.raises(BadInput, match="--as"):
        planned(elsewhere, loaded, "builtin")


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("supplies", {"from": "firm/one", "to": "firm/one"}),
        ("subsidiary_of", {"from": "firm/two", "to": "firm/two"}),
        ("input_to", {"from": "segment/x/salt", "to": "segment/x/salt", "input": "锂盐"}),
    ],
)
def test_a_relation_of_a_thing_with_itself_is_refused(
    tmp_path: Path, table: str, row: dict[str, str]
) -> None:
    tables = with_rows(table, row)
    _, faults = read(write_folder(tmp_path / "small", tables))
    assert [(f.file, f.row, f.found) for f in faults] == [(f"{table}.csv", len(tables[table]) + 1, row["to"])]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a POSIX thing")
def test_a_table_that_is_no_regular_file_is_told_and_not_opened(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "small", SMALL)
    os.mkfifo(folder / "parks.csv")
    (folder / "products.csv").mkdir()
    _, faults = read(folder)
    assert {(f.file, f.found) for f in faults} == {
        ("parks.csv", "parks.csv"),
        ("products.csv", "products.csv"),
    }
