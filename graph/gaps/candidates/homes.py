"""Where firms are, whether they still are, and how far that is from a place."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.gaps import rows as made
from graph.gaps.candidate_models import Origin
from graph.gaps.candidates.citing import both, of_common
from graph.gaps.index import Index
from graph.gaps.models import FactRef
from graph.gaps.places import WIDE, PlaceTree, great_circle
from graph.gaps.rows import Common
from graph.repository.models import Ref
from graph.repository.reader import Reader, Row

_AT_ONCE: Final = 1000
_COUNTRY: Final = "place/100000"
#: Codes of GB/T 2260 of places that count as abroad for investment (境外): 台湾, 香港, 澳门.
_OUTSIDE: Final = ("71", "81", "82")
Spots = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Home:
    """A firm as candidates know it.

    ``places`` are its own; where it has none, those of its parks, else of its sites, else of their parks;
    ``everywhere`` all of these. ``status`` as on the day.
    """

    firm: Ref
    status: str | None
    stock_codes: tuple[str, ...]
    products: tuple[str, ...]
    places: tuple[str, ...]
    everywhere: tuple[str, ...]
    cites: Common

    def fact(self) -> FactRef:
        """The firm as the fact that states its properties."""
        return of_common(self.cites, "Firm", both(self.firm.caption), self.firm)


async def read_homes(reader: Reader, ids: Iterable[str], day: str) -> dict[str, Home]:
    """The firms with these ids, those that are recorded, by id."""
    listed = sorted(set(ids))
    parts = await asyncio.gather(
        *(
            reader.rows(
                "candidate_homes",
                {"ids": listed[at : at + _AT_ONCE], "day": day},
                most=reader.limits.facts,
            )
            for at in range(0, len(listed), _AT_ONCE)
        )
    )
    rows = (row for part in parts for answer in part for row in answer["homes"])
    return {row["firm"]["id"]: _home(row, day) for row in rows}


def _home(row: Row, day: str) -> Home:
    node = row["firm"]
    known = made.firm({"node": node, "places": row["own"]}, day)
    near = (tuple(sorted(row[name])) for name in ("own", "parks", "sites", "site_parks"))
    own, parks, sites, site_parks = near
    return Home(
        firm=Ref(id=node["id"], cls="Firm", caption=node["caption"]),
        status=known.status,
        stock_codes=known.stock_codes,
        products=tuple(node["products"] or ()),
        places=own or parks or sites or site_parks,
        everywhere=tuple(dict.fromkeys((*own, *parks, *sites, *site_parks))),
        cites=Common(
            key=node["id"],
            date=None,
            standing=node["standing"],
            grade=node["grade"] or None,
            sources=tuple(node["sources"] or ()),
        ),
    )


def places_of_area(index: Index, area: str) -> tuple[str, ...]:
    """The places of a place, park or zone."""
    park = index.facts.parks.get(area)
    return park.places if park is not None else index.facts.zones.get(area) or (area,)


class Origins:
    """Where places are, as seen from ``here``."""

    def __init__(self, tree: PlaceTree, here: Sequence[str]) -> None:
        self._tree = tree
        self._home = {p for place in here for p in tree.chain(place) if _level(tree, p) == "province"}
        self._home |= {p for place in here if (p := _province_by_code(place))}
        self._known: dict[str, Origin | None] = {}

    def of(self, places: Iterable[str]) -> Origin:
        """省内 goes before 省外, that before 境外; ``unknown`` where no place tells."""
        found = {self._of(place) for place in places}
        order: tuple[Origin, ...] = ("province", "elsewhere", "abroad")
        return next((origin for origin in order if origin in found), "unknown")

    def _of(self, place: str) -> Origin | None:
        if place not in self._known:
            self._known[place] = self._found(place)
        return self._known[place]

    def _found(self, place: str) -> Origin | None:
        around, code = self._tree.chain(place), _code(place)
        if self._home.intersection(around) or _province_by_code(place) in self._home:
            return "province"
        if place == _COUNTRY:
            return None  # that it is somewhere in China does not say where
        inland = bool(code) or _COUNTRY in around
        return "elsewhere" if inland and not code.startswith(_OUTSIDE) else "abroad"


def same_city(tree: PlaceTree, places: Iterable[str], here: Iterable[str]) -> bool:
    """Whether one of ``places`` and one of ``here`` are or lie in the same city."""
    return bool(cities_of(tree, places) & cities_of(tree, here))


def cities_of(tree: PlaceTree, places: Iterable[str]) -> set[str]:
    """The cities around places; a county without one stands for itself."""
    found = set()
    for place in places:
        chain = tree.chain(place)
        inner = [p for p in chain if _level(tree, p) not in WIDE]
        found.update([p for p in inner if _level(tree, p) == "city"] or inner)
    return found


def kilometres(spots: Spots, places: Iterable[str], here: Iterable[str]) -> float | None:
    """The least great-circle distance between places of which ``spots`` are known, ``None`` without any."""
    ends = [spots[p] for p in here if p in spots]
    starts = [spots[p] for p in places if p in spots]
    return min((great_circle(a, b) for a in starts for b in ends), default=None)


async def read_spots(reader: Reader, tree: PlaceTree, places: Iterable[str]) -> Spots:
    """Longitude and latitude in degrees of those places for which both are recorded.

    The middle of a province or country says nothing about how far a firm in it is: these are left out.
    """
    listed = sorted({p for p in places if _level(tree, p) not in WIDE})
    if not listed:
        return {}
    rows = await reader.rows("entities", {"ids": listed}, most=reader.limits.facts)
    return {row["node"]["id"]: spot for row in rows if (spot := _spot(row["node"]))}


def _spot(props: Mapping[str, Any]) -> tuple[float, float] | None:
    lon, lat = props.get("lon"), props.get("lat")
    return None if lon is None or lat is None else (float(lon), float(lat))


def _level(tree: PlaceTree, place: str) -> str | None:
    node = tree.nodes.get(place)
    return None if node is None else node.level


def _code(place: str) -> str:
    code = place.removeprefix("place/")
    return code if code.isascii() and code.isdigit() else ""


def _province_by_code(place: str) -> str | None:
    code = _code(place)
    return f"place/{code[:2]}0000" if len(code) >= 6 and not code.startswith("10") else None
