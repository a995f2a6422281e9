"""Every question that may be asked of the graph, with typed, bounded, JSON-ready answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from graph.decisions import redirects
from graph.limits import Limits
from graph.office_time import office_today
from graph.ontology import Ontology
from graph.repository import chain as chains_
from graph.repository.assertions import Assertions, Truth, assertions
from graph.repository.chain_models import ChainCard, ChainRow
from graph.repository.days import Today, day_of
from graph.repository.duties import AnswersFor, answers_for
from graph.repository.firm import firm_neighbourhood
from graph.repository.firm_models import FirmNeighbourhood, PlaceLevel
from graph.repository.models import Cited, Listing, NodeView, SourceView, source_view
from graph.repository.modes import ModeAnswer, mode
from graph.repository.neighbours import (
    Direction,
    EntityAnswer,
    Neighbours,
    entity,
    existing,
    neighbours,
)
from graph.repository.reader import Reader
from graph.repository.relation import RelationAnswer, relation
from graph.repository.six_ones import SixOnes, six_ones
from graph.repository.source_facts import SourceFacts, source_facts
from graph.repository.sources import cited
from graph.store import Store

_SOURCE = "source/"


class Repository:
    """The questions.

    Parameters
    ----------
    store : the engine's graph.
    ontology : its classes.
    truth : the assertions behind it.
    limits : bounds on every answer.
    today : the day that an answer without ``as_of`` speaks of.

    All questions raise ``BadInput`` for what is no id, date or class, ``NotFound`` for what is not recorded,
    and ``ReadTooLarge``, ``ReadTimeout`` or ``EngineUnavailable`` from the store. ``as_of`` is a year, month
    or day; properties without dates speak of now whatever the day.
    """

    def __init__(
        self,
        store: Store,
        ontology: Ontology,
        truth: Truth,
        limits: Limits | None = None,
        today: Today = office_today,
    ) -> None:
        self.limits = limits or Limits()
        self._reader = Reader(store, ontology, self.limits)
        self._truth = truth
        self._today = today

    async def entity(self, entity_id: str) -> EntityAnswer:
        """An entity with the number of distinct neighbours of each relation class and direction."""
        return await entity(self._reader, entity_id)

    async def node(self, entity_id: str) -> NodeView:
        """An entity alone."""
        return await existing(self._reader, entity_id)

    async def nodes(self, ids: Iterable[str]) -> list[NodeView]:
        """The entities with these ids, those that are recorded; at most ``limits.rows``."""
        return await self._reader.nodes(ids)

    async def neighbours(
        self,
        entity_id: str,
        *,
        relation: str | None = None,
        direction: Direction | None = None,
        limit: int | None = None,
        after: str | None = None,
        as_of: str | None = None,
    ) -> Neighbours:
        """Neighbours group by group, or one group page by page.

        With ``as_of`` only relations that are not known to be invalid then.
        """
        return await neighbours(
            self._reader,
            entity_id,
            relation=relation,
            direction=direction,
            limit=self.limits.page_size(limit),
            after=after,
            day="" if as_of is None else day_of(as_of),
        )

    async def chains(self, *, as_of: str | None = None) -> Listing[ChainRow]:
        """All chains with the numbers of segments, sites, firms and projects recorded, and their chiefs."""
        rows = await chains_.chain_rows(self._reader, self._day(as_of))
        return Listing(items=rows, total=len(rows), total_at_least=len(rows) == chains_.MOST_CHAINS)

    async def chain(self, slug: str, *, as_of: str | None = None, limit: int | None = None) -> ChainCard:
        """The card of a chain, by slug, id or Chinese name; lists of at most ``limit`` items."""
        return await chains_.chain_card(self._reader, slug, self._day(as_of), self.limits.list_length(limit))

    async def responsible(
        self, slug: str, *, as_of: str | None = None, limit: int | None = None
    ) -> AnswersFor:
        """Who answers for a chain (``answered_by``)."""
        row = await chains_.find_chain(self._reader, slug)
        return await self.answers_for(row["node"]["id"], as_of=as_of, limit=limit)

    async def answers_for(
        self, entity_id: str, *, as_of: str | None = None, limit: int | None = None
    ) -> AnswersFor:
        """What an entity answers for, and who answers for it."""
        return await answers_for(self._reader, entity_id, self._day(as_of), self.limits.list_length(limit))

    async def firm_neighbourhood(
        self,
        firm_id: str,
        *,
        as_of: str | None = None,
        level: PlaceLevel = "city",
        limit: int | None = None,
    ) -> FirmNeighbourhood:
        """The chain neighbourhood of a firm; ``level`` bounds the other firms that are named."""
        return await firm_neighbourhood(
            self._reader, firm_id, self._day(as_of), level, self.limits.list_length(limit)
        )

    async def mode(
        self, name: str, *, chain: str | None = None, as_of: str | None = None, limit: int | None = None
    ) -> ModeAnswer:
        """The pairs of one of the four working modes (``MODES``), in one chain or in all."""
        wanted = [] if chain is None else [(await chains_.find_chain(self._reader, chain))["node"]["id"]]
        return await mode(self._reader, name, self._day(as_of), wanted, self.limits.list_length(limit))

    async def six_ones(self, cluster_id: str) -> SixOnes:
        """The 六个一 of a cluster."""
        return await six_ones(self._reader, cluster_id)

    async def assertions(self, key: str, *, limit: int | None = None) -> Assertions:
        """The rows behind an entity id or relation id."""
        return await assertions(self._reader, self._truth, key, self.limits.page_size(limit))

    async def relation(self, rid: str, *, limit: int | None = None) -> RelationAnswer:
        """A relation by its id, with both ends and the rows behind it."""
        return await relation(self._reader, self._truth, rid, self.limits.page_size(limit))

    async def sources(self, ids: Iterable[str]) -> Cited:
        """The sources with these ids, those that are recorded."""
        return await cited(self._reader, ids)

    async def source(self, source_id: str) -> SourceView:
        """One source, by ``source/…`` or what comes after the slash."""
        return source_view((await self._source(source_id)).props)

    async def source_facts(
        self, source_id: str, *, limit: int | None = None, after: str | None = None
    ) -> SourceFacts:
        """A page of the facts that cite a source; ``after`` is ``next`` of the page before."""
        source = await self._source(source_id)
        return await source_facts(
            self._reader, self._truth, source.id, self.limits.page_size(limit), after or ""
        )

    async def moved_to(self, entity_id: str) -> str | None:
        """The id that answers for a retired one, ``None`` for an id that was not retired."""
        decisions = await asyncio.to_thread(self._truth.decisions)
        return redirects(d for d in decisions if d.undone_at is None).get(entity_id)

    async def _source(self, source_id: str) -> NodeView:
        return await existing(
            self._reader, source_id if source_id.startswith(_SOURCE) else f"{_SOURCE}{source_id}"
        )

    def _day(self, as_of: str | None) -> str:
        return day_of(as_of, self._today)
