"""The picture's page, what it fetches while it is used, and its downloads."""

from __future__ import annotations

import asyncio
from typing import Any

from graph.repository import Repository
from graph.repository.neighbours import Direction, Neighbours
from viz.panel import entity_panel, relation_panel
from viz.picture.cards import card, edge
from viz.show import Show

#: Neighbours that one expansion adds, and rows behind one panel.
STEP, ROWS = 10, 100


async def entity_panel_of(show: Show, repository: Repository, entity_id: str) -> dict[str, Any]:
    """The panel of an entity, with its relations counted for the expansion."""
    answer, rows = await asyncio.gather(
        repository.entity(entity_id), repository.assertions(entity_id, limit=ROWS)
    )
    return entity_panel(show, answer.node, rows.items, {**answer.cited, **rows.cited}, answer.counts)


async def relation_panel_of(show: Show, repository: Repository, rid: str) -> dict[str, Any]:
    """The panel of a relation; ``NotFound`` if there is none."""
    found = await repository.relation(rid, limit=ROWS)
    captions = {end.id: end.caption for end in (found.source, found.target)}
    return relation_panel(show, found.link, captions, found.assertions, found.cited)


async def expansion(
    show: Show, repository: Repository, entity_id: str, way: tuple[str, Direction], after: str | None
) -> dict[str, Any]:
    """The next neighbours over one relation type: cards and lines without positions, and where to go on."""
    relation, direction = way
    answer: Neighbours = await repository.neighbours(
        entity_id, relation=relation, direction=direction, limit=STEP, after=after
    )
    node = await repository.node(entity_id)
    group = answer.groups[0] if answer.groups else None
    items = group.page.items if group else []
    captions = {node.id: node.caption} | {n.node.id: n.node.caption for n in items}
    return {
        "label": f"{node.caption} · {group.label.text(show.lang)}" if group else node.caption,
        "note": show.t("picture.added_of", shown=len(items), total=group.page.total_text if group else 0),
        "nodes": [card(show, n.node) for n in items],
        "edges": [edge(show, link, captions) for n in items for link in n.links],
        "next": group.page.next if group else None,
    }
