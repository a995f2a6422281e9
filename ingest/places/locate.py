"""From an address or a place name to a county code and a park.

A text is read from its start: names of places that follow one another are a chain, each within the one
before; the last is the answer. A park is the longest park name in the text. What a park is named after is no
claim about where it lies: 井冈山经开区 is not in 井冈山市.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.places.gazetteer import Gazetteer, clean, skeleton
from ingest.places.records import Doubt, ParkRecord, PlaceAnswer, city_of, contains, level_of
from ingest.places.stems import stem
from ingest.places.words import Word

#: What follows a place's name where a road or the like is meant: 南昌路, 井冈山大道.
_ROAD = re.compile("(?:[东西南北中]?[一二三四五六七八九十]?(?:大道|大街|路|街|巷|公路|大桥|大厦|广场))")
#: What follows where a park is meant that bears the place's name.
_PARK = re.compile(
    "(?:国家|省级)?(?:级)?(?:经济|高新|高技术|经开|工业园|工业区|工业小区|产业园|出口加工|综合保税|开发区|化工园)"
)
LIMIT = 400


@dataclass(slots=True)
class _Reading:
    """What was found so far: ``chain`` codes from large to small, ``open`` ones that are not decided."""

    chain: list[str] = field(default_factory=list)
    open: tuple[str, ...] = ()
    why: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def place_of(text: str, places: Gazetteer) -> PlaceAnswer:
    """The county (or what is certain of it) and the park that ``text`` names.

    Parameters
    ----------
    text : an address, a place's name, or a park's; more than 400 characters are not read.
    places : from ``Gazetteer.build``.
    """
    plain = clean(text[:LIMIT])
    park_names, spans = _find_park(plain, places)
    reading = _Reading()
    _read(plain, spans, places, reading)
    _settle(reading, places)
    parks = [places.parks[i] for i in park_names]
    return _with_park(reading, parks, places, plain[spans[0] : spans[1]] if spans else "")


def _find_park(plain: str, places: Gazetteer) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """Ids of the parks of the longest name in the text, and where it stands."""
    short, at = skeleton(plain, places.words)
    for length in range(min(places.longest, len(short)), 2, -1):
        for start in range(len(short) - length + 1):
            ids = places.park_names.get(short[start : start + length])
            if ids:
                return ids, (at[start], at[start + length - 1] + 1)
    return (), None


def _read(plain: str, park: tuple[int, int] | None, places: Gazetteer, reading: _Reading) -> None:
    at, follows = 0, True
    while at < len(plain):
        if park is not None and at == park[0]:
            at, follows = park[1], False
            continue
        names_a_place = _word(plain, at, follows, park[0] if park else -1)
        word = next(filter(names_a_place, places.words.all_at(plain, at)), None)
        if word is not None and word.bare and _PARK.match(plain, at + len(word.text)):
            _named_after(word, word.text, reading, places)
            word = None
        if word is None:
            at, follows = at + 1, False
            continue
        _take(word, reading, places)
        at, follows = at + len(word.text), True


def _word(plain: str, at: int, follows: bool, before: int) -> Callable[[Word], bool]:
    """Whether a word at ``at`` names a place: no road's name, not reaching into the park that begins at
    ``before``, and a stem only where it ``follows`` another name or begins the text.
    """

    def names_a_place(word: Word) -> bool:
        end = at + len(word.text)
        if at < before < end or _ROAD.match(plain, end):
            return False
        return follows or not word.bare

    return names_a_place


def _named_after(word: Word, text: str, reading: _Reading, places: Gazetteer) -> None:
    """A park we do not know, named after a county: its city is likely, the county is not said."""
    code = word.code
    if code is None or level_of(code) == "country":
        return
    likely = city_of(code) if level_of(code) == "county" and city_of(code) in places.names else code
    if reading.chain and contains(likely, reading.chain[-1]):
        return
    if not reading.chain or contains(reading.chain[-1], likely):
        reading.chain.append(likely)
        reading.why.append(text)
        reading.doubts.append(
            Doubt(
                "park-unknown",
                f"“{text}”后面是园区名，园区不在名录；园区以某地命名不等于在某地，只推到市",
                f"{text} names a park that is not on record; a park need not lie in what it is named after, "
                "so only the city is taken",
            )
        )


def _take(word: Word, reading: _Reading, places: Gazetteer) -> None:
    codes = word.codes
    if word.bare and reading.chain and not any(contains(reading.chain[-1], c) for c in codes):
        return  # 望城 after 南昌市 is a quarter of Nanchang, not the district of Changsha
    reading.why.append(word.text)
    if reading.chain:
        last = reading.chain[-1]
        inner = tuple(c for c in codes if contains(last, c))
        if not inner:
            if any(contains(c, last) for c in codes):
                return
            named = places.names.get(last, last)
            reading.doubts.append(
                Doubt("contradiction", f"{word.text}不在{named}", f"{word.text} is not in {named}")
            )
            return
        codes = inner
    elif reading.open:
        # two names without a known one above: the second may tell which the first is, or lie in it
        codes = tuple(c for c in codes if any(contains(o, c) for o in reading.open)) or codes
    first = level_of(codes[0])
    top = [c for c in codes if level_of(c) == first]
    deeper = [c for c in codes if reading.chain and c != reading.chain[-1]]
    if reading.chain and codes[0] == reading.chain[-1] and not word.bare and deeper:
        top = deeper
    if len(top) == 1:
        reading.open = ()
        if not reading.chain or top[0] != reading.chain[-1]:
            reading.chain.append(top[0])
    else:
        reading.open = tuple(top)


def _settle(reading: _Reading, places: Gazetteer) -> None:
    """Say what stayed open."""
    if not reading.open:
        return
    shown = "、".join(_full(code, places) for code in reading.open[:5])
    more = "…" if len(reading.open) > 5 else ""
    reading.doubts.append(
        Doubt(
            "ambiguous",
            f"“{reading.why[-1]}”可指 {shown}{more}；请补上省、市",
            f"{reading.why[-1]} may be {shown}{more}; add the province and city",
        )
    )


def _full(code: str, places: Gazetteer) -> str:
    above = [c for c in dict.fromkeys((code[:2] + "0000", city_of(code), code)) if c in places.names]
    return "".join(places.names[c] for c in above)


def _with_park(reading: _Reading, parks: list[ParkRecord], places: Gazetteer, said: str) -> PlaceAnswer:
    code = reading.chain[-1] if reading.chain else None
    doubts, why = reading.doubts, reading.why
    park: ParkRecord | None = None
    fitting = [p for p in parks if code is None or not p.places or any(_near(code, c) for c in p.places)]
    if len(fitting) == 1:
        park = fitting[0]
    elif code is not None and parks and not fitting:
        names = "、".join(p.name for p in parks)
        at = places.names.get(code, code)
        doubts.append(Doubt("park-elsewhere", f"{names}不在{at}，未取", f"{names} is not in {at}; not taken"))
    elif len(parks) > 1:
        ids = "、".join(p.name for p in parks)
        doubts.append(Doubt("park-ambiguous", f"“{said}”可指 {ids}", f"{said} may be {ids}"))
    elif parks:
        park = parks[0]
    if park is not None:
        why.append(said)
        code = _code_with(park, code, places, doubts)
    if code is not None and (code == "100000" or level_of(code) in ("province", "city")):
        name = places.names.get(code, code)
        doubts.append(Doubt("no-county", f"只到{name}，没有县区", f"only {name}; no county is given"))
    return PlaceAnswer(code, park.id if park else None, tuple(why), tuple(dict.fromkeys(doubts)))


def _named_after_only(park: ParkRecord, code: str, places: Gazetteer, doubts: list[Doubt]) -> str:
    """The text gives the county that the park bears in its name, but the park is not recorded there."""
    said, known = (places.names.get(c, c) for c in (code, park.places[0]))
    doubts.append(
        Doubt(
            "named-after",
            f"{park.name}以{said}命名，记在{known}，不一定在{said}",
            f"{park.name} bears the name of {said} but is recorded in {known}",
        )
    )
    return park.places[0]


def _near(code: str, other: str) -> bool:
    return contains(code, other) or contains(other, code) or city_of(code) == city_of(other)


def _code_with(park: ParkRecord, code: str | None, places: Gazetteer, doubts: list[Doubt]) -> str | None:
    """The place, given that the text also names ``park``."""
    within = [c for c in park.places if code is None or contains(code, c) or contains(c, code)]
    if code is not None and any(contains(c, code) for c in park.places):
        if code not in park.places and park.name.startswith(stem(places.names.get(code, code))):
            return _named_after_only(park, code, places, doubts)
        return code
    if len(within) == 1:
        return within[0]
    shown = "、".join(places.names.get(c, c) for c in park.places)
    if len(within) > 1:
        doubts.append(
            Doubt(
                "park-in-many",
                f"{park.name}跨{shown}，请写明县区",
                f"{park.name} lies in {shown}; name the county",
            )
        )
        return code
    if code is not None and park.places:
        said = places.names.get(code, code)
        doubts.append(
            Doubt(
                "park-elsewhere",
                f"写的是{said}，{park.name}记在{shown}",
                f"the text says {said}, {park.name} is recorded in {shown}",
            )
        )
    return code
