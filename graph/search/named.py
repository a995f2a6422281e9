"""Which entity is meant by what a person types: an id, an id without its prefix, an exact name or alias."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, Protocol

from graph.errors import BadInput, NotFound
from graph.ontology import Ontology
from graph.repository import Ref, Repository
from graph.search.index import Hit
from graph.search.live import LiveSearch

#: Searched properties that tell of an entity without naming it.
NOT_NAMES: Final = ("products", "publisher", "office")
#: Names that an error tells at most: near ones, and those of which one is meant.
_NEAR, _SEVERAL = 5, 20


class Rooms(Protocol):
    """What is asked."""

    @property
    def repository(self) -> Repository:
        """Entities by id."""

    @property
    def search(self) -> LiveSearch:
        """Entities by name."""

    @property
    def ontology(self) -> Ontology:
        """The classes, for their prefixes."""


class Ambiguous(BadInput):
    """Several entities go by what was typed."""

    code: ClassVar[str] = "ambiguous"
    http_status: ClassVar[int] = 409
    title_zh: ClassVar[str] = "不止一个"
    title_en: ClassVar[str] = "More than one"


def class_of_id(typed: str, ontology: Ontology) -> str | None:
    """The class whose ids begin as ``typed`` does; ``None`` where it is no full id."""
    prefix, slash, _ = typed.partition("/")
    known = {entity.prefix: entity.name for entity in ontology.entities.values()}
    return known.get(prefix) if slash else None


async def meant(rooms: Rooms, typed: str, *classes: str, only: bool = False, prefer: str = "") -> Ref:
    """The entity that is meant by an id without prefix, or by a name or alias.

    Parameters
    ----------
    classes : where several classes have the name, the first of them is meant.
    only : one of another class is not meant. Else a firm goes before a site of its name.
    prefer : among several of one class those whose id begins with this are meant.

    Raises
    ------
    Ambiguous
        Several entities have that name; they are told, and in ``extra["candidates"]``.
    NotFound
        Nothing has it; near names are told, their ids in ``extra["near"]``.
    """
    text = typed.strip()
    hits = (await rooms.search.find(text, limit=rooms.repository.limits.search_max)).hits.items
    found = called(hits)
    found = [ref for ref in found if ref.id.partition("/")[2] == text.lower()] or found
    for cls in classes:
        same = [ref for ref in found if ref.cls == cls]
        if same:
            return the_one(text, [ref for ref in same if prefer and ref.id.startswith(prefer)] or same)
    if found and not only:
        return the_one(text, _firms_before_sites(found))
    raise _nothing(text, [hit for hit in hits if not only or hit.cls in classes][:_NEAR])


async def of_class(rooms: Rooms, entity_id: str, *classes: str) -> Ref:
    """The entity of an id, or the one that answers for it since it was retired.

    Raises ``BadInput`` for one of another class than ``classes``, ``NotFound`` for what is not recorded.
    """
    if class_of_id(entity_id, rooms.ontology) not in classes:
        labels = [rooms.ontology.entities[one].label for one in classes]
        zh, en = "、".join(x.zh for x in labels), ", ".join(x.en for x in labels)
        shown = entity_id[:60]
        raise BadInput(f"{shown} 应为{zh} · {shown}: one of {en} is expected", found=shown, expected=en)
    node = await rooms.repository.node(await rooms.repository.moved_to(entity_id) or entity_id)
    return Ref(id=node.id, cls=node.cls, caption=node.caption)


def called(hits: Sequence[Hit]) -> list[Ref]:
    """The entities among the hits that have exactly the name that was looked for."""
    return [
        Ref(id=hit.id, cls=hit.cls, caption=hit.caption)
        for hit in hits
        if hit.matched.how == "exact" and hit.matched.field not in NOT_NAMES
    ]


def the_one(text: str, refs: Sequence[Ref]) -> Ref:
    """The only one of ``refs``; ``Ambiguous`` where there are several."""
    if len(refs) == 1:
        return refs[0]
    head = f"“{text[:40]}”指下列之一，请用编号： · “{text[:40]}” may be one of these, give the id:"
    raise Ambiguous(
        "\n".join([head, *(f"{ref.id}  {ref.caption}" for ref in refs[:_SEVERAL])]),
        found=text[:40],
        candidates=[ref.model_dump() for ref in refs],
    )


def _firms_before_sites(refs: list[Ref]) -> list[Ref]:
    """A firm's only site often bears its name: where firms are meant, sites are not."""
    if any(ref.cls == "Firm" for ref in refs):
        return [ref for ref in refs if ref.cls != "Site"]
    return refs


def _nothing(text: str, near: Sequence[Hit]) -> NotFound:
    told = ", ".join(f"{hit.caption} ({hit.id})" for hit in near)
    zh, en = (f"；相近的有：{told}", f"; near it: {told}") if near else ("", "")
    return NotFound(
        f"没有名为“{text[:40]}”的条目{zh} · Nothing is recorded as “{text[:40]}”{en}",
        found=text[:40],
        near=[hit.id for hit in near],
    )
