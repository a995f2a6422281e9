"""Answers made by hand for one chain in one place, for the documents made from them. Names are invented."""

from __future__ import annotations

from typing import Any

from graph.gaps.candidate_models import Candidate, CandidateList, CandidatePart, Match
from graph.gaps.list_models import (
    Amount,
    ClusterLine,
    FieldLine,
    Figure,
    FirmLine,
    Lists,
    Point,
    PolicyLine,
    ProblemLine,
    ProjectLine,
    Tie,
    WorkLine,
)
from graph.gaps.models import (
    ActionVerdict,
    Basis,
    Cell,
    FactRef,
    Finding,
    Gap,
    GapList,
    Panorama,
    PlaceCount,
    Presence,
    Priority,
    PriorityPart,
    RiskVerdict,
    RoleVerdict,
    Status,
    StatusVerdict,
    Task,
    Worklist,
)
from graph.gaps.rules import load_rules
from graph.ontology import load_ontology
from graph.repository.models import Ref, SourceView, Text
from viz.documents import Content, Surroundings

DAY = "2026-11-24"
CHAIN = Ref(id="chain/x", cls="Chain", caption="某链")
CITY = Ref(id="place/360900", cls="Place", caption="某市")
LEADER = Ref(id="firm/l", cls="Firm", caption="某龙头")
COUNTY = Ref(id="place/360902", cls="Place", caption="某区")
FORMULA = '=HYPERLINK("http://x","看")'
MARKUP = "<b>某&环节</b>"
SOURCES = {
    "source/a": SourceView(id="source/a", name="甲报", publisher="甲社", date="2024-06-27", grade="A"),
    "source/b": SourceView(
        id="source/b", name="乙文", date="2023", grade="C", link=True, url="https://example.org/b"
    ),
}


def text(zh: str) -> Text:
    """A text that is the same in both languages."""
    return Text(zh=zh, en=zh)


def segment(key: str, name: str) -> Ref:
    """A segment of the chain."""
    return Ref(id=f"segment/x/{key}", cls="Segment", caption=name)


def fact(source: str = "source/a", says: str = "来源说薄弱", date: str | None = "2024-06") -> FactRef:
    """A fact with one source."""
    return FactRef(key="statement/s", kind="Statement", says=text(says), date=date, sources=[source])


def basis(rule: str = "status", *facts: FactRef) -> Basis:
    """A basis of a rule."""
    return Basis(
        rule=rule,
        rule_name=text("现状"),
        because=text(f"依{rule}"),
        facts=list(facts),
        fact_count=len(facts),
        as_of=DAY,
        would_change=text("声明名录完整"),
    )


_WORDS: dict[Status, str] = {"weak": "弱", "missing": "缺", "strong": "强", "recorded": "有记录·未定",
                             "unknown": "未知", "partly_unknown": "部分未知"}  # fmt: skip


def cell(key: str, name: str, status: Status, *facts: FactRef, **fields: Any) -> Cell:
    """A cell of the city."""
    given = {
        "segment": segment(key, name),
        "chain": CHAIN,
        "leaf": True,
        "place": CITY,
        "position": "upstream",
        "status": StatusVerdict(value=status, label=text(_WORDS[status]), basis=basis("status", *facts)),
        "role": RoleVerdict(value="main", label=text("主攻"), basis=basis("role")),
        "presence": Presence(firms=1 if status in ("weak", "recorded") else 0),
    }
    return Cell(**{**given, **fields})


def weak_cell() -> Cell:
    """A weak link with a risk, an action and a priority of which a part is unknown."""
    risk = RiskVerdict(
        value="external",
        label=text("外部依赖"),
        basis=basis("risk-external", fact("source/b", "来源说外购", "2025")),
    )
    parts = [
        PriorityPart(name="criticality", label=text("关键度"), value=0.6, weight=0.3, because=text("常用")),
        PriorityPart(name="pull", label=text("牵引"), value=None, weight=0.2, because=text("没有记录")),
    ]
    return cell(
        "electrolyte", "电解液", "weak", fact(),
        parents=["segment/x/group"], risks=[risk], position="midstream",
        actions=[ActionVerdict(value="fill", label=text("补链"), basis=basis("action"))],
        priority=Priority(value=0.6, known=0.6, parts=parts),
    )  # fmt: skip


def panorama(*cells: Cell) -> Panorama:
    """A group and its cells, with counts."""
    group = cell("group", "材料", "partly_unknown", leaf=False)
    counts: dict[Status, int] = {}
    for one in cells:
        counts[one.status.value] = counts.get(one.status.value, 0) + 1
    finding = Finding(
        rule="leader-lacks-input", rule_name=text("链主缺配套"), severity="high",
        segment=segment("electrolyte", "电解液"), says=text("龙头必需电解液，未见记录"),
        basis=basis("leader-lacks-input", fact("source/b")),
    )  # fmt: skip
    return Panorama(
        chain=CHAIN, place=CITY, as_of=DAY, cells=[group, *cells], counts=counts, findings=[finding],
        below=[PlaceCount(place=COUNTY, sites=3, firms=2), PlaceCount(place=None, sites=1, firms=1)],
        notes=[text("没有有效的覆盖声明")], cited=SOURCES,
    )  # fmt: skip


