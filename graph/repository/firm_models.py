"""The chain neighbourhood of a firm: one answer from which picture and table are made."""

from __future__ import annotations

from typing import Literal

from graph.repository.chain_models import Leader
from graph.repository.models import Citing, LinkView, Model, NodeView, Ref, Text
from graph.repository.posts import ChiefAt

PlaceLevel = Literal["county", "city", "province"]


class Seat(NodeView):
    """An entity of the neighbourhood with what it is to the firm (``role``)."""

    role: str


class Section(Model):
    """One part of the neighbourhood: how many there are, and which relations of it are given.

    ``total`` counts distinct neighbours; with ``total_at_least`` it is a lower bound.
    """

    key: str
    label: Text
    total: int
    total_at_least: bool
    shown: int
    truncated: bool
    links: list[str]


class Nearby(Model):
    """Other firms recorded, and at work, in a segment within the firm's own counties, cities and provinces.

    Each level includes the one before. ``None`` where it is not known in which county (city) the firm's
    sites are. ``relation`` says what the segment is to the firm: ``own``, ``need`` or ``feed``.
    """

    segment: Ref
    relation: Literal["own", "need", "feed"]
    county: int | None
    county_at_work: int | None
    city: int | None
    city_at_work: int | None
    province: int | None
    province_at_work: int | None


class FirmChain(Model):
    """A chain the firm works in: in how many segments, and who is its chief on the day."""

    chain: NodeView
    segments: int
    chiefs: list[ChiefAt]


class FirmNeighbourhood(Citing):
    """A firm, what it does where, what that needs and feeds, who is near, and whom it is tied to.

    ``edges`` run between ``nodes``; an edge WORKS_IN of another firm is drawn from the firm itself, its site
    is ``via``. ``truncated`` tells whether any section was cut.
    """

    firm: NodeView
    as_of: str
    level: PlaceLevel
    nodes: list[Seat]
    edges: list[LinkView]
    sections: list[Section]
    nearby: list[Nearby]
    chains: list[FirmChain]
    leads: list[Leader]
    totals: dict[str, int]
    truncated: bool
