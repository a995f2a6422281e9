"""Standing and grade as a person sees them: always a symbol and a word, never a colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.facts import STANDINGS
from graph.repository.models import LinkView, NodeView
from viz.words import Lang, translator

MARKS = {"verified": "✓", "unverified": "?", "candidate": "◇"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing: its stored word, its symbol, and its word in the reader's language."""

    code: str
    mark: str
    word: str

    @property
    def text(self) -> str:
        """Symbol and word."""
        return f"{self.mark} {self.word}"


def standing(code: str | None, lang: Lang) -> Standing | None:
    """The standing ``code`` in ``lang``; ``None`` where nothing is known of it."""
    if code not in STANDINGS:
        return None
    t = translator(lang)
    return Standing(code, MARKS[code], t(f"common.standing_{code}"))


def weakest(views: Iterable[NodeView | LinkView]) -> str | None:
    """The weakest recorded standing of several entities or relations; ``None`` where none is recorded."""
    return max((v.standing for v in views if v.standing in STANDINGS), key=STANDINGS.index, default=None)


def all_standings(lang: Lang) -> list[Standing]:
    """The three standings, strongest first, for a legend."""
    return [s for code in STANDINGS if (s := standing(code, lang))]
