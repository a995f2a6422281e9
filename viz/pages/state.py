"""The state of the data in one line: how fresh, how much, how much of it verified, on which sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from graph.facts import GRADES, STANDINGS, Assertion
from graph.values import date_min
from viz.dates import show_date
from viz.show import Show


@dataclass(frozen=True, slots=True)
class State:
    """Facts (entities and relations), by their strongest standing and by the best grade among their sources.

    ``latest`` is the latest date at which anything was seen, ``None`` when no date is recorded.
    """

    facts: int
    standings: dict[str, int]
    grades: dict[str, int]
    latest: str | None


def state_of(assertions: Iterable[Assertion]) -> State:
    """Count ``assertions``; several about one entity or relation count once, sources not at all."""
    grade_of: dict[str, str] = {}
    standings: dict[str, int] = {}
    sources: dict[str, set[str]] = {}
    latest: str | None = None
    for a in assertions:
        if a.seen_at and (latest is None or date_min(a.seen_at) > date_min(latest)):
            latest = a.seen_at
        if a.cls == "Source":
            grade_of[a.key] = min(grade_of.get(a.key, ""), str(a.props.get("grade") or ""), key=GRADES.index)
            continue
        rank = STANDINGS.index(a.standing)
        standings[a.key] = min(rank, standings.get(a.key, rank))
        sources.setdefault(a.key, set()).update(a.sources)
    best = Counter(
        min((grade_of.get(s, "") for s in cited), key=GRADES.index, default="") for cited in sources.values()
    )
    counted = Counter(standings.values())
    return State(
        facts=len(standings),
        standings={code: counted[i] for i, code in enumerate(STANDINGS)},
        grades={grade: best[grade] for grade in GRADES},
        latest=latest,
    )


def state_texts(show: Show, state: State) -> list[str]:
    """The line's parts, in the reader's words."""
    t = show.t
    unverified = state.facts - state.standings["verified"]
    share = f"{unverified / state.facts:.0%}" if state.facts else "0%"
    parts = [
        t("home.state_facts", n=f"{state.facts:,}"),
        t("home.state_unverified", n=f"{unverified:,}", share=share),
        t(
            "home.state_grades",
            a=f"{state.grades['A']:,}",
            b=f"{state.grades['B']:,}",
            c=f"{state.grades['C']:,}",
            none=f"{state.grades['']:,}",
        ),
    ]
    if state.latest:
        parts.insert(0, t("home.state_as_of", date=show_date(state.latest, show.lang)))
    return parts
