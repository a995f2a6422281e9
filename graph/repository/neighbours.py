"""An entity, how much surrounds it, and its neighbours page by page."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, Literal, get_args

from graph.errors import NotFound, UsageError
from graph.ontology import Ontology
from graph.repository.models import Citing, LinkView, Listing, Model, NodeView, Text
from graph.repository.reader import Reader, Row
from graph.repository.sources import cited, sources_in

Direction = Literal["out", "in"]
#: A relation class and the direction in which it leads away from an entity.
Way = tuple[str, Direction]
DIRECTIONS: Final[tuple[Direction, ...]] = get_args(Direction)
#: So many times ``Limits.count_cap`` relations are counted together before classes are counted one by one.
_TOGETHER: Final = 5


class RelationCount(Model):
    """How many distinct entities one relation class leads to in one direction; ``at_least``: or more."""

    relation: str
    direction: Direction
    label: Text
    count: int
    at_least: bool


class EntityAnswer(Citing):
    """An entity and, for each relation class and direction that leads somewhere, to how many."""

    node: NodeView
    counts: list[RelationCount]


class Neighbour(Model):
    """A neighbour and the relations to it (``links_total`` in all, of which the first are given)."""

    node: NodeView
    links: list[LinkView]
    links_total: int


class NeighbourGroup(Model):
    """A page of the neighbours over one relation class in one direction.

    The page's ``total`` counts distinct neighbours.
    """

    relation: str
    direction: Direction
    label: Text
    page: Listing[Neighbour]


class Neighbours(Citing):
    """The neighbours of an entity, group by group."""

    id: str
    groups: list[NeighbourGroup]


async def existing(reader: Reader, entity_id: str) -> NodeView:
    """The entity ``entity_id``.

    Raises ``NotFound`` if nothing is recorded under it and ``BadInput`` for what is no id.
    """
    node = await reader.node(entity_id)
    if node is None:
        raise NotFound(
            f"没有编号为 {entity_id} 的实体 · nothing is recorded under {entity_id}", found=entity_id
        )
    return node


async def entity(reader: Reader, entity_id: str) -> EntityAnswer:
    """The entity with its counts; the largest first."""
    node = await existing(reader, entity_id)
    counts = await counts_of(reader, node)
    found = sorted(counts, key=lambda c: (-c.count, c.relation, c.direction))
    return EntityAnswer(node=node, counts=found, cited=await cited(reader, node.sources))


async def counts_of(reader: Reader, node: NodeView, day: str = "") -> list[RelationCount]:
    """The relation classes and directions that lead somewhere, each with how many distinct neighbours."""
    both = await asyncio.gather(*(_counts_one_way(reader, node, way, day) for way in DIRECTIONS))
    return [c for counts in both for c in counts if c.count]


async def _counts_one_way(reader: Reader, node: NodeView, way: Direction, day: str) -> list[RelationCount]:
    """All classes at once; class by class for a node with too many relations to look at together."""
    cap = _TOGETHER * reader.limits.count_cap
    rows = await reader.rows(f"around_{way}", {"id": node.id, "day": day, "cap": cap})
    if sum(r["links"] for r in rows) < cap:
        return [_counted(reader, r["relation"], way, r["found"]) for r in rows]
    classes = [name for name, there in relations_of(reader.ontology, node.cls) if there == way]
    return list(await asyncio.gather(*(count(reader, node.id, name, way, day) for name in classes)))


async def count(
    reader: Reader, entity_id: str, relation: str, way: Direction, day: str = ""
) -> RelationCount:
    """How many distinct neighbours there are over ``relation``."""
    cap = reader.limits.count_cap
    rows = await reader.rows(f"count_{way}", {"id": entity_id, "day": day, "cap": cap + 1}, REL=relation)
    return _counted(reader, relation, way, rows[0]["found"])


def _counted(reader: Reader, relation: str, way: Direction, found: int) -> RelationCount:
    cap = reader.limits.count_cap
    return RelationCount(
        relation=relation,
        direction=way,
        label=way_label(reader.ontology, relation, way),
        count=min(found, cap),
        at_least=found > cap,
    )


async def neighbours(
    reader: Reader,
    entity_id: str,
    *,
    relation: str | None = None,
    direction: Direction | None = None,
    limit: int,
    after: str | None = None,
    day: str = "",
) -> Neighbours:
    """A page of every group of neighbours, or of the one that ``relation`` and ``direction`` name.

    Parameters
    ----------
    limit : neighbours a page and group.
    after : ``next`` of the page before; needs ``relation`` and ``direction``.
    day : ISO day on which relations are not known to be invalid; ``""`` for all.

    Raises
    ------
    NotFound, BadInput
        No such entity; no such relation class.
    UsageError
        A cursor without its group.
    """
    if after is not None and (relation is None or direction is None):
        raise UsageError(
            "翻页须同时给出 relation 与 direction · "
            "a cursor needs the relation and the direction it belongs to"
        )
    if relation is not None:
        reader.ontology.relation(relation)
    node = await existing(reader, entity_id)
    known = relations_of(reader.ontology, node.cls)
    ways = [(r, way) for r, way in known if relation in (None, r) and direction in (None, way)]
    if relation is None:
        found = await first_groups(reader, entity_id, ways, limit=limit, day=day)
    else:
        asked = (group(reader, entity_id, r, w, limit=limit, after=after or "", day=day) for r, w in ways)
        found = await asyncio.gather(*asked)
    answer = Neighbours(id=entity_id, groups=found)
    return answer.model_copy(update={"cited": await cited(reader, sources_in(answer))})


async def first_groups(
    reader: Reader, entity_id: str, ways: Sequence[Way], *, limit: int, day: str = ""
) -> list[NeighbourGroup]:
    """The first page of each group among ``ways`` that has any neighbour."""
    both = await asyncio.gather(
        *(
            _groups_one_way(reader, entity_id, [r for r, w in ways if w == way], way, limit=limit, day=day)
            for way in DIRECTIONS
        )
    )
    return [g for groups in both for g in groups if g.page.items]


async def _groups_one_way(
    reader: Reader, entity_id: str, relations: list[str], way: Direction, *, limit: int, day: str
) -> list[NeighbourGroup]:
    """All classes at once; class by class for a node with too many relations to look at together."""
    if not relations:
        return []
    params = {
        "id": entity_id,
        "day": day,
        "cap": _TOGETHER * reader.limits.count_cap,
        "limit": limit,
        "links": reader.limits.links_per_pair,
    }
    rows = await reader.rows(f"groups_{way}", params, RELS="|".join(relations))
    by_relation: dict[str, list[Row]] = {}
    for row in rows:
        by_relation.setdefault(row["relation"], []).append(row)
    if sum(found[0]["relations"] for found in by_relation.values()) >= params["cap"]:
        asked = (group(reader, entity_id, r, way, limit=limit, day=day) for r in relations)
        return list(await asyncio.gather(*asked))
    groups = []
    for relation, found in by_relation.items():
        total, most = found[0]["total"], reader.limits.count_cap
        at_least = total > max(limit, most)
        told = (most if at_least else total, at_least)
        groups.append(_page(reader, entity_id, (relation, way), found, told, more=total > limit))
    return groups


def _page(
    reader: Reader, entity_id: str, of: Way, rows: list[Row], total: tuple[int, bool], *, more: bool
) -> NeighbourGroup:
    """A page of one group, from rows of node, links and found; ``total`` and whether it is a lower bound."""
    relation, way = of
    items = []
    for row in rows:
        other = reader.node_view(row["node"])
        ends = (entity_id, other.id) if way == "out" else (other.id, entity_id)
        links = [reader.link_view(relation, props, *ends) for props in row["links"]]
        items.append(Neighbour(node=other, links=links, links_total=row["found"]))
    return NeighbourGroup(
        relation=relation,
        direction=way,
        label=way_label(reader.ontology, relation, way),
        page=Listing(
            items=items,
            total=total[0],
            total_at_least=total[1],
            next=items[-1].node.id if more else None,
        ),
    )


async def group(
    reader: Reader,
    entity_id: str,
    relation: str,
    way: Direction,
    *,
    limit: int,
    after: str = "",
    day: str = "",
) -> NeighbourGroup:
    """A page of the neighbours over one relation class in one direction, in the order of their ids."""
    params = {
        "id": entity_id,
        "day": day,
        "after": after,
        "limit": limit + 1,
        "links": reader.limits.links_per_pair,
    }
    rows = await reader.rows(f"neighbours_{way}", params, REL=relation)
    shown, more = rows[:limit], len(rows) > limit
    total, at_least = len(rows), False
    if more or after:
        counted = await count(reader, entity_id, relation, way, day)
        total, at_least = counted.count, counted.at_least
    return _page(reader, entity_id, (relation, way), shown, (total, at_least), more=more)


def relations_of(ontology: Ontology, cls: str) -> list[Way]:
    """The relation classes that an entity of ``cls`` can have, with the directions in which it can."""
    ways: list[Way] = []
    for name, relation in ontology.relations.items():
        if relation.targets_of(cls):
            ways.append((name, "out"))
        if relation.sources_of(cls):
            ways.append((name, "in"))
    return ways


def way_label(ontology: Ontology, relation: str, way: Direction) -> Text:
    """How a relation reads from the entity it leaves (``out``) or reaches (``in``)."""
    cls = ontology.relation(relation)
    return Text.of(cls.label if way == "out" else cls.inverse)
