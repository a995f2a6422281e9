"""Three workbooks as offices make them: checked, mended, matched, planned, loaded, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.digest import digest_of
from graph.errors import BadInput
from graph.members import projected
from graph.model import Node, Relation
from graph.ontology import load_ontology
from graph.truth import TruthStore, View
from ingest.answers import Answer
from ingest.load import LoadPlan, commit_load, plan_load
from ingest.settle import matching_of_plan
from tests.conftest import ON_NEO4J
from tests.support.program import Program, running_program
from tools.samples.books import books
from tools.samples.write import write_book

ONTOLOGY = load_ontology()
SAMPLES = Path(__file__).resolve().parent.parent / "docs/samples"
LEDGER, TITLES, COUNTY = "市工信局台账", "园区认定名单", "县区需求与问题"
#: (sheet, row, heading, what stands there): what was put into the workbooks to be found.
FAULTS = {
    LEDGER: {
        ("1.企业台账", 3, "主要产品", "主要产品"),
        ("1.企业台账", 3, "成立时间", "成立时间"),
        ("1.企业台账", 7, "统一社会信用代码", "913609007599770367"),
        ("2.项目清单", 6, "环节", "湿法隔膜"),
        ("2.项目清单", 7, "总投资", "=11.25*10000"),
        ("2.项目清单", 8, "状态", "在谈"),
    },
    TITLES: {
        ("认定名单", 4, "状态", "已认定"),
        ("认定名单", 7, "认定年份", "20223"),
    },
    COUNTY: {
        ("附表2、覆盖声明", 2, "截至", "去年6月底"),
        ("附表2、覆盖声明", 3, "是否查全", "基本"),
        ("附表3、需求", 2, "关于", "建筑陶瓷"),  # a segment and a product are called so
        ("附表3、需求", 3, "关于", "建筑陶瓷"),
        ("附表3、需求", 3, "类别", "用工"),
        ("附表3、需求", 3, "提出方", "示例釉料"),
        ("附表4、问题清单", 3, "状态", "正在办理"),
    },
}
#: Firms that are certainly known, under the name in the workbook.
SAME = {
    LEDGER: {
        "宜春时代新能源科技有限公司": "firm/yichun-catl",
        "江西国轩高科新能源科技有限公司": "firm/gotion-jiangxi",
        "江西升华新材料有限公司": "firm/shenghua",
        "江西同和药业股份有限公司": "firm/tonghe-pharma",
        "江西瑞源陶瓷有限公司": "firm/ruiyuan",
    },
    TITLES: {},
    COUNTY: {
        "江西新明珠建材有限公司": "firm/xmzga",
        "远东福斯特新能源（有限公司）": "firm/foster",
    },
}
#: Firms that a person is asked about, and the right answer.
ASKED = {
    LEDGER: {"江特电机": "firm/jiangte-motor", "仁和药业": "firm/renhe-pharma"},
    TITLES: {},
    COUNTY: {
        "欧雅陶瓷（高安）": "firm/ouya",
        "广东新明珠陶瓷高安基地": "firm/xmzga",
        "江西省福斯特新能源集团有限公司": "firm/foster",
    },
}
#: What the graph has more after the mended workbook is matched and loaded: class → names.
NEW = {
    LEDGER: {
        "Firm": {"示例锂电材料有限公司", "示例旧厂有限公司"},
        "Project": {"示例年产1万吨电解液项目"},
    },
    TITLES: {
        "Firm": {"示例锂电材料有限公司"},
        "Title": {"示例锂电：规上工业企业2022", "示例锂电：规上工业企业2023"},
    },
    COUNTY: {
        "Firm": {"示例釉料有限公司"},
        "Coverage": {"高安市建筑陶瓷（示例）", "高安市LED封装（示例）"},
        "Demand": {"釉料稳定供货（示例）", "釉料用工缺口（示例）"},
        "Problem": {"天然气价格（示例）", "物流成本（示例）"},
    },
}
Plans = Callable[[str, bool], LoadPlan]
each = pytest.mark.parametrize("name", [LEDGER, TITLES, COUNTY])


@pytest.fixture(scope="module")
def builtin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TruthStore]:
    truth = TruthStore(tmp_path_factory.mktemp("story") / "truth.sqlite")
    commit_load(plan_load("builtin", truth, ONTOLOGY), truth)
    yield truth
    truth.close()


@pytest.fixture
def truth(builtin: TruthStore, tmp_path: Path) -> Iterator[TruthStore]:
    """A truth store of one test, with the built-in data."""
    builtin.copy_to(tmp_path / "own.sqlite")
    own = TruthStore(tmp_path / "own.sqlite")
    yield own
    own.close()


@pytest.fixture(scope="module")
def plans(builtin: TruthStore) -> Plans:
    """The plan of a sample on the built-in data; its second argument: mended."""
    return cache(lambda name, mended: planned(name, builtin, mended=mended))


def graph_of(truth: TruthStore) -> dict[str, Node | Relation]:
    with truth.looking() as db:
        members = projected(View(db, decisions=truth.decisions()), ONTOLOGY)
        return {m.id if isinstance(m, Node) else m.rid: m for m in members}


def planned(name: str, truth: TruthStore, *, mended: bool) -> LoadPlan:
    path = SAMPLES / f"{name}{'-mended' if mended else ''}.xlsx"
    return plan_load(path, truth, ONTOLOGY, "office")


def same_firms(plan: LoadPlan) -> dict[str, str]:
    return {plan.names[m.retire]: m.keep for m in plan.merges if m.keep.startswith("firm/")}


def asked(plan: LoadPlan) -> dict[str, str]:
    """Firm asked about → the best candidate."""
    return {str(q.firm.props["name"]): q.candidates[0].id for q in plan.questions}


@pytest.mark.parametrize("mended", [False, True])
@each
def test_the_samples_are_what_their_script_writes(name: str, mended: bool, tmp_path: Path) -> None:
    book = next(b for b in books() if b.name == name)
    write_book(book, tmp_path / "again.xlsx", mended=mended)
    kept, again = (
        {s.title: list(s.values) for s in load_workbook(path).worksheets}
        for path in (SAMPLES / f"{name}{'-mended' if mended else ''}.xlsx", tmp_path / "again.xlsx")
    )
    assert kept == again


@each
def test_the_check_finds_what_was_put_in(name: str, plans: Plans) -> None:
    plan = plans(name, False)
    assert plan.refused
    assert {(f.sheet, f.row, f.column, f.found) for f in plan.faults} == FAULTS[name]
    assert len(plan.faults) == len(FAULTS[name])


@each
def test_every_fault_is_short(name: str, plans: Plans) -> None:
    for fault in plans(name, False).faults:
        assert len(fault.expected_zh) <= 150, fault.expected_zh
        assert fault.expected_zh.count("、") <= 15


def test_unknown_headings_tell_the_nearest_and_that_the_column_may_go(plans: Plans) -> None:
    told = {f.found: f for f in plans(LEDGER, False).faults}
    assert "「产品」" in told["主要产品"].expected_zh
    assert "「成立日期」" in told["成立时间"].expected_zh
    for fault in (told["主要产品"], told["成立时间"]):
        assert "删去" in fault.expected_zh
        assert "lianpu map" in fault.expected_zh


def test_what_is_no_row_and_what_is_hidden_is_noted(plans: Plans) -> None:
    notes = plans(LEDGER, True).staged.notes
    assert {(n.sheet, n.kind, n.row) for n in notes if n.row} == {
        ("1.企业台账", "numbering", 3), ("1.企业台账", "serial-date", 7), ("1.企业台账", "totals", 13),
        ("1.企业台账", "remark", 14), ("2.项目清单", "numbering", 3), ("2.项目清单", "serial-date", 4),
        ("2.项目清单", "totals", 9),
    }  # fmt: skip
    assert {(n.sheet, n.kind) for n in notes if not n.row} == {
        ("1.企业台账", "hidden-rows"), ("1.企业台账", "merged-cells"), ("2.项目清单", "merged-cells"),
        ("草稿", "hidden-sheet"),
    }  # fmt: skip


def test_a_table_with_an_unknown_heading_is_never_loaded_in_part(truth: TruthStore) -> None:
    before = graph_of(truth)
    plan = plan_load(SAMPLES / f"{LEDGER}.xlsx", truth, ONTOLOGY, "office", partial=True)
    assert plan.refused  # the other table names firms of that one, so nothing is left
    with pytest.raises(BadInput):
        commit_load(plan, truth)
    assert graph_of(truth) == before


@each
def test_the_mended_workbook_is_matched_loaded_and_undone(name: str, truth: TruthStore) -> None:
    before = graph_of(truth)
    plan = planned(name, truth, mended=True)
    assert plan.faults == []
    assert same_firms(plan) == SAME[name]
    assert asked(plan) == ASKED[name]
    with matching_of_plan(plan, truth, ONTOLOGY) as matching:
        made = matching.decisions(
            Answer(q.firm.key, ASKED[name][str(q.firm.props["name"])], same=True) for q in plan.questions
        )
    truth.settle(make=made)
    plan = planned(name, truth, mended=True)
    assert plan.questions == []
    done = commit_load(plan, truth)
    new = [m for key, m in graph_of(truth).items() if key not in before and isinstance(m, Node)]
    names = {cls: {str(m.props["name"]) for m in new if m.cls == cls} for cls in {m.cls for m in new}}
    sites = names.pop("Site")  # one for each new firm
    assert names == NEW[name]
    assert sites == NEW[name]["Firm"]
    assert done.load is not None
    truth.undo(done.load)
    assert digest_of(graph_of(truth).values()) == digest_of(before.values())
    assert planned(name, truth, mended=True).questions == []  # answered once


def test_units_dates_and_merged_cells_are_read_as_meant(truth: TruthStore) -> None:
    commit_load(planned(LEDGER, truth, mended=True), truth)
    graph = graph_of(truth)
    nodes = {str(m.props.get("name")): m for m in graph.values() if isinstance(m, Node) and "/u-" in m.id}
    example = nodes["示例年产1万吨电解液项目"]  # 20000 in a sheet in 万元
    assert (example.props["investment_value"], example.props["investment_unit"]) == (2, "亿元")
    assert (example.props["status_date_min"], example.props["status_date_max"]) == (
        "2024-06-01",
        "2024-06-30",
    )
    firm = next(
        m
        for m in graph.values()
        if isinstance(m, Node)
        and m.cls == "Firm"
        and "founded" in m.props
        and m.props["name"] == "示例锂电材料有限公司"
    )
    assert firm.props["founded"] == "2021-03"
    places = {
        (m.source, m.target) for m in graph.values() if isinstance(m, Relation) and m.cls == "LOCATED_IN"
    }
    assert ("project/shenghua-lfp-1", "place/360900") in places  # merged with the row above


def test_values_that_only_are_written_otherwise_are_no_contradiction(plans: Plans) -> None:
    assert plans(LEDGER, True).notices == []


def test_two_sheets_that_contradict_are_told(builtin: TruthStore, tmp_path: Path) -> None:
    book = next(b for b in books() if b.name == TITLES)
    other = [m for m in book.mends if m[0] != "认定名单（补报）" or m[1] in ("H1", "H2")]
    path = tmp_path / "half.xlsx"
    write_book(book.model_copy(update={"mends": other}), path, mended=True)
    plan = plan_load(path, builtin, ONTOLOGY)
    assert plan.faults == []
    found = {(n.what_zh, n.found, n.known) for n in plan.notices if n.kind == "contradicts-itself"}
    assert found == {
        ("文号", "赣工信企业字〔2021〕9号", "赣工信企业字〔2021〕6号 (认定名单:3)"),
        ("状态", "公示", "认定 (认定名单:3)"),
    }


def test_projects_of_a_numbered_sheet_are_told_as_known(builtin: TruthStore, tmp_path: Path) -> None:
    book = next(b for b in books() if b.name == LEDGER)
    path = tmp_path / "no-ids.xlsx"
    mends = [m for m in book.mends if not str(m[1]).startswith("J")]
    write_book(book.model_copy(update={"mends": mends}), path, mended=True)
    notices = plan_load(path, builtin, ONTOLOGY).notices
    assert {(n.kind, n.known) for n in notices} == {
        ("possible-duplicate", key)
        for key in ("project/catl-yichun-phase-1", "project/shenghua-lfp-1", "project/hengchuan-separator",
                    "project/yongxing-carbonate-2")
    }  # fmt: skip


@pytest.fixture(scope="module")
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    server = request.getfixturevalue("engine_config") if ON_NEO4J else None
    with running_program(tmp_path_factory.mktemp("program"), server) as running:
        yield running


def test_the_whole_way_on_the_command_line(program: Program, tmp_path: Path) -> None:
    messy, mended = SAMPLES / f"{COUNTY}.xlsx", str(SAMPLES / f"{COUNTY}-mended.xlsx")
    marked, questions = tmp_path / "标错.xlsx", tmp_path / "问题.csv"
    checked = program("check", str(messy), "--report", str(marked))
    assert checked.code == 1
    assert all(found in checked.out for *_, found in FAULTS[COUNTY])
    assert str(marked) in checked.out
    assert marked.exists()
    before = program("digest", "--json").json
    fine = program("check", mended)
    assert fine.code == 0
    assert "lianpu load" in fine.out
    assert str(questions) in program("match", mended, "--as", "county", "--export", str(questions)).out
    heading, *rows = questions.read_text("utf-8-sig").splitlines()
    right = {(name, known) for name, known in ASKED[COUNTY].items()}
    filled = [row + ("是" if (row.split(",")[1], row.split(",")[2]) in right else "") for row in rows]
    questions.write_text("\n".join([heading, *filled]), "utf-8-sig")
    answered = program("match", mended, "--as", "county", "--answers", str(questions), "--json")
    assert answered.code == 0
    loaded = program("load", mended, "--as", "county", "--visibility", "内部", "--yes", "--json").json
    assert loaded["questions"] == []
    assert program("undo", str(loaded["load"]), "--yes").code == 0
    assert program("digest", "--json").json == before
