"""A map of Jiangxi's cities and counties as tiles: drawn here, from the built-in positions alone."""

from viz.map.draw import City, MapView, Shade, TileView, draw_map
from viz.map.spots import Spot, spots

__all__ = ["City", "MapView", "Shade", "Spot", "TileView", "draw_map", "spots"]
