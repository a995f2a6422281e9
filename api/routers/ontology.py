"""The classes."""

from fastapi import APIRouter
from pydantic import BaseModel

from api.problems import declared
from api.service import Service
from graph.ontology import EntityClass, EnumValue, Property, RelationClass


class OntologyView(BaseModel):
    """All classes by name, the columns common to all tables, and the shared lists of values."""

    entities: dict[str, EntityClass]
    relations: dict[str, RelationClass]
    common: dict[str, Property]
    lists: dict[str, list[EnumValue]]


def make_router(service: Service) -> APIRouter:
    """``/ontology``."""
    router = APIRouter(tags=["about"], responses=declared())
    model = service.ontology
    view = OntologyView.model_construct(
        entities=model.entities,
        relations=model.relations,
        common=model.common,
        lists={name: list(values) for name, values in model.lists.items()},
    )

    @router.get("/ontology", summary="Classes, properties and relations")
    async def ontology() -> OntologyView:
        return view

    return router
