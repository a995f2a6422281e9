"""What is recorded for a visit to a firm on behalf of a park."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.problems import declared
from api.routers.params import AsOf
from api.service import Service
from graph.gaps.dossier import Dossier
from graph.gaps.dossier import dossier as dossier_of

Visited = Annotated[
    str, Query(max_length=200, description="企业编号 · id of a firm", examples=["firm/jiangxi-copper"])
]
ForPark = Annotated[
    str,
    Query(
        max_length=200,
        description="园区或地区：编号、区划代码或名称 · id, division code or name of a park or place",
        examples=["park/yichun-etdz", "宜春市"],
    ),
]


def make_router(service: Service) -> APIRouter:
    """``/dossier``."""
    router = APIRouter(tags=["gaps"], responses=declared(404))

    @router.get(
        "/dossier", summary="A visiting pack: the firm, its dealings here, gaps it would fill, questions"
    )
    async def dossier(firm: Visited, park: ForPark, as_of: AsOf = None) -> Dossier:
        return await dossier_of(service.gaps, firm, park, as_of=as_of, search=service.search)

    return router
