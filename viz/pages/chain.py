"""The page of one chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from graph.repository import ChainCard, LinkView, NodeView, SegmentNode
from graph.repository.posts import ChiefAt, PostAt
from viz.dates import show_date
from viz.facts import show_stored
from viz.picture.detail import relation_detail
from viz.show import Show
from viz.sources import SourceList

#: Rows of a list at first, and on the page that shows the lists of one section whole.
FIRST, MOST = 15, 200
T = TypeVar("T")
#: A chief, or a post of whose holder less is known; its level in words; the state of the term if not current.
ChiefRow = tuple[ChiefAt | PostAt, str, str]
_POSITIONS = ("upstream", "midstream", "downstream", "support", "unknown")


def chain_context(show: Show, card: ChainCard, whole: str = "", *, given: bool = False) -> dict[str, Any]:
    """What ``chain.html`` needs besides the parts of every page.

    Parameters
    ----------
    whole : the section whose lists are shown as far as the card has them; all others show their first rows.
    given : whether the day was asked for, and so stands in the links to the whole lists.
    """

    def shown(node: NodeView, prop: str) -> str:
        value = node.props.get(prop)
        known = show.ontology.entity(node.cls).properties[prop]
        return "" if value is None else show_stored(known, value, show.lang)

    def detail(link: LinkView) -> str:
        return relation_detail(show, link)

    def day(text: str) -> str:
        return show_date(text, show.lang)

    def first(rows: Sequence[T], section: str) -> Sequence[T]:
        return rows if section == whole else rows[:FIRST]

    def all_of(section: str) -> str:
        slug, day = card.chain.id.partition("/")[2], card.as_of if given else None
        return f"{show.links.chain(slug, as_of=day, all=section)}#{section}" if show.links else ""

    return {
        "c": card,
        "first": first,
        "all_of": all_of,
        "whole": whole,
        "src": SourceList(show, dict(card.cited)),
        "slug": card.chain.id.partition("/")[2],
        "segments": by_position(card.segments),
        "chiefs": _chiefs(show, card),
        "past": _past(show, card),
        "shown": shown,
        "detail": detail,
        "day": day,
        "post_links": post_links,
    }


def _chiefs(show: Show, card: ChainCard) -> list[ChiefRow]:
    """The general chief, then level by level the chiefs on the day, undated ones and posts without a name."""
    rows: list[ChiefRow] = [(p, show.t("chain.general_chief"), "") for p in card.general_chiefs]
    for group in card.chiefs:
        level = group.label.text(show.lang) + show.t("chain.chief_suffix")
        rows += [(x, level, "") for x in group.current]
        rows += [(x, level, "undated") for x in group.undated]
        rows += [(p, level, "") for p in group.unnamed]
    return rows


def _past(show: Show, card: ChainCard) -> list[ChiefRow]:
    rows: list[ChiefRow] = []
    for group in card.chiefs:
        level = group.label.text(show.lang)
        rows += [(x, level, "past") for x in group.past]
        rows += [(x, level, "later") for x in group.later]
    return rows


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
