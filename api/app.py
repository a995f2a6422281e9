"""The application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from api import problems
from api.guard import Guard
from api.routers import ROUTERS, health
from api.service import Service
from graph.errors import LianpuError, NotFound
from viz.pages.errors import error_page, wants_page

PREFIX = "/api/v1"
_ABOUT = (
    "江西产业链知识图谱：每条事实带来源、等级与核实情况。"
    "The knowledge graph of Jiangxi's industrial chains. Every fact comes with its sources, their grade and "
    "its standing. Lists say `total`, `truncated` and `next`. Errors are problem details (RFC 9457)."
)


def create_app(service: Service, pages: APIRouter | None = None) -> FastAPI:
    """The API over ``service``, and the pages if their router is given.

    At start the search index is brought up to the graph and the room of the deliverables opened, which is
    closed at the end. Interactive documentation pages are left out, since
    they would load scripts from elsewhere; the description itself is at ``/api/v1/openapi.json``.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await service.search.refresh()
        async with service.deliveries or nullcontext():
            yield

    app = FastAPI(
        title="链谱 Lianpu",
        description=_ABOUT,
        version=service.version,
        lifespan=lifespan,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    for make in ROUTERS:
        app.include_router(make(service), prefix=PREFIX)
    app.include_router(health.make_router(service))
    if pages is not None:
        app.include_router(pages)
    _handle_errors(app, service)
    _describe_problems(app)
    app.add_middleware(Guard, hosts=service.hosts)
    return app


def _handle_errors(app: FastAPI, service: Service) -> None:
    @app.exception_handler(LianpuError)
    async def expected(request: Request, error: LianpuError) -> Response:
        if isinstance(error, NotFound) and (moved := await _moved(request, service)):
            return moved
        if wants_page(request):
            return error_page(request, error, error.http_status)
        return problems.of_lianpu(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        if wants_page(request):
            return error_page(request, error, 422)
        return problems.of_validation(request, error)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        if wants_page(request):
            return error_page(request, error, error.status_code)
        return problems.of_http(request, error)


async def _moved(request: Request, service: Service) -> Response | None:
    """A redirect from a retired id in the path to the id that answers for it."""
    for asked in (v for k, v in request.path_params.items() if k.endswith("id") and isinstance(v, str)):
        kept = await service.repository.moved_to(asked)
        if kept is not None:
            path = request.url.path.replace(asked, kept, 1)
            return RedirectResponse(request.url.replace(path=path), status_code=308)
    return None


def _describe_problems(app: FastAPI) -> None:
    """Declare errors with their own media type in the description."""
    original = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = original()
            for path in schema["paths"].values():
                for operation in path.values():
                    for status, response in operation["responses"].items():
                        content = response.get("content", {})
                        if not status.startswith("2") and "application/json" in content:
                            content[problems.MEDIA_TYPE] = content.pop("application/json")
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
