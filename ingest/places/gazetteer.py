"""Places and parks made ready for finding them in texts."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.places.divisions import china
from ingest.places.records import ParkRecord, PlaceRecord
from ingest.places.stems import stem
from ingest.places.words import PlaceWords

#: Kinds of parks in full and loose wording → the short form under which they are compared.
_KINDS = (
    (re.compile("(?:国家级?)?高新(?:技术)?(?:产业)?(?:开发区|园区|园|区)"), "高新区"),
    (re.compile("(?:国家级?)?经济(?:技术)?开发区|经开区"), "经开区"),
    (re.compile("工业园区?"), "工业园"),
)
_SEPARATORS = re.compile(r"[\s,，、;；:：·()（）\[\]【】\-—/]+")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Build once with ``Gazetteer.build``, ask often with ``place_of``.

    ``names`` are the names of ``places``; ``park_names`` maps a park's name, as it stands once 省/市/县/区 is
    dropped from the places in it, to the ids of the parks that bear it.
    """

    words: PlaceWords
    names: dict[str, str]
    parks: dict[str, ParkRecord]
    park_names: dict[str, tuple[str, ...]]
    longest: int

    @classmethod
    def build(cls, places: Iterable[PlaceRecord], parks: Iterable[ParkRecord] = ()) -> Gazetteer:
        """Read ``places`` and ``parks``; short forms of the parks' names are made here."""
        known = with_former_names(places)
        words = PlaceWords.of(known)
        by_id = {park.id: park for park in parks}
        given: dict[str, set[str]] = defaultdict(set)
        made: dict[str, set[str]] = defaultdict(set)
        for park in by_id.values():
            for name in (park.name, *park.aliases):
                plain = skeleton(clean(name), words)[0]
                given[plain].add(park.id)
                made[_without_province(plain, words)].add(park.id)
        for short, ids in made.items():
            if short not in given:
                given[short] = ids
        park_names = {name: tuple(sorted(ids)) for name, ids in given.items() if len(name) >= 3}
        longest = max(map(len, park_names), default=0)
        return cls(words, {place.code: place.name for place in known}, by_id, park_names, longest)


def clean(text: str) -> str:
    """``text`` in compatibility form without spaces, brackets and separators."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def with_former_names(places: Iterable[PlaceRecord]) -> list[PlaceRecord]:
    """``places``, each with the former names that the national table has for its code."""
    former = {place.code: place.aliases for place in china()}
    names = {place.name for place in china()}
    found = []
    for place in places:
        known = (*place.aliases, *(a for a in former.get(place.code, ()) if a not in names))
        found.append(replace(place, aliases=tuple(dict.fromkeys(known))))
    return found


def _without_province(name: str, words: PlaceWords) -> str:
    """江西奉新高新区 → 奉新高新区."""
    word = words.at(name)
    return name[len(word.text) :] if word is not None and word.level == "province" else name


def skeleton(text: str, words: PlaceWords) -> tuple[str, list[int]]:
    """``text`` with names of places cut to their stems and kinds of parks to their short form.

    南昌市高新技术产业开发区 → 南昌高新区. The list gives for each character kept where it stands in ``text``.
    """
    kept: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        short, length = _shortened(text, at, words)
        kept += short
        places += range(at, at + len(short) - 1)
        places.append(at + length - 1)
        at += length
    return "".join(kept), places


def _shortened(text: str, at: int, words: PlaceWords) -> tuple[str, int]:
    """What stands for the text at ``at``, and how many of its characters that takes."""
    for pattern, short in _KINDS:
        if found := pattern.match(text, at):
            return short, found.end() - at
    word = next((w for w in words.all_at(text, at) if not w.bare), None)
    return (stem(word.text), len(word.text)) if word else (text[at], 1)
