"""Places as a grid of hexagons, each as near as can be to where it lies.

The positions decide: every place gets a hexagon of its own so that the squared distances add up to the least
(an assignment problem, solved as a flow of least cost by the network simplex method: R. K. Ahuja,
T. L. Magnanti, J. B. Orlin, *Network Flows*, 1993, chapter 11). No boundary is drawn that is not known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx

#: Distance between neighbouring hexagons, in degrees of latitude: the least at which every city of Jiangxi is
#: in one piece and no hexagon inside stays empty.
SPACING = 0.45
#: Hexagons that a place may get: the nearest ones.
_NEAREST = 40
_SCALE = 10_000

#: A hexagon: column and row; odd rows are shifted by half a column to the right.
Tile = tuple[int, int]
Point = tuple[float, float]


def tile_layout(positions: Mapping[str, Point], spacing: float = SPACING) -> dict[str, Tile]:
    """A hexagon for each place.

    Parameters
    ----------
    positions : longitude and latitude in degrees, by id.
    spacing : between neighbouring hexagons, in degrees of latitude.

    Columns and rows begin at 0; rows go from north to south.
    """
    if not positions:
        return {}
    east, north = (sum(v) / len(positions) for v in zip(*positions.values(), strict=True))
    narrow = math.cos(math.radians(north))
    flat = {key: ((lon - east) * narrow, north - lat) for key, (lon, lat) in positions.items()}
    cells = _cells(flat, spacing)
    flow: nx.DiGraph[str | Tile] = nx.DiGraph()
    flow.add_node("all", demand=len(flat))
    for key, (x, y) in sorted(flat.items()):
        flow.add_node(key, demand=-1)
        far = {cell: (cx - x) ** 2 + (cy - y) ** 2 for cell, (cx, cy) in cells.items()}
        for cell in sorted(far, key=lambda c: (far[c], c))[:_NEAREST]:
            flow.add_edge(key, cell, capacity=1, weight=round(far[cell] * _SCALE))
            flow.add_edge(cell, "all", capacity=1, weight=0)
    _, taken = nx.network_simplex(flow)
    found = {key: next(cell for cell, used in taken[key].items() if used) for key in flat}
    left, top = min(c for c, _ in found.values()), min(r for _, r in found.values())
    top -= top % 2
    return {key: (column - left, row - top) for key, (column, row) in found.items()}


def _cells(flat: Mapping[str, Point], spacing: float) -> dict[Tile, Point]:
    """The hexagons around all places, with their centres."""
    xs, ys = zip(*flat.values(), strict=True)
    height = spacing * math.sqrt(3) / 2
    columns = range(int(min(xs) / spacing) - 4, int(max(xs) / spacing) + 5)
    rows = range(int(min(ys) / height) - 4, int(max(ys) / height) + 5)
    return {(c, r): ((c + (r % 2) / 2) * spacing, r * height) for c in columns for r in rows}


def centre(tile: Tile, radius: float) -> Point:
    """The middle of a hexagon whose corners lie ``radius`` from it."""
    column, row = tile
    return ((column + (row % 2) / 2) * radius * math.sqrt(3), row * radius * 1.5)


def corners(at: Point, radius: float) -> list[Point]:
    """The six corners, clockwise from the top."""
    x, y = at
    return [
        (round(x + radius * math.sin(k * math.pi / 3), 1), round(y - radius * math.cos(k * math.pi / 3), 1))
        for k in range(6)
    ]


def neighbours(tile: Tile) -> list[Tile]:
    """The six hexagons beside one: the k-th lies over the edge from corner k to corner k + 1."""
    column, row = tile
    right = column + row % 2
    return [
        (right, row - 1), (column + 1, row), (right, row + 1),
        (right - 1, row + 1), (column - 1, row), (right - 1, row - 1),
    ]  # fmt: skip
