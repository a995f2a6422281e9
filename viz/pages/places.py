"""Choosing a place: the province, its cities and counties, the parks near the place that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.gaps.facts import ParkFact
from graph.gaps.places import PlaceTree
from graph.repository.models import Ref
from viz.show import Show

#: Parks offered at most.
MOST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """An option: the id of a place or park, and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """A labelled group of options, as a list box shows it."""

    label: str
    items: list[Choice]


@dataclass(frozen=True, slots=True)
class PlaceChooser:
    """``groups`` to choose from; ``path`` leads from the province to the place shown, which is last."""

    groups: list[Choices]
    path: list[Ref]


def place_chooser(show: Show, tree: PlaceTree, parks: Mapping[str, ParkFact], place: Ref) -> PlaceChooser:
    """What may be chosen while ``place`` (a place or a park) is shown.

    The list holds the place's province with its cities and their counties, and the parks of the place's city;
    a place outside every province stands alone.
    """
    park = parks.get(place.id)
    at = place.id if park is None else next(iter(park.places), place.id)
    around = _below_country(tree, at)
    top = around[-1]
    named = place.caption if top == place.id else _name(tree, top)
    groups = [Choices(named, [Choice(top, named)])]
    for city in tree.children(top):
        name = _name(tree, city)
        counties = [Choice(c, f"{name} {_name(tree, c)}") for c in tree.children(city)]
        groups.append(Choices(name, [Choice(city, name), *counties]))
    near = around[-2] if len(around) > 1 else top
    if offered := _parks(tree, parks, near):
        groups.append(Choices(show.t("panorama.parks_of", place=_name(tree, near)), offered))
    if not any(place.id == c.id for g in groups for c in g.items):
        groups.append(Choices(show.t("panorama.shown_place"), [Choice(place.id, place.caption)]))
    path = [Ref(id=p, cls="Place", caption=_name(tree, p)) for p in reversed(around) if p != place.id]
    return PlaceChooser(groups, [*path, place])


def _below_country(tree: PlaceTree, place: str) -> tuple[str, ...]:
    """The place and what it lies in, without the country (unless that is the place)."""
    chain = tree.chain(place)
    kept = tuple(p for p in chain if p not in tree.nodes or tree.nodes[p].level != "country")
    return kept or chain


def _parks(tree: PlaceTree, parks: Mapping[str, ParkFact], place: str) -> list[Choice]:
    inside = tree.subtree(place)
    found = [Choice(p.id, p.name) for p in parks.values() if inside.intersection(p.places)]
    return sorted(found, key=lambda c: (c.name, c.id))[:MOST]


def _name(tree: PlaceTree, place: str) -> str:
    return tree.nodes[place].name if place in tree.nodes else place
