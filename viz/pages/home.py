"""The home page: the chains with their chiefs, the state of the data, what to ask first."""

from __future__ import annotations

import asyncio
from typing import Any

from graph.repository import ChainRow
from graph.search import Hit
from viz.links import Links
from viz.pages.service import Service
from viz.pages.state import State, state_of, state_texts
from viz.show import Show

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
#: Questions offered when the graph holds what they ask about.
ASK_CHIEFS = ("chain/electronics", "chain/nonferrous")
ASK_FIRMS = ("江西铜业", "宜春时代")
ASK_FIND = ("jxty", "江铜")
#: A chain and the place whose gaps are asked about.
ASK_GAPS = (("chain/new-energy", "place/360900", "宜春"), ("chain/electronics", "place/360800", "吉安"))


class Home:
    """Reads the page's content. The state of the data is counted once for each revision of the facts."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._state: tuple[int, State] | None = None
        self._counting = asyncio.Lock()

    async def context(self, show: Show, links: Links) -> dict[str, Any]:
        """What ``home.html`` needs."""
        listing, state, firms = await asyncio.gather(
            self._service.repository.chains(),
            self._read_state(),
            asyncio.gather(*map(self._firm, ASK_FIRMS)),
        )
        rows = key_chains(listing.items)
        return {
            "empty": not rows,
            "state": state_texts(show, state),
            "chains": [_chain(show, row) for row in rows],
            "asks": _asks(show, links, rows, [hit for hit in firms if hit]),
        }

    async def _read_state(self) -> State:
        truth = self._service.truth
        async with self._counting:
            revision = await asyncio.to_thread(lambda: truth.revision)
            if self._state is None or self._state[0] != revision:
                self._state = (revision, await asyncio.to_thread(lambda: state_of(truth.current())))
            return self._state[1]

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


def _chain(show: Show, row: ChainRow) -> dict[str, Any]:
    """One chain's card: its chiefs on the day, and how much is recorded."""
    chiefs = row.chiefs
    return {
        "slug": _slug(row),
        "name": row.chain.caption,
        "name_en": row.chain.props.get("name_en", ""),
        "chief": show.t("common.list_comma").join(dict.fromkeys(c.person.caption for c in chiefs)),
        "chief_note": chiefs[0].term.text.text(show.lang) if chiefs else "",
        "counts": [("segments", row.segments), ("firms", row.firms), ("projects", row.projects)],
    }


def _asks(show: Show, links: Links, rows: list[ChainRow], firms: list[Hit]) -> list[tuple[str, str]]:
    names = {row.chain.id: row.chain.caption for row in rows}
    asks: list[tuple[str, str]] = [
        (show.t("home.ask_chief", chain=names[c]), links.chain(c.partition("/")[2]))
        for c in ASK_CHIEFS
        if c in names
    ]
    asks += [
        (
            show.t("home.ask_gaps", chain=names[c], place=name),
            links.panorama(chain=c.partition("/")[2], place=p),
        )
        for c, p, name in ASK_GAPS
        if c in names
    ]
    asks += [(show.t("home.ask_firm", firm=hit.caption), links.graph(hit.id)) for hit in firms]
    return asks + [(show.t("home.ask_find", q=q), links.search(q)) for q in ASK_FIND]
