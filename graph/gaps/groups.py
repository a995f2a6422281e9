"""现状 of groups of segments: by what is said of the group itself, else by its leaves, all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from graph.gaps.decide import Decision, by_statements, decide_leaf, with_missing
from graph.gaps.facts import Work
from graph.gaps.index import Index
from graph.gaps.models import Status
from graph.gaps.rules import Rules
from graph.gaps.said import said_of


def decide(index: Index, rules: Rules, segment: str, place: str) -> Decision:
    """The status of a segment, leaf or group, in a place."""
    if index.is_leaf(segment):
        return decide_leaf(index, rules, segment, place)
    leaves = index.leaves(segment)
    return decide_group(
        index,
        rules,
        segment,
        place,
        (decide_leaf(index, rules, one, place).value for one in leaves),
        recorded=any(index.present(one, place) for one in index.below(segment)),
    )


def decide_group(
    index: Index, rules: Rules, segment: str, place: str, leaves: Iterable[Status], *, recorded: bool
) -> Decision:
    """The status of a group.

    ``leaves``: the statuses of its leaves. ``recorded``: whether anybody is present in it or below.
    """
    below = index.below(segment)

    def here() -> list[Work]:
        return [w for one in below for w in index.at_work(one, place)]

    said = said_of(index, segment, place, here)
    split = Counter(leaves)
    own = by_statements(index, rules, segment, place, said) if said.weak or said.strength else None
    found = own or by_leaves(split, recorded=recorded)
    return replace(with_missing(index, said, below, place, here, found), split=tuple(sorted(split.items())))


def by_leaves(split: Counter[Status], *, recorded: bool) -> Decision:
    """A group by its leaves: what is unknown of one is never counted for or against the group.

    Where nothing is known of any leaf and nobody is ``recorded`` for a group, the group is unknown.
    """
    known = split.keys() - {"unknown"}
    if "unknown" in split:
        if known or recorded:
            return Decision("partly_unknown", "group-partly-unknown")
        return Decision("unknown", "group-unknown")
    if "recorded" in known:
        return Decision("recorded", "group-recorded")
    if known == {"missing"}:
        return Decision("missing", "group-missing")
    if known & {"missing", "weak"}:
        return Decision("weak", "group-weak")
    return Decision("strong", "group-strong")
