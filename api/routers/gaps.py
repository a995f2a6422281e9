"""Links of a chain in a place: the panorama, the gaps, what to ask whom."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.problems import declared
from api.routers.chains import Slug
from api.routers.params import AsOf, limit_up_to
from api.service import Service
from graph.gaps.models import Gap, GapList, Panorama, Status, Worklist

Place = Annotated[
    str,
    Query(
        max_length=200,
        description="地区或园区：编号、区划代码或名称 · id, division code or name of a place or park",
        examples=["place/360900", "360900", "宜春市"],
    ),
]
ChainName = Annotated[
    str | None,
    Query(max_length=200, description="链的代号或名称，不写为全部 · slug, id or name, else all chains"),
]
GapId = Annotated[
    str,
    Path(
        max_length=400,
        description="缺口编号，或 环节@地区 的名称 · id of a gap, or SEGMENT@PLACE by their names",
        examples=["new-energy/electrolyte@360900", "电解液@宜春市"],
    ),
]
PROVINCE = "place/360000"


def make_router(service: Service) -> APIRouter:
    """``/chains/{slug}/panorama``, ``/gaps`` and ``/worklist``."""
    router = APIRouter(tags=["gaps"], responses=declared(404))
    limits, gaps = service.limits, service.gaps
    size = limit_up_to(limits.list_max, limits.list_size)

    @router.get("/chains/{slug:path}/panorama", summary="Every segment of a chain in a place, with verdicts")
    async def panorama(slug: Slug, place: Place = PROVINCE, as_of: AsOf = None) -> Panorama:
        return await gaps.panorama(slug, place, as_of=as_of)

    @router.get("/gaps", summary="Missing, weak and risky links in a place, each with its basis")
    async def several(
        *,
        place: Place = PROVINCE,
        chain: ChainName = None,
        status: Annotated[Status | None, Query(description="只看这种现状 · only this status")] = None,
        rule: Annotated[
            str | None,
            Query(max_length=100, description="只看依这条规则的 · only those that this rule found"),
        ] = None,
        as_of: AsOf = None,
        limit: Annotated[int | None, size] = None,
    ) -> GapList:
        return await gaps.gaps(place, chain=chain, status=status, rule=rule, as_of=as_of, limit=limit)

    @router.get("/worklist", summary="What to ask whom where a link that matters is unknown")
    async def worklist(
        place: Place = PROVINCE,
        chain: ChainName = None,
        as_of: AsOf = None,
        limit: Annotated[int | None, size] = None,
    ) -> Worklist:
        return await gaps.worklist(place, chain=chain, as_of=as_of, limit=limit)

    @router.get("/gaps/{gap_id:path}", summary="One gap with all that its verdicts rest on")
    async def gap(gap_id: GapId, as_of: AsOf = None) -> Gap:
        return await gaps.gap(gap_id, as_of=as_of)

    return router
