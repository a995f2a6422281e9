"""The routes of one entry of the target list: shown, changed, made a project."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from graph.errors import LianpuError
from graph.office_time import office_today
from graph.targets import Target, names_of
from viz.pages.context import links_of, page, show_of
from viz.pages.forms import form_of
from viz.pages.service import Service
from viz.pages.target_entry import NAME_MOST, REASON_MOST, Refused, as_stored, entry_context, touched
from viz.pages.targets import book_of, desk_of


def entry_router(service: Service) -> APIRouter:
    """The entries over ``service``; without its desk nothing is changed."""
    router = APIRouter(include_in_schema=False)

    @router.get("/targets/{key:path}")
    async def one(request: Request, key: str) -> HTMLResponse:
        return await _one(request, (await book_of(service)).named(key), None)

    @router.post("/targets/{key:path}/project")
    async def project(request: Request, key: str) -> Response:
        """Make a project of a target that was signed, if it is still as the form had shown it."""
        form, writes = await form_of(request), desk_of(service)
        target = (await book_of(service)).named(key)
        version, reason, by = _signed(form)
        try:
            pair, name = (target.entry.firm, target.entry.gap), form.get("name", "")[:NAME_MOST]
            await writes.make_project(pair, version=version, name=name, reason=reason, by=by)
        except LianpuError as error:
            refused = Refused(error, version, form, reason, by, project=True)
            return await _one(request, (await book_of(service)).named(key), refused)
        return RedirectResponse(links_of(request).target(target.key), status_code=303)

    @router.post("/targets/{key:path}")
    async def change(request: Request, key: str) -> Response:
        """Change an entry, if it is still as the form had shown it; else the form comes again as it was."""
        form, writes = await form_of(request), desk_of(service)
        target = (await book_of(service)).named(key)
        version, reason, by = _signed(form)
        try:
            given = touched(target, version, form, await names_of(service.repository, [target]))
            changes = await as_stored(service, given)
            pair = (target.entry.firm, target.entry.gap)
            await writes.change(pair, changes, version=version, reason=reason, by=by)
        except LianpuError as error:
            refused = Refused(error, version, form, reason, by)
            return await _one(request, (await book_of(service)).named(key), refused)
        return RedirectResponse(links_of(request).target(key), status_code=303)

    async def _one(request: Request, target: Target, refused: Refused | None) -> HTMLResponse:
        show, names = show_of(request, service.ontology), await names_of(service.repository, [target])
        day, can = office_today().isoformat(), service.desk is not None
        context = entry_context(show, target, names, day, can_change=can, refused=refused)
        status = 200 if refused is None else refused.error.http_status
        return page(request, "targets_one.html", status, **context)

    return router


def _signed(form: dict[str, str]) -> tuple[str, str, str]:
    """The version that was seen, the reason, and who is said to handle it."""
    version, reason, by = (form.get(name, "").strip() for name in ("version", "reason", "by"))
    return version, reason[:REASON_MOST], by
