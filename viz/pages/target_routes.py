"""The routes of the target list. Forms are plain: what is sent is done, and the browser is sent on (303)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from graph.errors import LianpuError
from graph.office_time import office_today
from graph.targets import NEW, Entry, names_of
from viz.pages.context import links_of, page, show_of
from viz.pages.csv_file import csv_answer
from viz.pages.forms import form_of
from viz.pages.named import named
from viz.pages.service import Service
from viz.pages.target_entry import REASON_MOST
from viz.pages.target_entry_routes import entry_router
from viz.pages.targets import TargetsQuery, board_context, book_of, desk_of, file_name, targets_csv


def target_router(service: Service) -> APIRouter:
    """Board, file and entries over ``service``; without its desk nothing is changed."""
    router = APIRouter(include_in_schema=False)

    @router.get("/targets")
    async def board(request: Request, query: Annotated[TargetsQuery, Query()]) -> HTMLResponse:
        return await _board(request, query, {}, None)

    @router.get("/targets.csv")
    async def file(request: Request, query: Annotated[TargetsQuery, Query()]) -> Response:
        day, show = office_today().isoformat(), show_of(request, service.ontology)
        chosen = query.chosen(await book_of(service), day)[: service.limits.export]
        text = targets_csv(show, chosen, await names_of(service.repository, chosen), day)
        return csv_answer(text, file_name(query))

    @router.post("/targets")
    async def enter(request: Request) -> Response:
        """Enter a firm (id or name) for a gap (id); one that is entered already is shown as it is."""
        form, writes = await form_of(request), desk_of(service)
        reason, by = form.get("reason", "").strip()[:REASON_MOST], form.get("by", "")
        try:
            firm = await named(service, form.get("firm", ""), "Firm")
            entry = Entry(firm=firm.id, gap=form.get("gap", "").strip())
            key = entry.key
            if (await book_of(service)).get(key) is None:
                key = await writes.change((entry.firm, entry.gap), {}, version=NEW, reason=reason, by=by)
        except LianpuError as error:
            return await _board(request, TargetsQuery(), form, error)
        return RedirectResponse(links_of(request).target(key), status_code=303)

    async def _board(
        request: Request, query: TargetsQuery, form: dict[str, str], error: LianpuError | None
    ) -> HTMLResponse:
        book, show = await book_of(service), show_of(request, service.ontology)
        names = await names_of(service.repository, book.all())
        day = office_today().isoformat()
        context = board_context(show, service, book, query, names=names, day=day)
        status = 200 if error is None else error.http_status
        return page(request, "targets.html", status, **context, typed=form, error=error)

    router.include_router(entry_router(service))
    return router
