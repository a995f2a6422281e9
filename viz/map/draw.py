"""The map to draw: tiles with their texts, borders between the cities, all in the units of its view box."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from viz.map.spots import short_names, spots
from viz.map.tiles import Point, Tile, centre, corners, neighbours, tile_layout
from viz.words import Lang

RADIUS, MARGIN = 40.0, 8.0


@dataclass(frozen=True, slots=True)
class Shade:
    """What a place shows: the class of its colour, the letter or number, and all of it in words."""

    style: str
    sign: str
    says: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class TileView:
    """A hexagon: its corners as SVG wants them, its middle, what it shows. ``name`` may be empty."""

    id: str
    city: str
    points: str
    x: float
    y: float
    name: str
    shade: Shade


@dataclass(frozen=True, slots=True)
class City:
    """A city's name at the middle of its tiles."""

    id: str
    x: float
    y: float
    name: str
    shade: Shade


@dataclass(frozen=True, slots=True)
class MapView:
    """Everything of the picture. ``borders`` is the path of the edges between cities and around all."""

    view_box: str
    tiles: list[TileView]
    cities: list[City]
    borders: str
    by_city: bool


def draw_map(shades: Mapping[str, Shade], lang: Lang, *, by_city: bool) -> MapView:
    """The map with ``shades`` by the id of the place; every city or every county has to have one."""
    layout, middles = _layout(), _middles()
    tiles = []
    for key, tile in layout.items():
        spot = spots()[key]
        x, y = centre(tile, RADIUS)
        tiles.append(
            TileView(
                id=key,
                city=spot.within,
                points=" ".join(f"{px},{py}" for px, py in corners((x, y), RADIUS)),
                x=round(x, 1),
                y=round(y, 1),
                name="" if by_city else _name(key, lang),
                shade=shades[spot.within if by_city else key],
            )
        )
    cities = [City(key, *middles[key], _name(key, lang), shades[key]) for key in middles if by_city]
    return MapView(_box(layout), tiles, cities, _borders(), by_city)


def _name(key: str, lang: Lang) -> str:
    if lang == "zh":
        return short_names()[key]
    return spots()[key].name_en.removesuffix(" District").removesuffix(" County").removesuffix(" City")


@cache
def _layout() -> dict[str, Tile]:
    return tile_layout({s.id: (s.lon, s.lat) for s in spots().values() if s.level == "county"})


@cache
def _middles() -> dict[str, Point]:
    """Where a city's name stands: on that of its tiles that is nearest to the middle of them all."""
    tiles: defaultdict[str, list[Point]] = defaultdict(list)
    for key, tile in _layout().items():
        tiles[spots()[key].within].append(centre(tile, RADIUS))
    found = {}
    for city, points in sorted(tiles.items()):
        mx, my = (sum(v) / len(points) for v in zip(*points, strict=True))
        x, y = min(points, key=lambda p: (p[0] - mx) ** 2 + (p[1] - my) ** 2)
        found[city] = (round(x, 1), round(y, 1))
    return found


def _box(layout: Mapping[str, Tile]) -> str:
    xs, ys = zip(*(centre(t, RADIUS) for t in layout.values()), strict=True)
    around = RADIUS + MARGIN
    left, top = min(xs) - around, min(ys) - around
    return f"{left:.0f} {top:.0f} {max(xs) + around - left:.0f} {max(ys) + around - top:.0f}"


@cache
def _borders() -> str:
    """The edges over which no tile of the same city lies."""
    city = {tile: spots()[key].within for key, tile in _layout().items()}
    path = []
    for tile, own in city.items():
        around = corners(centre(tile, RADIUS), RADIUS)
        for k, other in enumerate(neighbours(tile)):
            if city.get(other) != own:
                (x1, y1), (x2, y2) = around[k], around[(k + 1) % 6]
                path.append(f"M{x1} {y1}L{x2} {y2}")
    return "".join(path)
