"""A visiting pack 拜访材料: each line is a fact with its sources; what is not recorded becomes a question."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph.gaps.candidate_models import Asked, RelationPath
from graph.gaps.candidates.fit_models import Fit
from graph.gaps.models import ActionVerdict, FactRef, RiskVerdict
from graph.repository.models import Citing, Model, Ref, Text

#: Whom a question is for: the firm that is visited, or the park and its departments.
Whom = Literal["firm", "park"]


class DossierLine(Model):
    """A line: what it tells (``label``), and the fact with date, grade and sources."""

    label: Text
    fact: FactRef


class DossierPart(Model):
    """A part of the pack. ``total`` counts all lines there are; ``missing`` says what is not recorded."""

    lines: list[DossierLine] = Field(default_factory=list)
    total: int = 0
    missing: list[Text] = Field(default_factory=list)


class Dealing(Model):
    """With whom the firm deals here: the path of recorded relations to a party in ``area``."""

    path: RelationPath
    area: Ref


class DossierGap(Model):
    """A gap of ``place`` that the firm could fill.

    Attributes
    ----------
    gap : id of the gap. fit : what it makes that is wanted, the verdicts, partners and parks.
    risks, actions : the other verdicts. asked : where the firm stands among the candidates and why.
    """

    gap: str
    place: Ref
    fit: Fit
    risks: list[RiskVerdict] = Field(default_factory=list)
    actions: list[ActionVerdict] = Field(default_factory=list)
    asked: Asked | None = None


class Question(Model):
    """What is not recorded and is to be asked."""

    whom: Whom
    ask: Text


class Dossier(Citing):
    """All that is recorded for a visit to ``firm`` on behalf of ``park``, on a day.

    Attributes
    ----------
    park : a park, or a place where no park is named. areas : it and the county and city around it.
    who, makes : the firm itself. here : its own sites and projects in the areas.
    dealings : whom it deals with here, leading firms first.
    gaps : gaps of the areas that it would fill, best first; gap_count : how many there are.
    suits : other links of the areas that it would suit, whose status is no gap or not known.
    offers : factors 要素, positioning, properties of the park, policies of the place.
    questions : what is not recorded. notes : what was cut off.
    """

    firm: Ref
    park: Ref
    areas: list[Ref]
    as_of: str
    who: DossierPart
    makes: DossierPart
    here: DossierPart
    dealings: list[Dealing] = Field(default_factory=list)
    dealing_count: int = 0
    gaps: list[DossierGap] = Field(default_factory=list)
    gap_count: int = 0
    suits: list[Fit] = Field(default_factory=list)
    suit_count: int = 0
    offers: DossierPart
    questions: list[Question] = Field(default_factory=list)
    notes: list[Text] = Field(default_factory=list)
