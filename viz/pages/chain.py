"""The page of one chain."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from graph.repository import ChainCard, LinkView, NodeView, SegmentNode
from graph.repository.posts import PostAt
from viz.dates import show_date
from viz.facts import show_stored
from viz.picture.detail import relation_detail
from viz.show import Show
from viz.sources import SourceList

_POSITIONS = ("upstream", "midstream", "downstream", "support", "unknown")


def chain_context(show: Show, card: ChainCard) -> dict[str, Any]:
    """What ``chain.html`` needs besides the parts of every page."""

    def shown(node: NodeView, prop: str) -> str:
        value = node.props.get(prop)
        known = show.ontology.entity(node.cls).properties[prop]
        return "" if value is None else show_stored(known, value, show.lang)

    def detail(link: LinkView) -> str:
        return relation_detail(show, link)

    def day(text: str) -> str:
        return show_date(text, show.lang)

    return {
        "c": card,
        "src": SourceList(show, dict(card.cited)),
        "slug": card.chain.id.partition("/")[2],
        "segments": by_position(card.segments),
        "past": sum(len(level.past) + len(level.later) for level in card.chiefs),
        "shown": shown,
        "detail": detail,
        "day": day,
        "post_links": post_links,
    }


def post_links(post: PostAt) -> list[LinkView]:
    """The relations that a row about a post rests on: to what it answers for, and of its holders."""
    offices = [
        link for o in post.ex_officio for link in (o.link, *(h.link for h in o.holders if h.term.current))
    ]
    return [post.link, *(h.link for h in post.holders), *offices]


def by_position(segments: list[SegmentNode]) -> list[tuple[str, list[SegmentNode]]]:
    """The topmost segments by position, upstream first; positions without any are left out."""
    groups: defaultdict[str, list[SegmentNode]] = defaultdict(list)
    for segment in segments:
        position = segment.node.props.get("position")
        groups[position if position in _POSITIONS else "unknown"].append(segment)
    return [(p, groups[p]) for p in _POSITIONS if groups[p]]
