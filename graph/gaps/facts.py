"""What verdicts rest on, as read from the graph for some chains and a day: plain values, no queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from graph.gaps.places import PlaceTree

#: Status of a firm that works no more.
GONE: Final = ("ceased", "merged")
#: Status of work that is at a halt or over.
STOPPED: Final = ("suspended", "ceased")


class Span(NamedTuple):
    """A date of any precision: as given, with its first and last day (ISO)."""

    given: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What every fact has.

    Attributes
    ----------
    key : id of the entity or ``rid`` of the relation that states it; its evidence is found by it.
    date : the day, month or year of which it speaks: its own date, else from when it holds, else when the
        source saw it; ``None`` where nothing is dated. Facts that speak of a time after the day asked for are
        not among those read.
    """

    key: str
    date: Span | None = None
    standing: str | None = None
    grade: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentFact:
    """A segment 环节. ``chains`` have it; ``parents`` are the segments that it is part of.

    ``gb4754`` are its codes in GB/T 4754.
    """

    id: str
    name: str
    position: str | None = None
    nature: str | None = None
    products: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    gb4754: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FirmFact:
    """A firm: status as in ``Firm.status``, places where it stands itself, exchange codes."""

    id: str
    name: str
    status: str | None = None
    places: tuple[str, ...] = ()
    stock_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParkFact:
    """A park 园区: its place, the park it is part of, level and type as in ``Park``."""

    id: str
    name: str
    level: str | None = None
    type: str | None = None
    places: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work(Fact):
    """A site at work in a segment (``WORKS_IN``).

    ``places`` are those of the site; where it has none, of its park; where that has none, of its firm.
    ``status`` as in ``WORKS_IN.status``, ``unknown`` where none is recorded; ``ceased`` also where the firm
    has ceased or was merged.
    """

    site: str = ""
    site_name: str = ""
    segment: str = ""
    firms: tuple[str, ...] = ()
    product: str | None = None
    role: str | None = None
    capacity: str | None = None
    status: str = "unknown"
    places: tuple[str, ...] = ()
    parks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark(Fact):
    """A cited statement 表述 with what it is about; fields as in ``Statement``."""

    name: str = ""
    kind: str | None = None
    gap_kind: str | None = None
    subject_kind: str | None = None
    text: str | None = None
    filled_by: str | None = None
    filled_on: Span | None = None
    segments: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    parks: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration(Fact):
    """A coverage declaration 覆盖声明: somebody says that the list for segment and place is complete.

    ``date`` is its ``as_of``. ``segments`` may hold groups, ``chains`` whole chains, ``places`` any level.
    """

    name: str = ""
    by: str | None = None
    complete: bool | None = None
    segments: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Input(Fact):
    """An input of a segment: ``source`` goes into ``target``, both segments."""

    source: str = ""
    target: str = ""
    input: str | None = None
    criticality: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectFact(Fact):
    """A project that fills segments; ``date`` is its status date."""

    name: str = ""
    status: str | None = None
    investment: str | None = None
    capacity: str | None = None
    segments: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    parks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lead(Fact):
    """A firm is named 链主 (``cls`` ``DESIGNATED_CHAIN_LEADER``) or 龙头 (``FLAGSHIP_IN``) of a chain or
    segment (``about``)."""

    cls: str = ""
    firm: str = ""
    about: str = ""
    called: str | None = None

    @property
    def stated(self) -> bool:
        """Whether a source says so: a designation, a name that it gives the firm, or a verified row.

        What was only put down as a leader decides nothing.
        """
        return self.cls == "DESIGNATED_CHAIN_LEADER" or bool(self.called) or self.standing == "verified"


@dataclass(frozen=True, slots=True)
class TitleFact(Fact):
    """A title 认定 that a firm holds; fields as in ``Title``."""

    name: str = ""
    firm: str = ""
    kind: str | None = None
    level: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Positioned(Fact):
    """A park, place or zone is positioned for a chain or segment (``about``).

    ``places`` are the place itself, or those of the park or zone. ``role`` as in ``POSITIONED_FOR.role``.
    """

    subject: str = ""
    subject_name: str = ""
    about: str = ""
    role: str | None = None
    text: str | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate(Fact):
    """A recorded local supply rate 本地配套率 (an observation)."""

    name: str = ""
    value: str = ""
    kind: str | None = None
    segments: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts about some chains on a day, wherever in the province.

    Attributes
    ----------
    chains : the chains asked for, id to name. day : ISO day of the answer.
    other_chains : those that besides have segments among these, id to name.
    segments : those of the chains, and others that are inputs of these, by id.
    works : of all those segments. firms, parks : those that any fact names, by id; of the parks also every
        recognised one (level ``recognised``), wherever it is.
    zones : places covered by each zone 板块.
    """

    day: str
    chains: Mapping[str, str]
    places: PlaceTree
    segments: Mapping[str, SegmentFact] = field(default_factory=dict)
    firms: Mapping[str, FirmFact] = field(default_factory=dict)
    parks: Mapping[str, ParkFact] = field(default_factory=dict)
    zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    works: tuple[Work, ...] = ()
    remarks: tuple[Remark, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    inputs: tuple[Input, ...] = ()
    projects: tuple[ProjectFact, ...] = ()
    leads: tuple[Lead, ...] = ()
    titles: tuple[TitleFact, ...] = ()
    positions: tuple[Positioned, ...] = ()
    rates: tuple[Rate, ...] = ()
    other_chains: Mapping[str, str] = field(default_factory=dict)
