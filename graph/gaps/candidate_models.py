"""Answers about candidates 候选企业: firms that could fill a link of a chain in a place, and why."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph.gaps.models import FactRef, RoleVerdict
from graph.repository.models import Citing, Model, Ref, Text

#: Where a candidate is from, as seen from the place: 省内, 省外, 境外, 所在地未知.
Origin = Literal["province", "elsewhere", "abroad", "unknown"]
#: By what a firm is known to make what the segment makes.
How = Literal[
    "product", "product_text", "segment", "narrower", "segment_product", "broader",
    "ends_with", "head", "contains", "similar",
]  # fmt: skip
PartName = Literal["product", "relation", "synergy", "expansion", "strength", "proximity"]
#: Why a firm is not among the candidates though it makes what is wanted.
Reason = Literal["here", "coming", "ceased", "merged", "unfit", "excluded", "origin"]
#: Where a firm that was asked about by name stands.
Standing = Literal["ranked", "below", "kept_out", "no_match"]
Order = Literal["score", "middle", "low"]
#: From outside 外地企业, or here already in another way 本地企业可延伸: the latter is not to be attracted.
Group = Literal["outside", "local"]


class Match(Model):
    """One reason to think that the firm makes what the segment makes.

    Attributes
    ----------
    how, label : by what it was found. value : how well that fits, 0–1.
    wanted : the product or segment of the gap. found : what is recorded of the firm.
    facts : the relations and texts that say so.
    """

    how: How
    label: Text
    value: float
    wanted: str
    found: str
    facts: list[FactRef] = Field(default_factory=list)


class CandidatePart(Model):
    """A part of a score: 0–1, or ``None`` where nothing is recorded from which to tell."""

    name: PartName
    label: Text
    value: float | None
    weight: float
    because: Text
    facts: list[FactRef] = Field(default_factory=list)


class PathStep(Model):
    """One relation of a path, as it is recorded: ``source`` → ``target``."""

    relation: str
    label: Text
    source: Ref
    target: Ref
    fact: FactRef


class RelationPath(Model):
    """How a candidate is tied to a firm of the place.

    Attributes
    ----------
    to : the firm of the place. leader : it is a 链主 or 龙头 there.
    steps : one relation or two, from the candidate on; empty where the candidate is that firm itself.
    """

    to: Ref
    leader: bool
    steps: list[PathStep]


class Candidate(Model):
    """A firm that could fill the link.

    Attributes
    ----------
    rank : from 1 in its group, in the order asked for.
    group : ``local`` for a firm that is, or has a site, in the place or its city; else ``outside``.
    score : weighted mean of the parts that are known, ``None`` if the known ones weigh nothing.
    known : the share of all weights that is known.
    low, high : what the score would be were all unknown parts 0, or 1; ``middle`` lies half-way.
    places : where the firm is, by what ``origin`` was told. distance_km : great circle to the place, if both
        have a longitude and latitude.
    affiliates : of a firm from outside, the firms in the place or its city that it owns or is owned by.
    """

    rank: int
    group: Group
    firm: Ref
    origin: Origin
    origin_label: Text
    places: list[Ref]
    distance_km: float | None = None
    score: float | None
    known: float
    low: float
    middle: float
    high: float
    parts: list[CandidatePart]
    matches: list[Match]
    paths: list[RelationPath] = Field(default_factory=list)
    affiliates: list[RelationPath] = Field(default_factory=list)
    notes: list[Text] = Field(default_factory=list)

    @property
    def other_paths(self) -> list[RelationPath]:
        """``paths`` without those that ``affiliates`` has too."""
        known = [[step.fact.key for step in path.steps] for path in self.affiliates]
        return [path for path in self.paths if [step.fact.key for step in path.steps] not in known]


class Excluded(Model):
    """A firm that makes what is wanted and is kept out all the same."""

    firm: Ref
    reason: Reason
    label: Text
    because: Text
    facts: list[FactRef] = Field(default_factory=list)


class Asked(Model):
    """The answer to “why not this firm?”."""

    firm: Ref
    standing: Standing
    because: Text
    rank: int | None = None
    candidate: Candidate | None = None
    excluded: Excluded | None = None
    makes: list[str] = Field(default_factory=list)


class CandidateList(Citing):
    """Candidates for a segment in a place on a day: those from outside, then those that are here already.

    Attributes
    ----------
    gap : ``<segment slug>@<place slug>``.
    ordered : by what the list is ordered, and with which weights, in words.
    wanted : products and segments that candidates were looked for by.
    total : all that pass; ``items`` are the best of each group.
    found : all firms that make what is wanted, those kept out included. complete : nothing was cut off by a
        bound of the search; else ``notes`` say what was.
    groups, origins, matches : how many of ``total`` by group, by origin, and by their best match.
    excluded : firms kept out, at most as many as items of a group; excluded_counts : how many, by reason.
    unfit : why no firm is welcome here, where the segment is 不宜.
    """

    gap: str
    segment: Ref
    place: Ref
    as_of: str
    weights: dict[PartName, float]
    order: Order
    ordered: Text
    origin: list[Origin]
    wanted: list[str]
    items: list[Candidate]
    total: int
    found: int
    complete: bool
    groups: dict[Group, int]
    origins: dict[Origin, int]
    matches: dict[How, int]
    excluded: list[Excluded] = Field(default_factory=list)
    excluded_counts: dict[Reason, int] = Field(default_factory=dict)
    unfit: RoleVerdict | None = None
    asked: Asked | None = None
    notes: list[Text] = Field(default_factory=list)
