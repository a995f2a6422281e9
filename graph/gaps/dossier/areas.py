"""The areas that count as here: the park or place, and the county and city around it."""

from __future__ import annotations

from collections.abc import Iterable

from graph.gaps.index import Index
from graph.repository.models import Ref
from graph.repository.reader import Row

#: Levels of places that are too wide to count as here.
_WIDE = ("province", "country")


class Areas:
    """``ids``: the park or place and what is around it, the nearest first, up to the city."""

    def __init__(self, index: Index, place: str) -> None:
        tree = index.facts.places
        around = [key for key in index.around(place) if key not in index.facts.zones]
        nodes = tree.nodes
        self.ids = [key for key in around if key == place or not (key in nodes and nodes[key].level in _WIDE)]
        self.refs: list[Ref] = [index.ref(key) for key in self.ids]
        self._tree, self._parks = tree, index.facts.parks

    def of(self, places: Iterable[str], parks: Iterable[str]) -> Ref | None:
        """The narrowest area in which something lies that is recorded at places and parks."""
        inside: set[str] = set()
        for park in parks:
            known = self._parks.get(park)
            inside |= {park, *(() if known is None else known.parents)}
            places = [*places, *(() if known is None else known.places)]
        for place in places:
            inside.update(self._tree.chain(place))
        return next((one for one in self.refs if one.id in inside), None)

    def of_rows(self, rows: Iterable[Row]) -> Ref | None:
        """The same by rows of LOCATED_IN and IN_PARK."""
        ends = [(row["type"], row["node"]["id"]) for row in rows]
        return self.of(
            [key for cls, key in ends if cls == "LOCATED_IN"], [key for cls, key in ends if cls == "IN_PARK"]
        )
