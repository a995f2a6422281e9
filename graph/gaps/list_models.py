"""Lines of the lists that an office hands in: what is recorded, and nothing for what is not."""

from __future__ import annotations

from pydantic import Field

from graph.repository.models import Citing, Model, Ref, Text


class Line(Model):
    """What every line has: ``date`` as of which it is known, standing, best grade, and source ids."""

    key: str
    date: str | None = None
    standing: str | None = None
    grade: str | None = None
    sources: list[str] = Field(default_factory=list)


class Amount(Model):
    """A quantity as given, and its number in its base unit where there is a single one."""

    given: str
    value: float | None = None
    unit: str | None = None
    qualifier: str | None = None


class Figure(Model):
    """A recorded figure with its period and 口径."""

    value: str
    period: str | None = None
    scope: str | None = None


class ClusterLine(Line):
    """A cluster. ``recognised``: the titles it holds and their years; its own year where it holds none."""

    cluster: Ref
    level: Text | None = None
    status: Text | None = None
    places: list[Ref] = Field(default_factory=list)
    chains: list[Ref] = Field(default_factory=list)
    recognised: list[str] = Field(default_factory=list)
    firm_counts: list[Figure] = Field(default_factory=list)
    revenues: list[Figure] = Field(default_factory=list)


class PolicyLine(Line):
    """A policy. ``in_force`` is ``None`` where no end is recorded; ``props`` are all its properties."""

    policy: Ref
    places: list[Ref] = Field(default_factory=list)
    about: list[Ref] = Field(default_factory=list)
    in_force: bool | None = None
    props: dict[str, str] = Field(default_factory=dict)


class WorkLine(Model):
    """What a firm does in a segment: status as in ``WORKS_IN.status``."""

    segment: Ref
    status: str
    product: str | None = None
    capacity: str | None = None


class Tie(Model):
    """How a firm is related to a leading firm: ``label`` reads from the firm to ``leader``."""

    label: Text
    leader: Ref
    what: str | None = None


class FirmLine(Line):
    """A firm recorded in the chain and place. ``leads``: of what it is called 链主 or 龙头, and how."""

    firm: Ref
    uscc: str | None = None
    stock_codes: list[str] = Field(default_factory=list)
    leads: list[Text] = Field(default_factory=list)
    chain_leader: bool = False
    titles: list[str] = Field(default_factory=list)
    places: list[Ref] = Field(default_factory=list)
    parks: list[Ref] = Field(default_factory=list)
    works: list[WorkLine] = Field(default_factory=list)
    products: list[str] = Field(default_factory=list)
    ties: list[Tie] = Field(default_factory=list)


class ProjectLine(Line):
    """A project that fills a segment of the chain in the place."""

    project: Ref
    firms: list[Ref] = Field(default_factory=list)
    segments: list[Ref] = Field(default_factory=list)
    places: list[Ref] = Field(default_factory=list)
    parks: list[Ref] = Field(default_factory=list)
    nature: Text | None = None
    status: Text | None = None
    status_date: str | None = None
    investor_origin: str | None = None
    investment: Amount | None = None
    contract_capital: Amount | None = None
    paid_in: Amount | None = None
    invested: Amount | None = None
    progress: str | None = None
    land: str | None = None
    energy_review: Text | None = None
    environment_review: Text | None = None
    responsible: list[str] = Field(default_factory=list)
    guides: list[str] = Field(default_factory=list)
    problems: list[str] = Field(default_factory=list)
    next_step: str | None = None


class ProblemLine(Line):
    """A problem raised in the place about the chain, a segment or a project. ``props`` as recorded."""

    problem: Ref
    kind: Text | None = None
    severity: Text | None = None
    status: Text | None = None
    segments: list[Ref] = Field(default_factory=list)
    raised_by: list[Ref] = Field(default_factory=list)
    groups: list[str] = Field(default_factory=list)
    assigned: list[Ref] = Field(default_factory=list)
    resolved_on: str | None = None
    props: dict[str, str] = Field(default_factory=dict)


class FieldLine(Line):
    """An application 应用领域 or technology 技术 with the segments of the chain that it is recorded for."""

    field: Ref
    description: str | None = None
    segments: list[str] = Field(default_factory=list)


class Point(Model):
    """Where a place lies: degrees east and north."""

    place: Ref
    lon: float
    lat: float


class Lists(Citing):
    """The recorded facts of the lists, for a chain in a place on a day.

    ``points`` are the places directly in it that are recorded with longitude and latitude. ``cut`` holds, of
    each list that is not whole, how many there are at least; ``notes`` say it in words.
    """

    chain: Ref
    place: Ref
    as_of: str
    clusters: list[ClusterLine] = Field(default_factory=list)
    policies: list[PolicyLine] = Field(default_factory=list)
    firms: list[FirmLine] = Field(default_factory=list)
    projects: list[ProjectLine] = Field(default_factory=list)
    problems: list[ProblemLine] = Field(default_factory=list)
    applications: list[FieldLine] = Field(default_factory=list)
    technologies: list[FieldLine] = Field(default_factory=list)
    points: list[Point] = Field(default_factory=list)
    cut: dict[str, int] = Field(default_factory=dict)
    notes: list[Text] = Field(default_factory=list)
