"""One router a resource, each made for a service."""

from api.routers import (
    answers,
    candidates,
    chains,
    clusters,
    deliverables,
    dossier,
    entities,
    firms,
    gaps,
    meta,
    modes,
    ontology,
    queries,
    relations,
    search,
    sources,
    targets,
    whatif,
)

ROUTERS = (
    search.make_router,
    entities.make_router,
    relations.make_router,
    candidates.make_router,  # before the gaps, whose path takes what comes after an id
    targets.make_router,
    dossier.make_router,
    deliverables.make_router,
    whatif.make_router,  # before the gaps and the chains, whose paths take what comes after a slug
    gaps.make_router,  # before the chains, whose path takes what comes after a slug
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
