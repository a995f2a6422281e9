"""Answers about an investor who is here: which links suit, which parks, whom to meet, what forbids."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph.gaps.candidate_models import Match
from graph.gaps.models import FactRef, RoleVerdict, StatusVerdict
from graph.repository.models import Citing, Model, Ref, Text


class Partner(Model):
    """A segment at work in the place that the investor would feed (``feeds``) or buy from (``buys``)."""

    way: Literal["feeds", "buys"]
    segment: Ref
    firms: list[Ref]
    fact: FactRef


class ParkFit(Model):
    """A park of the place that is positioned for the segment, a group above it or its chain."""

    park: Ref
    role: str | None
    fact: FactRef


class Fit(Model):
    """A segment that the investor could fill.

    Attributes
    ----------
    match : what it makes that the segment wants. status, role : the verdicts on the segment here; where it is
        不宜, ``role`` says what forbids it.
    here : firms at work in it already. partners : whom it would deal with. parks : where it could go.
    """

    segment: Ref
    chains: list[Ref]
    match: Match
    status: StatusVerdict
    role: RoleVerdict
    here: list[Ref] = Field(default_factory=list)
    partners: list[Partner] = Field(default_factory=list)
    parks: list[ParkFit] = Field(default_factory=list)


class FitList(Citing):
    """The segments that suit an investor in a place, best first; those that are 不宜 last.

    ``makes``: what it is recorded, or said, to make.
    """

    firm: Ref | None
    makes: list[str]
    place: Ref
    as_of: str
    items: list[Fit]
    total: int
    notes: list[Text] = Field(default_factory=list)
