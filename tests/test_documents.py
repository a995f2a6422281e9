"""The workbook and the brief, read back: what they hold is what the answers hold."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from docx import Document

from graph.gaps.models import ChainWide, Reach
from graph.gaps.rules import load_rules
from graph.repository.models import Text
from graph.targets import Entry, Step, Target
from tests.support.documents_sample import FORMULA, cell, content, lists, panorama
from viz.documents import STEPS, write_documents
from viz.documents.brief import write_brief
from viz.documents.bundle import sheets_of
from viz.documents.content import Booked, Content, Numbers
from viz.documents.explained import explained_sheet
from viz.documents.workbook import HEADINGS, write_workbook

#: The nine sheets and their columns, as they are asked for.
COLUMNS = {
    "产业集群清单": "层级, 名称, 状态, 地区, 链, 认定年份, 企业数(年份,口径), 营收(年份,口径)",
    "政策清单": "级别, 名称, 文号, 日期, 有效期, 发布主体, 支持对象, 支持方式, 申报窗口, 兑现部门, 状态",
    "重点企业清单": "名称, 统一社会信用代码, 类型/梯队, 地区, 园区, 环节, 产品, 产能, 与链主关系",
    "重点项目清单": "名称, 企业, 环节, 地点, 建设性质, 投资方来源地, 投资(亿元), 合同资金, 实际进资, "
    "累计完成投资, 状态, 状态日期, 形象进度, 用地/能评/环评, 责任单位, 挂点领导, 存在问题, 下一步",
    "产业问题清单": "类型, 环节, 描述, 提出企业, 共性问题号, 影响, 严重度, 责任主体, 交办日期, 时限, "
    "状态, 销号日期",
    "缺口清单": "排名, 环节, 上级环节, 现状, 风险, 定位, 对策, 规则, 依据, 省内是否有, 受影响的本地企业, "
    "优先级(分项,已知份额), 候选数",
    "招商目标企业清单": "企业, 所在地, 补哪个缺口, 适配理由, 分项得分, 总分, 已知份额, 与本地关系, 扩张信号, "
    "责任单位/人, 拟落园区, 状态, 最近接触, 下一步, 时限",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the documents of the sample."""
    folder = tmp_path_factory.mktemp("documents")
    write_documents(folder, content())
    return folder


@pytest.fixture(scope="module")
def frames(made: Path) -> dict[str, pd.DataFrame]:
    """The workbook as pandas reads it."""
    return read(made / "某市-某链-清单.xlsx")


def read(path: Path) -> dict[str, pd.DataFrame]:
    with path.open("rb") as handle:
        return pd.read_excel(handle, sheet_name=None, header=HEADINGS - 1, dtype=object)


def row(frame: pd.DataFrame, number: int = 0) -> dict[str, Any]:
    """A line without its empty cells."""
    return {str(k): v for k, v in frame.iloc[number].items() if not pd.isna(v)}


def test_the_nine_sheets_have_their_columns(frames: dict[str, pd.DataFrame]) -> None:
    assert list(frames) == [*COLUMNS, "待核实与未知清单", "数据说明"]
    for name, columns in COLUMNS.items():
        assert ", ".join(frames[name].columns) == f"{columns}, 截至, 来源"


def test_a_gap_is_told_with_its_rules_facts_and_known_share(frames: dict[str, pd.DataFrame]) -> None:
    assert len(frames["缺口清单"]) == 1
    told = row(frames["缺口清单"])
    assert (told["排名"], told["候选数"], told["环节"], told["上级环节"]) == (1, 4, "电解液", "材料")
    assert (told["现状"], told["风险"], told["定位"], told["对策"]) == ("弱", "外部依赖", "主攻", "补链")
    assert set(re.findall(r"（([a-z-]+)）", told["规则"])) == {"status", "risk-external"}
    assert "来源说薄弱" in told["依据"]
    assert "来源说外购" in told["依据"]
    assert told["省内是否有"] == "有：九江市"
    assert told["受影响的本地企业"] == "某龙头"
    assert told["优先级(分项,已知份额)"] == "0.60（关键度 0.60、牵引 未知；已知 60%）"
    assert told["截至"] == "2025"


