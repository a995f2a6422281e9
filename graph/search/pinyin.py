"""Names by their sound: full pinyin and initials, from any syllable on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

#: Places in Jiangxi whose 都 is read dū; the library's default is dōu.
_PHRASES: Final = {"都昌": [["dū"], ["chāng"]], "于都": [["yú"], ["dū"]], "宁都": [["níng"], ["dū"]]}

#: Letters of a sound that are compared.
LONGEST: Final = 64
_RUN: Final = re.compile(r"[a-z0-9]+|.", re.ASCII)
_SPOKEN: Final = re.compile(r"[a-z0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable, or a run of Latin letters and digits, at ``start`` to ``end`` of a normal text."""

    sound: str
    initial: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[Syllable, ...]:
    """The syllables of a normal text; characters without a reading are passed over.

    A run of Latin letters counts whole, in full and as an initial: ``led照明`` has the initials ``ledzm``.
    """
    readings = reader()(text, errors=_RUN.findall)  # a list is split into its items
    found: list[Syllable] = []
    for match, reading in zip(_RUN.finditer(text), readings, strict=True):
        sound = reading.lower()
        if not _SPOKEN.fullmatch(sound):
            continue
        initial = sound if match.group().isascii() else sound[0]
        found.append(Syllable(sound, initial, match.start(), match.end()))
    return tuple(found)


@cache
def reader() -> Callable[..., list[str]]:
    """The library with our phrases: the one place that loads it, for its dictionaries are shared.

    Read when first needed, since they take a third of a second.
    """
    from pypinyin import lazy_pinyin, load_phrases_dict

    load_phrases_dict(_PHRASES)
    return lazy_pinyin


def has_sound(text: str) -> bool:
    """Whether a normal text has characters whose sound differs from themselves."""
    return not text.isascii()


def tails(parts: list[str]) -> list[str]:
    """What the parts spell from each of them on: ``ning de`` gives ``ningde`` and ``de``."""
    return ["".join(parts[i : i + LONGEST])[:LONGEST] for i in range(len(parts))]
