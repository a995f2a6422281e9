"""Answers about changes that are only thought of, and about how much a local net bears."""

from __future__ import annotations

from pydantic import Field

from graph.gaps.models import Risk, Status
from graph.repository.models import Model, Ref, Text


class Difference(Model):
    """A link whose verdict or firms change: before and after."""

    segment: Ref
    status_before: Status
    status_after: Status
    firms_before: int
    firms_after: int
    risks_before: list[Risk]
    risks_after: list[Risk]


class Reached(Model):
    """A link downstream of one that nobody recorded here makes any more.

    ``steps`` from the lost link along required inputs; ``because`` names the input that is cut; ``firms``
    are at work in it still.
    """

    segment: Ref
    steps: int
    because: Text
    firms: list[Ref]


class WhatIf(Model):
    """What changes in a chain in a place if something goes or comes.

    Attributes
    ----------
    removed, added : what was taken out and put in. changed : links whose verdict, risks or firms differ.
    lost : links with somebody at work before and nobody after. reached : those downstream of them.
    inputs, unrecorded : required inputs of the links at work here, and how many of them have nobody recorded
    here: the net's unknown part.
    """

    chain: Ref
    place: Ref
    as_of: str
    removed: list[Ref]
    added: list[Ref]
    changed: list[Difference]
    lost: list[Ref]
    reached: list[Reached]
    inputs: int
    unrecorded: int
    notes: list[Text] = Field(default_factory=list)


class Loss(Model):
    """What the loss of one firm (or of a site of which no firm is recorded) would break: links that
    it alone is recorded in, and what they feed.

    ``cut_inputs`` counts required inputs for which no alternative is left here, ``reached`` links downstream.
    """

    firm: Ref
    alone_in: list[Ref]
    cut_inputs: int
    reached: int


class Alternative(Model):
    """Another recorded maker of a link, and where; ``km`` as the crow flies where both are mapped."""

    segment: Ref
    firm: Ref
    place: Ref | None
    near: str
    km: float | None


class Resilience(Model):
    """How the local supply net of a chain in a place hangs together.

    The net's nodes are links with somebody at work here, its edges inputs between them.

    Attributes
    ----------
    losses : firms by what their loss breaks, most first. cut_links : articulation points, links whose loss
    parts the net. bridges : inputs whose loss parts it. longest : the longest chain of inputs.
    alternatives : for links with one firm, makers elsewhere, nearest first.
    """

    chain: Ref
    place: Ref
    as_of: str
    links: int
    edges: int
    losses: list[Loss]
    cut_links: list[Ref]
    bridges: list[tuple[Ref, Ref]]
    longest: list[Ref]
    alternatives: list[Alternative]
    inputs: int
    unrecorded: int
    notes: list[Text] = Field(default_factory=list)
