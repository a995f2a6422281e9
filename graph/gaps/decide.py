"""The decision table of 现状, without words: which of its steps decides, and by which facts.

Nothing here calls a segment missing or weak without a cited statement or a valid coverage declaration, and
one more operating firm in a place never makes the status of a leaf segment worse (missing, weak, unknown or
undecided, strong).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.gaps.coverage import declaration_for
from graph.gaps.facts import STOPPED, Declaration, Fact, Remark, Work
from graph.gaps.index import Index
from graph.gaps.models import Status
from graph.gaps.rules import Rules
from graph.gaps.said import Said, areas_of, said_of
from graph.gaps.tier import above_tier

#: Steps of the table; their words are in ``status_words``.
Step = Literal[
    "missing-cited",
    "missing-or-not",
    "declared-nobody",
    "declared-possible",
    "strong-or-weak",
    "strong-cited",
    "weak-cited",
    "declared-weak",
    "declared-strong",
    "declared-undecided",
    "recorded",
    "unknown",
    "group-unknown",
    "group-partly-unknown",
    "group-recorded",
    "group-missing",
    "group-weak",
    "group-strong",
]


@dataclass(frozen=True, slots=True)
class Decision:
    """A status and why.

    Attributes
    ----------
    facts : those that decide. filled : tells of a gap that was filled.
    void : statements of a missing link that a later record of somebody at work has overtaken.
    older : work recorded before the statement that decides. stopped : work that ended after the statements of
    strength among ``facts``; told only (``status``).
    numbers : counts that its words name. split : of a group, its leaves by status.
    """

    value: Status
    step: Step
    facts: Sequence[Fact] = ()
    conflict: bool = False
    filled: Remark | None = None
    void: tuple[Remark, ...] = ()
    older: Sequence[Work] = ()
    stopped: Sequence[Work] = ()
    declared: Declaration | None = None
    valid: bool = False
    numbers: tuple[tuple[str, int], ...] = ()
    split: tuple[tuple[Status, int], ...] = ()


def decide_leaf(index: Index, rules: Rules, segment: str, place: str) -> Decision:
    """The status of a leaf segment in a place."""
    here = index.at_work(segment, place)
    said = said_of(index, segment, place, lambda: here)
    on = _after_missing(index, rules, segment, place, here=here, said=said)
    return with_missing(index, said, (segment,), place, lambda: here, on)


def with_missing(  # noqa: PLR0917 - the cell and what is known of it
    index: Index,
    said: Said,
    segments: Sequence[str],
    place: str,
    at_work: Callable[[], Sequence[Work]],
    on: Decision,
) -> Decision:
    """Step 1: ``on`` is what holds where no statement of a missing link stands.

    A statement about the place stands against work recorded of a time before it. One about a place around it
    stands neither against anybody recorded at work here, nor against somebody at work since who is recorded
    only for a place around and may be here: it leaves the place undecided.

    Parameters
    ----------
    segments : the segment with all that is part of it. at_work : who is at work in these in the place.
    """
    if said.filled is not None:
        on = replace(on, filled=said.filled)
    if not said.missing:
        return on
    here = at_work()
    open_ = [m for m in said.missing if not any(_overtakes(w, m) for w in here)]
    perhaps = [] if here else [w for m in open_ for w in _perhaps_since(index, m, segments, place)]
    stands = [
        m
        for m in open_
        if (place in areas_of(m) and all(_precedes(w, m) for w in here))
        or not (here or _perhaps_since(index, m, segments, place))
    ]
    if stands:
        return replace(
            on, value="missing", step="missing-cited", facts=stands, conflict=False, older=here, numbers=()
        )
    if open_ and on.value != "weak":
        return replace(
            on,
            value="recorded",
            step="missing-or-not",
            facts=(*open_, *here, *{w.key: w for w in perhaps}.values()),
            conflict=True,
            numbers=(),
        )
    return replace(on, void=said.missing)


def _perhaps_since(index: Index, missing: Remark, segments: Sequence[str], place: str) -> list[Work]:
    """Who is at work where the statement speaks of, not surely before it, and may be in ``place``."""
    return [
        w
        for one in segments
        for w in index.possible(one, place)
        if index.is_at_work(w)
        and not _precedes(w, missing)
        and any(index.inside(w.places, w.parks, area) for area in areas_of(missing))
    ]


def _overtakes(work: Work, missing: Remark) -> bool:
    """Whether ``work`` is recorded of a time from the statement on."""
    return work.date is not None and missing.date is not None and work.date.last >= missing.date.first


def _precedes(work: Work, missing: Remark) -> bool:
    """Whether ``work`` is recorded of a time before the statement."""
    return work.date is not None and missing.date is not None and work.date.last < missing.date.first


def _after_missing(
    index: Index, rules: Rules, segment: str, place: str, *, here: Sequence[Work], said: Said
) -> Decision:
    declared, valid = declaration_for(index, rules, segment, place)
    by: tuple[Fact, ...] = (declared,) if declared is not None else ()
    possible = [*index.possible(segment, place), *index.vague(segment, place)] if valid else []
    present = index.present(segment, place)
    cited = by_statements(index, rules, segment, place, said)
    if valid and not present:
        if not possible:
            found = Decision("missing", "declared-nobody", by)
        elif cited is not None and cited.value == "weak":
            found = cited
        else:
            found = Decision("recorded", "declared-possible", (*by, *possible), numbers=_sites(possible))
    elif cited is not None:
        found = cited
    elif valid:
        found = _by_count(index, rules, segment, place, here=here, possible=possible, by=by)
    elif present:
        found = Decision("recorded", "recorded", present)
    else:
        found = Decision("unknown", "unknown")
    return found if declared is None else replace(found, declared=declared, valid=valid)


def by_statements(index: Index, rules: Rules, segment: str, place: str, said: Said) -> Decision | None:
    """Steps 3 and 4: cited strength, a recognised leader at work, cited weakness; the later decides."""
    if not index.leaders(segment):
        return weigh(said.strength, said.weak)
    grades = rules.texts("status", "lead_grades", index.chains_of(segment), index.around(place))
    over = {segment, *index.parents_all(segment), *index.chains_of(segment)}
    leads = [
        lead
        for one in index.below(segment)
        for lead in index.leads(one, place)
        if lead.about in over and lead.grade in grades
    ]
    return weigh((*said.strength, *leads), said.weak)


def weigh(strong: Iterable[Fact], weak: Iterable[Fact]) -> Decision | None:
    """Strength against weakness by the last days of their dates; what is equal or undated decides nothing."""
    strengths, weaknesses = list(strong), list(weak)
    if not strengths and not weaknesses:
        return None
    if not weaknesses:
        return Decision("strong", "strong-cited", tuple(strengths))
    if not strengths:
        return Decision("weak", "weak-cited", tuple(weaknesses))
    both = (*strengths, *weaknesses)
    if any(all(_is_later(s, w) for w in weaknesses) for s in strengths):
        return Decision("strong", "strong-cited", both)
    if any(all(_is_later(w, s) for s in strengths) for w in weaknesses):
        return Decision("weak", "weak-cited", both)
    return Decision("recorded", "strong-or-weak", both, conflict=True)


def stopped_since(index: Index, segment: str, place: str, strong: Sequence[Remark]) -> list[Work]:
    """Who is recorded there as suspended or ceased of a time after all of ``strong`` that are dated."""
    if not any(said.date for said in strong):
        return []
    return [
        work
        for one in index.below(segment)
        for work in index.works(one, place)
        if work.status in STOPPED and all(said.date is None or _is_later(work, said) for said in strong)
    ]


def _is_later(one: Fact, other: Fact) -> bool:
    return one.date is not None and other.date is not None and one.date.last > other.date.last


def _by_count(
    index: Index,
    rules: Rules,
    segment: str,
    place: str,
    *,
    here: Sequence[Work],
    possible: list[Work],
    by: tuple[Fact, ...],
) -> Decision:
    """Step 5: a declared list is counted. Firms of unknown status may operate or not, and sites recorded for
    no place, a place around or a group above may be in it or not: neither makes it weak or strong."""
    k = int(rules.number("status", "firms_for_strong", index.chains_of(segment), index.around(place)))
    operating = [w for w in here if w.status == "operating"]
    sure, at_most = index.makers(operating), index.makers(here)
    numbers = (("firms", len(at_most)), ("operating", len(sure)), *_sites(possible), ("k", k))
    if len(sure) >= k:
        above = above_tier(index, rules, segment, place, sure)
        if above:
            return Decision("strong", "declared-strong", (*by, *above, *operating), numbers=numbers)
    elif len(at_most) < k and not possible:
        return Decision("weak", "declared-weak", (*by, *here), numbers=numbers)
    return Decision("recorded", "declared-undecided", (*by, *here, *possible), numbers=numbers)


def _sites(works: Iterable[Work]) -> tuple[tuple[str, int], ...]:
    return (("possible", len({w.site for w in works})),)
