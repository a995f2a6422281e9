"""Who answers for what, in both directions."""

from typing import Annotated

from fastapi import APIRouter

from api.problems import declared
from api.routers.params import AsOf, EntityId, limit_up_to
from api.service import Service
from graph.repository import AnswersFor


def make_router(service: Service) -> APIRouter:
    """``/answers-for``."""
    router = APIRouter(tags=["answers-for"], responses=declared(404))
    limits = service.limits
    size = limit_up_to(limits.list_max, limits.list_size)

    @router.get("/answers-for/{entity_id:path}", summary="What a person, firm, place or body answers for")
    async def answers_for(
        entity_id: EntityId, as_of: AsOf = None, limit: Annotated[int | None, size] = None
    ) -> AnswersFor:
        return await service.repository.answers_for(entity_id, as_of=as_of, limit=limit)

    return router
