"""What the pages about a chain in a place are asked for, and the form above them that asks for another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Request
from pydantic import BaseModel, Field

from graph.errors import NotFound
from graph.gaps.rules import Rules
from graph.repository.models import Ref
from viz.dates import show_date
from viz.links import Links
from viz.pages.context import links_of, show_of
from viz.pages.home import ORDER
from viz.pages.places import place_chooser
from viz.pages.service import Service
from viz.show import Show
from viz.verdicts import Mark, mark

#: Where nobody said which place.
PROVINCE = "place/360000"
Word = Annotated[str, Field(max_length=40)]


class ChainQuery(BaseModel):
    """Parameters of an address: a chain (none: the first, or all), a day (none: today)."""

    chain: Annotated[str, Field(max_length=200)] = ""
    as_of: Annotated[str, Field(max_length=20)] = ""

    @property
    def day(self) -> str | None:
        """The day if one was asked for."""
        return self.as_of or None


class PlaceQuery(ChainQuery):
    """The same with a place or park."""

    place: Annotated[str, Field(max_length=200)] = PROVINCE


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for what: the reader's words and addresses; the slug of the chain (empty: all), the id of the
    place, and the day as it was asked for, which stand in every link; ``rules`` are what verdicts rest on."""

    show: Show
    links: Links
    rules: Rules
    chain: str = ""
    place: str = ""
    as_of: str | None = None

    def mark(self, axis: str, code: str) -> Mark:
        """A verdict in the reader's language."""
        return mark(axis, code, self.show.lang)

    def threshold(self, rule: str, name: str) -> str:
        """What a threshold is called; its own name where the rules have no label for it."""
        known = self.rules.all.get(rule)
        found = known.thresholds.get(name) if known else None
        return found.label.text(self.show.lang) if found else name

    def law(self, rule: str) -> str:
        """The law, paper or guideline behind a rule; empty where there is none."""
        known = self.rules.all.get(rule)
        return (known.source or "") if known else ""

    def query(self) -> dict[str, Any]:
        """The parameters of an address that asks for the same."""
        return {"chain": self.chain, "place": self.place, "as_of": self.as_of}


class Asking:
    """Makes ``Asked`` and the form of a page.

    ``service`` is asked for the chains and places that may be chosen.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    def show(self, request: Request) -> Show:
        """What is needed to show anything to the one who asks."""
        return show_of(request, self._service.ontology)

    def asked(self, request: Request, chain: Ref | None, place: Ref, as_of: str | None) -> Asked:
        """What was asked for, once it is found."""
        show = self.show(request)
        rules = self._service.gaps.rules
        return Asked(show, links_of(request), rules, slug(chain.id) if chain else "", place.id, as_of)

    async def chain_or_first(self, chosen: str) -> str:
        """The chain that was named, else the first there is. Raises ``NotFound`` if there is none."""
        if chosen:
            return chosen
        known = await self._chains()
        if not known:
            detail = (
                "图里还没有带环节的产业链 · no chain with segments is in the graph yet; lianpu load builtin"
            )
            raise NotFound(detail, expected="a chain")
        return known[0]["id"]

    async def form(
        self, asked: Asked, place: Ref | None, day: str, action: str, **keep: str
    ) -> dict[str, Any]:
        """What ``_gap_form.html`` needs.

        Parameters
        ----------
        place : the place shown, ``None`` on a page that shows all.
        day : of the answer. action : where the form leads. keep : parameters that it takes along.
        """
        chooser = None
        if place is not None:
            look = await self._service.gaps.look(place.id, chain=asked.chain or None, as_of=asked.as_of)
            chooser = place_chooser(asked.show, look.index.facts.places, look.index.facts.parks, place)
        return {
            "asked": asked,
            "chains": await self._chains(),
            "chooser": chooser,
            "day": day,
            "day_text": show_date(day, asked.show.lang),
            "action": action,
            "keep": keep,
        }

    async def _chains(self) -> list[dict[str, str]]:
        """The chains that have segments: first the key ones in their order, then the others by name."""

        def place(node: dict[str, str]) -> tuple[int, str]:
            return ORDER.index(node["id"]) if node["id"] in ORDER else len(ORDER), node["name"]

        nodes = [{"id": slug(one.id), "name": one.caption} for one in await self._service.gaps.chains()]
        return sorted(nodes, key=place)


def slug(entity_id: str) -> str:
    """An id without its class."""
    return entity_id.partition("/")[2]