def test_figures_stay_numbers_with_their_qualifier(made: Path, frames: dict[str, pd.DataFrame]) -> None:
    told = row(frames["重点项目清单"])
    assert told["投资(亿元)"] == 20.5
    assert told["合同资金"] == "3000万美元"
    assert told["用地/能评/环评"] == "能评：已批复"
    book = openpyxl.load_workbook(made / "某市-某链-清单.xlsx")
    cells = [c for r in book["重点项目清单"].iter_rows(min_row=HEADINGS + 1) for c in r if c.value == 20.5]
    assert [c.number_format for c in cells] == ['"约"General']


def test_what_is_not_recorded_is_an_empty_cell(frames: dict[str, pd.DataFrame]) -> None:
    project = set(row(frames["重点项目清单"]))
    told = "名称 环节 投资(亿元) 合同资金 状态 状态日期 用地/能评/环评 存在问题 截至 来源"
    assert project == set(told.split())
    assert set(row(frames["政策清单"])) == {"级别", "名称", "文号", "日期", "状态", "截至", "来源"}
    target = row(frames["招商目标企业清单"])
    assert not {"责任单位/人", "拟落园区", "最近接触", "下一步", "时限", "扩张信号"} & set(target)
    assert (target["所在地"], target["总分"], target["已知份额"]) == ("省外", 1, 0.5)
    assert target["状态"] == "线索(建议)"


def test_what_policies_give_and_how_problems_stand_is_told(tmp_path: Path) -> None:
    (policy,), (problem,) = lists().policies, lists().problems
    more = {
        "issuer": "某市政府",
        "supports": "新上规企业",
        "means": "贴息",
        "window": "每年3月",
        "payer": "工信局",
    }
    policy = policy.model_copy(update={"props": {**policy.props, **more}})
    stand = {"impact": "两条产线停工", "assigned_on": "2024-04", "deadline": "2024-06"}
    high = {"severity": Text(zh="高", en="high"), "props": {**problem.props, **stand}}
    given = content(lists=lists(policies=[policy], problems=[problem.model_copy(update=high)]))
    write_documents(tmp_path, given)
    read_back = read(tmp_path / "某市-某链-清单.xlsx")
    told = row(read_back["政策清单"])
    assert [told[k] for k in ("发布主体", "支持对象", "支持方式", "申报窗口", "兑现部门")] == list(
        more.values()
    )
    told = row(read_back["产业问题清单"])
    assert [told[k] for k in ("影响", "严重度", "交办日期", "时限")] == [
        "两条产线停工",
        "高",
        "2024-04",
        "2024-06",
    ]
    assert {"issuer", "supports", "means", "window", "payer"} <= set(
        given.ontology.entities["Policy"].properties
    )
    assert {"severity", *stand} <= set(given.ontology.entities["Problem"].properties)


def test_every_line_names_sources_that_are_listed_with_their_grade(frames: dict[str, pd.DataFrame]) -> None:
    explained = frames["数据说明"]
    listed = explained[explained["类别"] == "来源"].set_index("编号")
    assert set(listed["名称"]) == {"甲报", "乙文"}
    for name in COLUMNS:
        for mark in frames[name]["来源"]:
            found = re.findall(r"(\[\d+\])([ABC])", mark)
            assert found
            assert all(listed.loc[number, "等级"] == grade for number, grade in found)
    assert listed.loc[listed["名称"] == "乙文", "网址"].tolist() == ["https://example.org/b"]


