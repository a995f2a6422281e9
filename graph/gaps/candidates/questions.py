"""Candidates asked for by the id of a gap."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from graph.gaps.candidate_models import CandidateList, Order, Origin
from graph.gaps.candidates.answer import candidates
from graph.search import LiveSearch

if TYPE_CHECKING:
    from graph.gaps.gaps import Gaps


async def candidates_of_gap(
    gaps: Gaps,
    search: LiveSearch,
    gap: str,
    *,
    as_of: str | None = None,
    weights: Mapping[str, Any] | None = None,
    origin: Collection[Origin] = (),
    exclude: Collection[str] = (),
    limit: int | None = None,
    order: Order = "middle",
    asked: str | None = None,
) -> CandidateList:
    """The firms that could fill the gap ``gap``, an id or ``SEGMENT@PLACE``; it need not be one yet.

    The other parameters are those of ``candidates``.

    Raises
    ------
    BadInput
        A text that is no gap or no date, a name of several, weights that are none.
    NotFound
        The segment, the place or the firm asked about is not recorded; names what is near.
    ReadTooLarge, ReadTimeout, EngineUnavailable, TruthStoreError
        From the store and the search index.
    """
    look, segment = await gaps.look_at(gap, as_of)
    return await candidates(
        gaps.reader,
        look.index,
        gaps.rules,
        segment,
        look.place.id,
        look.index.day,
        weights=weights,
        origin=origin,
        exclude=exclude,
        limit=limit,
        order=order,
        search=search,
        asked=asked,
    )
