"""The words by which places are named at the start of a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.places.records import PlaceRecord, level_of
from ingest.places.stems import stem

_ORDER = {"country": 0, "province": 1, "city": 2, "county": 3, "town": 4}


@dataclass(frozen=True, slots=True)
class Word:
    """One word: ``codes`` of the places it may mean, highest level first.

    ``bare`` tells that the word is a stem (南昌), not a full name (南昌市); ``canonical`` is the word under
    which spellings of the same place are compared: the stem where it means this place before all others.
    """

    text: str
    codes: tuple[str, ...]
    bare: bool
    canonical: str

    @property
    def code(self) -> str | None:
        """The place meant: the highest, if it alone is of its level; else ``None``."""
        first = level_of(self.codes[0])
        same = [code for code in self.codes if level_of(code) == first]
        return same[0] if len(same) == 1 else None

    @property
    def level(self) -> str:
        """Level of the highest place meant."""
        return level_of(self.codes[0])


@dataclass(slots=True)
class PlaceWords:
    """Names, former names and stems of places, found by their first two characters."""

    _by_start: dict[str, list[Word]] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Iterable[PlaceRecord]) -> PlaceWords:
        """The words of ``places``; stems are made, and only those of two characters or more are kept."""
        full: dict[str, set[str]] = defaultdict(set)
        bare: dict[str, set[str]] = defaultdict(set)
        former: dict[str, set[str]] = defaultdict(set)
        for place in places:
            for name in (place.name, *place.aliases):
                full[name].add(place.code)
                if (short := stem(name)) != name and level_of(place.code) != "country":
                    (bare if name == place.name else former)[short].add(place.code)
        bare.update((short, codes) for short, codes in former.items() if short not in bare)
        words = cls()
        for text, codes in bare.items():
            if text not in full:
                words._add(Word(text, _ordered(codes), True, text))
        for text, codes in full.items():
            short = stem(text)
            mine = _ordered(codes)
            rivals = _ordered(bare.get(short, set()))
            meant = bool(rivals) and rivals[0] == mine[0] and level_of(mine[0]) in ("province", "city")
            words._add(Word(text, mine, False, short if meant and short not in full else text))
        for entry in words._by_start.values():
            entry.sort(key=lambda word: -len(word.text))
        return words

    def at(self, text: str, start: int = 0) -> Word | None:
        """The longest word that stands at ``start`` in ``text``."""
        for word in self._by_start.get(text[start : start + 2], ()):
            if text.startswith(word.text, start):
                return word
        return None

    def all_at(self, text: str, start: int = 0) -> list[Word]:
        """All words at ``start``, longest first."""
        starting = self._by_start.get(text[start : start + 2], ())
        return [word for word in starting if text.startswith(word.text, start)]

    def _add(self, word: Word) -> None:
        if len(word.text) >= 2:
            self._by_start.setdefault(word.text[:2], []).append(word)


@lru_cache(maxsize=8)
def words_of(places: tuple[PlaceRecord, ...]) -> PlaceWords:
    """``PlaceWords.of``, made once for the same places."""
    return PlaceWords.of(places)


def _ordered(codes: set[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: (_ORDER[level_of(code)], code)))
