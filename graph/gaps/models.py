"""Answers about links of a chain in a place: verdicts on separate axes, each with its basis."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph.repository.models import Citing, Model, Ref, Text

#: 现状: 强, 弱, 缺, 有记录·未定, 未知; of a group also 部分未知.
Status = Literal["strong", "weak", "missing", "recorded", "unknown", "partly_unknown"]
#: 定位: 主攻, 配套, 列入, 未列, 不宜.
Role = Literal["main", "support", "listed", "none", "unfit"]
#: 风险: 单点依赖, 外部依赖, 断链, 集中.
Risk = Literal["single", "external", "broken", "concentrated"]
#: 对策: 补链, 强链, 延链, 固链, 先核实.
Action = Literal["fill", "strengthen", "extend", "secure", "verify"]
#: Of which place a statement speaks: the one asked for, one around it, one in it.
Reach = Literal["here", "around", "below"]


class FactRef(Model):
    """A fact that a verdict rests on.

    ``key`` is the id or ``rid`` under which the evidence is found, ``says`` what it says, in a few words.
    ``about`` is the entity that it speaks of, if there is one to go to.
    """

    key: str
    kind: str
    says: Text
    about: Ref | None = None
    date: str | None = None
    standing: str | None = None
    grade: str | None = None
    sources: list[str] = Field(default_factory=list)


class Basis(Model):
    """Why a verdict is what it is.

    Attributes
    ----------
    rule : id of the rule (``graph/rules/<id>.yml``); rule_name : its name.
    because : one sentence. thresholds : those that were applied, by name.
    facts : those counted, strongest first, at most 20; fact_count : how many there are.
    as_of : the day of the answer. would_change : what would change the verdict.
    """

    rule: str
    rule_name: Text
    because: Text
    thresholds: dict[str, float | int | str | list[str]] = Field(default_factory=dict)
    facts: list[FactRef] = Field(default_factory=list)
    fact_count: int = 0
    as_of: str
    would_change: Text | None = None


class StatusVerdict(Model):
    """现状. ``split`` counts the leaf segments below a group by their status."""

    value: Status
    label: Text
    basis: Basis
    split: dict[Status, int] | None = None
    filled: FactRef | None = None
    conflict: bool = False


class RoleVerdict(Model):
    """定位."""

    value: Role
    label: Text
    basis: Basis


class RiskVerdict(Model):
    """风险. ``elsewhere`` are other places of the province with somebody at work in the segment."""

    value: Risk
    label: Text
    basis: Basis
    elsewhere: list[Ref] = Field(default_factory=list)
    needed_by: list[Ref] = Field(default_factory=list)


class ActionVerdict(Model):
    """对策."""

    value: Action
    label: Text
    basis: Basis


class ProjectAtWork(Model):
    """A project in the segment and place. ``stale``: its status is older than the threshold (状态待更新)."""

    project: Ref
    status: str | None
    status_label: Text | None
    status_date: str | None
    stale: bool
    fact: FactRef


class Presence(Model):
    """Who is at work, counted.

    Attributes
    ----------
    firms : distinct firms with a site operating, or with a status that is not recorded.
    operating : distinct firms with a site recorded as operating. by_status : distinct sites by status.
    leaders : 链主 and 龙头 among the firms. titles : firms with a title above the tier of the rules.
    not_lower : sites recorded at this place itself though it has places below (未落到下级).
    possible : sites recorded only for a place around this one, or for none: they may lie here (not counted).
    """

    firms: int = 0
    operating: int = 0
    by_status: dict[str, int] = Field(default_factory=dict)
    leaders: list[Ref] = Field(default_factory=list)
    titled: list[Ref] = Field(default_factory=list)
    capacities: list[str] = Field(default_factory=list)
    not_lower: int = 0
    possible: int = 0
    who: list[Ref] = Field(default_factory=list)
    rates: list[FactRef] = Field(default_factory=list)
    declared: FactRef | None = None
    declared_valid: bool = False


class PriorityPart(Model):
    """A part of a priority: 0–1, or ``None`` where it is not known; ``because`` says from what."""

    name: Literal["criticality", "pull", "availability", "urgency", "role"]
    label: Text
    value: float | None
    weight: float
    because: Text


class Priority(Model):
    """Priority of a gap: weighted mean of the known parts. ``known`` is their share of all weights.

    ``value`` is ``None`` where too little is known (threshold ``known_share``).
    """

    value: float | None
    known: float
    parts: list[PriorityPart]


class Cell(Model):
    """One segment in one place on a day. ``leaf``: no segment is part of it."""

    segment: Ref
    chain: Ref
    parents: list[str] = Field(default_factory=list)
    position: str | None = None
    leaf: bool
    place: Ref
    status: StatusVerdict
    role: RoleVerdict
    risks: list[RiskVerdict] = Field(default_factory=list)
    actions: list[ActionVerdict] = Field(default_factory=list)
    building: list[ProjectAtWork] = Field(default_factory=list)
    presence: Presence
    priority: Priority | None = None


class Finding(Model):
    """What a rule of ``graph/rules`` found besides: 链主缺配套, conflicting evidence and others."""

    rule: str
    rule_name: Text
    severity: Literal["high", "medium", "low"]
    segment: Ref | None = None
    subject: Ref | None = None
    says: Text
    basis: Basis


class ChainWide(FactRef):
    """A cited statement about a chain as a whole, of no segment of it: it decides no verdict.

    ``reach``: whether it speaks of the place asked for, of one around it, or of one in it. ``strength``: it
    tells a strength; else of a gap, of the kind ``gap_kind`` where that is recorded. ``subject_kind``: whose
    it is. ``filled``: it tells of a gap that was filled by the day of the answer.
    """

    reach: Reach
    strength: bool = False
    gap_kind: str | None = None
    subject_kind: str | None = None
    filled: bool = False


class PlaceCount(Model):
    """Sites at work in a place directly below the one asked for; ``None`` as place: 未落到下级."""

    place: Ref | None
    sites: int
    firms: int


class Panorama(Citing):
    """A chain in a place on a day: every segment with its verdicts.

    ``counts`` are of leaf segments by status. ``below``: distinct sites and firms of the whole chain by the
    places directly below, with what is 未落到下级. ``chain_wide``: what is said of the chain as a whole, here
    first, and ``chain_wide_counts`` how many there are of each reach, those that are not shown among them.
    ``notes`` say what the answer cannot know.
    """

    chain: Ref
    place: Ref
    as_of: str
    cells: list[Cell]
    counts: dict[Status, int]
    below: list[PlaceCount] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
    chain_wide: list[ChainWide] = Field(default_factory=list)
    chain_wide_counts: dict[Reach, int] = Field(default_factory=dict)
    notes: list[Text] = Field(default_factory=list)


class Gap(Model):
    """A missing, weak or risky link. ``id`` is ``<segment slug>@<place slug>``; ``rank`` from 1.

    ``candidates`` : how many firms could fill it, ``None`` where they were not counted; where
    ``candidates_at_least``, there may be more than were looked at.
    """

    id: str
    rank: int
    cell: Cell
    candidates: int | None = None
    candidates_at_least: bool = False

    @property
    def candidates_told(self) -> int | str | None:
        """The number, or ``≥`` it where there may be more."""
        return f"≥{self.candidates}" if self.candidates_at_least else self.candidates


class GapList(Citing):
    """Gaps, first those of places positioned for them (主攻), then by priority."""

    chain: Ref | None
    place: Ref
    as_of: str
    items: list[Gap]
    total: int
    notes: list[Text] = Field(default_factory=list)


class Task(Model):
    """Something to ask: an unknown or undecided link that matters, and whom to ask."""

    segment: Ref
    place: Ref
    status: StatusVerdict
    reason: Text
    ask: Text
    whom: Text


class Worklist(Citing):
    """What to ask whom, most important first."""

    chain: Ref | None
    place: Ref
    as_of: str
    items: list[Task]
    total: int
