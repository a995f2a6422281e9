"""From the parts of scores to a rank. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.gaps.candidate_models import Order

#: Figures after the point: sums of the same parts are equal whatever the order of adding.
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Total:
    """Parts together; see ``Candidate``."""

    score: float | None
    known: float
    low: float
    middle: float
    high: float


def total_of(parts: Sequence[tuple[float, float | None]]) -> Total:
    """The weighted mean of the known parts, and what it would be were the unknown ones 0 or 1.

    Parameters
    ----------
    parts : the weight and the value of each, ``None`` where it is unknown. The weights must not all be 0.
    """
    whole = sum(weight for weight, _ in parts)
    known = [(weight, value) for weight, value in parts if value is not None]
    weighed = sum(weight for weight, _ in known)
    got = sum(weight * value for weight, value in known)
    low, high = got / whole, (got + whole - weighed) / whole
    return Total(
        score=round(got / weighed, _DIGITS) if weighed else None,
        known=round(weighed / whole, _DIGITS),
        low=round(low, _DIGITS),
        middle=round((low + high) / 2, _DIGITS),
        high=round(high, _DIGITS),
    )


def rank_key(total: Total, firm: str, order: Order) -> tuple[float, float, str]:
    """Best first; of equals the one of which more is known, then by id."""
    figure = {"score": -1.0 if total.score is None else total.score, "middle": total.middle, "low": total.low}
    return (-figure[order], -total.known, firm)
