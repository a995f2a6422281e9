"""The lists of recorded facts: 产业集群, 政策, 重点企业, 重点项目, 产业问题."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.gaps.list_models import (
    ClusterLine,
    Figure,
    FirmLine,
    PolicyLine,
    ProblemLine,
    ProjectLine,
    WorkLine,
)
from graph.gaps.list_models import Line as Fact
from graph.gaps.models import ChainWide, FactRef
from graph.repository.models import Ref, Text
from viz.documents.content import Content, Numbers
from viz.documents.sheet import TAIL, Column, Line, Sheet, Value, amount

#: Status of work that is told behind the segment; who is at work needs no word.
_STATUS = {
    "suspended": "停产",
    "under_construction": "在建",
    "planned": "规划",
    "ceased": "已停止",
    "unknown": "状态未记载",
}


def recorded_sheets(content: Content, numbers: Numbers) -> list[Sheet]:
    """The five sheets, in the order in which an office hands them in."""
    lists, made = content.lists, _Made(content, numbers)
    said = [(one, _said(one)) for one in content.panorama.chain_wide if _is_shortcoming(one)]
    return [
        made.sheet("产业集群清单", "clusters", _CLUSTERS, [(one, _cluster(one)) for one in lists.clusters],
                   "在本地、下辖地区和上级地区记录的本链集群；“目标”不是认定"),
        made.sheet("政策清单", "policies", _POLICIES, [(one, _policy(one)) for one in lists.policies],
                   "本地、下辖地区和上级地区关于本链的政策，及未写明产业链的政策"),
        made.sheet("重点企业清单", "firms", _FIRMS, [(one, _firm(one)) for one in lists.firms],
                   "本地有本链环节记录的企业，链主、龙头、上市企业在前；没有列出不等于没有企业"),
        made.sheet("重点项目清单", "projects", _PROJECTS, [(one, _project(one)) for one in lists.projects],
                   "本地填补本链环节的项目，投资大的在前；金额未注明单位处为亿元"),
        made.sheet("产业问题清单", "problems", _PROBLEMS,
                   [*((one, _problem(one)) for one in lists.problems), *said],
                   "企业或地方提出、由链长协调的问题；录入“问题”表：lianpu template --for 问题；"
                   "“来源说的短板”是来源说本地整条链的，没有人交办"),
    ]  # fmt: skip


class _Made:
    def __init__(self, content: Content, numbers: Numbers) -> None:
        self._content, self._numbers = content, numbers

    def sheet(
        self,
        name: str,
        kind: str,
        columns: Sequence[Column],
        rows: Sequence[tuple[Fact | FactRef, Sequence[Value]]],
        note: str,
    ) -> Sheet:
        lines = [self._line(fact, values) for fact, values in rows]
        total = self._content.lists.cut.get(kind)
        return Sheet(name, (*columns, *TAIL), lines, note, total=total)

    def _line(self, fact: Fact | FactRef, values: Sequence[Value]) -> Line:
        used = self._numbers.of(fact.sources)
        return Line((*values, fact.date, source_text(self._numbers, used, fact.standing)), used)


def source_text(numbers: Numbers, used: tuple[int, ...], standing: str | None) -> str:
    """Source numbers with their grades, and 待核实 where nobody has verified the fact."""
    told = {"unverified": " 待核实", "candidate": " 候选"}.get(standing or "", "")
    return f"{numbers.mark(used)}{told}"


_CLUSTERS = (
    Column("层级", 7, "short"),
    Column("名称", 28),
    Column("状态", 7, "short"),
    Column("地区", 11),
    Column("链", 10),
    Column("认定年份", 20),
    Column("企业数(年份,口径)", 20),
    Column("营收(年份,口径)", 20),
)


def _cluster(one: ClusterLine) -> list[Value]:
    return [
        zh(one.level),
        one.cluster.caption,
        zh(one.status),
        names(one.places),
        names(one.chains),
        lines(one.recognised),
        lines(map(_figure, one.firm_counts)),
        lines(map(_figure, one.revenues)),
    ]


def _figure(one: Figure) -> str:
    told = "，".join(part for part in (one.period, one.scope) if part)
    return f"{one.value}（{told}）" if told else one.value


_POLICIES = (
    Column("级别", 7, "short"),
    Column("名称", 34),
    Column("文号", 14),
    Column("日期", 10.5, "short"),
    Column("有效期", 10, "short"),
    Column("发布主体", 10),
    Column("支持对象", 10),
    Column("支持方式", 10),
    Column("申报窗口", 9),
    Column("兑现部门", 9),
    Column("状态", 8, "short"),
)


def _policy(one: PolicyLine) -> list[Value]:
    told = {None: None, True: "有效", False: "已过有效期"}[one.in_force]
    props = one.props
    return [
        props.get("level"),
        props.get("name") or one.policy.caption,
        props.get("doc_no"),
        props.get("issued"),
        props.get("validity"),
        *(props.get(key) for key in ("issuer", "supports", "means", "window", "payer")),
        told,
    ]


_FIRMS = (
    Column("名称", 22),
    Column("统一社会信用代码", 12),
    Column("类型/梯队", 18),
    Column("地区", 9),
    Column("园区", 13),
    Column("环节", 18),
    Column("产品", 18),
    Column("产能", 17),
    Column("与链主关系", 17),
)


def _firm(one: FirmLine) -> list[Value]:
    listed = [f"上市 {code}" for code in one.stock_codes]
    tiers = [text.zh for text in one.leads] + listed + one.titles
    ties = [
        f"{tie.label.zh}：{tie.leader.caption}" + (f"（{tie.what}）" if tie.what else "") for tie in one.ties
    ]
    own = ["本身被列为链主"] if one.chain_leader else []
    capacities = [f"{w.segment.caption}：{w.capacity}" for w in one.works if w.capacity]
    return [
        one.firm.caption,
        one.uscc,
        lines(tiers),
        names(one.places),
        names(one.parks),
        lines(dict.fromkeys(map(_work, one.works))),
        "、".join(one.products) or None,
        lines(capacities),
        lines(own + ties),
    ]


def _work(one: WorkLine) -> str:
    told = _STATUS.get(one.status)
    return f"{one.segment.caption}（{told}）" if told else one.segment.caption


_PROJECTS = (
    Column("名称", 18),
    Column("企业", 14),
    Column("环节", 11),
    Column("地点", 11),
    Column("建设性质", 6, "short"),
    Column("投资方来源地", 7, "short"),
    Column("投资(亿元)", 7, "number"),
    Column("合同资金", 7, "number"),
    Column("实际进资", 7, "number"),
    Column("累计完成投资", 7, "number"),
    Column("状态", 6, "short"),
    Column("状态日期", 10.5, "short"),
    Column("形象进度", 9),
    Column("用地/能评/环评", 9),
    Column("责任单位", 8),
    Column("挂点领导", 8),
    Column("存在问题", 9),
    Column("下一步", 8),
)


def _project(one: ProjectLine) -> list[Value]:
    approvals = [("用地", one.land), ("能评", zh(one.energy_review)), ("环评", zh(one.environment_review))]
    return [
        one.project.caption,
        names(one.firms),
        names(one.segments),
        names([*one.places, *one.parks]),
        zh(one.nature),
        one.investor_origin,
        *(amount(one_, "亿元") for one_ in (one.investment, one.contract_capital, one.paid_in, one.invested)),
        zh(one.status),
        one.status_date,
        one.progress,
        lines(f"{name}：{told}" for name, told in approvals if told),
        lines(one.responsible),
        lines(one.guides),
        lines(one.problems),
        one.next_step,
    ]


_PROBLEMS = (
    Column("类型", 13, "short"),
    Column("环节", 13),
    Column("描述", 28),
    Column("提出企业", 14),
    Column("共性问题号", 12),
    Column("影响", 12),
    Column("严重度", 7, "short"),
    Column("责任主体", 12),
    Column("交办日期", 10.5, "short"),
    Column("时限", 10.5, "short"),
    Column("状态", 8, "short"),
    Column("销号日期", 10.5, "short"),
)


def _problem(one: ProblemLine) -> list[Value]:
    props = one.props
    told = props.get("description")
    return [
        zh(one.kind),
        names(one.segments),
        f"{one.problem.caption}：{told}" if told and told != one.problem.caption else one.problem.caption,
        names(one.raised_by),
        lines(one.groups),
        props.get("impact"),
        zh(one.severity),
        names(one.assigned),
        props.get("assigned_on"),
        props.get("deadline"),
        zh(one.status),
        one.resolved_on,
    ]


def _is_shortcoming(one: ChainWide) -> bool:
    """Whether it tells of a gap of the place itself that nobody has filled."""
    told = one.strength or one.filled or one.gap_kind == "filled"
    return one.reach == "here" and one.subject_kind in ("place", None) and not told


def _said(one: FactRef) -> list[Value]:
    """What a source says of the chain as a whole, in its words; nothing of what an office does."""
    return ["来源说的短板", "整条链", one.says.zh, *[None] * (len(_PROBLEMS) - 3)]


def zh(text: Text | None) -> str | None:
    """The Chinese of a text."""
    return None if text is None else text.zh


def names(refs: Iterable[Ref]) -> str | None:
    """Names joined by 、; ``None`` where there are none."""
    return "、".join(dict.fromkeys(ref.caption for ref in refs)) or None


def lines(texts: Iterable[str]) -> str | None:
    """Texts one below the other; ``None`` where there are none."""
    return "\n".join(texts) or None
