"""How many candidates there are, for many gaps at once."""

from __future__ import annotations

from collections.abc import Iterable

from graph.gaps.candidates.clues import wanted_of
from graph.gaps.candidates.gather import gather
from graph.gaps.candidates.homes import read_homes
from graph.gaps.candidates.keepouts import here_of
from graph.gaps.index import GONE, Index
from graph.gaps.role import role_of
from graph.gaps.rules import Rules
from graph.repository.reader import Reader
from graph.search import LiveSearch

Cell = tuple[str, str]


async def count_candidates(
    reader: Reader,
    index: Index,
    rules: Rules,
    cells: Iterable[Cell],
    *,
    search: LiveSearch | None = None,
) -> dict[Cell, int]:
    """How many firms could fill each cell (segment id, place id), none of them kept out by a veto.

    Counted are firms known by products, kinds of these, the very name of a product, and work in the segment;
    those whose product names are only alike are not, so that a list may have more. The questions asked of the
    graph are the same few, however many cells there are.

    Raises ``ReadTooLarge``, ``ReadTimeout``, ``EngineUnavailable`` or ``TruthStoreError``.
    """
    asked = [(segment, place) for segment, place in dict.fromkeys(cells) if segment in index.facts.segments]
    wanted = {segment: wanted_of(index, segment) for segment, _ in asked}
    found = await gather(
        reader, index, list(wanted.values()), search=search, similar_from=1.0, exact_only=True
    )
    homes = await read_homes(reader, {firm for one in found.values() for firm in one.clues}, index.day)
    alive = {key for key, home in homes.items() if home.status not in GONE}
    able = {segment: alive.intersection(one.clues) for segment, one in found.items()}
    counts: dict[Cell, int] = {}
    for segment, place in asked:
        if role_of(index, rules, segment, place).value == "unfit":
            counts[segment, place] = 0
            continue
        here = here_of(index, wanted[segment].anchors, place)
        counts[segment, place] = len(able[segment] - here.at_work.keys() - here.coming.keys())
    return counts
