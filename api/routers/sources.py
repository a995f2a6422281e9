"""Sources."""

from typing import Annotated

from fastapi import APIRouter

from api.problems import declared
from api.routers.params import Cursor, EntityId, limit_up_to
from api.service import Service
from graph.repository import SourceFacts, SourceView


def make_router(service: Service) -> APIRouter:
    """``/sources``."""
    router = APIRouter(prefix="/sources", tags=["sources"], responses=declared(404))
    size = limit_up_to(service.limits.page_max, service.limits.page)

    @router.get("/{source_id:path}/facts", summary="The facts that cite a source")
    async def facts(
        source_id: EntityId, limit: Annotated[int | None, size] = None, after: Cursor = None
    ) -> SourceFacts:
        return await service.repository.source_facts(source_id, limit=limit, after=after)

    @router.get("/{source_id:path}", summary="A source as it is cited")
    async def source(source_id: EntityId) -> SourceView:
        return await service.repository.source(source_id)

    return router
