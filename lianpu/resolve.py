"""From what a person types to an entity's id: a full id, an id without prefix, or an exact name or alias."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

import structlog

from graph.errors import BadInput, NotFound
from graph.ontology import Ontology
from graph.repository import Ref
from graph.search import Hit
from lianpu.i18n import t
from lianpu.labels import class_label
from lianpu.progress import working
from lianpu.session import Session

_log = structlog.get_logger(__name__)
#: Searched properties that tell of an entity without naming it.
NOT_NAMES = ("products", "publisher", "office")


class Ambiguous(BadInput):
    """Several entities go by what was typed."""

    code: ClassVar[str] = "ambiguous"
    http_status: ClassVar[int] = 409
    title_zh: ClassVar[str] = "不止一个"
    title_en: ClassVar[str] = "More than one"


async def resolve(session: Session, typed: str, *, cls: str | None = None) -> str:
    """The id of the entity meant by ``typed``.

    Parameters
    ----------
    cls : if several match, those of this class are preferred; otherwise a firm goes before a site of its
        name.

    Raises
    ------
    NotFound
        Nothing goes by it; the nearest names are named.
    Ambiguous
        Several do; they are listed in the text and in ``extra["candidates"]``.
    """
    typed = typed.strip()
    prefix = typed.partition("/")[0]
    prefixes = {entity.prefix for entity in session.ontology.entities.values()}
    if "/" in typed and prefix in prefixes:
        return await _current(session, typed)
    found = await _without_prefix(session, typed, sorted(prefixes)) if typed.isascii() else []
    if not found:
        found, near = await _by_name(session, typed)
        if not found:
            raise _nothing(typed, near)
    preferred = [ref for ref in found if ref.cls == cls] or _firms_before_sites(found)
    if len(preferred) > 1:
        raise _several(typed, preferred, session.ontology)
    return preferred[0].id


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


def _firms_before_sites(refs: list[Ref]) -> list[Ref]:
    """A firm's only site often bears its name: where firms are meant, sites are not."""
    if any(ref.cls == "Firm" for ref in refs):
        return [ref for ref in refs if ref.cls != "Site"]
    return refs


async def _current(session: Session, entity_id: str) -> str:
    """The id itself, or the one that answers for it since it was retired."""
    moved = await session.repository.moved_to(entity_id)
    if moved is not None:
        _log.warning("id-was-retired", found=entity_id, answers_now=moved)
    return moved or entity_id


async def _without_prefix(session: Session, slug: str, prefixes: list[str]) -> list[Ref]:
    async def look(entity_id: str) -> Ref | None:
        try:
            return await session.repository.node(entity_id)
        except (BadInput, NotFound):
            return None

    found = await asyncio.gather(*(look(f"{prefix}/{slug.lower()}") for prefix in prefixes))
    return [ref for ref in found if ref is not None]


async def _by_name(session: Session, name: str) -> tuple[list[Ref], list[Hit]]:
    """Entities with exactly this name, and what the search finds otherwise."""
    limit = session.repository.limits.search_max
    with working(t("查找", "Looking it up")):
        hits = (await session.search.find(name, limit=limit)).hits.items
    exact = [
        Ref(id=hit.id, cls=hit.cls, caption=hit.caption)
        for hit in hits
        if hit.matched.how == "exact" and hit.matched.field not in NOT_NAMES
    ]
    return exact, hits


def _nothing(typed: str, near: list[Hit]) -> NotFound:
    named = [f"{hit.caption} ({hit.id})" for hit in near[:5]]
    tail = t("；相近的有：", "; near it: ") + ", ".join(named) if named else ""
    return NotFound(
        t(f"没有名为“{typed}”的条目", f'Nothing is recorded as "{typed}"') + tail,
        found=typed,
        near=[hit.id for hit in near[:5]],
    )


def _several(typed: str, refs: list[Ref], ontology: Ontology) -> Ambiguous:
    lines = "\n".join(f"{ref.id}  {class_label(ref.cls, ontology)}  {ref.caption}" for ref in refs[:20])
    candidates: list[dict[str, Any]] = [ref.model_dump(include={"id", "cls", "caption"}) for ref in refs]
    return Ambiguous(
        t(f"“{typed}”指下列之一：\n{lines}", f'"{typed}" may be one of these:\n{lines}'),
        found=typed,
        candidates=candidates,
    )