def lists(**fields: Any) -> Lists:
    """One line in every list but that of applications and technologies."""
    firm = Ref(id="firm/one", cls="Firm", caption=FORMULA)
    base = {"standing": "unverified", "grade": "C", "sources": ["source/b"], "date": "2023"}
    electrolyte = segment("electrolyte", "电解液")
    given: dict[str, Any] = {
        "chain": CHAIN, "place": CITY, "as_of": DAY, "cited": SOURCES,
        "clusters": [
            ClusterLine(
                key="cluster/c", **base, cluster=Ref(id="cluster/c", cls="Cluster", caption="某集群"),
                level=text("省级"), status=text("认定"), places=[CITY], chains=[CHAIN],
                recognised=["2021（省级集群，认定）"],
                firm_counts=[Figure(value="12家", period="2023", scope="规上")],
                revenues=[Figure(value="120亿元", period="2023")],
            )
        ],
        "policies": [
            PolicyLine(
                key="policy/p", **{**base, "standing": "verified"},
                policy=Ref(id="policy/p", cls="Policy", caption="某政策"),
                in_force=True, props={"level": "省级", "name": "某政策", "doc_no": "+1号", "issued": "2023"},
            )
        ],
        "firms": [
            FirmLine(
                key="firm/one", **base, firm=firm, uscc="91360000X12430120H", stock_codes=["300750.SZ"],
                leads=[text("电解液龙头")], titles=["专精特新（省级，认定）"], places=[CITY],
                works=[WorkLine(segment=electrolyte, status="suspended", product="液", capacity="3万吨")],
                products=["液"],
                ties=[Tie(label=text("供货给"), leader=LEADER, what="液")],
            )
        ],
        "projects": [
            ProjectLine(
                key="project/j", **base, project=Ref(id="project/j", cls="Project", caption="某项目"),
                segments=[electrolyte], status=text("建设"), status_date="2024-03",
                investment=Amount(given="约20.5亿元", value=20.5, unit="亿元", qualifier="约"),
                contract_capital=Amount(given="3000万美元", value=0.3, unit="亿美元"),
                energy_review=text("已批复"), problems=["用地未批"],
            )
        ],
        "problems": [
            ProblemLine(
                key="problem/q", **base, problem=Ref(id="problem/q", cls="Problem", caption="缺工"),
                kind=text("个性问题"), status=text("已解决"), segments=[electrolyte], raised_by=[firm],
                groups=["招工难"], resolved_on="2024-05", props={"description": "旺季缺工"},
            )
        ],
        "points": [Point(place=COUNTY, lon=114.3, lat=27.8)],
    }  # fmt: skip
    return Lists(**{**given, **fields})


def field_line(key: str, name: str, *segments: str) -> FieldLine:
    """An application or technology recorded for segments of the chain."""
    return FieldLine(
        key=key, date="2024", standing="verified", grade="A", sources=["source/a"],
        field=Ref(id=key, cls="Application", caption=name), segments=[f"segment/x/{s}" for s in segments],
    )  # fmt: skip


def targets() -> CandidateList:
    """One candidate for the weak link, with an unknown part."""
    part = CandidatePart(
        name="product", label=text("产品匹配"), value=1.0, weight=0.5, because=text("同一产品")
    )
    unknown = CandidatePart(
        name="relation", label=text("关系"), value=None, weight=0.5, because=text("没有记录")
    )
    match = Match(
        how="product", label=text("产品相同"), value=1.0, wanted="电解液", found="电解液",
        facts=[fact("source/b")],
    )  # fmt: skip
    one = Candidate(
        rank=1, group="outside", firm=Ref(id="firm/far", cls="Firm", caption="@某外地公司"),
        origin="elsewhere", origin_label=text("省外"), places=[], score=1.0, known=0.5, low=0.5,
        middle=0.75, high=1.0, parts=[part, unknown], matches=[match],
    )  # fmt: skip
    return CandidateList(
        gap="x/electrolyte@360900", segment=segment("electrolyte", "电解液"), place=CITY, as_of=DAY,
        weights={},
        order="score", ordered=text("按总分"), groups={"outside": 1, "local": 0}, origin=[],
        wanted=["电解液"], items=[one], total=1, found=1, complete=True,
        origins={}, matches={}, cited=SOURCES,
    )  # fmt: skip


def content(**fields: Any) -> Content:
    """The content of the documents: one gap, one unknown link, one undecided."""
    weak = weak_cell()
    cells = (weak, cell("anode", MARKUP, "unknown"), cell("cell", "电芯", "recorded", fact("source/b")))
    unknown = cells[1]
    task = Task(
        segment=unknown.segment, place=CITY, status=unknown.status, reason=text("本地必需"),
        ask=text("有没有企业？"), whom=text("某市工信局"),
    )  # fmt: skip
    gap = Gap(id="x/electrolyte@360900", rank=1, cell=weak, candidates=4)
    given: dict[str, Any] = {
        "ontology": load_ontology(),
        "rules": load_rules(),
        "panorama": panorama(*cells),
        "gaps": GapList(chain=CHAIN, place=CITY, as_of=DAY, items=[gap], total=1, cited=SOURCES),
        "worklist": Worklist(chain=CHAIN, place=CITY, as_of=DAY, items=[task], total=1),
        "lists": lists(),
        "targets": [targets()],
        "around": {
            gap.id: Surroundings(
                [Ref(id="place/360400", cls="Place", caption="九江市")],
                [LEADER],
            )
        },
        "made_at": "2026-11-24 12:00+00:00",
        "revision": 3,
        "visibility": "内部",
    }
    return Content(**{**given, **fields})
