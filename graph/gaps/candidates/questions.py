"""Candidates asked for by the id of a gap."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from rapidfuzz.process import extractOne

from graph.errors import NotFound
from graph.gaps.candidate_models import CandidateList, Order, Origin
from graph.gaps.candidates.answer import candidates
from graph.gaps.candidates.known import check_asked
from graph.gaps.gap_ids import ends_of
from graph.repository.days import day_of
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
    """The firms that could fill the gap ``gap`` (``<segment slug>@<place slug>``); it need not be one yet.

    The other parameters are those of ``candidates``.

    Raises
    ------
    BadInput
        A text that is no id of a gap or no date, weights that are none.
    NotFound
        The segment, the place or the firm asked about is not recorded; names what is near.
    ReadTooLarge, ReadTimeout, EngineUnavailable, TruthStoreError
        From the store and the search index.
    """
    try:
        look, segment = await gaps.look_at(gap, as_of)
    except NotFound:
        await _tell_near(gaps, gap, as_of)
        raise
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


async def _tell_near(gaps: Gaps, gap: str, as_of: str | None) -> None:
    """Raise ``NotFound`` that names near segments of the nearest chain, or near places."""
    segment, place = ends_of(gap)
    rows = await gaps.reader.rows("gap_chains", {})
    chains = [row["node"]["id"] for row in rows]
    nearest = extractOne("chain/" + segment.split("/")[1], chains)
    if nearest is not None:
        check_asked(await gaps.index((nearest[0],), day_of(as_of)), segment, place)
