"""Places as a tree: what lies in what, along WITHIN."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: Mean radius of the earth, as the IUGG gives it.
EARTH_KM: Final = 6371.0088
#: Levels of places whose middle tells no distance.
WIDE: Final = ("province", "country")


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A place: level as in ``Place.level``, the place it lies in, and where it is (degrees), if known."""

    id: str
    name: str
    level: str | None = None
    parent: str | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceTree:
    """Places by id. One whose parent is not among them is a root."""

    nodes: Mapping[str, PlaceFact] = field(default_factory=dict)
    _children: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        children: dict[str, list[str]] = defaultdict(list)
        for key, node in sorted(self.nodes.items()):
            if node.parent is not None and node.parent in self.nodes and node.parent != key:
                children[node.parent].append(key)
        object.__setattr__(self, "_children", dict(children))

    def children(self, place: str) -> tuple[str, ...]:
        """The places directly in ``place``, by id."""
        return tuple(self._children.get(place, ()))

    def chain(self, place: str) -> tuple[str, ...]:
        """``place`` and what it lies in, from the inside out. A place that is not known stands alone."""
        out: list[str] = []
        at: str | None = place
        while at is not None and at not in out:
            out.append(at)
            node = self.nodes.get(at)
            at = None if node is None else node.parent
        return tuple(out)

    def subtree(self, place: str) -> frozenset[str]:
        """``place`` and all that lies in it."""
        found: set[str] = set()
        waiting = [place]
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                waiting += self._children.get(at, ())
        return frozenset(found)

    def shared_level(self, one: str, other: str) -> str | None:
        """The level of the smallest place that holds both, ``None`` where none does."""
        around = set(self.chain(other))
        return next((self.nodes[p].level for p in self.chain(one) if p in around and p in self.nodes), None)

    def kilometres(self, one: str, other: str) -> float | None:
        """Great-circle distance, ``None`` where one is not mapped, or as wide as a province: its middle says
        nothing about where in it something is."""
        ends = [self.nodes.get(place) for place in (one, other)]
        spots = [
            (end.lon, end.lat)
            for end in ends
            if end is not None and end.level not in WIDE and end.lon is not None and end.lat is not None
        ]
        return great_circle(*spots) if len(spots) == 2 else None


def great_circle(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two points given as longitude and latitude in degrees, on a sphere.

    Haversine formula: R. W. Sinnott, Virtues of the Haversine, Sky and Telescope 68(2), 1984.
    """
    (lon1, lat1), (lon2, lat2) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, h)))
