"""One router a resource, each made for a service."""

from api.routers import (
    answers,
    chains,
    clusters,
    entities,
    firms,
    meta,
    modes,
    ontology,
    queries,
    relations,
    search,
    sources,
)

ROUTERS = (
    search.make_router,
    entities.make_router,
    relations.make_router,
    chains.make_router,
    answers.make_router,
    firms.make_router,
    modes.make_router,
    clusters.make_router,
    sources.make_router,
    queries.make_router,
    ontology.make_router,
    meta.make_router,
)
