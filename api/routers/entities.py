"""Entities and their neighbours."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.problems import declared
from api.routers.params import AsOf, Cursor, EntityId, limit_up_to
from api.service import Service
from graph.repository import Assertions, Direction, EntityAnswer, Neighbours


def make_router(service: Service) -> APIRouter:
    """``/entities``."""
    router = APIRouter(prefix="/entities", tags=["entities"], responses=declared(404))
    limits, repository = service.limits, service.repository
    size = limit_up_to(limits.page_max, limits.page)
    relation_class = Query(max_length=40, description="关系类别 · a relation class such as SUPPLIES")
    way = Query(description="out：从它出发；in：指向它 · leaving or reaching the entity")

    @router.get("/{entity_id:path}/neighbours", summary="Neighbours, a page for each relation class")
    async def neighbours(
        *,
        entity_id: EntityId,
        relation: Annotated[str | None, relation_class] = None,
        direction: Annotated[Direction | None, way] = None,
        limit: Annotated[int | None, size] = None,
        after: Cursor = None,
        as_of: AsOf = None,
    ) -> Neighbours:
        return await repository.neighbours(
            entity_id, relation=relation, direction=direction, limit=limit, after=after, as_of=as_of
        )

    @router.get("/{entity_id:path}/assertions", summary="The rows behind an entity")
    async def assertions(entity_id: EntityId, limit: Annotated[int | None, size] = None) -> Assertions:
        await repository.node(entity_id)
        return await repository.assertions(entity_id, limit=limit)

    @router.get("/{entity_id:path}", summary="An entity, with the number of its neighbours")
    async def entity(entity_id: EntityId) -> EntityAnswer:
        return await repository.entity(entity_id)

    return router
