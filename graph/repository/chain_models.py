"""The chain card: who answers for a chain, who leads it, what it consists of and how it stands."""

from __future__ import annotations

from graph.repository.models import Citing, LinkView, Listing, Model, NodeView, Ref, Text
from graph.repository.posts import ChiefAt, ChiefsOfLevel, PostAt


class ChainRow(Model):
    """A chain in the list of chains on a day, with how much is recorded of it (distinct ones counted).

    ``chiefs`` are the holders on the day of its chief's post of its own level: of a provincial chain the
    provincial chiefs.
    """

    chain: NodeView
    segments: int
    sites: int
    firms: int
    projects: int
    chiefs: list[ChiefAt]


class BodyDuty(Model):
    """What a body answers for: its role, under which scheme, and whether the role was inferred."""

    organisation: NodeView
    role: str | None
    role_label: Text | None
    scheme: str | None
    inferred: bool
    of: Ref
    link: LinkView


class Leader(Model):
    """A firm that is named for a chain or one of its segments (``about``); ``link.cls`` says how."""

    firm: NodeView
    about: Ref
    link: LinkView


class Figure(Model):
    """A figure with its 口径 (``scope``). Figures of different kind, metric or scope are never added up."""

    node: NodeView
    metric: str | None
    metric_label: Text | None
    kind: str | None
    kind_label: Text | None
    value: str | None
    period: str | None
    scope: str | None
    about: list[Ref]


class Remark(Model):
    """A cited statement of a gap or strength.

    ``subject_kind`` says whose it is: a place's, a firm's, the nation's.
    """

    node: NodeView
    kind: str | None
    kind_label: Text | None
    gap_kind: str | None
    gap_kind_label: Text | None
    subject_kind: str | None
    subject_kind_label: Text | None
    period: str | None
    about: list[Ref]


class SegmentNode(Model):
    """A segment in the chain's tree.

    Counts are of distinct sites and firms; ``at_work`` leaves out those planned, under construction,
    suspended or ceased. Zero means that none is recorded.
    """

    node: NodeView
    sites: int
    firms: int
    at_work: int
    children: list[SegmentNode]


class Attendant(Model):
    """Someone whom the event's own source names as holder of a post that the event is about.

    ``role_label`` says as what: chief, or who presided without being called chief (主持（未称链长）).
    """

    person: NodeView
    title: str | None
    post: Ref
    role: str | None
    role_label: Text | None
    link: LinkView


class EventRow(Model):
    """An event (调度, 对接, 推介 …) about the chain or a segment.

    The note of ``event`` holds what its source says of it. ``about`` is everything it is about but posts.
    """

    event: NodeView
    kind: str | None
    kind_label: Text | None
    date: str | None
    places: list[Ref]
    about: list[Ref]
    people: list[Attendant]


class Position(Model):
    """A place, park or zone positioned for the chain or a segment, with the role (首位/主攻/配套/列入)."""

    node: NodeView
    role: str | None
    role_label: Text | None
    about: Ref
    link: LinkView


class ParkAtWork(Model):
    """A park in which sites work in segments of the chain (distinct counts)."""

    park: NodeView
    segments: int
    sites: int
    firms: int


class StatusCount(Model):
    """How many projects have a status."""

    status: str
    label: Text
    count: int


class ProjectRow(Model):
    """A project with its latest known status, the segments it fills and who builds it."""

    project: NodeView
    status: str | None
    status_label: Text | None
    segments: list[Ref]
    builders: list[Ref]


class ChainCard(Citing):
    """Everything about one chain on a day.

    ``leaders`` were designated by an authority (链主); ``flagships`` are so called by the press (龙头).
    ``parts`` are chains of lower levels that are part of this one; their chiefs are among ``chiefs``. Someone
    who presided over a meeting without being called chief is told with it, among ``events``.
    """

    chain: NodeView
    as_of: str
    segment_count: int
    site_count: int
    firm_count: int
    plans: list[NodeView]
    parts: list[NodeView]
    general_chiefs: list[PostAt]
    chiefs: list[ChiefsOfLevel]
    other_posts: list[PostAt]
    bodies: list[BodyDuty]
    events: Listing[EventRow]
    leaders: Listing[Leader]
    flagships: Listing[Leader]
    targets: Listing[Figure]
    actuals: Listing[Figure]
    other_figures: Listing[Figure]
    gaps: Listing[Remark]
    strengths: Listing[Remark]
    segments: list[SegmentNode]
    positions: Listing[Position]
    parks: Listing[ParkAtWork]
    clusters: Listing[NodeView]
    project_counts: list[StatusCount]
    projects: Listing[ProjectRow]
