"""The whole picture as data: what the template, the scripts and the downloads take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from graph.repository.firm_models import FirmNeighbourhood, Section
from viz.picture.cards import card, edge, link_row, node_row
from viz.picture.layout import ROLES, Layout, arrange
from viz.picture.lines import line_looks
from viz.picture.theme import class_look
from viz.show import Show
from viz.standing import all_standings
from viz.words import page_words


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn neighbourhood.

    Attributes
    ----------
    title, name : heading of the page, and caption of the firm.
    nodes, edges : for vis-network, with positions.
    data : everything else that the scripts need, JSON-ready (words, looks, blocks, addresses).
    node_rows, link_rows : the same content as tables.
    limits : ``[{label, text}]`` for what was not drawn whole.
    """

    title: str
    name: str
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    data: dict[str, Any]
    node_rows: list[dict[str, Any]]
    link_rows: list[dict[str, Any]]
    limits: list[dict[str, str]]


def make_picture(show: Show, answer: FirmNeighbourhood) -> Picture:
    """Give the neighbourhood positions, shapes and words.

    Raises ``ValueError`` when the firm is not among the nodes with the role ``focus``, and ``KeyError`` when
    an end of a relation is not among them.
    """
    nodes = {node.id: node for node in answer.nodes}
    captions = {i: node.caption for i, node in nodes.items()}
    roles = {i: node.role if node.role in ROLES else "other" for i, node in nodes.items()}
    layout = arrange(
        roles,
        {i: (node.cls, node.caption) for i, node in nodes.items()},
        [(link.source, link.target) for link in answer.edges],
    )
    by_role = sorted(nodes.values(), key=lambda n: (ROLES.index(roles[n.id]), n.caption, n.id))
    return Picture(
        title=show.t("picture.title", name=answer.firm.caption),
        name=answer.firm.caption,
        nodes=[
            card(show, node, focus=roles[i] == "focus") | dict(zip("xy", layout.positions[i], strict=True))
            for i, node in nodes.items()
        ],
        edges=[edge(show, link, captions) for link in answer.edges],
        data=_data(show, answer.firm.id, roles, layout),
        node_rows=[node_row(show, n, show.t(f"picture.role_{roles[n.id]}")) for n in by_role],
        link_rows=[link_row(show, link, captions) for link in answer.edges],
        limits=[_limit(show, section) for section in answer.sections if section.truncated],
    )


def _data(show: Show, focus: str, roles: Mapping[str, str], layout: Layout) -> dict[str, Any]:
    root = show.links.root if show.links else ""
    counts = Counter(roles.values())
    return {
        "focus": focus,
        "lang": show.lang,
        "live": show.links is not None,
        "panel_url": f"{root}/panel/",
        "relation_url": f"{root}/panel-relation/",
        "expand_url": f"{root}/expand/",
        "file_name": focus.replace("/", "-"),
        "classes": {cls: class_look(show.ontology, cls, show.lang) for cls in show.ontology.entities},
        "lines": line_looks(show.lang),
        "standings": [asdict(s) for s in all_standings(show.lang)],
        "blocks": [
            {
                "role": b.role,
                "label": show.t(f"picture.role_{b.role}"),
                "note": "" if b.role == "focus" else str(counts[b.role]),
                "left": b.left,
                "top": b.top,
                "width": b.width,
                "height": b.height,
            }
            for b in layout.blocks
        ],
        "words": page_words("picture", show.lang),
    }


def _limit(show: Show, section: Section) -> dict[str, str]:
    total = f"≥{section.total}" if section.total_at_least else section.total
    return {
        "label": section.label.text(show.lang),
        "text": show.t("picture.shown_of", shown=section.shown, total=total),
    }
