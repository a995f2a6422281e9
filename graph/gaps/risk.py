"""风险 of a segment in a place: single supplier, dependence on outside, broken supply, concentration.

Without a valid coverage declaration or a cited statement nothing is ever called a single or an outside
supply: what is not recorded may be there. The rules are ``graph/rules/risk-*.yml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.gaps.basis import Grounds, names
from graph.gaps.coverage import declaration_for
from graph.gaps.facts import STOPPED, Declaration, Fact, Input, Remark, Work
from graph.gaps.index import Index
from graph.gaps.models import Risk, RiskVerdict
from graph.gaps.risk_concentrated import concentration_of
from graph.gaps.rules import Rules
from graph.gaps.said import areas_of, ends, is_filling, is_of_place
from graph.gaps.supply import at_work_of, elsewhere, firms_that_use, operating_of, uncovered, wanted, works_of
from graph.gaps.words import RISK_LABELS
from graph.repository.models import Text


@dataclass(frozen=True, slots=True)
class _At:
    """A segment in a place with what the risks ask of it."""

    grounds: Grounds
    works: list[Work]
    here: list[Work]
    wanted: list[Input]
    needs: list[Input]
    declared: Declaration | None

    @property
    def index(self) -> Index:
        return self.grounds.index


def risks_of(index: Index, rules: Rules, segment: str, place: str) -> list[RiskVerdict]:
    """The risks of ``segment`` in ``place``.

    A group is looked at with all that is part of it, but only for what itself goes into others or is said of
    it: what its leaves are at risk of is told of these.

    Returns
    -------
    At most one verdict of each kind, in the order single, external, broken, concentrated.
    """
    want = wanted(index, segment, place)
    declared, valid = declaration_for(index, rules, segment, place)
    at = _At(
        Grounds(index, rules, segment, place),
        works_of(index, segment, place),
        at_work_of(index, segment, place),
        want,
        uncovered(index, want, place),
        declared if valid else None,
    )
    found = (_single(at), _external(at), _broken(at), _concentrated(at))
    return [verdict for verdict in found if verdict is not None]


def _single(at: _At) -> RiskVerdict | None:
    """One firm operating, nobody else who may be, a valid declaration, and somebody here who needs it."""
    if at.declared is None or not at.needs or _perhaps(at):
        return None
    operating = operating_of(at.index, at.grounds.segment, at.grounds.place)
    makers = at.index.makers(operating)
    if len(makers) != 1 or at.index.makers(at.here) != makers:
        return None
    what, users = at.index.ref(makers[0]).caption, _users(at)
    because = Text(
        zh=f"名单已声明查全，在产的只有{what}一家，而本地的{users.zh}必需它",
        en=f"The list is declared complete, only {what} operates, and {users.en} here requires it",
    )
    change = Text(
        zh="又有一家在产，或声明过期、被更正",
        en="Another firm operating, or the declaration expiring or being corrected",
    )
    return _verdict(at, "single", because, [at.declared, *operating, *at.needs], change)


def _external(at: _At) -> RiskVerdict | None:
    """Cited; or required here, nobody here, and a valid declaration."""
    cited = external_remarks(at.index, at.grounds.segment, at.grounds.place)
    if cited:
        because = Text(
            zh=f"来源说本地此环节靠外部：{cited[0].name}",
            en=f"A source says that this depends on outside: {cited[0].name}",
        )
        change = Text(zh="有来源说已经补上（表述“已补”）", en="A source that says that it has been filled")
        return _verdict(at, "external", because, [*cited, *at.needs], change)
    if at.declared is None or not at.needs or at.here or _perhaps(at):
        return None
    users = _users(at)
    because = Text(
        zh=f"名单已声明查全，本地无人在产，而本地的{users.zh}必需它",
        en=f"The list is declared complete, nobody is at work here, and {users.en} here requires it",
    )
    change = Text(
        zh="本地有企业在产，或声明过期、被更正",
        en="A firm at work here, or the declaration expiring or being corrected",
    )
    return _verdict(at, "external", because, [at.declared, *at.needs], change)


def _broken(at: _At) -> RiskVerdict | None:
    """All recorded makers suspended or ceased, and somebody here needs it or there was but one.

    Not where somebody at work may be here who is recorded for no place, a place around or a group above.
    """
    stopped = [work for work in at.works if _stopped(at.index, work)]
    if at.here or not stopped or any(map(at.index.is_at_work, _perhaps(at))):
        return None
    makers = sorted({maker for work in stopped for maker in (work.firms or (work.site,))})
    leaf = at.index.is_leaf(at.grounds.segment)
    alone = leaf and len(makers) == 1 and (not at.wanted or bool(at.needs))
    if not at.needs and not alone:
        return None
    who = names([at.index.ref(maker) for maker in makers])
    if at.needs:
        users = _users(at)
        tail = Text(zh=f"，而本地的{users.zh}必需它", en=f", and {users.en} here requires it")
    else:
        tail = Text(zh="，此前所载只有它一家", en=", the only maker that was recorded")
    because = Text(
        zh=f"所载的企业（{who.zh}）都已停产或退出{tail.zh}",
        en=f"All recorded makers ({who.en}) are suspended or have ceased{tail.en}",
    )
    change = Text(zh="恢复生产，或另有企业在产", en="Work being resumed, or another firm at work")
    return _verdict(at, "broken", because, [*stopped, *at.needs], change)


def _concentrated(at: _At) -> RiskVerdict | None:
    """Capacity in few hands, where the list is complete and the capacities are known."""
    value = at.grounds.number
    if not at.index.is_leaf(at.grounds.segment):
        return None
    if at.declared is None and value("risk-concentrated", "needs_declaration"):
        return None
    operating = operating_of(at.index, at.grounds.segment, at.grounds.place)
    makers = at.index.makers(at.here)
    if len(makers) < value("risk-concentrated", "min_firms"):
        return None
    found = concentration_of(makers, operating)
    if found is None or found.known < value("risk-concentrated", "capacity_known_share"):
        return None
    moderate, high = value("risk-concentrated", "hhi_moderate"), value("risk-concentrated", "hhi_high")
    if found.hhi <= moderate:
        return None
    band = Text(zh="高度集中", en="highly") if found.hhi > high else Text(zh="中度集中", en="moderately")
    largest = at.index.ref(found.largest).caption
    because = Text(
        zh=f"按产能（{found.unit}）算 HHI 为 {found.hhi:.0f}，{band.zh}；"
        f"最大的是{largest}，占 {found.share:.0%}；"
        f"{len(makers)} 家中 {found.counted} 家产能可比，份额只在这几家之间算",
        en=f"By capacity ({found.unit}) the HHI is {found.hhi:.0f}, {band.en} concentrated; the largest is "
        f"{largest} with {found.share:.0%}; capacities of {found.counted} of {len(makers)} firms "
        "compare, and shares are among these",
    )
    change = Text(zh="别的企业扩产或新企业投产", en="Others expanding, or new firms starting")
    facts: list[Fact] = [*operating]
    if at.declared is not None:
        facts.insert(0, at.declared)
    return _verdict(at, "concentrated", because, facts, change)


def external_remarks(index: Index, segment: str, place: str) -> list[Remark]:
    """The standing statements that ``segment`` in ``place`` depends on outside, the newest first.

    They are about the place itself and this very segment, and no later filling is told.
    """
    around = set(index.around(place))
    gaps = [r for r in index.remarks(segment) if r.kind != "strength" and is_of_place(r)]
    filling = [r for r in gaps if is_filling(r, index.day) and not around.isdisjoint(areas_of(r))]
    standing = [
        r
        for r in gaps
        if r.gap_kind == "external" and place in areas_of(r) and not ends(index, r, filling, around)
    ]
    return sorted(standing, key=lambda r: (r.date.last if r.date else "", r.key), reverse=True)


def _stopped(index: Index, work: Work) -> bool:
    """Whether it was at work and is not; what is only planned or being built never was."""
    return work.status in STOPPED or (bool(work.firms) and not any(map(index.is_live, work.firms)))


def _perhaps(at: _At) -> list[Work]:
    """Who is recorded for no place, only for one around this, or only for a group above, and may be in it."""
    index, segment, place = at.index, at.grounds.segment, at.grounds.place
    wide = [work for one in index.below(segment) for work in index.possible(one, place)]
    return [*wide, *index.vague(segment, place)]


def _users(at: _At) -> Text:
    return names([at.index.ref(target) for target in dict.fromkeys(one.target for one in at.needs)])


def _verdict(at: _At, risk: Risk, because: Text, facts: Sequence[Fact], change: Text) -> RiskVerdict:
    index, segment, place = at.index, at.grounds.segment, at.grounds.place
    return RiskVerdict(
        value=risk,
        label=RISK_LABELS[risk],
        basis=at.grounds.basis(f"risk-{risk}", because, facts, change),
        elsewhere=elsewhere(index, segment, place),
        needed_by=firms_that_use(index, at.needs, place),
    )
