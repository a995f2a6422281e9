"""The chain neighbourhood of a firm."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.problems import declared
from api.routers.params import AsOf, EntityId, limit_up_to
from api.service import Service
from graph.repository import FirmNeighbourhood, PlaceLevel


def make_router(service: Service) -> APIRouter:
    """``/firms``."""
    router = APIRouter(prefix="/firms", tags=["firms"], responses=declared(404))
    limits = service.limits
    size = limit_up_to(limits.list_max, limits.list_size)
    how_far = Query(description="列出多远的同环节企业 · how far away the other firms named may be")

    @router.get("/{firm_id:path}/neighbourhood", summary="The chain neighbourhood of a firm on a day")
    async def neighbourhood(
        firm_id: EntityId,
        as_of: AsOf = None,
        level: Annotated[PlaceLevel, how_far] = "city",
        limit: Annotated[int | None, size] = None,
    ) -> FirmNeighbourhood:
        return await service.repository.firm_neighbourhood(firm_id, as_of=as_of, level=level, limit=limit)

    return router
