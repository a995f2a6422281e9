"""The tool that makes the built-in tables: its rules on small rows, its result on the gathered folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.ontology import load_ontology
from tools.gather.account import unused
from tools.gather.build import Outcome, build
from tools.gather.csvfile import write_csv
from tools.gather.decisions import Correction, Decisions, load_decisions
from tools.gather.faults import GatherFault
from tools.gather.firm_names import firm_name
from tools.gather.gathered import Gathered, GatheredRow, place_ref
from tools.gather.notes import clean_note
from tools.gather.parts.relations import share_of
from tools.gather.resolve import resolve
from tools.gather.schema import load_schema
from tools.gather.slugs import slugs
from tools.gather.tables import Tables
from tools.gather.trust import document_date, seen_at, standing
from tools.gather.unite import unite

ROOT = Path(__file__).parents[1]
GATHERED = Path(os.environ.get("LIANPU_GATHERED", ROOT.parent / "shared" / "data" / "jiangxi"))
GRADES = {"source/a": "A", "source/b": "B", "source/c": "C"}


@pytest.fixture
def tables() -> Tables:
    return Tables(load_schema(load_ontology()))


@pytest.fixture(scope="session")
def gathered() -> Gathered:
    if not GATHERED.is_dir():
        pytest.skip(f"no gathered folders at {GATHERED} (set LIANPU_GATHERED)")
    return Gathered(GATHERED)


@pytest.fixture(scope="session")
def outcome(gathered: Gathered) -> Outcome:
    return build(gathered)


def cells(tables: Tables, table: str) -> list[dict[str, str]]:
    return [row.cells for row in tables.rows[table]]


def grade_of(source: str) -> str:
    return GRADES[source]


# rows that say the same


def test_rows_that_agree_become_one_with_all_sources_and_properties(tables: Tables) -> None:
    tables.add(
        "firms", "x:1", id="firm/f", name="甲", founded="2001", sources=["source/b"], standing="verified"
    )
    tables.add(
        "firms", "x:2", id="firm/f", name="甲", aliases=["乙"], sources=["source/a"], standing="verified"
    )
    assert unite(tables, grade_of) == 1
    (row,) = cells(tables, "firms")
    assert (row["founded"], row["aliases"], row["sources"]) == ("2001", "乙", "source/a|source/b")


def test_rows_that_contradict_stay_apart_with_their_own_sources(tables: Tables) -> None:
    tables.add(
        "firms", "x:1", id="firm/f", name="甲", founded="2001", sources=["source/a"], standing="verified"
    )
    tables.add(
        "firms", "x:2", id="firm/f", name="甲", founded="2003", sources=["source/b"], standing="verified"
    )
    assert unite(tables, grade_of) == 0
    assert {(row["founded"], row["sources"]) for row in cells(tables, "firms")} == {
        ("2001", "source/a"),
        ("2003", "source/b"),
    }


def test_an_unverified_row_is_not_lifted_by_a_verified_one(tables: Tables) -> None:
    tables.add("firms", "x:1", id="firm/f", name="甲", sources=["source/a"], standing="verified")
    tables.add(
        "firms", "x:2", id="firm/f", name="甲", founded="2003", sources=["source/c"], standing="unverified"
    )
    tables.add("firms", "x:3", id="firm/f", name="甲", sources=["source/c"], standing="unverified")
    assert unite(tables, grade_of) == 1
    assert {(row.get("founded", ""), row["standing"]) for row in cells(tables, "firms")} == {
        ("", "verified"),
        ("2003", "unverified"),
    }


def test_the_same_relation_seen_on_two_days_is_two_rows(tables: Tables) -> None:
    for day in ("2020", "2024"):
        tables.relate("supplies", "x:1", "firm/f", "firm/g", what="铜", seen_at=day, standing="verified")
    unite(tables, grade_of)
    assert {row["seen_at"] for row in cells(tables, "supplies")} == {"2020", "2024"}


# decisions


def test_decisions_rename_ends_and_relations_of_a_thing_with_itself_go(tables: Tables) -> None:
    tables.add("firms", "x:1", id="firm/a", name="甲")
    tables.add("firms", "x:2", id="firm/b", name="甲")
    tables.relate("supplies", "x:3", "firm/a", "firm/b")
    resolve(tables, Decisions(merges={"firm/b": "firm/a"}, slugs={"firm/a": "firm/jia"}), ())
    assert {row["id"] for row in cells(tables, "firms")} == {"firm/jia"}
    assert cells(tables, "supplies") == []
    assert [drop.origin for drop in tables.drops] == ["x:3"]


def test_a_correction_changes_the_cell_and_cites_its_source(tables: Tables) -> None:
    tables.add("firms", "x:1", id="firm/a", name="甲", sources=["source/a"])
    correction = Correction("firms", "firm/a", "name", "甲", "乙", "source/b")
    resolve(tables, Decisions(corrections=[correction]), ())
    assert cells(tables, "firms") == [{"id": "firm/a", "name": "乙", "sources": "source/a|source/b"}]


@pytest.mark.parametrize(
    "stale",
    [
        Decisions(merges={"firm/none": "firm/a"}),
        Decisions(drops={("firms", "firm/none"): "reason"}),
        Decisions(corrections=[Correction("firms", "firm/a", "name", "乙", "丙", "")]),
    ],
)
def test_a_decision_that_concerns_nothing_is_refused(tables: Tables, stale: Decisions) -> None:
    tables.add("firms", "x:1", id="firm/a", name="甲")
    with pytest.raises(GatherFault):
        resolve(tables, stale, ())


def test_merges_in_a_circle_are_refused() -> None:
    with pytest.raises(GatherFault, match="circle"):
        Decisions(merges={"firm/a": "firm/b", "firm/b": "firm/a"}).final("firm/a")


def test_a_merge_without_reason_is_refused(tmp_path: Path) -> None:
    write_csv(tmp_path / "merge_firms.csv", ["id", "into", "reason"], [{"id": "firm/a", "into": "firm/b"}])
    with pytest.raises(GatherFault, match=r"merge_firms\.csv:2: column reason"):
        load_decisions(tmp_path)


def test_a_column_that_the_ontology_does_not_have_is_refused(tables: Tables) -> None:
    with pytest.raises(GatherFault, match=r"x:1.*no column 'colour'"):
        tables.add("firms", "x:1", id="firm/a", name="甲", colour="red")


# rules on gathered rows


@pytest.fixture
def small(tmp_path: Path) -> Gathered:
    folder = tmp_path / "folder"
    folder.mkdir()
    columns = ["id", "title", "publisher", "date", "url", "kind", "read", "note", "grade", "link"]
    sources = [
        {"id": "good", "title": "甲", "date": "2020-01", "grade": "B"},
        {"id": "weak", "title": "乙", "date": "2023", "grade": "C"},
    ]
    write_csv(folder / "sources.csv", columns, sources)
    facts = [
        {"source": "good", "evidence": "投产"},
        {"source": "weak", "evidence": "投产"},
        {"source": "weak|good", "evidence": "投产"},
        {"source": "good", "evidence": "年份推断"},
        {"source": "domain", "evidence": "常识"},
        {"source": "good", "evidence": "产品为一般知识"},
    ]
    write_csv(folder / "facts.csv", ["source", "evidence"], facts)
    write_csv(folder / "lost.csv", ["source"], [{"source": "nowhere"}])
    return Gathered(tmp_path)


def test_standing_follows_grade_and_inference(small: Gathered) -> None:
    found = [standing(small, row) for row in small.rows("facts")]
    assert found == ["verified", "unverified", "verified", "unverified", "unverified", "unverified"]


def test_a_row_is_seen_at_its_own_date_or_the_latest_of_its_sources(small: Gathered) -> None:
    both = list(small.rows("facts"))[2]
    assert (seen_at(small, both), seen_at(small, both, "2019-05")) == ("2023", "2019-05")


def test_a_copy_without_a_date_was_seen_when_its_document_was(small: Gathered) -> None:
    small.__dict__["decisions"] = Decisions(merges={"source/weak": "source/good"})
    weak = list(small.rows("facts"))[1]
    assert (standing(small, weak), seen_at(small, weak)) == ("verified", "2020-01")


@pytest.mark.parametrize(
    ("dates", "date"),
    [
        (["", "2021-04-21"], "2021-04-21"),
        (["2021", "2021-04-21"], "2021-04-21"),
        (["2023", "2024-03"], "2023"),
        (["", ""], ""),
    ],
)
def test_the_date_of_a_document_is_that_of_its_best_copy_as_exactly_as_known(
    dates: list[str], date: str
) -> None:
    assert document_date(dates) == date


def test_an_unknown_source_names_file_and_line(small: Gathered) -> None:
    (row,) = small.rows("lost")
    with pytest.raises(GatherFault, match=r"folder/lost\.csv:2: column source: found 'source/nowhere'"):
        small.sources_of(row)


def test_every_gathered_row_is_used_or_dropped(small: Gathered, tables: Tables) -> None:
    first, *rest = small.rows("facts")
    tables.add("firms", first, id="firm/a", name="甲")
    tables.drop(rest[0], "no firm")
    assert {row.line for row in unused(tables, small) if row.table == "facts"} == {4, 5, 6, 7}


def test_notes_lose_what_speaks_of_the_gathering() -> None:
    assert (
        clean_note("同 ne-a ns-b；公告全称某公司", "seat 某路15号 per ns-atlas-cu")
        == "公告全称某公司；seat 某路15号"
    )
    assert (
        clean_note("转载站,前期已读", "国轩高科(ne-gotion)旗下", "research/domain.md")
        == "转载站；国轩高科旗下"
    )


@pytest.mark.parametrize(
    ("name", "short", "note", "expected"),
    [
        ("江西甲（集团）有限公司", "甲", "", ("江西甲(集团)有限公司", True)),
        ("甲新能源(全称待核)", "", "", ("甲新能源", False)),
        ("江西甲有限公司", "甲", "登记名未核", ("江西甲有限公司", False)),
        ("", "景旺(信丰)", "registered name not read", ("景旺(信丰)", False)),
    ],
)
def test_firm_names(name: str, short: str, note: str, expected: tuple[str, bool]) -> None:
    row = GatheredRow("f", "firms", 2, {"name": name, "short_name": short, "note": note})
    assert (firm_name(row).name, firm_name(row).full) == expected


@pytest.mark.parametrize(
    ("what", "share"),
    [
        ("85.5%", "85.5%"),
        ("约15.36%（含关联方）", "约15.36%"),
        ("47.35%(挂牌转让)", ""),
        ("40.59%表决权", ""),
        ("注册资本12亿元", ""),
    ],
)
def test_only_a_share_held_is_a_share(what: str, share: str) -> None:
    assert share_of(what) == share


def test_place_codes() -> None:
    assert (place_ref("360681"), place_ref("12"), place_ref("")) == ("place/360681", "place/120000", "")
    with pytest.raises(GatherFault):
        place_ref("3606")


def test_names_that_sound_the_same_get_different_slugs() -> None:
    assert set(slugs("product", ["织机", "支机", "PCB板"]).values()) == {
        "product/zhi-ji",
        "product/zhi-ji-2",
        "product/pcb-ban",
    }


# the whole run


def test_the_result_has_no_problem(outcome: Outcome) -> None:
    assert outcome.problems == []


def test_the_same_input_gives_the_same_bytes(gathered: Gathered, outcome: Outcome, tmp_path: Path) -> None:
    outcome.tables.write(tmp_path / "one")
    build(Gathered(gathered.root)).tables.write(tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_shipped_tables_are_what_the_run_gives(outcome: Outcome, tmp_path: Path) -> None:
    outcome.tables.write(tmp_path)
    made, shipped = contents(tmp_path), contents(ROOT / "data" / "jiangxi")
    assert {name for name in made | shipped if made.get(name) != shipped.get(name)} == set()


@pytest.mark.parametrize(("table", "out"), [("firms", "firms"), ("segments", "segments")])
def test_merging_keeps_every_source(gathered: Gathered, outcome: Outcome, table: str, out: str) -> None:
    prefix = {"firms": "firm", "segments": "segment"}[table]
    final = gathered.decisions.final
    kept: dict[str, set[str]] = {}
    for row in (*outcome.tables.rows[out], *outcome.tables.rows["organisations"]):
        kept.setdefault(row.cells["id"], set()).update(row.parts("sources"))
    for row in gathered.rows(table):
        cited = {final(source) for source in gathered.sources_of(row)}
        assert cited <= kept[final(f"{prefix}/{row['id']}")], row.origin


def test_every_relation_placement_and_input_is_there_or_dropped_with_a_reason(
    gathered: Gathered, outcome: Outcome
) -> None:
    used = {origin for _, row in outcome.tables.all_rows() for origin in row.origins}
    dropped = {drop.origin for drop in outcome.tables.drops if drop.reason}
    rows = {row.origin for table in ("relations", "firm_segments", "inputs") for row in gathered.rows(table)}
    assert rows <= used | dropped
    assert len(rows & dropped) < len(rows) // 20


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}
