"""现状 once more: plain loops over the lists of facts, written from the decision table, without any index.

Slow and simple on purpose; it shares no code with ``graph.gaps`` but the classes of the facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graph.gaps.facts import Declaration, Fact, Facts, Lead, Remark, Span, Work

K, DAYS = 3, 730
GRADES, LEVELS = {"A", "B"}, {"国家级", "省级"}
TITLE_STATUSES = {"recognised", "reviewed", "announced"}


# Places


def inside_place(facts: Facts, place: str, outer: str) -> bool:
    """Whether ``place`` is ``outer`` or lies in it."""
    at: str | None = place
    while at is not None:
        if at == outer:
            return True
        at = facts.places.nodes[at].parent
    return False


def inside_park(facts: Facts, park: str, outer: str) -> bool:
    """Whether ``park`` is ``outer`` or part of it."""
    return park == outer or any(inside_park(facts, up, outer) for up in facts.parks[park].parents)


def holds(facts: Facts, outer: str, area: str) -> bool:
    """Whether the whole of ``area`` (place, park or zone) lies in ``outer``."""
    if area == outer:
        return True
    if area in facts.parks and outer in facts.parks:
        return inside_park(facts, area, outer)
    if outer in facts.parks:
        return False
    own = spots(facts, area)
    if outer in facts.zones:
        return bool(own) and any(all(inside_place(facts, p, c) for p in own) for c in facts.zones[outer])
    return bool(own) and all(inside_place(facts, p, outer) for p in own)


def spots(facts: Facts, area: str) -> tuple[str, ...]:
    """The places of a park or zone; of a place, itself."""
    if area in facts.parks:
        return facts.parks[area].places
    return facts.zones.get(area, (area,))


def located(facts: Facts, work: Work) -> list[str]:
    """The places of a site as narrowly as known: that of its park where it lies in the site's own place."""
    found = list(work.places)
    for park in work.parks:
        for place in facts.parks[park].places:
            if not work.places or any(inside_place(facts, place, own) for own in work.places):
                found += [place]
    return [p for p in found if not any(q != p and inside_place(facts, q, p) for q in found)]


def in_area(facts: Facts, work: Work, area: str) -> bool:
    """Whether the site is known to lie in ``area``."""
    if area in facts.parks:
        return any(inside_park(facts, park, area) for park in work.parks)
    covered = facts.zones.get(area, (area,))
    return any(inside_place(facts, at, place) for at in located(facts, work) for place in covered)


def maybe_in(facts: Facts, work: Work, area: str) -> bool:
    """Whether the site is recorded only for a place around ``area`` or for none, and so may lie in it."""
    if in_area(facts, work, area):
        return False
    if area in facts.parks and not all(inside_park(facts, area, park) for park in work.parks):
        return False
    if not located(facts, work):
        return True
    for at in located(facts, work):
        for spot in spots(facts, area):
            if inside_place(facts, spot, at) and (at != spot or area in facts.parks):
                return True
    return False


def vague(facts: Facts, work: Work, segment: str, area: str) -> bool:
    """Whether it is recorded only for a group above ``segment``, in ``area`` or for what is around it."""
    above = parents(facts, segment)[1:]
    return work.segment in above and (in_area(facts, work, area) or maybe_in(facts, work, area))


# Segments


def parents(facts: Facts, segment: str) -> list[str]:
    """The segment and the groups above it."""
    found = [segment]
    for parent in facts.segments[segment].parents:
        found += parents(facts, parent)
    return found


def leaves(facts: Facts, segment: str) -> list[str]:
    """The leaves of a group; of a leaf, itself."""
    children = [s.id for s in facts.segments.values() if segment in s.parents]
    return [leaf for child in children for leaf in leaves(facts, child)] if children else [segment]


def below(facts: Facts, segment: str) -> list[str]:
    """The segment and all that is part of it."""
    return [s for s in facts.segments if segment in parents(facts, s)]


def headings(facts: Facts, segment: str) -> set[str]:
    """The segment, the groups above it and their chains."""
    up = parents(facts, segment)
    return {*up, *(chain for s in up for chain in facts.segments[s].chains)}


# Who is there


def lives(facts: Facts, firm: str) -> bool:
    """Whether the firm has neither ceased nor merged."""
    return facts.firms[firm].status not in ("ceased", "merged")


def counts(facts: Facts, work: Work, *statuses: str) -> bool:
    """Whether the work has one of the statuses, by a firm that lives or is not told."""
    return work.status in statuses and (not work.firms or any(lives(facts, f) for f in work.firms))


