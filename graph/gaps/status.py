"""现状 of a segment in a place, told with its basis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from graph.gaps.decide import Decision, Step, stopped_since
from graph.gaps.facts import Fact, Remark
from graph.gaps.groups import decide
from graph.gaps.index import Index
from graph.gaps.models import Basis, StatusVerdict
from graph.gaps.rules import Rules
from graph.gaps.said import areas_of
from graph.gaps.status_words import because, would_change
from graph.gaps.words import STATUS_LABELS, fact_ref, fact_refs, strongest

_COUNTED: Final = ("firms_for_strong",)
_TIER: Final = (*_COUNTED, "title_levels", "title_statuses")
#: Thresholds of the rule ``status`` that a step applies.
_APPLIED: Final[dict[Step, tuple[str, ...]]] = {
    "strong-cited": ("lead_grades",),
    "strong-or-weak": ("lead_grades",),
    "weak-cited": ("lead_grades",),
    "declared-weak": _COUNTED,
    "declared-undecided": _TIER,
    "declared-strong": _TIER,
}


def status_of(index: Index, rules: Rules, segment: str, place: str) -> StatusVerdict:
    """The status of a segment (leaf or group) in a place, park or zone, on the day of the facts.

    Returns
    -------
    StatusVerdict
        The facts of its basis are those that decide, the best first, then what else is recorded or said of
        the segment there: work, leads, statements of another kind, about a place below or around, the nation.
    """
    found = decide(index, rules, segment, place)
    strong = [f for f in found.facts if isinstance(f, Remark) and f.kind == "strength"]
    found = replace(found, stopped=strongest(stopped_since(index, segment, place, strong)))
    decisive = strongest(found.facts)
    keys = {fact.key for fact in decisive}
    beside = [fact for fact in strongest(_beside(index, segment, place, found)) if fact.key not in keys]
    basis = Basis(
        rule="status",
        rule_name=rules.rule("status").name,
        because=because(index, rules, found),
        thresholds=_thresholds(index, rules, segment, place, found),
        facts=fact_refs(index, (*decisive, *beside)),
        fact_count=len(decisive) + len(beside),
        as_of=index.day,
        would_change=would_change(index, rules, found),
    )
    return StatusVerdict(
        value=found.value,
        label=STATUS_LABELS[found.value],
        basis=basis,
        split=dict(found.split) if found.split else None,
        filled=fact_ref(index, found.filled) if found.filled is not None else None,
        conflict=found.conflict,
    )


def _thresholds(
    index: Index, rules: Rules, segment: str, place: str, found: Decision
) -> dict[str, float | int | str | list[str]]:
    scope = index.chains_of(segment), index.around(place)
    applied = {name: rules.value("status", name, *scope) for name in _APPLIED.get(found.step, ())}
    if found.declared is not None:
        applied["coverage_days"] = rules.value("coverage", "coverage_days", *scope)
    return applied


def _beside(index: Index, segment: str, place: str, found: Decision) -> Iterable[Fact]:
    for one in index.below(segment):
        yield from index.present(one, place)
    yield from index.leads(segment, place)
    yield from index.hearsay(segment, place)
    yield from found.void
    yield from found.stopped
    if found.filled is not None:
        yield found.filled
    if found.declared is not None:
        yield found.declared
    around = set(index.around(place))
    firms = {firm for one in index.below(segment) for w in index.at_work(one, place) for firm in w.firms}
    for remark in index.remarks(segment):
        if _touches(index, remark, place, around, firms):
            yield remark


def _touches(index: Index, remark: Remark, place: str, around: set[str], firms: set[str]) -> bool:
    """Whether a statement about the segment is of interest in ``place``.

    It speaks of it, of a place in or around it, of a firm at work there, or of the nation.
    """
    return (
        remark.subject_kind == "nation"
        or not around.isdisjoint(areas_of(remark))
        or not firms.isdisjoint(remark.firms)
        or any(place in index.around(area) for area in areas_of(remark))
    )
