"""Areas 区域: places, parks and zones together, and what lies in what."""

from __future__ import annotations

from collections import defaultdict

from graph.gaps.facts import Facts


class Areas:
    """Look-ups over places (by WITHIN), parks (by PART_OF and where they lie) and zones (what they cover)."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._places = facts.places
        self._zones_over: dict[str, list[str]] = defaultdict(list)
        for zone, covered in sorted(facts.zones.items()):
            for place in covered:
                self._zones_over[place].append(zone)
        self._parks_in: dict[str, list[str]] = defaultdict(list)
        for key, park in sorted(facts.parks.items()):
            for parent in park.parents:
                self._parks_in[parent].append(key)
        self._of: dict[tuple[tuple[str, ...], tuple[str, ...]], frozenset[str]] = {}
        self._finest: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, ...]] = {}
        self._around: dict[str, tuple[str, ...]] = {}

    def finest(self, places: tuple[str, ...], parks: tuple[str, ...]) -> tuple[str, ...]:
        """Where something is that is recorded at ``places`` and ``parks``, as narrowly as that tells.

        The place of a park counts where it lies in one of ``places`` or where there are none; a place counts
        only where none narrower is among the others.
        """
        found = self._finest.get((places, parks))
        if found is None:
            found = self._finest[places, parks] = self._narrowest(places, parks)
        return found

    def _narrowest(self, places: tuple[str, ...], parks: tuple[str, ...]) -> tuple[str, ...]:
        found = list(places)
        for park in parks:
            known = self._facts.parks.get(park)
            own = () if known is None else known.places
            found += [p for p in own if not places or not set(places).isdisjoint(self._places.chain(p))]
        wider = {out for place in found for out in self._places.chain(place)[1:]}
        return tuple(dict.fromkeys(place for place in found if place not in wider))

    def of(self, places: tuple[str, ...], parks: tuple[str, ...]) -> frozenset[str]:
        """Every place, park and zone that something lies in which is recorded at ``places`` and ``parks``."""
        key = (places, parks)
        found = self._of.get(key)
        if found is None:
            inside = {out for place in self.finest(*key) for out in self._places.chain(place)}
            zones = {zone for place in inside for zone in self._zones_over.get(place, ())}
            found = self._of[key] = frozenset(inside | zones | {p for park in parks for p in self._up(park)})
        return found

    def around(self, area: str) -> tuple[str, ...]:
        """``area`` and what surely holds the whole of it, the nearest first."""
        found = self._around.get(area)
        if found is None:
            parks = self._up(area) if area in self._facts.parks else ()
            chains = [self._places.chain(place) for place in self._own_places(area)]
            places = [p for p in (chains[0] if chains else ()) if all(p in other for other in chains)]
            zones = [zone for place in places for zone in self._zones_over.get(place, ())]
            found = self._around[area] = tuple(dict.fromkeys((area, *parks, *places, *zones)))
        return found

    def outside(self, area: str) -> tuple[str, ...]:
        """The places at which something may be recorded that lies in ``area`` without its being told."""
        own = self._own_places(area)
        skip = 0 if area in self._facts.parks else 1
        return tuple(dict.fromkeys(out for place in own for out in self._places.chain(place)[skip:]))

    def may_hold(self, area: str, places: tuple[str, ...], parks: tuple[str, ...]) -> bool:
        """Whether something recorded at a place of ``outside(area)``, or at none, may lie in ``area``: it is
        not known to lie there anyway, nor to lie in another park."""
        if area in self.of(places, parks):
            return False
        return area not in self._facts.parks or set(parks) <= set(self._up(area))

    def children(self, area: str) -> tuple[str, ...]:
        """The places directly in a place, or the parks that are part of a park."""
        return (
            tuple(self._parks_in.get(area, ())) if area in self._facts.parks else self._places.children(area)
        )

    def _own_places(self, area: str) -> tuple[str, ...]:
        if area in self._facts.parks:
            return self._facts.parks[area].places
        return self._facts.zones.get(area) or (area,)

    def _up(self, park: str) -> tuple[str, ...]:
        found = [park]
        for key in found:  # grows while it is read: breadth first
            known = self._facts.parks.get(key)
            found += [p for p in (() if known is None else known.parents) if p not in found]
        return tuple(found)
