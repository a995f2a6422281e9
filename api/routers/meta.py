"""What is served: versions, revisions and bounds."""

import asyncio
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from api.problems import declared
from api.service import Service
from graph.repository import Text

_AS_OF = Text(
    zh="as_of 指事实成立的日期；没有日期的属性答的是现在",
    en="as_of is the day on which a fact holds; properties without dates speak of now",
)


class Dataset(BaseModel):
    """A dataset and its current version."""

    id: str
    title: str
    current_version: int | None


class Meta(BaseModel):
    """What is served.

    ``revision`` is that of the facts, ``graph_revision`` and ``index_revision`` are those that graph and
    index show.
    """

    name: str
    version: str
    engine: str
    store_id: str
    revision: int
    graph_state: str | None
    graph_revision: int | None
    index_revision: int | None
    datasets: list[Dataset]
    limits: dict[str, int]
    as_of: Text


def make_router(service: Service) -> APIRouter:
    """``/meta``."""
    router = APIRouter(tags=["about"], responses=declared())

    @router.get("/meta", summary="What is served")
    async def meta() -> Meta:
        stamp = await service.store.meta()
        index = await asyncio.to_thread(service.search.index.stamp)
        revision, datasets = await asyncio.to_thread(_facts, service)
        return Meta(
            name="lianpu",
            version=service.version,
            engine=service.store.dialect.name,
            store_id=service.truth.store_id,
            revision=revision,
            graph_state=stamp.state if stamp else None,
            graph_revision=stamp.revision if stamp else None,
            index_revision=index.revision if index else None,
            datasets=[Dataset(**{k: d[k] for k in Dataset.model_fields}) for d in datasets],
            limits=asdict(service.limits),
            as_of=_AS_OF,
        )

    return router


def _facts(service: Service) -> tuple[int, list[dict[str, Any]]]:
    return service.truth.revision, service.truth.datasets()
