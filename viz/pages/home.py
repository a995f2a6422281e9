"""The home page: the chains with their chiefs, the state of the data, what to ask first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.errors import LianpuError
from graph.repository import ChainCard, ChainRow
from graph.search import Hit
from viz.links import Links
from viz.pages.service import Service
from viz.pages.state import State, state_of, state_texts
from viz.show import Show

#: Questions offered when the graph holds what they ask about.
_log = logging.getLogger(__name__)

KEY = ("province", "key")
#: The order in which the plan of 2023 names its chains.
ORDER = (
    "electronics",
    "nonferrous",
    "equipment",
    "new-energy",
    "petrochem",
    "building-materials",
    "steel",
    "aviation",
    "food",
    "textile",
    "pharma",
    "furniture",
)
ASK_CHIEFS = ("chain/electronics", "chain/nonferrous")
ASK_FIRMS = ("江西铜业", "宜春时代")
ASK_FIND = ("jxty", "江铜")


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows, read once for each state of the facts and each day."""

    key: tuple[int, date]
    rows: list[ChainRow]
    cards: dict[str, ChainCard]
    firms: list[Hit]
    state: State


class Home:
    """Reads the page's content and keeps it until the facts or the day change."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._content: Content | None = None
        self._reading = asyncio.Lock()

    @asynccontextmanager
    async def lifespan(self, _: object) -> AsyncIterator[None]:
        """Reads the content in the background while the server starts: the first visit need not wait."""
        reading = asyncio.create_task(self._read_ahead())
        yield
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading

    async def _read_ahead(self) -> None:
        try:
            await self._read()
        except LianpuError as error:  # the visit itself will meet and tell it
            _log.warning("the home page could not be read ahead: %s", error.detail)

    async def context(self, show: Show, links: Links) -> dict[str, Any]:
        """What ``home.html`` needs."""
        content = await self._read()
        chains = [_chain(show, row, content.cards[row.chain.id]) for row in content.rows]
        return {
            "empty": not content.rows,
            "state": state_texts(show, content.state),
            "chains": chains,
            "asks": _asks(show, links, content),
        }

    async def _read(self) -> Content:
        async with self._reading:
            key = (self._service.truth.revision, date.today())
            if self._content is None or self._content.key != key:
                listing = await self._service.repository.chains()
                rows = key_chains(listing.items)
                ask = self._service.repository.chain
                cards = await asyncio.gather(*(ask(row.chain.id, limit=1) for row in rows))
                self._content = Content(
                    key=key,
                    rows=rows,
                    cards={c.chain.id: c for c in cards},
                    firms=[hit for name in ASK_FIRMS if (hit := await self._firm(name))],
                    state=await asyncio.to_thread(lambda: state_of(self._service.truth.current())),
                )
            return self._content

    async def _firm(self, name: str) -> Hit | None:
        """The firm that goes by ``name``, if there is one."""
        found = await self._service.search.find(name, cls="Firm", limit=1)
        return next((hit for hit in found.hits.items if name in (hit.caption, hit.name)), None)


def key_chains(rows: list[ChainRow]) -> list[ChainRow]:
    """The province's key chains of the newest scheme, in the plan's order; all chains if there are none."""

    def scheme(row: ChainRow) -> str:
        props = row.chain.props
        return str(props.get("scheme", "")) if (props.get("level"), props.get("kind")) == KEY else ""

    def place(row: ChainRow) -> tuple[int, str]:
        return ORDER.index(_slug(row)) if _slug(row) in ORDER else len(ORDER), _slug(row)

    newest = max((s for s in map(scheme, rows) if s.isdigit()), default=None)
    return sorted([r for r in rows if scheme(r) == newest] or rows, key=place)


def _slug(row: ChainRow) -> str:
    return row.chain.id.partition("/")[2]


def _chain(show: Show, row: ChainRow, card: ChainCard) -> dict[str, Any]:
    """One chain's card: the chiefs of its own level on the day, and how much is recorded."""
    own = card.chain.props.get("level")
    chiefs = [
        c for level in card.chiefs if level.level == own for c in level.current if c.of.id == card.chain.id
    ]
    return {
        "slug": _slug(row),
        "name": row.chain.caption,
        "name_en": row.chain.props.get("name_en", ""),
        "chief": show.t("common.list_comma").join(dict.fromkeys(c.person.caption for c in chiefs)),
        "chief_note": chiefs[0].term.text.text(show.lang) if chiefs else "",
        "counts": [
            ("segments", str(row.segments)),
            ("firms", str(row.firms)),
            ("projects", card.projects.total_text),
        ],
    }


def _asks(show: Show, links: Links, content: Content) -> list[tuple[str, str]]:
    names = {row.chain.id: row.chain.caption for row in content.rows}
    asks: list[tuple[str, str]] = [
        (show.t("home.ask_chief", chain=names[c]), links.chain(c.partition("/")[2]))
        for c in ASK_CHIEFS
        if c in names
    ]
    asks += [(show.t("home.ask_firm", firm=hit.caption), links.graph(hit.id)) for hit in content.firms]
    return asks + [(show.t("home.ask_find", q=q), links.search(q)) for q in ASK_FIND]
