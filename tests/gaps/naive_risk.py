"""风险 once more: plain loops over the lists of facts, from the definitions, on top of ``tests.gaps.naive``.

It shares no code with ``graph.gaps`` but the classes of the facts.
"""

from __future__ import annotations

import re

from graph.gaps.facts import Facts, Input, Work
from tests.gaps import naive


def risks(facts: Facts, segment: str, area: str) -> set[str]:
    """The risks of a segment in an area."""
    under = naive.below(facts, segment)
    leaf = under == [segment]
    here = naive.at_work(facts, under, area)
    operating = [w for w in here if w.status == "operating"]
    _, valid = naive.declaration(facts, segment, area)
    unclear = perhaps(facts, segment, area, "operating", "unknown", "suspended")
    asked = [i for i in facts.inputs if i.source == segment and required_here(facts, i, area)]
    open_needs = [i for i in asked if not replaceable(facts, i, area)]
    found = set()
    everybody, sure = naive.makers(facts, here), naive.makers(facts, operating)
    if valid and open_needs and len(sure) == 1 and everybody == sure and not unclear:
        found.add("single")
    if cited(facts, segment, area) or (valid and open_needs and not here and not unclear):
        found.add("external")
    gone = [w for w in facts.works if w.segment in under and naive.in_area(facts, w, area) and over(facts, w)]
    if gone and not here and not perhaps(facts, segment, area, "operating", "unknown"):
        who = {m for w in gone for m in (w.firms or (w.site,))}
        only = leaf and len(who) == 1 and (not asked or bool(open_needs))
        if open_needs or only:
            found.add("broken")
    if leaf and valid and len(everybody) >= 2 and (hhi(operating, everybody) or 0) > 1000:
        found.add("concentrated")
    return found


def perhaps(facts: Facts, segment: str, area: str, *statuses: str) -> bool:
    """Whether somebody of these statuses may be in it, recorded only for what is wider."""
    under = naive.below(facts, segment)
    return any(
        ((w.segment in under and naive.maybe_in(facts, w, area)) or naive.vague(facts, w, segment, area))
        and naive.counts(facts, w, *statuses)
        for w in facts.works
    )


def required_here(facts: Facts, one: Input, area: str) -> bool:
    """Whether somebody operating here requires it."""
    users = naive.at_work(facts, naive.below(facts, one.target), area)
    return one.criticality == "required" and any(w.status == "operating" for w in users)


def replaceable(facts: Facts, one: Input, area: str) -> bool:
    """Whether a member of its alternative group is at work here."""
    if one.group is None:
        return False
    members = [i.source for i in facts.inputs if i.target == one.target and i.group == one.group]
    return any(naive.at_work(facts, naive.below(facts, m), area) for m in members)


def cited(facts: Facts, segment: str, area: str) -> bool:
    """Whether a statement says that it depends on outside, and none that this was filled."""
    return any(
        r.gap_kind == "external" and area in naive.about(r) and not naive.filled(facts, r, segment, area)
        for r in naive.gaps(facts, segment)
    )


def over(facts: Facts, work: Work) -> bool:
    """Whether it was at work and is not."""
    dead = bool(work.firms) and not any(naive.lives(facts, f) for f in work.firms)
    return dead or work.status in ("suspended", "ceased")


def hhi(operating: list[Work], everybody: set[str]) -> float | None:
    """The index over capacities in 万吨, where at least four firms of five tell theirs."""
    tons: dict[str, float] = {}
    for maker in everybody:
        own = [w for w in operating if maker in (w.firms or (w.site,))]
        texts = [None if len(everybody & set(w.firms)) > 1 else w.capacity for w in own]
        numbers = [re.fullmatch(r"(\d+)万吨", text or "") for text in texts]
        if numbers and all(numbers):
            tons[maker] = sum(float(n[1]) for n in numbers if n)
    if not tons or len(tons) / len(everybody) < 0.8:
        return None
    return sum((100 * t / sum(tons.values())) ** 2 for t in tons.values())
