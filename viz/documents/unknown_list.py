"""待核实与未知清单: what is to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from graph.gaps.list_models import Line as Fact
from graph.gaps.models import Cell, Finding, Task
from graph.repository.models import Ref
from viz.documents.content import Content, Numbers
from viz.documents.gap_lists import verdict_line
from viz.documents.lists import names, source_text, zh
from viz.documents.sheet import TAIL, Column, Line, Sheet, Value

#: Status of what is not known, for the list of what is to be asked.
OPEN: Final = ("unknown", "partly_unknown", "recorded")

_UNKNOWN: Final = (
    Column("类别", 10, "short"),
    Column("对象", 20),
    Column("环节", 15),
    Column("地区", 9),
    Column("现状", 9, "short"),
    Column("为什么要核实", 32, "long"),
    Column("问什么", 32, "long"),
    Column("问谁", 16),
)


def unknown_sheet(content: Content, numbers: Numbers) -> Sheet:
    """待核实与未知清单: links of which nothing is known or settled, findings of rules, unverified facts."""
    tasks = {(task.segment.id, task.place.id): task for task in content.worklist.items}
    made: list[Line] = [
        verdict_line(numbers, _task(task), task.status.basis.facts) for task in content.worklist.items
    ]
    made += [
        verdict_line(numbers, _cell(cell), cell.status.basis.facts)
        for cell in content.panorama.cells
        if cell.leaf and cell.status.value in OPEN and (cell.segment.id, cell.place.id) not in tasks
    ]
    made += [
        verdict_line(numbers, _finding(content, finding), finding.basis.facts)
        for finding in content.panorama.findings
    ]
    made += _facts(content, numbers)
    note = (
        "先列要紧的未知环节（主攻链条、必需投入），再列其余未知或未定的环节、按规则发现的疑点，"
        "最后列待核实的事实"
    )
    return Sheet("待核实与未知清单", (*_UNKNOWN, *TAIL), made, note)


def _task(task: Task) -> list[Value]:
    return [
        "要紧的未知",
        None,
        task.segment.caption,
        task.place.caption,
        task.status.label.zh,
        task.reason.zh,
        task.ask.zh,
        task.whom.zh,
    ]


def _cell(cell: Cell) -> list[Value]:
    return [
        "未定" if cell.status.value == "recorded" else "未知",
        names(cell.presence.who),
        cell.segment.caption,
        cell.place.caption,
        cell.status.label.zh,
        cell.status.basis.because.zh,
        zh(cell.status.basis.would_change),
        None,
    ]


def _finding(content: Content, finding: Finding) -> list[Value]:
    return [
        finding.rule_name.zh,
        None if finding.subject is None else finding.subject.caption,
        None if finding.segment is None else finding.segment.caption,
        content.place,
        None,
        finding.says.zh,
        zh(finding.basis.would_change),
        None,
    ]


def _facts(content: Content, numbers: Numbers) -> Iterator[Line]:
    """The facts of the lists that nobody has verified."""
    lists = content.lists
    for firm in lists.firms:
        yield from _fact(
            numbers,
            firm,
            "企业",
            firm.firm.caption,
            segments=[w.segment for w in firm.works],
            places=firm.places,
        )
    for project in lists.projects:
        yield from _fact(
            numbers,
            project,
            "项目",
            project.project.caption,
            segments=project.segments,
            places=project.places,
        )
    for cluster in lists.clusters:
        yield from _fact(numbers, cluster, "集群", cluster.cluster.caption, places=cluster.places)
    for policy in lists.policies:
        yield from _fact(numbers, policy, "政策", policy.policy.caption, places=policy.places)


def _fact(
    numbers: Numbers, fact: Fact, kind: str, name: str, *, segments: Iterable[Ref] = (), places: Iterable[Ref]
) -> Iterator[Line]:
    if fact.standing not in ("unverified", "candidate"):
        return
    used = numbers.of(fact.sources)
    why = f"最好的来源为 {fact.grade} 级，尚未对照核实" if fact.grade else "没有来源，尚未核实"
    values = (f"{kind}待核实", name, names(segments), names(places), None, why, None, None, fact.date)
    yield Line((*values, source_text(numbers, used, fact.standing)), used)
