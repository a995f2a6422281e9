"""The routes of the pages. Handlers read, hand over to a page's module, and render."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from graph.repository.neighbours import Direction
from viz.pages import static
from viz.pages.chain import FIRST, MOST, chain_context
from viz.pages.context import links_of, page, show_of
from viz.pages.deliver_routes import deliver_router
from viz.pages.entity import entity_page
from viz.pages.gap_routes import gap_router, panorama_router
from viz.pages.groups import Wanted
from viz.pages.home import Home
from viz.pages.picture_routes import AsOf, picture_router
from viz.pages.search import search_context, suggestions
from viz.pages.service import Service
from viz.pages.target_routes import target_router
from viz.pages.targets import made_from
from viz.pages.whatif_routes import whatif_router

Text = Annotated[str, Query(max_length=200)]


def make_router(service: Service) -> APIRouter:
    """The pages over ``service``; they are not part of the API's description."""
    home = Home(service)
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def home_page(request: Request) -> HTMLResponse:
        show = show_of(request, service.ontology)
        return page(request, "home.html", **await home.context(show, links_of(request)))

    @router.get("/search")
    async def search_page(request: Request, q: Text = "", after: Text = "") -> HTMLResponse:
        show = show_of(request, service.ontology)
        context = await search_context(show, links_of(request), service, q, after or None)
        return page(request, "search.html", **context)

    @router.get("/suggest")
    async def suggest(request: Request, q: Text = "") -> dict[str, Any]:
        return await suggestions(show_of(request, service.ontology), links_of(request), service, q)

    @router.get("/e/{entity_id:path}")
    async def entity(
        request: Request, entity_id: str, relation: Text = "", direction: Direction = "out", after: Text = ""
    ) -> HTMLResponse:
        show = show_of(request, service.ontology)
        wanted = Wanted(relation, direction, after or None) if relation else None
        e = await entity_page(
            show, links_of(request), service.repository, entity_id, wanted, after=after or None
        )
        return page(request, "entity.html", e=e, targets=await made_from(service, e.node))

    @router.get("/chain/{slug:path}")
    async def chain(
        request: Request,
        slug: str,
        as_of: AsOf = None,
        whole: Annotated[str, Query(alias="all", max_length=20)] = "",
    ) -> HTMLResponse:
        limit = MOST if whole else FIRST
        card = await service.repository.chain(slug, as_of=as_of or None, limit=limit)
        context = chain_context(show_of(request, service.ontology), card, whole, given=bool(as_of))
        return page(request, "chain.html", **context)

    router.include_router(picture_router(service))
    router.include_router(panorama_router(service))
    router.include_router(gap_router(service))
    router.include_router(target_router(service))
    router.include_router(whatif_router(service))
    router.include_router(deliver_router(service))
    router.include_router(static.router)
    return router
