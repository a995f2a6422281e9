"""Which entity is meant by what was typed into a field: an id, an exact name, a place as people call it."""

from __future__ import annotations

from graph.errors import NotFound
from graph.gaps.where import resolve_place
from graph.repository.days import day_of
from graph.repository.models import Ref
from graph.search.named import class_of_id, meant, of_class
from viz.pages.service import Service


async def named(service: Service, typed: str, *classes: str, prefer: str = "") -> Ref:
    """The entity of one of some classes that is meant; a place also by its code, or after what it lies in.

    Raises as ``graph.search.named.meant`` and ``of_class``, whose ``prefer`` is here too.
    """
    text = typed.strip()
    if class_of_id(text, service.ontology) is not None:
        return await of_class(service, text, *classes)
    try:
        return await meant(service, text, *classes, only=True, prefer=prefer)
    except NotFound:
        if "Place" not in classes:
            raise
        try:
            return await resolve_place(service.gaps.reader, text, day_of(None))
        except NotFound:
            pass
        raise
