"""The catalogue of queries."""

from fastapi import APIRouter
from pydantic import BaseModel

from api.problems import declared
from api.service import Service
from cypher import Param, Placeholder, Query, Returned, catalogue


class QueryView(BaseModel):
    """A query as its file states it, with its Cypher."""

    name: str
    title_zh: str
    title_en: str
    answers: str
    params: list[Param]
    returns: list[Returned]
    placeholders: list[Placeholder]
    text: str


class Catalogue(BaseModel):
    """Every query that reads."""

    items: list[QueryView]
    total: int


def make_router(_: Service) -> APIRouter:
    """``/queries``."""
    router = APIRouter(tags=["about"], responses=declared())
    items = [_view(query) for query in catalogue() if not query.writes]

    @router.get("/queries", summary="The questions as Cypher, with their contracts")
    async def queries() -> Catalogue:
        return Catalogue(items=items, total=len(items))

    return router


def _view(query: Query) -> QueryView:
    return QueryView.model_validate(query, from_attributes=True)
