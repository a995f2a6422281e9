"""Crowds: work in a segment and place, counted; together what nothing tells apart but the firms."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from graph.gaps.areas import Areas
from graph.gaps.facts import GONE, ParkFact, Work
from graph.gaps.index import AT_WORK, PRESENT, Index
from graph.gaps.rows import places_of, seen_by
from graph.gaps.segments import Segments
from graph.repository.reader import Reader, Row

#: Queries that count at once: an engine gives each of them one processor.
_PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class Crowd:
    """Sites at work in a segment that have status, places and parks in common (as those of ``Work``).

    ``firms``: the firms that operate them and are not gone.
    """

    segment: str
    status: str
    places: tuple[str, ...]
    parks: tuple[str, ...]
    firms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many distinct firms are at work and operate; whether anybody is present, at work or suspended."""

    firms: int
    operating: int
    present: bool


async def load_crowds(
    reader: Reader, segments: Collection[str], day: str, parks: Mapping[str, ParkFact]
) -> list[Crowd]:
    """Who is present in ``segments`` (ids) on ``day``, wherever. Errors as those of ``load_facts``."""
    ids, most = sorted(segments), reader.limits.facts
    asked = {"day": day, "gone": list(GONE)}
    parts = await asyncio.gather(
        *(reader.rows("gap_crowds", {"ids": ids[at::_PARTS], **asked}, most=most) for at in range(_PARTS))
    )
    rows = chain.from_iterable(parts)
    known = [row for row in rows if not row["seen"] or seen_by(row["seen"], day)]
    alone = {f for row in known if not _standing(row, parks) for firms in row["operators"] for f in firms}
    found = await reader.rows("gap_firms", {"ids": sorted(alone), "day": day}, most=most)
    homes = {row["node"]["id"]: row["places"] for row in found}
    return [crowd for row in known for crowd in _crowds(row, parks, homes)]


def crowds_of(index: Index) -> list[Crowd]:
    """The crowds of work that is known one by one."""
    return [
        Crowd(w.segment, _status(index, w), w.places, w.parks, tuple(filter(index.is_live, w.firms)))
        for w in index.facts.works
    ]


def counts(
    crowds: Iterable[Crowd], areas: Areas, segments: Segments, own: Sequence[str], places: Collection[str]
) -> dict[tuple[str, str], Count]:
    """What there is to count, by segment (of groups with all that is part of them) and place (of all in it).

    Parameters
    ----------
    own : the segments that are counted. places : the places, parks or zones.
    """
    wanted = frozenset(places)
    by: dict[str, dict[str, list[Crowd]]] = defaultdict(lambda: defaultdict(list))
    for crowd in crowds:
        for area in areas.of(crowd.places, crowd.parks) & wanted:
            by[crowd.segment][area].append(crowd)
    found = {}
    for segment in own:
        below = [by[one] for one in segments.below(segment) if one in by]
        for area in set(chain.from_iterable(below)):
            found[segment, area] = _count([c for one in below for c in one.get(area, ())])
    return found


def _count(crowds: Sequence[Crowd]) -> Count:
    operating: set[str] = set().union(*(c.firms for c in crowds if c.status == "operating"))
    at_work = operating.union(*(c.firms for c in crowds if c.status in AT_WORK))
    return Count(len(at_work), len(operating), any(c.status in PRESENT for c in crowds))


def _status(index: Index, work: Work) -> str:
    gone = bool(work.firms) and not any(map(index.is_live, work.firms))
    return "ceased" if gone else work.status


def _standing(row: Row, parks: Mapping[str, ParkFact]) -> tuple[str, ...]:
    return tuple(sorted(row["places"])) or places_of(row["parks"], parks)


def _crowds(row: Row, parks: Mapping[str, ParkFact], homes: Mapping[str, list[str]]) -> Iterable[Crowd]:
    """The crowd of a row; of sites that stand where their firms do, one for each."""
    status = "ceased" if row["gone"] else row["status"] or "unknown"
    segment, in_parks = row["segment"], tuple(sorted(row["parks"]))
    if places := _standing(row, parks):
        yield Crowd(segment, status, places, in_parks, tuple(chain.from_iterable(row["firms"])))
        return
    for firms, operators in zip(row["firms"], row["operators"], strict=True):
        own = tuple(sorted({p for f in operators for p in homes.get(f, ())}))
        yield Crowd(segment, status, own, in_parks, tuple(firms))
