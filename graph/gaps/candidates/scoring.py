"""One firm as a candidate: all parts of its score, and their words where it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.gaps.candidate_models import Candidate, CandidatePart, Group, Origin, RelationPath
from graph.gaps.candidates.citing import shown
from graph.gaps.candidates.clues import Clue
from graph.gaps.candidates.details import Detail
from graph.gaps.candidates.homes import Home
from graph.gaps.candidates.matching import evidence_of, matches_of
from graph.gaps.candidates.parts import (
    Part,
    Setting,
    expansion_part,
    product_part,
    proximity_part,
    relation_part,
    synergy_part,
)
from graph.gaps.candidates.ranking import Total, total_of
from graph.gaps.candidates.strength import strength_part
from graph.gaps.candidates.ties import Ties
from graph.gaps.candidates.words import ORIGIN_LABELS, PART_LABELS
from graph.repository.models import Text

_SUSPENDED: Final = Text(
    zh="在本地此环节有停产或已退出的基地", en="it has a suspended or closed site of the segment here"
)
_OTHERWISE: Final = Text(
    zh="企业已在本地，从事其他环节或环节未明", en="it is here already, in another segment or none recorded"
)
_NEARBY: Final = Text(zh="企业已在本市", en="it is in the same city already")
_PERHAPS: Final = Text(
    zh="只记录到上级地区，可能就在本地", en="it is recorded for a place around this one and may be here"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a firm before it is scored; ``best`` is the clue that is worth most."""

    home: Home
    origin: Origin
    group: Group
    clues: Sequence[Clue]
    best: Clue


@dataclass(frozen=True, slots=True)
class Scored:
    """A firm with its parts and their sum."""

    firm: Known
    parts: Sequence[Part]
    total: Total
    km: float | None


def score(setting: Setting, ties: Ties, firm: Known, detail: Detail) -> Scored:
    """All parts of the firm's score."""
    home, best = firm.home, firm.best
    near, km = proximity_part(setting, home, firm.origin)
    parts = (
        product_part(setting, best, evidence_of(home, firm.clues, best)),
        relation_part(setting, ties.paths(home.firm.id)),
        synergy_part(setting, detail.works),
        expansion_part(setting, home, detail.signs),
        strength_part(setting, home, detail),
        near,
    )
    total = total_of([(setting.weights[part.name], part.value) for part in parts])
    return Scored(firm, parts, total, km)


def told(
    setting: Setting, ties: Ties, scored: Scored, rank: int, affiliates: Sequence[RelationPath]
) -> Candidate:
    """The firm with its rank, and with what each part rests on."""
    home, origin, total = scored.firm.home, scored.firm.origin, scored.total
    return Candidate(
        rank=rank,
        group=scored.firm.group,
        firm=home.firm,
        origin=origin,
        origin_label=ORIGIN_LABELS[origin],
        places=[setting.index.ref(place) for place in home.places],
        distance_km=None if scored.km is None else round(scored.km, 1),
        score=total.score,
        known=total.known,
        low=total.low,
        middle=total.middle,
        high=total.high,
        parts=[_told(setting, part) for part in scored.parts],
        matches=matches_of(setting.scores, home, scored.firm.clues),
        paths=ties.paths(home.firm.id),
        affiliates=list(affiliates),
        notes=_notes(setting, scored.firm),
    )


def _told(setting: Setting, part: Part) -> CandidatePart:
    return CandidatePart(
        name=part.name,
        label=PART_LABELS[part.name],
        value=None if part.value is None else round(part.value, 6),
        weight=setting.weights[part.name],
        because=part.because(),
        facts=shown(part.facts),
    )


def _notes(setting: Setting, firm: Known) -> list[Text]:
    """What to know besides: that the firm is here already in another way, or may be."""
    index, place = setting.index, setting.place
    works = [clue.work for clue in firm.clues if clue.work is not None]
    if any(index.inside(work.places, work.parks, place) for work in works):
        return [_SUSPENDED]
    if index.inside(firm.home.everywhere, (), place):
        return [_OTHERWISE]
    if firm.group == "local":
        return [_NEARBY]
    wide = set(index.areas.outside(place))
    return [_PERHAPS] if wide.intersection(firm.home.everywhere) else []
