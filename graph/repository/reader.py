"""Asking a named query: placeholders checked against the ontology, rows bounded and made views."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, Final

from cypher import load_query
from graph.errors import BadInput
from graph.limits import Limits
from graph.ontology import Ontology
from graph.repository.models import LinkView, NodeView, Ref, Text
from graph.store import Store

Row = dict[str, Any]
#: Statements of all answers together that are under way at the same time: with eight clients on two cores
#: 2, 8 and 16 were measured slower than 4.
_AT_ONCE: Final = 4
_DAY_ANY: Final = ""


class Reader:
    """Reads for the repository.

    Parameters
    ----------
    store, ontology, limits : what is asked, its classes and the bounds.
    """

    def __init__(self, store: Store, ontology: Ontology, limits: Limits) -> None:
        self.store = store
        self.ontology = ontology
        self.limits = limits
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._labels = {name: Text.of(cls.label) for name, cls in ontology.entities.items()}
        self._ways = {n: (Text.of(c.label), Text.of(c.inverse)) for n, c in ontology.relations.items()}
        self._words: dict[tuple[str, str], dict[str, Text]] = {}

    async def rows(
        self, name: str, params: Mapping[str, Any], /, most: int | None = None, **words: str | int
    ) -> list[Row]:
        """The rows of the query ``name``.

        Parameters
        ----------
        params : its parameters.
        most : rows it may have; those of the limits unless given.
        **words : its placeholders: classes of the ontology, ``|``-joined where several may stand, or depths.

        Raises
        ------
        BadInput
            A word is not a class of the ontology.
        ReadTooLarge, ReadTimeout, EngineUnavailable
            From the store.
        """
        query = load_query(name)
        for placeholder in query.placeholders:
            word = words.get(placeholder.name)
            if placeholder.kind == "entity class":
                self.ontology.entity(str(word))
            elif placeholder.kind != "depth":
                for relation in str(word).split("|"):
                    self.ontology.relation(relation)
        async with self._slots:
            text, limit = query.fill(**words), self.limits.rows if most is None else most
            return await self.store.read(text, params, max_rows=limit)

    async def node(self, entity_id: str) -> NodeView | None:
        """The entity ``entity_id``, or ``None``; raises ``BadInput`` for what is no id."""
        self.ontology.entity_of_id(entity_id)
        found = await self.rows("entity", {"id": entity_id})
        return self.node_view(found[0]["node"]) if found else None

    async def nodes(self, ids: Iterable[str]) -> list[NodeView]:
        """The entities with these ids, those that are recorded; at most ``limits.rows``."""
        rows = await self.rows("entities", {"ids": sorted(set(ids))[: self.limits.rows]})
        return [self.node_view(row["node"]) for row in rows]

    async def outgoing(
        self, ids: list[str], relations: str, *, day: str = _DAY_ANY, most: int | None = None
    ) -> list[Row]:
        """Relations of the classes ``relations`` (``|``-joined) that leave ``ids``: id, type, link, node."""
        return await self._around("outgoing", ids, relations, day, most)

    async def incoming(
        self, ids: list[str], relations: str, *, day: str = _DAY_ANY, most: int | None = None
    ) -> list[Row]:
        """Relations of the classes ``relations`` (``|``-joined) that reach ``ids``: id, type, link, node."""
        return await self._around("incoming", ids, relations, day, most)

    async def _around(
        self, name: str, ids: list[str], relations: str, day: str, most: int | None
    ) -> list[Row]:
        if not ids:
            return []
        limit = self.limits.rows if most is None else most
        return await self.rows(name, {"ids": ids, "day": day, "limit": limit}, RELS=relations)

    def node_view(self, props: Mapping[str, Any]) -> NodeView:
        """An entity from its stored properties."""
        return NodeView(
            id=props["id"],
            cls=props["cls"],
            caption=props["caption"],
            label=self._labels[props["cls"]],
            standing=props.get("standing"),
            grade=props.get("grade") or None,
            sources=list(props.get("sources") or ()),
            props=props,
        )

    def link_view(
        self, cls: str, props: Mapping[str, Any], source: str, target: str, via: Ref | None = None
    ) -> LinkView:
        """A relation from its class, stored properties and ends."""
        label, inverse = self._ways[cls]
        return LinkView(
            rid=props["rid"],
            cls=cls,
            label=label,
            inverse=inverse,
            source=source,
            target=target,
            via=via,
            standing=props.get("standing"),
            grade=props.get("grade") or None,
            sources=list(props.get("sources") or ()),
            props=props,
        )

    def word(self, cls: str, prop: str, value: str | None) -> Text | None:
        """The labels of a value of an enumerated property; ``None`` where no value is recorded.

        Raises ``BadInput`` when the class has no such property.
        """
        known = self._words.get((cls, prop))
        if known is None:
            owner = self.ontology.entities.get(cls) or self.ontology.relation(cls)
            if prop not in owner.properties:
                names = sorted(owner.properties)
                raise BadInput(f"{cls} has no property {prop!r}", found=prop, expected=names)
            known = {v.value: Text(zh=v.zh, en=v.en) for v in owner.properties[prop].values}
            self._words[cls, prop] = known
        if value is None:
            return None
        return known.get(value) or Text(zh=value, en=value)


def ref(props: Mapping[str, Any]) -> Ref:
    """An entity named in passing, from its stored properties."""
    return Ref(id=props["id"], cls=props["cls"], caption=props["caption"])
