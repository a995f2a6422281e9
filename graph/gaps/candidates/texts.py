"""How the name of one product matches that of another, as text alone."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Final

from graph.gaps.candidate_models import How

#: Shorter texts match nothing but themselves: 铜 is within too many names.
SHORTEST: Final = 2
#: Shorter texts are not compared by their pairs: 正极材料 and 负极材料 have two of three in common.
_SHORTEST_ALIKE: Final = 5


def how_alike(term: str, text: str, similar_from: float) -> How | None:
    """By what ``text``, a product that a firm makes, matches ``term``, a product that is wanted.

    In Chinese, as in English compounds, the last part of a name tells what a thing is and what stands before
    it tells of which kind: ``锂电池电解液`` is an electrolyte, ``电解液添加剂`` is none.

    Parameters
    ----------
    term, text : normal texts (``graph.search.normal``).
    similar_from : Dice's coefficient of their two-character pairs from which they count as similar
        (L. R. Dice, Measures of the amount of ecologic association between species, Ecology 26, 1945).
    """
    if term == text:
        return "product_text"
    shorter = min(len(term), len(text))
    if shorter < SHORTEST:
        return None
    ways: tuple[tuple[How, bool], ...] = (
        ("ends_with", text.endswith(term)),
        ("head", term.endswith(text)),
        ("contains", term in text),
        ("similar", shorter >= _SHORTEST_ALIKE and dice(term, text) >= similar_from),
    )
    return next((how for how, is_so in ways if is_so), None)


def dice(a: str, b: str) -> float:
    """Dice's coefficient of the two-character pairs of two texts, repeated ones counted: 0–1."""
    one, two = Counter(pairwise(a)), Counter(pairwise(b))
    total = one.total() + two.total()
    return 2 * (one & two).total() / total if total else 0.0


def tails(term: str) -> list[str]:
    """The ends of ``term`` that are shorter than it, the longest first, none shorter than ``SHORTEST``."""
    return [term[i:] for i in range(1, len(term) - SHORTEST + 1)]
