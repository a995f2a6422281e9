"""A relation, and the rows behind it."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.problems import declared
from api.routers.params import limit_up_to
from api.service import Service
from graph.errors import NotFound
from graph.repository import Assertions, RelationAnswer


def make_router(service: Service) -> APIRouter:
    """``/relations``."""
    router = APIRouter(prefix="/relations", tags=["relations"], responses=declared(404))
    limits = service.limits
    size = limit_up_to(limits.page_max, limits.page)
    relation_id = Path(pattern="^[0-9a-f]{1,64}$", description="关系编号 · `rid` of a relation")

    @router.get("/{rid}", summary="A relation with both its ends and the rows behind it")
    async def relation(
        rid: Annotated[str, relation_id], limit: Annotated[int | None, size] = None
    ) -> RelationAnswer:
        return await service.repository.relation(rid, limit=limit)

    @router.get("/{rid}/assertions", summary="The rows behind a relation")
    async def assertions(
        rid: Annotated[str, relation_id], limit: Annotated[int | None, size] = None
    ) -> Assertions:
        found = await service.repository.assertions(rid, limit=limit)
        if not found.items:
            raise NotFound(f"没有关系 {rid} · there is no relation {rid}", found=rid)
        return found

    return router
