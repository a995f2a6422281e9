"""Who is known already, across loads, merges and splits; and what was decided follows where merges lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.model import relation_id
from graph.ontology import load_ontology
from graph.projection import project
from graph.truth import Newcomer, TruthStore
from ingest.inputs import input_of
from ingest.load import LoadPlan, commit_load, plan_load
from tests.support.folders import SMALL, write_folder

ONTOLOGY = load_ontology()
CODE = "91360900MA35F0A48B"
FULL, OTHER = "宜春示例铜箔有限公司", "宜春示例铜箔科技有限公司"


@pytest.fixture
def truth(tmp_path: Path) -> Iterator[TruthStore]:
    store = TruthStore(tmp_path / "truth.sqlite")
    firm = {"id": "firm/known", "name": FULL, "uscc": CODE, "place": "place/360900"}
    load(store, write_folder(tmp_path / "base", {**SMALL, "firms": [*SMALL["firms"], firm]}))
    yield store
    store.close()


def plan(truth: TruthStore, folder: Path) -> LoadPlan:
    return plan_load(folder, truth, ONTOLOGY)


def load(truth: TruthStore, folder: Path) -> LoadPlan:
    made = plan(truth, folder)
    assert made.faults == []
    commit_load(made, truth)
    return made


def own(tmp_path: Path, folder: str, **cells: str) -> Path:
    return write_folder(tmp_path / folder, {"firms": [{"name": FULL, "uscc": CODE, **cells}]})


def firms(made: LoadPlan) -> set[str]:
    return {m.keep for m in made.merges if m.retire.startswith("firm/")}


def test_a_firm_that_several_files_name_is_one_and_is_never_asked_of(
    truth: TruthStore, tmp_path: Path
) -> None:
    for name in ("one", "two", "three"):
        made = load(truth, own(tmp_path, name, name=OTHER if name == "two" else FULL))
        assert (firms(made), made.questions) == ({"firm/known"}, [])
    graph = project(truth.current(), truth.decisions(), ONTOLOGY)
    assert {n for n in graph.nodes if n.startswith("firm/")} == {"firm/known", "firm/one", "firm/two"}


def test_the_name_of_a_merged_firm_still_stands_for_it(truth: TruthStore, tmp_path: Path) -> None:
    load(truth, own(tmp_path, "one"))
    project_row = {"name": "示例项目", "firms": FULL, "place": "宜春市"}
    made = load(truth, write_folder(tmp_path / "two", {"projects": [project_row]}))
    assert made.changes.counts["added"] > 0
    built = project(truth.current(), truth.decisions(), ONTOLOGY).relations.values()
    assert {r.source for r in built if r.cls == "BUILDS"} == {"firm/known"}


def test_a_merge_the_other_way_round_does_not_stop_later_loads(truth: TruthStore, tmp_path: Path) -> None:
    mine = {"id": "firm/mine", "name": "别的名字有限公司", "place": "place/360900"}
    load(truth, write_folder(tmp_path / "mine", {"firms": [mine]}))
    merge = {"keep": "firm/mine", "retire": "firm/known"}
    truth.decide("merge", merge, reason="", user="test")
    made = load(truth, write_folder(tmp_path / "mine", {"firms": [{**mine, "uscc": CODE}]}))
    assert (made.merges, made.questions) == ([], [])


def test_a_site_that_came_along_before_does_not_come_again(truth: TruthStore, tmp_path: Path) -> None:
    first = load(truth, own(tmp_path, "one", place="place/360900"))
    assert len(first.merges) == 2
    number = next(d.id for d in truth.decisions() if d.payload["keep"] == "firm/known")
    truth.settle(undo=[number], user="test")
    again = load(truth, own(tmp_path, "one", place="place/360900", short_name="示例铜箔"))
    assert [m.keep for m in again.merges] == ["firm/known"]


def test_what_was_suppressed_or_corrected_stays_so_under_a_merge(truth: TruthStore, tmp_path: Path) -> None:
    supplies = {"from": "firm/one", "to": "firm/two"}
    load(truth, write_folder(tmp_path / "s", {"supplies": [supplies]}))
    rid = relation_id("SUPPLIES", "firm/one", "firm/two", [None])
    truth.decide("suppress", {"key": rid}, reason="", user="test")
    fix = {"key": "firm/one", "property": "founded", "value": "2001"}
    truth.decide("correct", fix, reason="", user="test")
    truth.decide("merge", {"keep": "firm/known", "retire": "firm/one"}, reason="", user="test")
    graph = project(truth.current(), truth.decisions(), ONTOLOGY)
    assert not [r for r in graph.relations.values() if r.cls == "SUPPLIES"]
    assert graph.nodes["firm/known"].props["founded"] == "2001"


def test_a_relation_that_a_merge_leads_back_to_its_start_is_none(truth: TruthStore, tmp_path: Path) -> None:
    load(truth, write_folder(tmp_path / "s", {"subsidiary_of": [{"from": "firm/one", "to": "firm/two"}]}))
    truth.decide("merge", {"keep": "firm/two", "retire": "firm/one"}, reason="", user="test")
    graph = project(truth.current(), truth.decisions(), ONTOLOGY)
    assert not [r for r in graph.relations.values() if r.cls == "SUBSIDIARY_OF"]


def test_sources_are_not_merged(truth: TruthStore) -> None:
    with pytest.raises(BadInput, match="来源不合并"):
        truth.decide("merge", {"keep": "source/a", "retire": "source/c"}, reason="", user="test")


def test_who_may_see_a_dataset_is_no_load_to_be_taken_back(truth: TruthStore, tmp_path: Path) -> None:
    folder = own(tmp_path, "one")
    load(truth, folder)
    before = truth.loads()
    done = commit_load(plan(truth, folder), truth, visibility=1)
    assert (done.load, truth.loads()) == (None, before)
    assert {d["id"]: d["visibility"] for d in truth.datasets()}["one"] == "internal"


def test_an_undone_load_whose_merge_no_longer_goes_is_not_brought_back(
    truth: TruthStore, tmp_path: Path
) -> None:
    load(truth, own(tmp_path, "one"))
    number = truth.loads()[-1].id
    retired = next(d.payload["retire"] for d in truth.decisions() if d.load == number)
    undone = truth.undo(number)
    truth.decide("merge", {"keep": retired, "retire": "firm/known"}, reason="", user="test")
    assert undone.load is not None
    with pytest.raises(BadInput, match="circle"):
        truth.undo(undone.load)


def test_a_number_is_never_given_again(truth: TruthStore) -> None:
    with truth.scratch() as scratch:
        scratch.stage([])
        first = truth.commit_staged(scratch, Newcomer("gone", "gone", "test")).load
    truth.purge("gone")
    with truth.scratch() as scratch:
        scratch.stage([])
        assert first is not None
        assert truth.commit_staged(scratch, Newcomer("next", "next", "test")).load == first + 1


@pytest.mark.parametrize("name", ["", " ", "a/b", "..", 'x"y', "builtin"])
def test_a_dataset_may_not_be_named_so(truth: TruthStore, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="--as"):
        plan_load(own(tmp_path, "one"), truth, ONTOLOGY, name)


def test_a_file_without_rows_is_refused(truth: TruthStore, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "one", {})
    (folder / "firms.csv").write_text("name\n", "utf-8")
    assert plan(truth, folder).refused


def test_of_rows_that_say_the_same_a_faulty_one_takes_no_good_one_along(
    truth: TruthStore, tmp_path: Path
) -> None:
    rows = [
        {"id": "firm/a", "name": "甲", "place": place}
        for place in ("place/360900|place/999999", "place/360900")
    ]
    made = plan_load(write_folder(tmp_path / "one", {"firms": rows}), truth, ONTOLOGY, partial=True)
    assert [f.found for f in made.faults] == ["place/999999"]
    assert {"firm/a", "site/a"} <= set(made.changes.keys["added"])


def test_two_rows_of_one_name_are_told(truth: TruthStore, tmp_path: Path) -> None:
    rows = [{"name": "永盛", "place": "place/360900"}, {"name": " 永 盛", "place": "place/360000"}]
    made = plan(truth, write_folder(tmp_path / "one", {"firms": rows}))
    assert [(n.kind, n.row) for n in made.staged.notes] == [("same-name", 3)]


@pytest.mark.parametrize(
    ("changed", "differ"),
    [
        ({}, []),
        ({"place": "宜 春市"}, []),
        ({"capacity": "2万吨"}, []),
        ({"place": "江西省"}, ["place"]),
        ({"firms": "firm/two"}, ["firms"]),
        ({"firms": "firm/two", "place": "江西省"}, ["firms", "place"]),
        ({"place": ""}, []),
    ],
)
def test_two_projects_of_one_name_are_told_with_both_rows_and_what_differs(
    truth: TruthStore, tmp_path: Path, changed: dict[str, str], differ: list[str]
) -> None:
    one = {"name": "电芯项目", "place": "宜春市", "firms": "firm/one", "capacity": "1万吨"}
    made = plan(truth, write_folder(tmp_path / "one", {"projects": [one, one | changed]}))
    (note,) = made.staged.notes
    assert (note.kind, note.row) == ("same-name", 3)
    assert "第2行" in note.zh
    assert "row 2" in note.en
    assert [name for name in ("firms", "place") if f"「{name}」" in note.zh] == differ
    assert ("多半是两个" in note.zh) == bool(differ)
    assert "project/1" in note.zh


def test_two_projects_of_one_name_with_ids_are_two(truth: TruthStore, tmp_path: Path) -> None:
    rows = [{"id": f"project/{n}", "name": "电芯项目", "place": "宜春市"} for n in (1, 2)]
    made = plan(truth, write_folder(tmp_path / "one", {"projects": rows}))
    assert made.staged.notes == []
    assert {"project/1", "project/2"} <= set(made.changes.keys["added"])


def test_a_hint_names_the_whole_call(tmp_path: Path) -> None:
    source = input_of(own(tmp_path, "my one"), name="月报")
    assert source.call("match") == f"lianpu match '{tmp_path}/my one' --as '月报'"
    mapped = input_of(tmp_path / "my one", mapping=Path("ckg"))
    assert mapped.call("load").endswith(" --mapping ckg")


def test_what_names_a_refused_row_is_not_at_fault_for_that(truth: TruthStore, tmp_path: Path) -> None:
    source = {"name": "台账", "medium": "无此载体"}
    rows = [{"name": f"{n}号公司", "place": "宜春市", "sources": "台账"} for n in range(3)]
    made = plan(truth, write_folder(tmp_path / "one", {"sources": [source], "firms": rows}))
    assert [(f.file, f.row) for f in made.faults] == [("sources.csv", 2)]
