"""Gaps in their order, each with the number of its candidates, which is part of its priority."""

from __future__ import annotations

from collections.abc import Iterable

from graph.gaps.basis import Grounds
from graph.gaps.candidates.counting import Count, count_candidates
from graph.gaps.index import Index
from graph.gaps.models import Cell, Gap
from graph.gaps.panorama import ranked
from graph.gaps.priority import with_candidates
from graph.gaps.rules import Rules
from graph.repository.reader import Reader
from graph.search import LiveSearch


async def counted(
    reader: Reader, index: Index, rules: Rules, cells: Iterable[Cell], search: LiveSearch | None
) -> list[Gap]:
    """The gaps among which ``cells`` are, ranked with the priorities that the counts of candidates give.

    Parameters
    ----------
    cells : cells that are gaps. search : finds candidates by names of products; without it only relations do.

    Raises ``ReadTooLarge``, ``ReadTimeout``, ``EngineUnavailable`` or ``TruthStoreError``.
    """
    known = list(cells)
    counts = await count_candidates(reader, index, rules, [_key(cell) for cell in known], search=search)
    weighed = [_weighed(index, rules, cell, counts.get(_key(cell))) for cell in known]
    return [_told(gap, counts.get(_key(gap.cell))) for gap in ranked(weighed)]


def _key(cell: Cell) -> tuple[str, str]:
    return cell.segment.id, cell.place.id


def _told(gap: Gap, count: Count | None) -> Gap:
    if count is None:
        return gap
    told = {"candidates": count.number, "candidates_at_least": count.at_least}
    return gap.model_copy(update=told)


def _weighed(index: Index, rules: Rules, cell: Cell, count: Count | None) -> Cell:
    if cell.priority is None or count is None:
        return cell
    grounds = Grounds(index, rules, *_key(cell))
    priority = with_candidates(grounds, cell.priority, count.number, at_least=count.at_least)
    return cell.model_copy(update={"priority": priority})
