"""The routes of panorama, map and gaps."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from graph.gaps.candidates import candidates_of_gap
from graph.gaps.gap_ids import gap_id as id_of_gap
from graph.gaps.panorama import is_gap
from graph.repository.sources import cited, sources_in
from graph.targets import Book
from viz.map import spots
from viz.pages.asked import PROVINCE, Asking, PlaceQuery, Word
from viz.pages.candidates import CandidatesQuery, candidates_context, firm_called, weights_of
from viz.pages.context import links_of, page
from viz.pages.csv_file import csv_answer
from viz.pages.gaps import GapsQuery, GapTable, chosen_gaps, gap_context, gaps_context, worklist_context
from viz.pages.gaps_csv import chains_of, file_name, gaps_csv, sheet_csv, sheet_name, worklist_csv
from viz.pages.map import MapQuery, map_context
from viz.pages.panorama import panorama_context
from viz.pages.service import Service
from viz.pages.targets import listing
from viz.sources import SourceList


class PanoramaQuery(PlaceQuery):
    """Parameters of the panorama: ``status`` is what its cards are filtered by."""

    status: Word = ""


def panorama_router(service: Service) -> APIRouter:
    """Panorama and map over ``service``."""
    router = APIRouter(include_in_schema=False)
    gaps, asking = service.gaps, Asking(service)

    @router.get("/panorama")
    async def panorama_page(request: Request, query: Annotated[PanoramaQuery, Query()]) -> HTMLResponse:
        chain = await asking.chain_or_first(query.chain)
        found = await gaps.panorama(chain, query.place, as_of=query.day)
        asked = asking.asked(request, found.chain, found.place, query.day)
        context = panorama_context(asked, found, query.status)
        action = asked.links.panorama()
        form = await asking.form(asked, found.place, found.as_of, action, status=query.status)
        return page(request, "panorama.html", **context, **form)

    @router.get("/map")
    async def map_page(request: Request, query: Annotated[MapQuery, Query()]) -> HTMLResponse:
        chain = await asking.chain_or_first(query.chain)
        found = await gaps.statuses(list(spots()), chain=chain, as_of=query.day)
        index, named = found.index, found.index.ref(next(iter(found.index.facts.chains)))
        asked = asking.asked(request, named, index.ref(PROVINCE), query.day)
        context = map_context(asked, index, found.table, named, query)
        form = await asking.form(asked, None, index.day, asked.links.map())
        return page(request, "map.html", **context, **form)

    return router


def gap_router(service: Service) -> APIRouter:
    """The table of gaps, the worklist, one gap, and the files, over ``service``."""
    router = APIRouter(include_in_schema=False)
    gaps, asking, limits = service.gaps, Asking(service), service.limits

    @router.get("/gaps")
    async def gaps_page(request: Request, query: Annotated[GapsQuery, Query()]) -> HTMLResponse:
        await asking.chain_or_first(query.chain)
        if query.tab == "worklist":
            return await _worklist(request, query)
        one = query.chain or None
        found = await gaps.gaps(query.place, chain=one, as_of=query.day, limit=limits.export)
        fitting = chosen_gaps(found.items, query)
        shown = fitting[: limits.list_max]
        sources = await cited(gaps.reader, set().union(*(sources_in(gap) for gap in shown)))
        table = GapTable(found, fitting, shown, sources)
        panorama = await gaps.panorama(one, query.place, as_of=query.day) if one else None
        asked = asking.asked(request, found.chain, found.place, query.day)
        context = gaps_context(asked, table, panorama, query)
        form = await asking.form(asked, found.place, found.as_of, asked.links.gaps())
        return page(request, "gaps.html", **context, **form)

    async def _worklist(request: Request, query: GapsQuery) -> HTMLResponse:
        one = query.chain or None
        found = await gaps.worklist(query.place, chain=one, as_of=query.day, limit=limits.list_max)
        asked = asking.asked(request, found.chain, found.place, query.day)
        context = worklist_context(asked, found)
        form = await asking.form(asked, found.place, found.as_of, asked.links.gaps(), tab=query.tab)
        return page(request, "gaps_worklist.html", **context, **form)

    @router.get("/gaps.csv")
    async def gaps_file(request: Request, query: Annotated[GapsQuery, Query()]) -> Response:
        one, show = query.chain or None, asking.show(request)
        if query.tab in ("worklist", "sheet"):
            work = await gaps.worklist(query.place, chain=one, as_of=query.day, limit=limits.export)
            if query.tab == "worklist":
                look = await gaps.look(query.place, chain=one, as_of=query.day)
                text = worklist_csv(show, work, chains_of(look))
                return csv_answer(text, file_name(query.tab, work.place, work.chain))
            return csv_answer(sheet_csv(show, work), sheet_name(service.ontology, work.place, work.chain))
        found = await gaps.gaps(query.place, chain=one, as_of=query.day, limit=limits.export)
        text = gaps_csv(show, chosen_gaps(found.items, query), found.cited)
        return csv_answer(text, file_name("gaps", found.place, found.chain))

    @router.get("/gaps/{gap_id:path}")
    async def gap_page(request: Request, gap_id: str, query: Annotated[CandidatesQuery, Query()]) -> Response:
        cell, rank = await gaps.cell(gap_id, as_of=query.day), None
        if (key := id_of_gap(cell.segment.id, cell.place.id)) != gap_id:
            asked_for = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(links_of(request).gap(key) + asked_for, status_code=307)
        if is_gap(cell):
            gap = await gaps.gap(gap_id, as_of=query.day)
            cell, rank = gap.cell, gap.rank
        why = await firm_called(service.search, query.why, most=limits.search_max)
        found = await candidates_of_gap(
            gaps,
            service.search,
            gap_id,
            as_of=query.day,
            weights=weights_of(request.query_params),
            origin=query.origin,
            order=query.order,
            limit=limits.list_size,
            asked=why,
        )
        asked = asking.asked(request, cell.chain, cell.place, query.day)
        sources = SourceList(asked.show, await cited(gaps.reader, sources_in(cell)) | found.cited)
        context = gap_context(asked, cell, rank, sources) | candidates_context(asked, gap_id, found, query)
        book = Book(await asyncio.to_thread(service.truth.decisions))
        listed = listing(asked.show, book, cell, can_enter=service.desk is not None)
        return page(request, "gaps_one.html", **context, **listed)

    return router
