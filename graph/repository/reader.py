"""Asking a named query: placeholders checked against the ontology, rows bounded and made views."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from cypher import load_query
from graph.errors import BadInput
from graph.limits import Limits
from graph.ontology import Ontology
from graph.repository.models import LinkView, NodeView, Ref, Text
from graph.store import Store

Row = dict[str, Any]
#: Questions of one answer that are asked at the same time.
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

    async def rows(self, name: str, params: Mapping[str, Any], **words: str | int) -> list[Row]:
        """The rows of the query ``name``.

        Parameters
        ----------
        params : its parameters.
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
            return await self.store.read(query.fill(**words), params, max_rows=self.limits.rows)

    async def node(self, entity_id: str) -> NodeView | None:
        """The entity ``entity_id``, or ``None``; raises ``BadInput`` for what is no id."""
        self.ontology.entity_of_id(entity_id)
        found = await self.rows("entity", {"id": entity_id})
        return self.node_view(found[0]["node"]) if found else None

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
            label=Text.of(self.ontology.entity(props["cls"]).label),
            standing=props.get("standing"),
            grade=props.get("grade") or None,
            sources=list(props.get("sources") or ()),
            props=dict(props),
        )

    def link_view(
        self, cls: str, props: Mapping[str, Any], source: str, target: str, via: Ref | None = None
    ) -> LinkView:
        """A relation from its class, stored properties and ends."""
        relation = self.ontology.relation(cls)
        return LinkView(
            rid=props["rid"],
            cls=cls,
            label=Text.of(relation.label),
            inverse=Text.of(relation.inverse),
            source=source,
            target=target,
            via=via,
            standing=props.get("standing"),
            grade=props.get("grade") or None,
            sources=list(props.get("sources") or ()),
            props=dict(props),
        )

    def word(self, cls: str, prop: str, value: str | None) -> Text | None:
        """The labels of a value of an enumerated property; ``None`` where no value is recorded.

        Raises ``BadInput`` when the class has no such property.
        """
        owner = self.ontology.entities.get(cls) or self.ontology.relation(cls)
        if prop not in owner.properties:
            raise BadInput(f"{cls} has no property {prop!r}", found=prop, expected=sorted(owner.properties))
        if value is None:
            return None
        known = {v.value: v for v in owner.properties[prop].values}
        return Text(zh=known[value].zh, en=known[value].en) if value in known else Text(zh=value, en=value)


def ref(props: Mapping[str, Any]) -> Ref:
    """An entity named in passing, from its stored properties."""
    return Ref(id=props["id"], cls=props["cls"], caption=props["caption"])
