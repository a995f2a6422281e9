"""The page of the deliverables 四图五清单: begun with a button, then looked at again until they are made."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from graph.errors import LianpuError, UsageError
from viz.dates import show_date
from viz.pages.asked import Asking, PlaceQuery
from viz.pages.context import page
from viz.pages.forms import form_of
from viz.pages.service import Service

#: Seconds after which a page is asked for again while something on it is still being made.
AGAIN_S = 2


def deliver_router(service: Service) -> APIRouter:
    """Form and list of the deliverables; without a room for them the page says that none are made here."""
    router = APIRouter(include_in_schema=False)
    asking, room = Asking(service), service.deliveries

    @router.get("/deliverables")
    async def several(request: Request, query: Annotated[PlaceQuery, Query()]) -> HTMLResponse:
        return await _page(request, query, None)

    @router.post("/deliverables")
    async def begin(request: Request) -> Response:
        """Begin one; the browser is sent on to the list."""
        form = await form_of(request)
        if room is None:
            raise UsageError("这个服务不做交付文件 · this server makes no deliverables")
        query = PlaceQuery.model_validate({k: v for k in PlaceQuery.model_fields if (v := form.get(k, ""))})
        try:
            chain = await asking.chain_or_first(query.chain)
            made = await room.start(chain, query.place, query.day)
        except LianpuError as error:
            return await _page(request, query, error)
        asked = asking.asked(request, made.chain, made.place, query.day)
        return RedirectResponse(asked.links.deliverables(**asked.query()), status_code=303)

    async def _page(request: Request, query: PlaceQuery, error: LianpuError | None) -> HTMLResponse:
        chain = await asking.chain_or_first(query.chain)
        look = await service.gaps.look(query.place, chain=chain, as_of=query.day)
        asked = asking.asked(request, look.named, look.place, query.day)
        kept = list(room.all()) if room is not None else []
        form = await asking.form(asked, look.place, look.index.day, asked.links.deliverables())
        context: dict[str, Any] = {
            "name": f"{look.place.caption} · {look.index.ref(look.chains[0]).caption}",
            "kept": [(one, show_date(one.as_of, asked.show.lang)) for one in kept],
            "again": AGAIN_S if any(one.state in ("queued", "running") for one in kept) else None,
            "can": room is not None,
            "error": error,
        }
        return page(request, "deliverables.html", error.http_status if error else 200, **context, **form)

    return router
