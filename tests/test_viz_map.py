"""The map of tiles: every county has its own hexagon near to where it lies, every city is in one piece."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import pytest

from viz.map import Shade, draw_map, spots
from viz.map.spots import short_names
from viz.map.tiles import centre, corners, neighbours, tile_layout

COUNTIES = {s.id: (s.lon, s.lat) for s in spots().values() if s.level == "county"}


def test_the_built_in_places_are_eleven_cities_with_their_hundred_counties() -> None:
    cities = {s.id for s in spots().values() if s.level == "city"}
    assert len(cities) == 11 and len(COUNTIES) == 100
    assert {spots()[c].within for c in COUNTIES} == cities
    assert all(24 < s.lat < 31 and 113 < s.lon < 119 for s in spots().values())


def test_no_two_small_names_are_alike() -> None:
    names = short_names()
    assert len(set(names.values())) == len(names)
    assert names["place/360731"] == "于都" and names["place/360121"] == "南昌县"


def test_every_county_has_its_own_tile_and_every_city_is_in_one_piece() -> None:
    layout = tile_layout(COUNTIES)
    assert len(set(layout.values())) == len(COUNTIES) == len(layout)
    for city in {spots()[c].within for c in COUNTIES}:
        own = {layout[c] for c in COUNTIES if spots()[c].within == city}
        graph = nx.Graph((a, b) for a in own for b in neighbours(a) if b in own)
        graph.add_nodes_from(own)
        assert nx.is_connected(graph), city


def test_what_lies_north_or_east_is_drawn_above_or_to_the_right() -> None:
    layout = {key: centre(tile, 1.0) for key, tile in tile_layout(COUNTIES).items()}
    for a, b in itertools.combinations(COUNTIES, 2):
        east, north = (COUNTIES[b][k] - COUNTIES[a][k] for k in (0, 1))
        if east > 1.2:
            assert layout[b][0] > layout[a][0], (a, b)
        if north > 1.2:
            assert layout[b][1] < layout[a][1], (a, b)


def test_the_layout_has_the_least_squared_distance() -> None:
    """Against every assignment of three places that all want the same hexagon of a small field."""
    places = {"a": (0.0, 0.0), "b": (0.01, 0.0), "c": (0.0, 0.02)}
    layout = tile_layout(places, 1.0)
    east, north = (sum(p[k] for p in places.values()) / 3 for k in (0, 1))
    at = {k: ((x - east) * math.cos(math.radians(north)), north - y) for k, (x, y) in places.items()}
    # the layout is moved to begin at 0; the same move is undone by trying all fields it may have come from
    radius = 1 / math.sqrt(3)
    field = [(c, r) for c in range(-2, 3) for r in range(-2, 3)]

    def cost(tiles: tuple[tuple[int, int], ...]) -> float:
        spots = [centre(t, radius) for t in tiles]
        return sum((x - at[k][0]) ** 2 + (y - at[k][1]) ** 2 for k, (x, y) in zip(places, spots, strict=True))

    least = min(cost(tiles) for tiles in itertools.permutations(field, 3))
    moved = [tuple((c + dc, r + dr) for c, r in layout.values()) for dc in range(-2, 2) for dr in (-2, 0, 2)]
    assert min(map(cost, moved)) == pytest.approx(least, abs=1e-3)


def test_neighbours_share_the_edge_that_they_lie_over() -> None:
    for tile in ((2, 2), (3, 3)):
        around = corners(centre(tile, 40), 40)
        for k, other in enumerate(neighbours(tile)):
            edge = {around[k], around[(k + 1) % 6]}
            near = corners(centre(other, 40), 40)
            assert all(any(math.dist(p, q) < 0.3 for q in near) for p in edge)


def test_a_map_by_city_gives_every_tile_the_shade_of_its_city() -> None:
    shades = {key: Shade("x", "?", key) for key in spots()}
    by_city = draw_map(shades, "zh", by_city=True)
    assert {t.shade.says for t in by_city.tiles} == {c.id for c in by_city.cities}
    assert all(t.shade.says == spots()[t.id].within == t.city for t in by_city.tiles)
    by_county = draw_map(shades, "en", by_city=False)
    assert not by_county.cities and {t.shade.says for t in by_county.tiles} == set(COUNTIES)
    assert {t.name for t in by_county.tiles} >= {"Yudu", "Zhanggong", "Gongqingcheng"}
