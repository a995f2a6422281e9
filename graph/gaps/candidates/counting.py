"""How many candidates there are, for many gaps at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.gaps.candidates.clues import wanted_of
from graph.gaps.candidates.gather import gather
from graph.gaps.candidates.homes import read_homes
from graph.gaps.candidates.keepouts import here_of, veto_of
from graph.gaps.candidates.scores import Scores
from graph.gaps.index import Index
from graph.gaps.role import role_of
from graph.gaps.rules import Rules
from graph.repository.reader import Reader
from graph.search import LiveSearch

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Count:
    """How many firms could fill a cell; ``at_least``: a bound cut off what was looked at, as in its list."""

    number: int = 0
    at_least: bool = False


async def count_candidates(
    reader: Reader,
    index: Index,
    rules: Rules,
    cells: Iterable[Cell],
    *,
    search: LiveSearch | None = None,
) -> dict[Cell, Count]:
    """How many firms could fill each cell (segment id, place id): the total of its list of candidates.

    A cell where the segment is unfit has none, and nothing is looked for. The questions asked of the graph
    are the same few, however many cells there are; where a bound on all of them is reached, each segment is
    asked about by itself, as its list does.

    Raises ``ReadTooLarge``, ``ReadTimeout``, ``EngineUnavailable`` or ``TruthStoreError``.
    """
    asked = [(segment, place) for segment, place in dict.fromkeys(cells) if segment in index.facts.segments]
    counts = dict.fromkeys(asked, Count())
    alike: dict[float, list[Cell]] = defaultdict(list)
    for segment, place in asked:
        if role_of(index, rules, segment, place).value != "unfit":
            scores = Scores(rules, index.chains_of(segment), index.around(place))
            alike[scores.number("similar_from")].append((segment, place))
    for similar_from, same in alike.items():
        wanted = {segment: wanted_of(index, segment) for segment, _ in same}
        found = await gather(reader, index, list(wanted.values()), search=search, similar_from=similar_from)
        for segment in [key for key, one in found.items() if one.cut and len(wanted) > 1]:
            alone = [wanted[segment]]
            found |= await gather(reader, index, alone, search=search, similar_from=similar_from)
        homes = await read_homes(reader, {firm for one in found.values() for firm in one.clues}, index.day)
        for segment, place in same:
            here = here_of(index, wanted[segment].anchors, place)
            known = (homes[firm] for firm in found[segment].clues if firm in homes)
            number = sum(veto_of(here, home, unfit=False) is None for home in known)
            counts[segment, place] = Count(number, at_least=bool(found[segment].cut))
    return counts
