"""The route of what-if and resilience."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from graph.gaps.whatif_models import WhatIf
from viz.pages.asked import Asking
from viz.pages.context import page
from viz.pages.service import Service
from viz.pages.whatif import Typed, WhatIfQuery, read_typed, whatif_context


def whatif_router(service: Service) -> APIRouter:
    """What if something goes or comes, with the resilience of the net, over ``service``."""
    router = APIRouter(include_in_schema=False)
    gaps, asking = service.gaps, Asking(service)

    @router.get("/whatif")
    async def whatif_page(request: Request, query: Annotated[WhatIfQuery, Query()]) -> HTMLResponse:
        chain = await asking.chain_or_first(query.chain)
        net = await gaps.resilience(chain, query.place, as_of=query.day)
        asked = asking.asked(request, net.chain, net.place, query.day)
        typed = await read_typed(service, query, asked.chain)
        answer = await _answer(query, asked.chain, typed)
        context = whatif_context(asked, query, typed, answer, net)
        keep = {"without": "\n".join(typed.without), "with": "\n".join(typed.coming)}
        form = await asking.form(asked, net.place, net.as_of, asked.links.whatif(), **keep)
        status = typed.errors[0][1].http_status if typed.errors else 200
        return page(request, "whatif.html", status, **context, **form)

    async def _answer(query: WhatIfQuery, chain: str, typed: Typed) -> WhatIf | None:
        """The answer; none while a line cannot be read, since it would be that to another question."""
        if not typed.supposed or typed.errors:
            return None
        return await gaps.what_if(chain, query.place, typed.supposed, steps=query.steps, as_of=query.day)

    return router
