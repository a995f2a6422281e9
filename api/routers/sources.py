"""Sources."""

from fastapi import APIRouter

from api.problems import declared
from api.routers.params import EntityId
from api.service import Service
from graph.repository import SourceView


def make_router(service: Service) -> APIRouter:
    """``/sources``."""
    router = APIRouter(prefix="/sources", tags=["sources"], responses=declared(404))

    @router.get("/{source_id:path}", summary="A source as it is cited")
    async def source(source_id: EntityId) -> SourceView:
        return await service.repository.source(source_id)

    return router
