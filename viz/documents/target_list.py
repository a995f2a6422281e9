"""招商目标企业清单: the target list, and suggestions where nobody is on it yet."""

from __future__ import annotations

from typing import Final

from graph.gaps.candidate_models import Candidate, CandidateList, Group, RelationPath
from graph.gaps.candidates.words import AFFILIATE, GROUP_LABELS
from graph.gaps.models import FactRef
from graph.office_time import office_day
from graph.targets import STATUSES
from viz.documents.content import Booked, Content, Numbers, sources_of
from viz.documents.gap_lists import verdict_line
from viz.documents.lists import lines, names
from viz.documents.sheet import TAIL, Column, Line, Number, Sheet, Value

_TARGETS: Final = (
    Column("企业", 17),
    Column("所在地", 10),
    Column("补哪个缺口", 11),
    Column("适配理由", 22, "long"),
    Column("分项得分", 18),
    Column("总分", 6, "short"),
    Column("已知份额", 7, "short"),
    Column("与本地关系", 15),
    Column("扩张信号", 15),
    Column("责任单位/人", 8),
    Column("拟落园区", 8),
    Column("状态", 11, "short"),
    Column("最近接触", 10.5, "short"),
    Column("下一步", 8),
    Column("时限", 10.5, "short"),
)


def target_sheet(content: Content, numbers: Numbers) -> Sheet:
    """招商目标企业清单: the target list, then the best candidates of gaps for which nobody is on it yet.

    Of these first those from outside, then those that are here already.
    """
    made = [_booked_line(content, numbers, one) for one in content.booked]
    made += [
        verdict_line(numbers, [*_head(one, found), *_fit(one), *_suggested(group)], _target_facts(one))
        for group in GROUP_LABELS
        for found in content.targets
        for one in found.items
        if one.group == group
    ]
    booked = f"前 {len(content.booked)} 条是招商台账所记（lianpu targets）；" if content.booked else ""
    note = (
        f"{booked}“{_SUGGESTED['outside']}”是按规则给出的外地候选，尚未录入台账，每个缺口取前几家，"
        f"空栏由招商部门填写；列在其后的“{_SUGGESTED['local']}”是已在本地的企业，不是招商对象，可请它延伸到该环节"
    )
    return Sheet("招商目标企业清单", (*_TARGETS, *TAIL), made, note)


#: The status of a suggestion.
_SUGGESTED: Final[dict[Group, str]] = {"outside": "线索(建议)", "local": "线索(本地延伸)"}


def _suggested(group: Group) -> list[Value]:
    """What a suggestion has in the columns from 责任单位/人 on."""
    return [None, None, _SUGGESTED[group], None, None, None]


def _head(one: Candidate, found: CandidateList) -> list[Value]:
    return [one.firm.caption, names(one.places) or one.origin_label.zh, found.segment.caption]


def _fit(one: Candidate) -> list[Value]:
    expansion = [p.because.zh for p in one.parts if p.name == "expansion" and p.value]
    parts = (f"{p.label.zh} {'未知' if p.value is None else f'{p.value:.2f}'}" for p in one.parts)
    return [
        lines(f"{m.label.zh}：{m.found}" for m in one.matches),
        "、".join(parts),
        None if one.score is None else Number(round(one.score, 4), form="0.00"),
        Number(round(one.known, 4), form="0%"),
        lines([*_family(one), *map(_path, one.other_paths)]),
        lines(expansion),
    ]


def _booked_line(content: Content, numbers: Numbers, one: Booked) -> Line:
    """A target as the list holds it; its source is the decision by which it does."""
    entry, here = one.target.entry, one.place.id == content.panorama.place.id
    facts = [] if one.fit is None else _target_facts(one.fit)
    used = numbers.of(sources_of(facts))
    values: list[Value] = [
        one.firm.caption,
        names(one.places),
        one.segment.caption if here else f"{one.segment.caption}（{one.place.caption}）",
        *([None] * 6 if one.fit is None else _fit(one.fit)),
        entry.responsible,
        None if one.park is None else one.park.caption,
        STATUSES[entry.status].zh,
        entry.contacted,
        entry.next_step,
        entry.due,
        office_day(one.target.history[-1].at),
        f"台账 {one.target.version}" + (f" {numbers.mark(used)}" if used else ""),
    ]
    return Line(values, used)


def _family(one: Candidate) -> list[str]:
    """That the firm is here already, or whom here it owns or is owned by."""
    here = [GROUP_LABELS[one.group].zh] if one.group == "local" else []
    return [*here, *(f"{AFFILIATE.zh}：{_steps(path)}" for path in one.affiliates)]


def _path(path: RelationPath) -> str:
    return f"{path.to.caption}{'（链主/龙头）' if path.leader else ''}：{_steps(path) or '同一企业'}"


def _steps(path: RelationPath) -> str:
    return "；".join(f"{s.source.caption} {s.label.zh} {s.target.caption}" for s in path.steps)


def _target_facts(one: Candidate) -> list[FactRef]:
    facts = [fact for match in one.matches for fact in match.facts]
    facts += [fact for part in one.parts for fact in part.facts]
    return facts + [step.fact for path in (*one.affiliates, *one.paths) for step in path.steps]
