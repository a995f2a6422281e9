"""What a question is about: names become ids, and the facts are read, once while the graph stays as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import NotFound
from graph.gaps.gap_ids import ends_of
from graph.gaps.index import Index
from graph.gaps.kept import Kept
from graph.gaps.load import load_facts
from graph.gaps.where import Gazetteer, gazetteer
from graph.repository.chain import find_chain
from graph.repository.days import Today, day_of
from graph.repository.models import Ref
from graph.repository.neighbours import existing
from graph.repository.reader import Reader
from graph.store import MetaState


@dataclass(frozen=True, slots=True)
class Look:
    """What a question is about.

    ``index`` holds the facts of ``chains`` (ids, several where none was ``named``), ``stamp`` is that of the
    graph they were read from.
    """

    index: Index
    chains: tuple[str, ...]
    place: Ref
    named: Ref | None = None
    stamp: MetaState | None = None


class Looks:
    """Makes looks. ``today``: the day meant where a question names none."""

    def __init__(self, reader: Reader, today: Today) -> None:
        self._reader, self._today = reader, today
        most = reader.limits.facts
        self._indexes: Kept[Index] = Kept(_size, most)
        self._where: Kept[Gazetteer] = Kept(lambda found: len(found.refs), most)
        self._chains: Kept[dict[str, Ref]] = Kept(len, most)

    async def at(self, place: str, chain: str | None, as_of: str | None) -> Look:
        """A look at a place and a chain as a person names them; ``None``: all chains that have segments."""
        day, stamp = day_of(as_of, self._today), await self._reader.store.meta()
        found, known = await asyncio.gather(self._gazetteer(stamp, day), self._known_chains(stamp))
        where = found.find(place)
        named = None if chain is None else await self._chain(chain, known)
        chains = tuple(sorted(known)) if named is None else (named.id,)
        return Look(await self._index(stamp, chains, day), chains, where, named, stamp)

    async def at_gap(self, gap: str, as_of: str | None) -> tuple[Look, str]:
        """The segment of a gap id, and a look at its chain: that of its id where it has several."""
        segment, place = ends_of(gap)
        day, stamp = day_of(as_of, self._today), await self._reader.store.meta()
        await existing(self._reader, segment)
        if place not in (found := await self._gazetteer(stamp, day)).refs:
            await existing(self._reader, place)
        depth = self._reader.limits.depth
        rows = await self._reader.rows("gap_segments", {"ids": [segment]}, DEPTH=depth)
        chains: list[str] = next((row["chains"] for row in rows if row["node"]["id"] == segment), [])
        if not chains:
            raise NotFound(
                f"{segment} 不在任何产业链里 · {segment} is part of no chain",
                found=segment,
                expected="a chain",
            )
        own = "chain/" + segment.split("/")[1]
        chain = own if own in chains else min(chains)
        index = await self._index(stamp, (chain,), day)
        where = found.refs.get(place) or index.ref(place)
        return Look(index, (chain,), where, index.ref(chain), stamp), segment

    async def index(self, chains: Sequence[str], day: str) -> Index:
        """The facts about chains (ids) on a day (ISO)."""
        return await self._index(await self._reader.store.meta(), chains, day)

    async def _index(self, stamp: MetaState | None, chains: Sequence[str], day: str) -> Index:
        async def read() -> Index:
            where = await self._gazetteer(stamp, day)
            return await asyncio.to_thread(Index, await load_facts(self._reader, chains, day, where))

        return await self._indexes.get(stamp, (*chains, day), read)

    async def _gazetteer(self, stamp: MetaState | None, day: str) -> Gazetteer:
        return await self._where.get(stamp, (day,), lambda: gazetteer(self._reader, day))

    async def _known_chains(self, stamp: MetaState | None) -> dict[str, Ref]:
        async def read() -> dict[str, Ref]:
            nodes = [row["node"] for row in await self._reader.rows("gap_chains", {})]
            return {n["id"]: Ref(id=n["id"], cls="Chain", caption=n["caption"]) for n in nodes}

        return await self._chains.get(stamp, (), read)

    async def _chain(self, asked: str, known: dict[str, Ref]) -> Ref:
        for key, ref in known.items():
            if asked in (key, key.partition("/")[2], ref.caption):
                return ref
        node = (await find_chain(self._reader, asked))["node"]
        return Ref(id=node["id"], cls="Chain", caption=node["caption"])


def _size(index: Index) -> int:
    """How many facts an index holds."""
    f = index.facts
    counted = (f.segments, f.firms, f.parks, f.works, f.remarks, f.inputs, f.projects, f.leads, f.titles)
    return sum(map(len, counted)) + len(f.places.nodes)
