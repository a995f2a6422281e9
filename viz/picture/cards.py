"""Nodes and edges as vis-network and the tables of the page take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.repository.models import LinkView, NodeView
from viz.picture.detail import relation_detail
from viz.picture.lines import family
from viz.show import Show
from viz.standing import standing


def card(show: Show, node: NodeView, *, focus: bool = False) -> dict[str, Any]:
    """One node without a position. Its title is text for our own tooltip, never HTML."""
    known = standing(node.standing, show.lang)
    cls_label = node.label.text(show.lang)
    return {
        "id": node.id,
        "label": node.caption,
        "shape": "custom",
        "cls": node.cls,
        "cls_label": cls_label,
        "standing": known.code if known else "",
        "mark": known.mark if known else "",
        "grade": node.grade or "",
        "focus": focus,
        "title_text": "\n".join(filter(None, (node.caption, cls_label, known.text if known else ""))),
    }


def edge(show: Show, link: LinkView, captions: Mapping[str, str]) -> dict[str, Any]:
    """One edge; its name is shown on the line when the line is chosen."""
    known = standing(link.standing, show.lang)
    name = link.label.text(show.lang)
    sentence = f"{captions[link.source]} → {name} → {captions[link.target]}"
    lines = (sentence, relation_detail(show, link), known.text if known else "")
    return {
        "id": link.rid,
        "from": link.source,
        "to": link.target,
        "cls": link.cls,
        "line": family(link.cls),
        "name": name,
        "standing": known.code if known else "",
        "title_text": "\n".join(filter(None, lines)),
    }


def node_row(show: Show, node: NodeView, role_label: str) -> dict[str, Any]:
    """One row of the table of nodes."""
    known = standing(node.standing, show.lang)
    return {
        "id": node.id,
        "label": node.caption,
        "cls_label": node.label.text(show.lang),
        "role_label": role_label,
        "standing_text": known.text if known else "",
        "grade": node.grade or "",
        "page": show.entity_page(node.id),
    }


def link_row(show: Show, link: LinkView, captions: Mapping[str, str]) -> dict[str, Any]:
    """One row of the table of relations."""
    known = standing(link.standing, show.lang)
    return {
        "id": link.rid,
        "from_id": link.source,
        "to_id": link.target,
        "from_label": captions[link.source],
        "to_label": captions[link.target],
        "name": link.label.text(show.lang),
        "detail": relation_detail(show, link),
        "standing_text": known.text if known else "",
        "grade": link.grade or "",
    }
