"""What matching answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.match.reasons import TEXTS

Kind = Literal["same", "perhaps", "new"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a candidate is (``weight`` above 0) or is not (below 0) the firm asked about.

    ``weight`` is in natural log odds for what names, places and products tell; reasons that decide alone, or
    bound the score, have the weight that the bound stands for.
    """

    code: str
    zh: str
    en: str
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known firm that may be the one asked about; ``score`` from 0 to 1, ``reasons`` strongest first."""

    id: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Who the firm with that ``id`` is.

    ``same``: the first candidate is the firm. ``perhaps``: a person has to say. ``new``: nobody known is
    likely; candidates below the threshold are still listed. Candidates are best first.
    """

    id: str
    kind: Kind
    candidates: tuple[Candidate, ...]


def reason(code: str, weight: float) -> Reason:
    """The reason with that code in both languages."""
    zh, en = TEXTS[code]
    return Reason(code, zh, en, round(weight, 2))
