"""The relations of an entity, type by type, as its page lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.repository import LinkView, NodeView, Ref, Repository
from graph.repository.models import SourceView
from graph.repository.neighbours import Direction, Neighbour, NeighbourGroup
from viz.picture.detail import relation_detail
from viz.show import Show
from viz.sources import SourceList
from viz.standing import Standing, standing

#: Neighbours of each type at first; on a page of one type; sites of a firm whose segments are listed.
FIRST, MOST, SITES = 10, 100, 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """The relation type of which more than the first rows is asked for, and the cursor of its page."""

    relation: str
    direction: Direction
    after: str | None = None


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One relation: the neighbour it leads to, what it says, its sources (0-based numbers) and standing."""

    id: str
    caption: str
    cls_label: str
    detail: str
    sources: tuple[int, ...]
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """The relations of one type and direction. ``more`` is the address of the page that shows more."""

    anchor: str
    label: str
    total_text: str
    rows: list[RelationRow]
    more: str | None = None
    shown_text: str = ""


async def read_groups(
    repository: Repository, entity_id: str, wanted: Wanted | None
) -> tuple[list[NeighbourGroup], dict[str, SourceView]]:
    """The first neighbours of every type, or a page of the wanted type alone; with the sources cited."""
    if wanted is None:
        answer = await repository.neighbours(entity_id, limit=FIRST)
    else:
        answer = await repository.neighbours(
            entity_id, relation=wanted.relation, direction=wanted.direction, limit=MOST, after=wanted.after
        )
    return answer.groups, dict(answer.cited)


def relation_group(
    show: Show, entity_id: str, group: NeighbourGroup, sources: SourceList, *, alone: bool
) -> RelationGroup:
    """One group, with the address of what it does not show: its own page, or (``alone``) the next page."""
    page = group.page
    rows = [row for n in page.items for row in _rows(show, n, sources)]
    query = {"relation": group.relation, "direction": group.direction, "after": page.next if alone else None}
    more = show.links.entity(entity_id, **query) if show.links and page.next else None
    return RelationGroup(
        anchor=f"{group.relation}-{group.direction}",
        label=group.label.text(show.lang),
        total_text=page.total_text,
        rows=rows,
        more=f"{more}#relations" if more else None,
        shown_text=show.t("common.shown_of", shown=len(page.items), total=page.total_text),
    )


async def segments_of_sites(
    show: Show, repository: Repository, sites: Sequence[NodeView], sources: SourceList
) -> RelationGroup | None:
    """The segments in which a firm's sites work: recorded at the sites, looked for at the firm."""
    rows: list[RelationRow] = []
    segments: set[str] = set()
    for site in sites[:SITES]:
        answer = await repository.neighbours(site.id, relation="WORKS_IN", direction="out", limit=MOST)
        sources.learn(answer.cited)
        via = Ref(id=site.id, cls=site.cls, caption=site.caption)
        for neighbour in (n for g in answer.groups for n in g.page.items):
            segments.add(neighbour.node.id)
            rows += _rows(show, neighbour, sources, via)
    if not rows:
        return None
    return RelationGroup("segments", show.t("entity.segments"), str(len(segments)), rows)


def _rows(show: Show, neighbour: Neighbour, sources: SourceList, via: Ref | None = None) -> list[RelationRow]:
    return [_row(show, neighbour.node, link, sources, via) for link in neighbour.links]


def _row(show: Show, node: NodeView, link: LinkView, sources: SourceList, via: Ref | None) -> RelationRow:
    drawn = link if via is None else link.model_copy(update={"via": via})
    return RelationRow(
        id=node.id,
        caption=node.caption,
        cls_label=node.label.text(show.lang),
        detail=relation_detail(show, drawn),
        sources=sources.numbers(link.sources),
        standing=standing(link.standing, show.lang),
    )
