"""Which entity is meant by what was typed into a field: an id, an exact name, a place as people call it."""

from __future__ import annotations

from graph.errors import BadInput, NotFound
from graph.gaps.where import resolve_place
from graph.repository.days import day_of
from graph.repository.models import Ref
from viz.pages.service import Service

#: Searched properties that tell of an entity without naming it.
NOT_NAMES = ("products", "publisher", "office")
_NEAR = 5


async def named(service: Service, typed: str, *classes: str, prefer: str = "") -> Ref:
    """The entity of one of some classes that is meant.

    Parameters
    ----------
    typed : an id, or a name or alias; for a place also its code or its name after what it lies in.
    classes : where several classes have the name, the first of them is meant.
    prefer : among several of one class those whose id begins with this are meant.

    Raises
    ------
    BadInput
        Another class is meant, or several entities have that name; they are named.
    NotFound
        Nothing has it; near names are named.
    """
    text = typed.strip()
    known = {entity.prefix: entity.name for entity in service.ontology.entities.values()}
    cls = known.get(text.partition("/")[0]) if "/" in text else None
    if cls is not None:
        return await _by_id(service, text, cls, classes)
    hits = (await service.search.find(text, limit=service.limits.search_max)).hits.items
    exact = [h for h in hits if h.matched.how == "exact" and h.matched.field not in NOT_NAMES]
    for one in classes:
        same = [Ref(id=h.id, cls=h.cls, caption=h.caption) for h in exact if h.cls == one]
        same = [ref for ref in same if prefer and ref.id.startswith(prefer)] or same
        if len(same) > 1:
            raise several(text, same)
        if same:
            return same[0]
    if "Place" in classes:
        try:
            return await resolve_place(service.gaps.reader, text, day_of(None))
        except NotFound:
            pass  # told below, with what else is near
    near = [h for h in hits if h.cls in classes][:_NEAR]
    told = "、".join(f"{h.caption}（{h.id}）" for h in near)
    zh, en = (f"；相近的有 {told}", f"; near it: {told}") if near else ("", "")
    raise NotFound(
        f"没有 {text[:40]!r}{zh} · nothing is recorded as {text[:40]!r}{en}",
        found=text[:40],
        expected=[h.id for h in near],
    )


async def _by_id(service: Service, entity_id: str, cls: str, classes: tuple[str, ...]) -> Ref:
    if cls not in classes:
        labels = [service.ontology.entities[one].label for one in classes]
        zh, en = "、".join(x.zh for x in labels), ", ".join(x.en for x in labels)
        raise BadInput(
            f"{entity_id[:60]} 应为{zh} · one of {en} is expected", found=entity_id[:60], expected=en
        )
    node = await service.repository.node(await service.repository.moved_to(entity_id) or entity_id)
    return Ref(id=node.id, cls=node.cls, caption=node.caption)


def several(text: str, refs: list[Ref]) -> BadInput:
    """The refusal of a text that several entities go by; it names them."""
    told = "、".join(f"{ref.caption}（{ref.id}）" for ref in refs[: _NEAR * 2])
    return BadInput(
        f"{text[:40]!r} 指几个：{told}，请用编号 · {text[:40]!r} is the name of several: {told}; give the id",
        found=text[:40],
        expected=[ref.id for ref in refs],
    )
