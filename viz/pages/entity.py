"""The page of one entity: facts with their sources, relations type by type, what is not recorded."""

from __future__ import annotations

from dataclasses import dataclass

from graph.repository import NodeView, Repository
from graph.repository.models import source_view
from viz.dates import show_seen, show_term
from viz.facts import FactView, facts_of
from viz.links import Links
from viz.pages.citing import CitingList, citing_list
from viz.pages.groups import RelationGroup, Wanted, read_groups, relation_group, segments_of_sites
from viz.show import Show
from viz.sources import SourceList, safe_url
from viz.standing import Standing, standing

#: Rows behind one entity that its page reads.
ROWS = 200


@dataclass(frozen=True, slots=True)
class EntityPage:
    """What ``entity.html`` shows. ``stub``: only named by others; ``wanted``: one type of relation alone."""

    node: NodeView
    cls_label: str
    cls_help: str
    standing: Standing | None
    term: str
    seen: str
    stub: bool
    facts: list[FactView]
    unknown: str
    groups: list[RelationGroup]
    sources: SourceList
    wanted: Wanted | None
    picture: str | None
    chain_page: str | None
    source_url: str | None
    citing: CitingList | None


async def entity_page(
    show: Show,
    links: Links,
    repository: Repository,
    entity_id: str,
    wanted: Wanted | None,
    *,
    after: str | None = None,
) -> EntityPage:
    """Read and arrange everything about ``entity_id``; raises ``NotFound`` and ``BadInput``.

    ``after`` is the key from which on the facts that cite a source are listed.
    """
    answer = await repository.entity(entity_id)
    rows = await repository.assertions(entity_id, limit=ROWS)
    groups, cited = await read_groups(repository, entity_id, wanted)
    node = answer.node
    cls = show.ontology.entity(node.cls)
    sources = SourceList(show, {**answer.cited, **rows.cited, **cited})
    facts, unknown = facts_of(show, cls, node, rows.items, sources)
    sources.numbers(node.sources)
    shown = [relation_group(show, entity_id, g, sources, alone=wanted is not None) for g in groups]
    if node.cls == "Firm" and wanted is None:
        sites = [n.node for g in groups if g.relation == "OPERATES" for n in g.page.items]
        own = await segments_of_sites(show, repository, sites, sources)
        shown = [own, *shown] if own else shown
    names = show.t("common.list_comma").join(unknown)
    return EntityPage(
        node=node,
        cls_label=cls.label.text(show.lang),
        cls_help=cls.help.text(show.lang),
        standing=standing(node.standing, show.lang),
        term=show_term(node.props.get("valid_from"), node.props.get("valid_to"), show.lang),
        seen=show_seen(node.props.get("seen_first"), node.props.get("seen_last"), show.lang),
        stub=not rows.items,
        facts=facts,
        unknown=show.t("common.unknown_of", names=names) if unknown else "",
        groups=shown,
        sources=sources,
        wanted=wanted,
        picture=links.graph(node.id) if node.cls == "Firm" else None,
        chain_page=links.chain(node.id.partition("/")[2]) if node.cls == "Chain" else None,
        source_url=safe_url(source_view(node.props)) if node.cls == "Source" else None,
        citing=await citing_list(show, repository, node.id, after) if node.cls == "Source" else None,
    )
