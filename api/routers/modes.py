"""The four working modes of the chain-chief system."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.problems import declared
from api.routers.params import AsOf, limit_up_to
from api.service import Service
from graph.repository import Mode, ModeAnswer


def make_router(service: Service) -> APIRouter:
    """``/modes``."""
    router = APIRouter(prefix="/modes", tags=["modes"], responses=declared(404))
    limits = service.limits
    size = limit_up_to(limits.list_max, limits.list_size)
    one_chain = Query(max_length=200, description="只看一条链 · one chain only", examples=["new-energy"])

    @router.get("/{mode}", summary="The pairs of a mode on a day")
    async def pairs(
        mode: Mode,
        chain: Annotated[str | None, one_chain] = None,
        as_of: AsOf = None,
        limit: Annotated[int | None, size] = None,
    ) -> ModeAnswer:
        return await service.repository.mode(mode, chain=chain, as_of=as_of, limit=limit)

    return router