def test_the_target_list_goes_before_suggestions(tmp_path: Path) -> None:
    given = content()
    found = given.targets[0]
    entry = Entry(
        firm="firm/far",
        gap=found.gap,
        status="talks",
        responsible="=某局",
        contacted="2026-10",
        due="2026-12",
    )
    step = Step(decision="d7", at="2026-11-20T08:00:00", user="u", reason="", changed={})
    target = Target(key=entry.key, entry=entry, version="d7", since="2026-11-01", history=[step])
    booked = [
        Booked(target, found.items[0].firm, found.segment, found.place, fit=fit)
        for fit in (found.items[0], None)
    ]
    write_documents(tmp_path, content(booked=booked))
    frame = read(tmp_path / "某市-某链-清单.xlsx")["招商目标企业清单"]
    assert frame["状态"].tolist() == ["在谈", "在谈", "线索(建议)"]
    first, second = row(frame), row(frame, 1)
    assert (first["责任单位/人"], first["最近接触"], first["时限"]) == ("=某局", "2026-10", "2026-12")
    assert (first["总分"], first["截至"]) == (1, "2026-11-20")
    assert first["来源"].startswith("台账 d7 [")
    assert second["来源"] == "台账 d7"
    brief = Document(str(tmp_path / "某市-某链-简报.docx"))
    assert any(p.text.endswith("在谈；=某局；2026-12（台账 d7）") for p in brief.paragraphs)
    assert not {"适配理由", "总分", "已知份额", "下一步"} & set(second)


def test_the_unknown_are_listed_and_never_called_a_gap(frames: dict[str, pd.DataFrame]) -> None:
    unknown = frames["待核实与未知清单"]
    assert unknown["类别"].tolist()[:2] == ["要紧的未知", "未定"]
    assert set(unknown["类别"][2:]) == {"链主缺配套", "企业待核实", "项目待核实", "集群待核实"}
    assert unknown.iloc[0]["问谁"] == "某市工信局"
    assert "电解液" not in set(unknown[unknown["类别"].isin(["要紧的未知", "未知", "未定"])]["环节"])


def test_the_explanation_has_every_rule_and_what_cannot_be_recorded(frames: dict[str, pd.DataFrame]) -> None:
    explained, given = frames["数据说明"], content()
    assert set(explained[explained["类别"] == "规则"]["编号"]) == set(given.rules.all)
    notes = " ".join(explained[explained["类别"] == "注意"]["说明"])
    assert "没有有效的覆盖声明" in notes
    scope = explained[explained["类别"] == "范围"].set_index("编号")
    assert scope.loc["截至", "名称"] == given.as_of


