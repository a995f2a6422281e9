"""Which candidates are here already 本地企业, and which own, or are owned by, a firm that is 关联方."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from graph.gaps.candidate_models import RelationPath
from graph.gaps.candidates.homes import cities_of, read_homes
from graph.gaps.candidates.ties import MOST_PATHS, Locals, ties_around
from graph.gaps.facts import GONE
from graph.gaps.index import Index
from graph.repository.models import Ref
from graph.repository.reader import Reader

OWNERSHIP: Final = "OWNS|SUBSIDIARY_OF"


class Ground:
    """The place asked for together with its city: what lies on it is local."""

    def __init__(self, index: Index, place: str, here: Sequence[str]) -> None:
        self._index, self._place = index, place
        self._cities = cities_of(index.facts.places, here)
        self._known: dict[str, bool] = {}

    def holds(self, places: Iterable[str]) -> bool:
        """Whether one of ``places`` (ids) is or lies in the place or its city."""
        return any(self._holds(place) for place in places)

    def _holds(self, place: str) -> bool:
        if place not in self._known:
            cities = cities_of(self._index.facts.places, (place,))
            inside = self._index.inside((place,), (), self._place)
            self._known[place] = inside or not self._cities.isdisjoint(cities)
        return self._known[place]


async def read_affiliates(
    reader: Reader, ground: Ground, firms: Mapping[str, Ref], here: Locals, day: str
) -> dict[str, list[RelationPath]]:
    """By id of each of ``firms``, the firms on the ground that it owns or is owned by, leading ones first.

    A firm that has ceased or was merged is none. Raises ``ReadTimeout`` or ``EngineUnavailable``.
    """
    if not firms:
        return {}
    ties = await ties_around(reader, firms, day, OWNERSHIP)
    homes = await read_homes(reader, (tie.far.id for tie in ties), day)
    local = {key for key, home in homes.items() if home.status not in GONE and ground.holds(home.everywhere)}
    found: dict[str, dict[str, RelationPath]] = defaultdict(dict)
    for tie in ties:
        if tie.far.id in local:
            path = RelationPath(to=tie.far, leader=tie.far.id in here.leaders, steps=[tie.step])
            found[tie.near].setdefault(tie.far.id, path)
    return {
        firm: sorted(paths.values(), key=lambda p: (not p.leader, p.to.id))[:MOST_PATHS]
        for firm, paths in found.items()
    }
