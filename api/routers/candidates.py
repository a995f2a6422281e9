"""Who could fill a link of a chain in a place."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.problems import declared
from api.routers.gaps import PROVINCE, ChainName, GapId, Place
from api.routers.params import AsOf, limit_up_to
from api.service import Service
from graph.gaps.candidate_models import CandidateList, Order, Origin
from graph.gaps.candidates import candidates_of_gap, weights_of_pairs
from graph.gaps.candidates.fit import fit as fit_of
from graph.gaps.candidates.fit_models import FitList
from viz.pages.named import named

#: Firms that one request may exclude, and weights it may give.
_MOST_EXCLUDED, _MOST_WEIGHTS = 500, 20
_Short = Annotated[str, Query(max_length=200)]
Weights = Annotated[
    list[_Short] | None,
    Query(
        max_length=_MOST_WEIGHTS,
        description="权重，如 product=0.5，可多次；没写的用规则 candidates 的 · "
        "weights such as product=0.5; parts not given have those of the rule candidates",
        examples=[["product=0.5", "relation=0.3"]],
    ),
]
Origins = Annotated[
    list[Origin] | None,
    Query(
        max_length=4,
        description="只要省内、省外、境外或所在地未知的，可多次 · only firms from there; all if not given",
    ),
]
Unwanted = Annotated[
    list[_Short] | None,
    Query(
        max_length=_MOST_EXCLUDED,
        description="不要的企业，写编号或名称，可多次 · firms not wanted, by id or name; repeatable",
    ),
]
Why = Annotated[
    str | None,
    Query(
        max_length=200,
        description="为什么没有这家企业：排除它的条件，或它的名次 · "
        "a firm by id or name: why it is not among them, or where it stands",
        examples=["firm/jiangxi-copper"],
    ),
]
Investor = Annotated[
    str | None,
    Query(
        max_length=200, description="企业编号或名称 · a firm by id or name", examples=["firm/jiangxi-copper"]
    ),
]
Made = Annotated[str | None, Query(max_length=100, description="它做的产品 · a product that it makes")]
Ordered = Annotated[
    Order,
    Query(
        description="按什么排：middle 未知项计一半，score 只看已知项，low 未知项计零 · "
        "what ranks: unknown parts count half, not at all, or as 0"
    ),
]


def make_router(service: Service) -> APIRouter:
    """``/gaps/{gap_id}/candidates``, to stand before what takes any path below ``/gaps``; ``/fit``."""
    router = APIRouter(tags=["gaps"], responses=declared(404))
    size = limit_up_to(service.limits.list_max, service.limits.list_size)

    async def firm_id(name: str) -> str:
        return (await named(service, name, "Firm")).id

    @router.get("/gaps/{gap_id:path}/candidates", summary="Firms that could fill a link, scored part by part")
    async def candidates(
        gap_id: GapId,
        *,
        weight: Weights = None,
        origin: Origins = None,
        exclude: Unwanted = None,
        why: Why = None,
        order: Ordered = "middle",
        as_of: AsOf = None,
        limit: Annotated[int | None, size] = None,
    ) -> CandidateList:
        return await candidates_of_gap(
            service.gaps,
            service.search,
            gap_id,
            as_of=as_of,
            weights=weights_of_pairs(weight or ()),
            origin=origin or (),
            exclude=[await firm_id(name) for name in dict.fromkeys(exclude or ())],
            limit=limit,
            order=order,
            asked=None if why is None else await firm_id(why),
        )

    @router.get("/fit", summary="Which links and parks suit an investor, and what forbids")
    async def fit(
        *,
        firm: Investor = None,
        product: Made = None,
        place: Place = PROVINCE,
        chain: ChainName = None,
        as_of: AsOf = None,
        limit: Annotated[int | None, size] = None,
    ) -> FitList:
        gaps, investor = service.gaps, None if firm is None else await firm_id(firm)
        look = await gaps.look(place, chain=chain, as_of=as_of)
        return await fit_of(
            gaps.reader, look.index, gaps.rules, look.place.id, firm=investor, product=product, limit=limit
        )

    return router
