"""Verdicts as a person sees them: always a letter and a word beside the colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from graph.gaps.models import Action, Risk, Role, Status
from graph.gaps.signs import RISK_SIGNS, STATUS_SIGNS
from graph.repository.models import Text
from viz.words import Lang, translator

#: From what asks for something to be done to what is well; then what is not known.
STATUSES: tuple[Status, ...] = ("missing", "weak", "strong", "recorded", "unknown", "partly_unknown")
RISKS: tuple[Risk, ...] = get_args(Risk)
ROLES: tuple[Role, ...] = get_args(Role)
ACTIONS: tuple[Action, ...] = get_args(Action)
AXES: dict[str, tuple[str, ...]] = {
    "status": STATUSES,
    "risk": RISKS,
    "role": ROLES,
    "action": ACTIONS,
}
#: Signs that terminals and pictures show too; the letters of the other axes are words of the pages.
_SIGNS: dict[tuple[str, str], Text] = {
    **{("status", code): sign for code, sign in STATUS_SIGNS.items()},
    **{("risk", code): sign for code, sign in RISK_SIGNS.items()},
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict: its stored word, a letter, its word in the reader's language, and what it means.

    ``order`` is its place on its axis.
    """

    code: str
    letter: str
    word: str
    help: str
    order: int


def mark(axis: str, code: str, lang: Lang) -> Mark:
    """The mark of ``code`` on an axis: ``status``, ``risk``, ``role`` or ``action``."""
    t = translator(lang)
    sign = _SIGNS.get((axis, code))
    letter = sign.text(lang) if sign else t(f"verdicts.{axis}_{code}_letter")
    word, meaning = t(f"verdicts.{axis}_{code}"), t(f"verdicts.{axis}_{code}_help")
    return Mark(code, letter, word, meaning, AXES[axis].index(code))


def statuses(lang: Lang) -> list[Mark]:
    """All marks of 现状, for a legend."""
    return [mark("status", code, lang) for code in STATUSES]


def risks(lang: Lang) -> list[Mark]:
    """All marks of 风险, for a legend."""
    return [mark("risk", code, lang) for code in RISKS]


def roles(lang: Lang) -> list[Mark]:
    """All marks of 定位, for a legend."""
    return [mark("role", code, lang) for code in ROLES]
