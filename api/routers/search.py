"""Finding entities by what people call them."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.problems import declared
from api.routers.params import Cursor, limit_up_to
from api.service import Service
from graph.search import Found


def make_router(service: Service) -> APIRouter:
    """``/search``."""
    router = APIRouter(tags=["search"], responses=declared())
    limits = service.limits
    size = limit_up_to(limits.search_max, limits.search)
    about = (
        "名称、别名、代码、拼音或首字母，一个字起 · name, alias, code, pinyin or initials, one character up"
    )
    asked = Query(description=about, examples=["江铜", "jxty"])
    kind = Query(max_length=40, description="类别 · a class such as Firm")

    @router.get("/search", summary="Find entities")
    async def search(
        q: Annotated[str, asked],
        cls: Annotated[str | None, kind] = None,
        limit: Annotated[int | None, size] = None,
        after: Cursor = None,
    ) -> Found:
        return await service.search.find(q, cls=cls, limit=limit, after=after)

    return router