def at_work(facts: Facts, segments: list[str], area: str) -> list[Work]:
    """Who is at work in one of ``segments`` in ``area``."""
    return [
        w for w in facts.works
        if w.segment in segments and in_area(facts, w, area) and counts(facts, w, "operating", "unknown")
    ]  # fmt: skip


def makers(facts: Facts, works: list[Work]) -> set[str]:
    """Living firms; a site without a firm stands for itself."""
    found: set[str] = set()
    for work in works:
        found |= {f for f in work.firms if lives(facts, f)} if work.firms else {work.site}
    return found


# What is said


def about(remark: Remark) -> list[str]:
    """Places, parks and zones of a statement."""
    return [*remark.places, *remark.parks, *remark.zones]


def gaps(facts: Facts, segment: str) -> Iterator[Remark]:
    """Gap statements of places about the segment itself."""
    for r in facts.remarks:
        if segment in r.segments and r.kind != "strength" and r.subject_kind in ("place", None):
            yield r


def filled(facts: Facts, gap: Remark, segment: str, area: str) -> bool:
    """Whether a filling of this gap is told."""
    for by in gaps(facts, segment):
        if by.gap_kind != "filled" and by.filled_by is None and by.filled_on is None:
            continue
        if by.filled_on is not None and by.filled_on.first > facts.day:
            continue
        if not any(holds(facts, f, area) for f in about(by)):
            continue
        if by.key == gap.key:
            return True
        when = by.filled_on or by.date
        if gap.date is not None and when is not None and gap.date.first > when.last:
            continue
        for f in about(by):
            if holds(facts, f, area) and any(holds(facts, g, f) for g in about(gap)):
                return True
    return False


def later(one: Span | None, other: Span | None) -> bool:
    """Whether both are dated and the last day of ``one`` is the later."""
    return one is not None and other is not None and one.last > other.last


def declaration(facts: Facts, segment: str, area: str) -> tuple[Declaration | None, bool]:
    """Of those that cover one that is dated and not too old; that for the nearest place goes first, then that
    for the nearest segment, then the newest."""
    found: list[tuple[tuple[bool, int, int, str, bool, str], Declaration]] = []
    over = parents(facts, segment)
    for d in facts.declarations:
        segment_steps = [i for i, s in enumerate(over) if s in d.segments]
        if set(d.chains) & headings(facts, segment):
            segment_steps.append(len(over))
        place_steps = [depth(facts, p) for p in d.places if holds(facts, p, area)]
        if not segment_steps or not place_steps or (d.date is not None and d.date.first > facts.day):
            continue
        when = d.date.last if d.date is not None else ""
        near = max(place_steps), -min(segment_steps)
        found.append(((fresh(facts, d), *near, when, d.complete is True, d.key), d))
    if not found:
        return None, False
    best = max(found, key=lambda one: one[0])[1]
    return best, best.complete is True and fresh(facts, best)


def fresh(facts: Facts, declared: Declaration) -> bool:
    """Whether it is dated and not too old."""
    if declared.date is None:
        return False
    age = date.fromisoformat(facts.day) - date.fromisoformat(declared.date.first)
    return age.days <= DAYS


def depth(facts: Facts, place: str) -> int:
    """How many places ``place`` lies in."""
    parent = facts.places.nodes[place].parent
    return 0 if parent is None else 1 + depth(facts, parent)


# The table


def status(facts: Facts, segment: str, area: str) -> str:
    """现状 of a segment in an area."""
    under = below(facts, segment)
    here = at_work(facts, under, area)
    missing = [
        r for r in gaps(facts, segment)
        if r.gap_kind == "missing" and any(holds(facts, a, area) for a in about(r))
        and not filled(facts, r, segment, area)
    ]  # fmt: skip
    on = below_missing(facts, segment, area, here)
    for m in missing:
        if not here and (area in about(m) or not maybe_since(facts, m, under, area)):
            return "missing"
        before = [w for w in here if m.date and w.date and w.date.last < m.date.first]
        if area in about(m) and before == here:
            return "missing"
    for m in missing:
        if not [w for w in here if m.date and w.date and w.date.last >= m.date.first] and on != "weak":
            return "recorded"
    return on


def maybe_since(facts: Facts, missing: Remark, segments: list[str], area: str) -> list[Work]:
    """Who may be at work in ``area``, recorded only for what is around it, since the statement was made."""
    return [
        w for w in facts.works
        if w.segment in segments and maybe_in(facts, w, area) and counts(facts, w, "operating", "unknown")
        and not (missing.date and w.date and w.date.last < missing.date.first)
        and any(in_area(facts, w, a) for a in about(missing))
    ]  # fmt: skip


