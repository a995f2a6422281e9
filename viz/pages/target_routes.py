"""The routes of the target list. Forms are plain: what is sent is done, and the browser is sent on (303)."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from graph.errors import LianpuError, UsageError
from graph.repository.days import day_of
from graph.targets import NEW, Book, Entry, Target
from viz.pages.context import links_of, page, show_of
from viz.pages.csv_file import csv_answer
from viz.pages.forms import form_of
from viz.pages.named import named
from viz.pages.service import Desk, Service
from viz.pages.target_entry import REASON_MOST, Refused, as_stored, entry_context, touched
from viz.pages.targets import TargetsQuery, board_context, file_name, names_of, targets_csv


def target_router(service: Service) -> APIRouter:
    """Board, file and entries over ``service``; without its desk nothing is changed."""
    router = APIRouter(include_in_schema=False)

    def desk() -> Desk:
        if service.desk is None:
            raise UsageError("这个服务只读 · this server only reads")
        return service.desk

    @router.get("/targets")
    async def board(request: Request, query: Annotated[TargetsQuery, Query()]) -> HTMLResponse:
        return await _board(request, query, {}, None)

    @router.get("/targets.csv")
    async def file(request: Request, query: Annotated[TargetsQuery, Query()]) -> Response:
        day, show = day_of(None), show_of(request, service.ontology)
        chosen = query.chosen(await _book(), day)[: service.limits.export]
        text = targets_csv(show, chosen, await names_of(service, chosen), day)
        return csv_answer(text, file_name(query))

    @router.post("/targets")
    async def enter(request: Request) -> Response:
        """Enter a firm (id or name) for a gap (id); one that is entered already is shown as it is."""
        form = await form_of(request)
        writes, reason = desk(), form.get("reason", "").strip()[:REASON_MOST]
        try:
            firm = await named(service, form.get("firm", ""), "Firm")
            entry = Entry(firm=firm.id, gap=form.get("gap", "").strip())
            key = entry.key
            if (await _book()).get(key) is None:
                key = await writes.change((entry.firm, entry.gap), {}, version=NEW, reason=reason)
        except LianpuError as error:
            return await _board(request, TargetsQuery(), form, error)
        return RedirectResponse(links_of(request).target(key), status_code=303)

    @router.get("/targets/{key:path}")
    async def one(request: Request, key: str) -> HTMLResponse:
        return await _one(request, (await _book()).named(key), None)

    @router.post("/targets/{key:path}")
    async def change(request: Request, key: str) -> Response:
        """Change an entry, if it is still as the form had shown it; else the form comes again as it was."""
        form, writes = await form_of(request), desk()
        target = (await _book()).named(key)
        version, reason = form.get("version", ""), form.get("reason", "").strip()[:REASON_MOST]
        try:
            given = touched(target, version, form, await names_of(service, [target]))
            changes = await as_stored(service, given)
            pair = (target.entry.firm, target.entry.gap)
            await writes.change(pair, changes, version=version, reason=reason)
        except LianpuError as error:
            return await _one(request, (await _book()).named(key), Refused(error, version, form, reason))
        return RedirectResponse(links_of(request).target(key), status_code=303)

    async def _book() -> Book:
        return Book(await asyncio.to_thread(service.truth.decisions))

    async def _board(
        request: Request, query: TargetsQuery, form: dict[str, str], error: LianpuError | None
    ) -> HTMLResponse:
        book, show, day = await _book(), show_of(request, service.ontology), day_of(None)
        context = board_context(
            show, service, book, query, names=await names_of(service, book.all()), day=day
        )
        status = 200 if error is None else error.http_status
        return page(request, "targets.html", status, **context, typed=form, error=error)

    async def _one(request: Request, target: Target, refused: Refused | None) -> HTMLResponse:
        show, names = show_of(request, service.ontology), await names_of(service, [target])
        can = service.desk is not None
        context = entry_context(show, target, names, day_of(None), can_change=can, refused=refused)
        status = 200 if refused is None else refused.error.http_status
        return page(request, "targets_one.html", status, **context)

    return router
