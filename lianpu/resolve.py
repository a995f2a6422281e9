"""From what a person types on the command line to an entity's id; see ``graph.search.named``."""

from __future__ import annotations

import structlog

from graph.ontology import Ontology
from graph.search.named import class_of_id, meant
from lianpu.i18n import t
from lianpu.progress import working
from lianpu.session import Session

_log = structlog.get_logger(__name__)


async def resolve(session: Session, typed: str, *, cls: str | None = None) -> str:
    """The id of the entity meant by ``typed``: a full id, which need not be recorded, or a name.

    Parameters
    ----------
    cls : if several match, those of this class are preferred; otherwise a firm goes before a site of its
        name.

    Raises ``NotFound`` and ``Ambiguous`` as ``graph.search.named.meant``.
    """
    typed = typed.strip()
    if class_of_id(typed, session.ontology) is not None:
        return await _current(session, typed)
    with working(t("查找", "Looking it up")):
        return (await meant(session, typed, *([cls] if cls else []))).id


def class_named(ontology: Ontology, typed: str) -> str:
    """The entity class meant by its name, label, table or id prefix in any case: 园区, Park, park, parks.

    What names none is given back as it is, for the search to refuse.
    """
    wanted = typed.strip().casefold()
    for cls in ontology.entities.values():
        names = (cls.name, cls.prefix, cls.label.zh, cls.label.en, cls.table.zh, cls.table.en)
        if wanted in {name.casefold() for name in names}:
            return cls.name
    return typed


async def _current(session: Session, entity_id: str) -> str:
    """The id itself, or the one that answers for it since it was retired."""
    moved = await session.repository.moved_to(entity_id)
    if moved is not None:
        _log.warning("id-was-retired", found=entity_id, answers_now=moved)
    return moved or entity_id
