"""Chains: the list, the card, and who answers for one."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.problems import declared
from api.routers.params import AsOf, limit_up_to
from api.service import Service
from graph.repository import AnswersFor, ChainCard, ChainRow, Listing

Slug = Annotated[
    str,
    Path(max_length=200, description="链的代号或名称 · slug, id or Chinese name", examples=["electronics"]),
]


def make_router(service: Service) -> APIRouter:
    """``/chains``."""
    router = APIRouter(prefix="/chains", tags=["chains"], responses=declared(404))
    limits, repository = service.limits, service.repository
    size = limit_up_to(limits.list_max, limits.list_size)

    @router.get("", summary="All chains, with their chiefs on a day")
    async def chains(as_of: AsOf = None) -> Listing[ChainRow]:
        return await repository.chains(as_of=as_of)

    @router.get("/{slug:path}/responsible", summary="Who answers for a chain on a day")
    async def responsible(
        slug: Slug, as_of: AsOf = None, limit: Annotated[int | None, size] = None
    ) -> AnswersFor:
        return await repository.responsible(slug, as_of=as_of, limit=limit)

    @router.get("/{slug:path}", summary="The card of a chain on a day")
    async def chain(slug: Slug, as_of: AsOf = None, limit: Annotated[int | None, size] = None) -> ChainCard:
        return await repository.chain(slug, as_of=as_of, limit=limit)

    return router
