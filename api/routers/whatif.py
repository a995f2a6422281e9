"""What if, and how the local supply net of a chain hangs together."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.problems import declared
from api.routers.chains import Slug
from api.routers.gaps import PROVINCE, Place
from api.routers.params import AsOf
from api.service import Service
from graph.errors import BadInput
from graph.gaps.whatif import MOST_STEPS, STEPS, Supposed
from graph.gaps.whatif_models import Resilience, WhatIf

Name = Annotated[str, Field(max_length=200)]
Coming = Annotated[str, Field(max_length=400)]
#: Ids that one parameter may have.
_MOST = 200
Ids = Annotated[list[Name], Query(max_length=_MOST, description="编号，可写多次 · ids, repeatable")]


def make_router(service: Service) -> APIRouter:
    """``/chains/{slug}/what-if`` and ``/chains/{slug}/resilience``."""
    router = APIRouter(prefix="/chains", tags=["gaps"], responses=declared(404))
    gaps = service.gaps

    @router.get("/{slug:path}/what-if", summary="Verdicts before and after firms, places or links go or come")
    async def what_if(
        *,
        slug: Slug,
        place: Place = PROVINCE,
        firm: Ids = [],  # noqa: B006 - FastAPI copies it
        within: Ids = [],  # noqa: B006
        segment: Ids = [],  # noqa: B006
        added: Annotated[
            list[Coming],
            Query(max_length=_MOST, description="firm/…@segment/…，可写多次 · who comes, and where"),
        ] = [],  # noqa: B006
        steps: Annotated[
            int, Query(ge=1, le=MOST_STEPS, description="往下游几步 · steps downstream")
        ] = STEPS,
        as_of: AsOf = None,
    ) -> WhatIf:
        supposed = Supposed(tuple(firm), tuple(within), tuple(segment), tuple(map(_pair, added)))
        return await gaps.what_if(slug, place, supposed, steps=steps, as_of=as_of)

    @router.get("/{slug:path}/resilience", summary="What the local supply net of a chain bears")
    async def resilience(slug: Slug, place: Place = PROVINCE, as_of: AsOf = None) -> Resilience:
        return await gaps.resilience(slug, place, as_of=as_of)

    return router


def _pair(text: str) -> tuple[str, str]:
    firm, at, segment = text.partition("@")
    if not at:
        raise BadInput(f"added: {text!r}; expected firm/…@segment/…", found=text, expected="firm/…@segment/…")
    return firm, segment
