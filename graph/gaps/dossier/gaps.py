"""Which gaps of the areas the firm would fill, and how it stands among the candidates."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from graph.gaps.candidates import candidates
from graph.gaps.candidates.fit import fit
from graph.gaps.candidates.fit_models import Fit
from graph.gaps.dossier.areas import Areas
from graph.gaps.dossier.models import DossierGap
from graph.gaps.gap_ids import gap_id
from graph.gaps.index import Index
from graph.gaps.models import Cell
from graph.gaps.panorama import cell_of, is_gap, urgency_key
from graph.gaps.rules import Rules
from graph.repository.models import Ref
from graph.repository.reader import Reader
from graph.search import LiveSearch

#: Gaps told, and other links that would suit.
MOST_GAPS: Final = 5
MOST_SUITS: Final = 6
#: Links of one area that are looked at.
_MOST_FITS: Final = 200


@dataclass(frozen=True, slots=True)
class Suited:
    """The gaps that the firm would fill and the other links that it would suit, each the best first."""

    gaps: list[DossierGap]
    gap_count: int
    suits: list[Fit]
    suit_count: int

    @property
    def segments(self) -> list[str]:
        """The ids of all these links."""
        return [*(gap.fit.segment.id for gap in self.gaps), *(one.segment.id for one in self.suits)]


async def suited(
    reader: Reader, index: Index, rules: Rules, areas: Areas, *, firm: str, search: LiveSearch | None
) -> Suited:
    """Looks in every area; a link is told once, for the narrowest area where it is a gap.

    ``firm`` is its id. Raises what ``fit`` and ``candidates`` raise.
    """
    answers = [await fit(reader, index, rules, area.id, firm=firm, limit=_MOST_FITS) for area in areas.refs]

    def look() -> tuple[list[tuple[Cell, Ref, Fit]], list[Fit]]:
        gaps: dict[str, tuple[Cell, Ref, Fit]] = {}
        others: dict[str, Fit] = {}
        for area, answer in zip(areas.refs, answers, strict=True):
            for one in answer.items:
                cell = cell_of(index, rules, one.segment.id, area.id)
                others.setdefault(one.segment.id, one)
                if is_gap(cell):
                    gaps.setdefault(one.segment.id, (cell, area, one))
        # what it makes exactly goes before what has a like name; then as gaps are ranked
        order = sorted(
            gaps.values(),
            key=lambda g: (-g[2].match.value, *urgency_key(g[0]), g[0].segment.id),
        )
        return order, [one for key, one in others.items() if key not in gaps and index.is_leaf(key)]

    found, others = await asyncio.to_thread(look)
    gaps = [await _told(reader, index, rules, one, firm=firm, search=search) for one in found[:MOST_GAPS]]
    return Suited(gaps, len(found), others[:MOST_SUITS], len(others))


async def _told(
    reader: Reader, index: Index, rules: Rules, one: tuple[Cell, Ref, Fit], *, firm: str,
    search: LiveSearch | None,
) -> DossierGap:  # fmt: skip
    cell, area, fits = one
    answer = await candidates(
        reader, index, rules, cell.segment.id, area.id, index.day, limit=1, search=search, asked=firm
    )
    return DossierGap(
        gap=gap_id(cell.segment.id, area.id),
        place=area,
        fit=fits,
        risks=cell.risks,
        actions=cell.actions,
        asked=answer.asked,
    )
