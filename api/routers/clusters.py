"""The six ones of a cluster."""

from fastapi import APIRouter

from api.problems import declared
from api.routers.params import EntityId
from api.service import Service
from graph.repository import SixOnes


def make_router(service: Service) -> APIRouter:
    """``/clusters``."""
    router = APIRouter(prefix="/clusters", tags=["clusters"], responses=declared(404))

    @router.get("/{cluster_id:path}/six-ones", summary="The six ones of a cluster")
    async def six_ones(cluster_id: EntityId) -> SixOnes:
        return await service.repository.six_ones(cluster_id)

    return router
