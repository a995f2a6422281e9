"""Whether the server is there, and whether it can answer."""

import asyncio

from fastapi import APIRouter
from pydantic import BaseModel

from api.problems import declared
from api.service import Service
from graph.errors import LianpuError


class NotReady(LianpuError):
    """The graph does not show the facts (yet)."""

    code, http_status = "not-ready", 503
    title_zh, title_en = "尚未就绪", "Not ready"


class Alive(BaseModel):
    """The server is there."""

    status: str
    version: str


class Ready(BaseModel):
    """The graph is whole and shows the newest facts."""

    status: str
    revision: int


def make_router(service: Service) -> APIRouter:
    """``/healthz`` and ``/readyz``."""
    router = APIRouter(tags=["health"], responses=declared())

    @router.get("/healthz", summary="Whether the server is there")
    async def healthz() -> Alive:
        return Alive(status="ok", version=service.version)

    @router.get("/readyz", summary="Whether questions can be answered")
    async def readyz() -> Ready:
        stamp = await service.store.meta(service.truth.store_id)
        revision = await asyncio.to_thread(lambda: service.truth.revision)
        shown = None if stamp is None else (stamp.state, stamp.revision)
        if shown != ("whole", revision):
            raise NotReady(
                f"图谱尚未写完 · the graph shows {shown}, the facts are at revision {revision}",
                graph=shown,
                revision=revision,
            )
        return Ready(status="ready", revision=revision)

    return router
