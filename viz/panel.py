"""The side panel's content: one entity or one relation with its facts and sources, JSON-ready.

The same content is fetched by the page while a server is there and stands inside a drawing that has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from graph.ontology import EntityClass, RelationClass
from graph.repository.assertions import AssertionView
from graph.repository.models import LinkView, NodeView, SourceView
from graph.repository.neighbours import RelationCount
from viz.facts import facts_of
from viz.show import Show
from viz.sources import SourceList
from viz.standing import standing

Known = Mapping[str, SourceView]


def entity_panel(
    show: Show,
    node: NodeView,
    assertions: Sequence[AssertionView],
    known: Known,
    counts: Sequence[RelationCount] = (),
) -> dict[str, Any]:
    """What the panel shows of an entity.

    Parameters
    ----------
    assertions : the statements behind it; without any, the graph's values stand with the entity's sources.
    known : the sources by id.
    counts : its relations by type and direction, for the expansion.
    """
    body = _body(show, show.ontology.entity(node.cls), node, assertions, known)
    return body | {
        "kind": "entity",
        "id": node.id,
        "title": node.caption,
        "cls_label": node.label.text(show.lang),
        "page": show.entity_page(node.id),
        "picture": show.links.graph(node.id) if show.links and node.cls == "Firm" else None,
        "relations": [
            {
                "type": c.relation,
                "direction": c.direction,
                "label": c.label.text(show.lang),
                "total": c.count,
                "at_least": c.at_least,
            }
            for c in counts
        ],
    }


def relation_panel(
    show: Show,
    link: LinkView,
    captions: Mapping[str, str],
    assertions: Sequence[AssertionView],
    known: Known,
) -> dict[str, Any]:
    """What the panel shows of a relation; ``captions`` names its ends by their ids."""
    body = _body(show, show.ontology.relation(link.cls), link, assertions, known)
    via = show.t("common.via", name=link.via.caption) if link.via else None
    return body | {
        "kind": "relation",
        "id": link.rid,
        "title": f"{captions.get(link.source, link.source)} → {captions.get(link.target, link.target)}",
        "cls_label": " · ".join(filter(None, (link.label.text(show.lang), via))),
        "page": None,
        "picture": None,
        "relations": [],
    }


def _body(
    show: Show,
    cls: EntityClass | RelationClass,
    view: NodeView | LinkView,
    assertions: Sequence[AssertionView],
    known: Known,
) -> dict[str, Any]:
    sources = SourceList(show, dict(known))
    facts, unknown = facts_of(show, cls, view, assertions, sources)
    sources.numbers(view.sources)
    own = standing(view.standing, show.lang)
    names = show.t("common.list_comma").join(unknown)
    return {
        "standing": asdict(own) if own else None,
        "grade": view.grade or "",
        "facts": [asdict(fact) for fact in facts],
        "unknown": show.t("common.unknown_of", names=names) if unknown else "",
        "sources": [asdict(s) for s in sources.views()],
    }
