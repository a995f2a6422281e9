"""Names and search texts in the form in which they are compared."""

from __future__ import annotations

import unicodedata
from itertools import pairwise


def normal(text: str) -> str:
    """``text`` in compatibility form and lower case, letters and digits of any script only.

    ``赣府字〔2023〕40号`` becomes ``赣府字202340号`` and ``600362.SH`` becomes ``600362sh``.
    """
    return "".join(c for c, _ in _characters(text))


def span_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the characters ``start`` to ``end`` of ``normal(text)`` stand in ``text``."""
    places = [i for _, i in _characters(text)][start:end]
    return (places[0], places[-1] + 1) if places else (0, 0)


def grams(text: str) -> tuple[list[str], list[str]]:
    """Tokens for each character, and for each two neighbouring ones, of a normal text; ASCII only."""
    codes = [f"{ord(c):x}" for c in text]
    return codes, [f"{a}x{b}" for a, b in pairwise(codes)]


def _characters(text: str) -> list[tuple[str, int]]:
    """The characters of the normal form, each with its place in ``text``."""
    found = []
    for place, char in enumerate(text):
        folded = unicodedata.normalize("NFKC", char).casefold()
        found += [(c, place) for c in folded if c.isalnum()]
    return found
