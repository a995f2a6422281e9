"""What a question is about: names become ids, and the facts are read, once while the graph stays as it is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.errors import NotFound
from graph.gaps.gap_ids import halves_of
from graph.gaps.index import Index
from graph.gaps.kept import Kept
from graph.gaps.load import load_facts
from graph.gaps.rules import Rules
from graph.gaps.segment_names import SegmentNames
from graph.gaps.where import Gazetteer, gazetteer
from graph.repository.chain_names import ChainNames, chain_named, chain_names
from graph.repository.days import Today, day_of
from graph.repository.models import Ref
from graph.repository.reader import Reader, Row
from graph.store import MetaState

_SEGMENT: Final = "segment/"
_ID: Final = re.compile(r"segment/[a-z0-9-]+(?:/[a-z0-9-]+)*", re.ASCII)


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


@dataclass(frozen=True, slots=True)
class Asked:
    """Chains (ids) and a day (ISO), with the places that there are and the stamp of the graph."""

    chains: tuple[str, ...]
    day: str
    where: Gazetteer
    named: Ref | None
    stamp: MetaState | None


class Looks:
    """Makes looks. ``today``: the day meant where a question names none.

    ``rules``: as they were given until the first look; from then on each chain and place that they name by
    its name or id is known by its id, as the graph has it.
    """

    def __init__(self, reader: Reader, today: Today, rules: Rules) -> None:
        self._reader, self._today = reader, today
        self._given, self.rules = rules, rules
        most = reader.limits.facts
        self._indexes: Kept[Index] = Kept(_size, most)
        self._where: Kept[Gazetteer] = Kept(lambda found: len(found.refs), most)
        self._chains: Kept[ChainNames] = Kept(lambda found: len(found.rows), most)
        self._segments: Kept[SegmentNames] = Kept(lambda found: len(found.rows), most)
        self._named: Kept[Rules] = Kept(lambda _: 1, most)

    async def at(self, place: str, chain: str | None, as_of: str | None) -> Look:
        """A look at a place and a chain as a person names them; ``None``: all chains that have segments."""
        asked = await self.asked(chain, as_of)
        where = asked.where.find(place)
        index = await self._index(asked.stamp, asked.chains, asked.day)
        return Look(index, asked.chains, where, asked.named, asked.stamp)

    async def asked(self, chain: str | None, as_of: str | None) -> Asked:
        """What is meant by a chain as a person names it and a day, without the facts."""
        day, stamp = day_of(as_of, self._today), await self._reader.store.meta()
        where, known = await asyncio.gather(self._gazetteer(stamp, day), self._known_chains(stamp))
        named = None if chain is None else await chain_named(self._reader, known, chain, linked=True)
        await self._name_rules(stamp, where)
        return Asked(known.with_segments if named is None else (named.id,), day, where, named, stamp)

    async def at_gap(self, gap: str, as_of: str | None) -> tuple[Look, str]:
        """The segment of a gap, and a look at its chain: that of its id where it has several.

        ``gap``: an id, or ``SEGMENT@PLACE``, each by id or name.
        """
        asked, there = halves_of(gap)
        day, stamp = day_of(as_of, self._today), await self._reader.store.meta()
        segment, found = await asyncio.gather(self._segment(stamp, asked), self._gazetteer(stamp, day))
        where = found.find(there)
        rows = await self._segment_rows([segment])
        chains = _chains_above(segment, {row["node"]["id"]: row for row in rows})
        if not chains:
            raise NotFound(
                f"{segment} 不在任何产业链里 · {segment} is part of no chain",
                found=segment,
                expected="a chain",
            )
        own = "chain/" + segment.split("/")[1]
        chain = own if own in chains else min(chains)
        index = await self._index(stamp, (chain,), day)
        return Look(index, (chain,), where, index.ref(chain), stamp), segment

    async def _segment(self, stamp: MetaState | None, asked: str) -> str:
        """The id of the segment that is meant; all names are read only where it is none itself."""
        key = asked if asked.startswith(_SEGMENT) else _SEGMENT + asked
        if _ID.fullmatch(key) and await self._reader.rows("entities", {"ids": [key]}):
            return key

        async def read() -> SegmentNames:
            return SegmentNames(await self._segment_rows((await self._known_chains(stamp)).with_segments))

        return (await self._segments.get(stamp, (), read)).find(asked).id

    async def _segment_rows(self, ids: Sequence[str]) -> list[Row]:
        """Chains or segments (ids) as ``gap_segments`` tells them."""
        limits = self._reader.limits
        return await self._reader.rows("gap_segments", {"ids": list(ids)}, limits.facts, DEPTH=limits.depth)

    async def chains(self) -> list[Ref]:
        """The chains that have segments, by id."""
        known = await self._known_chains(await self._reader.store.meta())
        return [known.refs[key] for key in known.with_segments]

    async def index(self, chains: Sequence[str], day: str) -> Index:
        """The facts about chains (ids) on a day (ISO)."""
        return await self._index(await self._reader.store.meta(), chains, day)

    async def _index(self, stamp: MetaState | None, chains: Sequence[str], day: str) -> Index:
        where = await self._gazetteer(stamp, day)
        await self._name_rules(stamp, where)

        async def read() -> Index:
            return await asyncio.to_thread(Index, await load_facts(self._reader, chains, day, where))

        return await self._indexes.get(stamp, (*chains, day), read)

    async def _gazetteer(self, stamp: MetaState | None, day: str) -> Gazetteer:
        return await self._where.get(stamp, (day,), lambda: gazetteer(self._reader, day))

    async def _known_chains(self, stamp: MetaState | None) -> ChainNames:
        return await self._chains.get(stamp, (), lambda: chain_names(self._reader))

    async def _name_rules(self, stamp: MetaState | None, where: Gazetteer) -> None:
        async def read() -> Rules:
            return self._given.named((await self._known_chains(stamp)).one, where.find)

        if self._given.own.scoped:
            self.rules = await self._named.get(stamp, (), read)


def _chains_above(segment: str, rows: Mapping[str, Row]) -> set[str]:
    """The chains that have ``segment`` or a group above it, by rows of ``gap_segments``."""
    above = [segment] if segment in rows else []
    for key in above:  # grows while it is read
        above += [parent for parent in rows[key]["parents"] if parent in rows and parent not in above]
    return {chain for key in above for chain in rows[key]["chains"]}


def _size(index: Index) -> int:
    """How many facts an index holds."""
    f = index.facts
    counted = (f.segments, f.firms, f.parks, f.works, f.remarks, f.inputs, f.projects, f.leads, f.titles)
    return sum(map(len, counted)) + len(f.places.nodes)