def test_the_explanation_tells_the_thresholds_that_were_applied(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("places: {place/360000: {stale-verdict: {years: 7}}}\n", "utf-8")
    given = content(rules=load_rules(own), areas=("place/360900", "place/360000"))
    lines = [line.values for line in explained_sheet(given, Numbers(given), [], []).lines]
    told = {line[1]: line[3] for line in lines if line[0] == "规则" and line[2] == "阈值和权重"}
    assert "：7" in str(told["stale-verdict"])
    assert "primary" not in str(told["role"])
    assert "主攻" in str(told["role"])


def test_no_text_becomes_a_formula(made: Path) -> None:
    book = openpyxl.load_workbook(made / "某市-某链-清单.xlsx")
    cells = [c for sheet in book for line in sheet.iter_rows() for c in line if c.value is not None]
    assert {c.data_type for c in cells} <= {"s", "n"}
    risky = [c for c in cells if str(c.value).startswith(("=", "+", "-", "@"))]
    assert {FORMULA, "+1号", "@某外地公司"} <= {c.value for c in risky}
    assert all(c.quotePrefix for c in risky)
    with zipfile.ZipFile(made / "某市-某链-清单.xlsx") as archive:
        xml = "".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/"))
    assert "<f>" not in xml


def test_sheets_filter_freeze_and_print_across_a4(made: Path) -> None:
    book = openpyxl.load_workbook(made / "某市-某链-清单.xlsx")
    for sheet in book:
        assert sheet.auto_filter.ref.startswith(f"A{HEADINGS}:")
        assert sheet.freeze_panes.endswith(str(HEADINGS + 1))
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"${HEADINGS}:${HEADINGS}"


def test_the_brief_numbers_sources_as_the_workbook_does(made: Path, frames: dict[str, pd.DataFrame]) -> None:
    doc = Document(str(made / "某市-某链-简报.docx"))
    paragraphs = [p.text for p in doc.paragraphs]
    whole = "\n".join(paragraphs)
    explained = frames["数据说明"]
    listed = explained[explained["类别"] == "来源"].set_index("编号")["名称"]
    for number, name in re.findall(r"^(\[\d+\]) (\S+?)。", whole, re.MULTILINE):
        assert listed[number] == name
    cited = set(re.findall(r"(\[\d+\])[ABC]", whole))
    assert cited
    assert cited == set(re.findall(r"^(\[\d+\])", whole, re.MULTILINE))
    assert any(p.startswith("1. 电解液：弱、外部依赖") for p in paragraphs)
    assert "龙头必需电解液，未见记录" in whole
    assert "有依据的缺口 1 个" in whole
    assert re.search(r"1 个环节什么也没有记录到，1 个环节有企业记录", whole)


def wide_said(key: str, reach: Reach = "here", **told: Any) -> ChainWide:
    return ChainWide(
        key=key, kind="statement", says=Text(zh=f"说{key}", en=key), date="2024", standing="verified",
        grade="A", sources=["source/a"], reach=reach, **told,
    )  # fmt: skip


def test_what_is_said_of_the_whole_chain_is_told_with_its_source(tmp_path: Path) -> None:
    wide = [wide_said("配套不足"), wide_said("全国第一", "around", strength=True)]
    whole = content(panorama=panorama().model_copy(update={"chain_wide": wide}))
    write_documents(tmp_path, whole)
    told = [p.text for p in Document(str(tmp_path / "某市-某链-简报.docx")).paragraphs]
    (here,), (around,) = ([t for t in told if text in t] for text in ("说配套不足", "说全国第一"))
    assert re.search(r"^来源说本地整条链.*说配套不足（2024） \[\d+\]A。$", here)
    assert re.search(r"^来源说上级地区整条链.*说全国第一（2024） \[\d+\]A。$", around)
    problems = read(tmp_path / "某市-某链-清单.xlsx")["产业问题清单"]
    line = row(problems, len(problems) - 1)
    assert re.fullmatch(r"\[\d+\]A", line.pop("来源"))
    assert line == {"类型": "来源说的短板", "环节": "整条链", "描述": "说配套不足", "截至": "2024"}


def test_only_a_shortcoming_of_the_place_itself_is_a_problem(tmp_path: Path) -> None:
    wide = [
        wide_said("本地缺", gap_kind="missing", subject_kind="place"), wide_said("本地未明"),
        wide_said("已补", gap_kind="filled"), wide_said("补上了", gap_kind="missing", filled=True),
        wide_said("强", strength=True), wide_said("全国缺", gap_kind="missing", subject_kind="nation"),
        wide_said("一企缺", gap_kind="weak", subject_kind="firm"),
        wide_said("全省缺", "around", gap_kind="missing"), wide_said("县里缺", "below", gap_kind="missing"),
    ]  # fmt: skip
    write_documents(tmp_path, content(panorama=panorama().model_copy(update={"chain_wide": wide})))
    problems = read(tmp_path / "某市-某链-清单.xlsx")["产业问题清单"]
    told = problems[problems["类型"] == "来源说的短板"]
    assert set(told["描述"]) == {"说本地缺", "说本地未明"}


def test_the_brief_counts_what_is_said_beyond_what_is_shown(tmp_path: Path) -> None:
    wide = [wide_said(f"话{n}") for n in range(50)]
    cut = {"chain_wide": wide, "chain_wide_counts": {"here": 57, "below": 9}}
    whole = content(panorama=panorama().model_copy(update=cut))
    write_brief(tmp_path / "brief.docx", whole, Numbers(whole), {})
    told = [p.text for p in Document(str(tmp_path / "brief.docx")).paragraphs]
    (here,) = (t for t in told if "说话0" in t)
    assert f"另有 {57 - here.count('说话')} 条" in here
    (below,) = (t for t in told if t.startswith("来源说下") and "整条链" in t)
    assert below.endswith("：有 9 条。")


def test_the_brief_names_what_is_recorded_with_its_sources(made: Path) -> None:
    told = "\n".join(p.text for p in Document(str(made / "某市-某链-简报.docx")).paragraphs)
    assert re.search(r"记录到的企业：.*（电解液） \[\d+\]C 待核实。", told)
    assert re.search(r"记录到的项目：某项目（建设，约20.5亿元） \[\d+\]C 待核实。", told)
    assert re.search(r"记录到的集群：某集群（省级，认定） \[\d+\]C 待核实。", told)


def test_the_brief_says_where_a_list_was_cut(tmp_path: Path) -> None:
    given = lists().firms[0]
    cut = "重点企业清单只列前 2 条，至少有 6000 条"
    many = lists(firms=[given] * 2, cut={"firms": 6000}, notes=[Text(zh=cut, en="cut")])
    whole = content(lists=many)
    write_brief(tmp_path / "brief.docx", whole, Numbers(whole), {})
    told = "\n".join(p.text for p in Document(str(tmp_path / "brief.docx")).paragraphs)
    assert "企业 至少 6000 家、项目 1 个" in told
    assert cut in told
    sheet = next(s for s in sheets_of(whole, Numbers(whole), []) if s.name == "重点企业清单")
    write_workbook(tmp_path / "cut.xlsx", "题", "2026", [sheet])
    above = openpyxl.load_workbook(tmp_path / "cut.xlsx")["重点企业清单"]["A2"].value
    assert "至少 6000 条，只列前 2 条" in above


def test_without_gaps_or_lines_the_documents_say_so(tmp_path: Path) -> None:
    given = content()
    kinds = ("clusters", "policies", "firms", "projects", "problems", "points")
    empty: dict[str, Any] = {kind: [] for kind in kinds}
    bare = content(
        panorama=panorama(cell("anode", "负极", "unknown")).model_copy(update={"below": [], "findings": []}),
        gaps=given.gaps.model_copy(update={"items": [], "total": 0}),
        worklist=given.worklist.model_copy(update={"items": [], "total": 0}),
        lists=lists(**empty),
        targets=[],
        around={},
    )
    made = write_documents(tmp_path, bare)
    assert {name: n for name, n in made.lines.items() if n} == {
        "待核实与未知清单": 1,
        "数据说明": made.lines["数据说明"],
    }
    book = openpyxl.load_workbook(tmp_path / "某市-某链-清单.xlsx")
    assert "没有记录" in book["重点企业清单"]["A2"].value
    assert "没有可据以判定的缺口" in book["缺口清单"]["A2"].value
    assert "没有可据以判定的缺口" in book["招商目标企业清单"]["A2"].value
    text = "\n".join(p.text for p in Document(str(tmp_path / "某市-某链-简报.docx")).paragraphs)
    assert "没有可据以判定的缺口" in text
    assert "这不说明没有缺口" in text


def test_every_step_is_reported(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    made = write_documents(tmp_path, content(), lambda done, total: told.append((done, total)))
    assert told[-1] == (STEPS, STEPS)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert sorted(made.files) == sorted(p.name for p in tmp_path.iterdir())


def test_ten_thousand_gaps_are_all_written(tmp_path: Path) -> None:
    given = content()
    gap = given.gaps.items[0]
    many = [gap.model_copy(update={"id": f"x/{n}@360900", "rank": n}) for n in range(1, 10_001)]
    large: Content = content(gaps=given.gaps.model_copy(update={"items": many, "total": len(many)}))
    sheet = next(s for s in sheets_of(large, Numbers(large), []) if s.name == "缺口清单")
    write_workbook(tmp_path / "large.xlsx", "题", "2026", [sheet])
    assert read(tmp_path / "large.xlsx")["缺口清单"]["排名"].tolist() == list(range(1, 10_001))


def test_a_name_that_no_system_allows_for_a_file_is_changed(tmp_path: Path) -> None:
    given = content()
    place = given.panorama.place.model_copy(update={"caption": "../某/市:*"})
    made = write_documents(tmp_path, content(panorama=given.panorama.model_copy(update={"place": place})))
    assert all(re.fullmatch(r'[^\\/:*?"<>|]+', name) for name in made.files)
    assert "某_市_-某链-清单.xlsx" in {name.lstrip("._") for name in made.files}