def below_missing(facts: Facts, segment: str, area: str, here: list[Work]) -> str:
    """Steps 2 to 7, or of a group its own statements, else its leaves."""
    under = below(facts, segment)
    weak = [
        r for r in gaps(facts, segment)
        if r.gap_kind == "weak" and area in about(r) and not filled(facts, r, segment, area)
    ]  # fmt: skip
    strong = strengths(facts, segment, area, here)
    if under != [segment]:
        if not weak and not strong:
            return group(facts, segment, area, under)
        return weighed(strong + leads(facts, segment, here), weak)
    cited = weighed(strong + leads(facts, segment, here), weak)
    _, valid = declaration(facts, segment, area)
    present = present_in(facts, under, area)
    if valid:
        return declared(facts, segment, area, cited, nobody=not present)
    if cited != "none":
        return cited
    return "recorded" if present else "unknown"


def declared(facts: Facts, segment: str, area: str, cited: str, *, nobody: bool) -> str:
    """Steps 2 to 5 under a valid declaration; ``cited`` is what steps 3 and 4 say."""
    possible = [
        w for w in facts.works
        if ((w.segment == segment and maybe_in(facts, w, area)) or vague(facts, w, segment, area))
        and counts(facts, w, "operating", "unknown", "suspended")
    ]  # fmt: skip
    if nobody and not possible:
        return "missing"
    if nobody:
        return "weak" if cited == "weak" else "recorded"
    if cited != "none":
        return cited
    here = at_work(facts, [segment], area)
    sure = makers(facts, [w for w in here if w.status == "operating"])
    if len(sure) >= K and any(above(facts, firm, segment) for firm in sure):
        return "strong"
    return "weak" if len(makers(facts, here)) < K and not possible else "recorded"


def present_in(facts: Facts, segments: list[str], area: str) -> list[Work]:
    """Who is at work or suspended in one of ``segments`` in ``area``."""
    return [
        w for w in facts.works
        if w.segment in segments and in_area(facts, w, area)
        and counts(facts, w, "operating", "unknown", "suspended")
    ]  # fmt: skip


def strengths(facts: Facts, segment: str, area: str, here: list[Work]) -> list[Fact]:
    """Cited strengths of the place, and of firms at work there."""
    found: list[Fact] = []
    for r in facts.remarks:
        if segment not in r.segments or r.kind != "strength":
            continue
        of_place = r.subject_kind in ("place", None) and area in about(r)
        of_firm = r.subject_kind == "firm" and any(set(r.firms) & set(w.firms) for w in here)
        if of_place or of_firm:
            found.append(r)
    return found


def leads(facts: Facts, segment: str, here: list[Work]) -> list[Lead]:
    """Leads of firms at work here by sources of grade A or B."""
    firms = {f for w in here for f in w.firms if lives(facts, f)}
    heads = headings(facts, segment)
    named = [x for x in facts.leads if x.firm in firms and x.about in heads and x.grade in GRADES]
    return [x for x in named if said_so(x)]


def said_so(lead: Lead) -> bool:
    """Whether a source says that the firm leads."""
    return lead.cls.startswith("DESIGNATED") or lead.standing == "verified" or bool(lead.called)


def weighed(strong: list[Fact], weak: list[Remark]) -> str:
    """Strength against weakness, by the later date."""
    if not weak:
        return "strong" if strong else "none"
    for s in strong:
        if all(later(s.date, w.date) for w in weak):
            return "strong"
    for w in weak:
        if all(later(w.date, s.date) for s in strong):
            return "weak"
    return "recorded"


def above(facts: Facts, firm: str, segment: str) -> bool:
    """Whether the firm is above the tier."""
    if firm in facts.firms and facts.firms[firm].stock_codes:
        return True
    if any(x.firm == firm and x.about in headings(facts, segment) and said_so(x) for x in facts.leads):
        return True
    return any(t.firm == firm and t.level in LEVELS and t.status in TITLE_STATUSES for t in facts.titles)


def group(facts: Facts, segment: str, area: str, under: list[str]) -> str:
    """A group by its leaves."""
    found = [status(facts, leaf, area) for leaf in leaves(facts, segment)]
    if "unknown" in found:
        recorded = present_in(facts, under, area)
        return "partly_unknown" if recorded or set(found) != {"unknown"} else "unknown"
    if "recorded" in found:
        return "recorded"
    if set(found) == {"missing"}:
        return "missing"
    return "weak" if {"missing", "weak"} & set(found) else "strong"
