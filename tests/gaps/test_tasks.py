"""The worklist: which links are asked about, whom, and a sheet that loads back as coverage declarations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.gaps.facts import Declaration
from graph.gaps.index import Index
from graph.gaps.models import Task
from graph.gaps.panorama import panorama_of
from graph.gaps.rules import load_rules
from graph.gaps.tasks import tasks_of, worklist_sheet
from graph.ontology import load_ontology
from graph.projection import project
from graph.repository.models import Ref
from graph.truth import TruthStore
from ingest.load import commit_load, plan_load
from tests.gaps.strategies import CHAIN
from tests.gaps.worlds import (
    CITY,
    COUNTY,
    OTHER,
    PROVINCE,
    A,
    B,
    C,
    declared,
    need,
    positioned,
    said,
    work,
    world,
)
from tests.support.folders import SMALL, write_folder

RULES = load_rules()


def tasks(index: Index, *places: str) -> list[Task]:
    return tasks_of(index, [panorama_of(index, RULES, CHAIN, place) for place in places or (CITY,)])


def asked(index: Index, *places: str) -> list[tuple[str, str]]:
    return [(task.segment.id, task.place.id) for task in tasks(index, *places)]


def test_only_what_matters_is_asked() -> None:
    assert asked(world()) == []
    assert asked(world(works=(work("u", C),), inputs=(need(),))) == [(A, CITY)]
    assert asked(world(works=(work("u", C, status="unknown"),), inputs=(need(),))) == []
    assert asked(world(works=(work("u", C),), inputs=(need(criticality="common"),))) == []
    assert set(asked(world(positions=(positioned(CITY, "main"),)))) == {(A, CITY), (B, CITY), (C, CITY)}
    assert asked(world(positions=(positioned(CITY, "support"),))) == []


def test_what_is_decided_or_has_an_alternative_here_is_not_asked() -> None:
    main = positioned(CITY, "main", A)
    assert asked(world(positions=(main,), remarks=(said("weak"),))) == []
    either = (need(A, C, group="任一"), need(B, C, group="任一"))
    assert asked(world(works=(work("u", C),), inputs=either)) == [(A, CITY), (B, CITY)]
    assert asked(world(works=(work("u", C), work("b", B)), inputs=either)) == []


def test_what_is_both_required_and_positioned_for_is_asked_first() -> None:
    index = world(
        works=(work("u", C), work("f", C, places=(OTHER,))),
        inputs=(need(B), need(A)),
        positions=(positioned(CITY, "main", A),),
    )
    assert asked(index, OTHER, CITY) == [(A, CITY), (A, OTHER), (B, CITY), (B, OTHER)]
    first = tasks(index)[0]
    assert first.reason.zh == "甲市 定位为主攻；本地在产的丙件必需它"


def test_a_segment_and_place_are_asked_about_once() -> None:
    index = world(positions=(positioned(CITY, "main", A),))
    assert asked(index, CITY, CITY) == [(A, CITY)]


@pytest.mark.parametrize(
    ("place", "whom"),
    [
        (PROVINCE, "建议问：省产业链链长办、省工信厅"),
        (CITY, "建议问：甲市产业链链办、工信部门"),
        (COUNTY, "建议问：甲县产业链链办、工信部门"),
        ("park/a", "建议问：甲园管委会"),
    ],
)
def test_whom_to_ask_by_the_level_of_the_place(place: str, whom: str) -> None:
    (task,) = tasks(world(positions=(positioned(place, "main", A),)), place)
    assert task.whom.zh == whom


def test_what_to_ask_by_what_is_recorded() -> None:
    main = positioned(CITY, "main", A)
    (nothing,) = tasks(world(positions=(main,)))
    assert nothing.ask.zh.startswith("甲市有没有企业做甲件")
    (one,) = tasks(world(positions=(main,), works=(work("1"),)))
    assert "已记firm/1" in one.ask.zh
    undated = replace(work("1"), date=None)
    conflict = world(positions=(main,), works=(undated,), remarks=(said("missing"),))
    (unsure,) = tasks(conflict)
    assert unsure.status.conflict
    assert "记录不一" in unsure.ask.zh
    assert all("名单查全了没有、截至哪一天" in task.ask.zh for task in (nothing, one, unsure))


def test_the_sheet_has_the_columns_of_a_coverage_declaration() -> None:
    index = world(positions=(positioned(CITY, "main", A), positioned("park/a", "main", A)))
    found = tasks(index, CITY, "park/a")
    sheet = worklist_sheet(found)
    assert (sheet.table, sheet.headings) == (
        "覆盖声明",
        ["名称", "声明者", "是否查全", "截至", "环节", "地区"],
    )
    assert sheet.rows == [["甲市·甲件", "", "", "", A, CITY]]
    english = worklist_sheet(found, "en")
    assert (english.table, english.headings[2]) == ("coverages", "Complete")


# Loading it back


@pytest.fixture
def truth(tmp_path: Path) -> Iterator[TruthStore]:
    store = TruthStore(tmp_path / "truth.sqlite")
    commit_load(plan_load(write_folder(tmp_path / "base", SMALL), store, load_ontology()), store)
    yield store
    store.close()


def test_a_filled_sheet_loads_back_and_counts_as_declared(truth: TruthStore, tmp_path: Path) -> None:
    cell = Ref(id="segment/x/cell", cls="Segment", caption="电芯")
    salt = Ref(id="segment/x/salt", cls="Segment", caption="锂盐")
    city = Ref(id="place/360900", cls="Place", caption="宜春市")
    (like,) = tasks(world(positions=(positioned(CITY, "main", A),)))
    asked_for = [like.model_copy(update={"segment": one, "place": city}) for one in (cell, salt)]
    sheet = worklist_sheet(asked_for)
    rows = [dict(zip(sheet.headings, row, strict=True)) for row in sheet.rows]
    rows[0] |= {"声明者": "宜春市工信局", "是否查全": "是", "截至": "2026-10"}  # the second is left as it was
    plan = plan_load(write_folder(tmp_path / "back", {sheet.table: rows}), truth, load_ontology())
    assert [fault.as_json() for fault in plan.faults] == []
    commit_load(plan, truth)
    graph = project(truth.current(), truth.decisions(), load_ontology())
    declarations = {n.props["name"]: n for n in graph.nodes.values() if n.cls == "Coverage"}
    assert set(declarations) == {"宜春市·电芯", "宜春市·锂盐"}
    filled, empty = declarations["宜春市·电芯"], declarations["宜春市·锂盐"]
    assert (filled.props["by"], filled.props["complete"], filled.props["as_of"]) == (
        "宜春市工信局",
        True,
        "2026-10",
    )
    assert not {"by", "complete", "as_of"} & set(empty.props)
    covered = {(r.source, r.target) for r in graph.relations.values() if r.cls == "COVERS"}
    assert covered == {
        (filled.id, cell.id), (filled.id, city.id), (empty.id, salt.id), (empty.id, city.id),
    }  # fmt: skip


def test_a_row_that_was_not_filled_declares_nothing() -> None:
    empty = Declaration("coverage/e", name="甲市·甲件", segments=(A,), places=(CITY,))
    filled = declared()
    assert panorama_of(world(declarations=(empty,)), RULES, CHAIN, CITY).counts == {"unknown": 3}
    assert panorama_of(world(declarations=(filled,)), RULES, CHAIN, CITY).counts == {
        "missing": 1,
        "unknown": 2,
    }
