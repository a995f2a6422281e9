"""The routes of the picture: its page, its panels and expansions, its downloads."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from graph.repository.neighbours import Direction
from viz.draw import draw_firm
from viz.evidence import evidence_of
from viz.inline import PICTURE_SCRIPTS
from viz.pages.context import links_of, page_context, respond, show_of
from viz.pages.picture import entity_panel_of, expansion, relation_panel_of
from viz.pages.service import Service
from viz.picture.files import MEDIA_TYPES, file_name, picture_csv, picture_json
from viz.picture.network import render_network
from viz.picture.picture import make_picture
from viz.show import Show

Kind = Literal["csv", "json", "html"]
KINDS: tuple[Kind, ...] = ("csv", "json", "html")
AsOf = Annotated[str | None, Query(max_length=20)]


def picture_router(service: Service) -> APIRouter:
    """The picture's routes over ``service``."""
    router = APIRouter(include_in_schema=False)
    repository, ontology = service.repository, service.ontology

    @router.get("/graph/{firm_id:path}")
    async def graph(request: Request, firm_id: str, as_of: AsOf = None) -> HTMLResponse:
        show = show_of(request, ontology)
        picture = make_picture(show, await repository.firm_neighbourhood(firm_id, as_of=as_of or None))
        downloads = [(kind, links_of(request).download(firm_id, kind)) for kind in KINDS]
        context = page_context(request, show.lang)
        html = render_network(picture, "graph.html", scripts=PICTURE_SCRIPTS, downloads=downloads, **context)
        return respond(request, html, show.lang)

    @router.get("/panel/{entity_id:path}")
    async def panel(request: Request, entity_id: str) -> dict[str, Any]:
        return await entity_panel_of(show_of(request, ontology), repository, entity_id)

    @router.get("/panel-relation/{rid}")
    async def panel_relation(request: Request, rid: str) -> dict[str, Any]:
        return await relation_panel_of(show_of(request, ontology), repository, rid)

    @router.get("/expand/{entity_id:path}")
    async def expand(
        request: Request,
        entity_id: str,
        relation: Annotated[str, Query(alias="type", max_length=40)],
        direction: Direction,
        after: Annotated[str, Query(max_length=200)] = "",
    ) -> dict[str, Any]:
        show = show_of(request, ontology)
        return await expansion(show, repository, entity_id, (relation, direction), after or None)

    @router.get("/download/{firm_id:path}")
    async def download(
        request: Request, firm_id: str, kind: Annotated[Kind, Query(alias="as")] = "html", as_of: AsOf = None
    ) -> Response:
        show = Show(ontology, show_of(request, ontology).lang)
        answer = await repository.firm_neighbourhood(firm_id, as_of=as_of or None)
        picture = make_picture(show, answer)
        if kind == "csv":
            text = picture_csv(picture, show.lang)
        elif kind == "json":
            text = picture_json(picture)
        else:
            text = draw_firm(answer, ontology, show.lang, await evidence_of(repository, answer))
        headers = {"Content-Disposition": f'attachment; filename="{file_name(picture, kind)}"'}
        return Response(text, media_type=f"{MEDIA_TYPES[kind]}; charset=utf-8", headers=headers)

    return router
