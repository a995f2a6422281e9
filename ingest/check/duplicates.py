"""Entities that may be the same, with the reason for the suspicion. A suspicion is never a merge."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations

from graph.model import Graph, Node
from ingest.identity import exact_tokens

#: Legal forms and words that press names leave out, longest first.
_FORMS = re.compile(r"(股份有限公司|集团有限公司|有限责任公司|有限公司|股份公司|集团公司|公司|集团|股份)")
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_PLACES = re.compile(
    r"^(江西省|江西|南昌市?|九江市?|赣州市?|吉安市?|宜春市?|上饶市?|抚州市?|萍乡市?|新余市?|鹰潭市?|景德镇市?)"
)

#: Classes that are compared, each within itself.
_CLASSES = ("Firm", "Park", "Cluster", "Project", "Platform", "Fund", "Organisation", "Segment")


def core_name(name: str) -> str:
    """A firm's name without legal form, brackets, and the Jiangxi place it begins with."""
    bare = _FORMS.sub("", _BRACKETS.sub("", name)).strip()
    return _PLACES.sub("", bare) or bare


def suspected_duplicates(graph: Graph) -> list[dict[str, object]]:
    """Pairs of one class with the same name, alias, code, or (firms) the same core of the name and place."""
    places: dict[str, set[str]] = defaultdict(set)
    for r in graph.relations.values():
        if r.cls == "LOCATED_IN":
            places[r.source].add(r.target)
    buckets: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for node in graph.nodes.values():
        if node.cls in _CLASSES:
            for reason, token in _tokens(node, places[node.id]):
                buckets[node.cls, reason, token].add(node.id)
    reasons: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (_, reason, token), ids in buckets.items():
        if len(ids) <= 20:
            for pair in combinations(sorted(ids), 2):
                reasons[pair].add(f"{reason}: {token}")
    return [
        {
            "id": a,
            "caption": graph.nodes[a].props["caption"],
            "other": b,
            "other_caption": graph.nodes[b].props["caption"],
            "reasons": sorted(why),
        }
        for (a, b), why in sorted(reasons.items())
    ]


def _tokens(node: Node, places: set[str]) -> list[tuple[str, str]]:
    tokens = exact_tokens(node.props)
    if node.cls == "Firm":
        core = core_name(str(node.props.get("name", "")))
        if len(core) > 1:
            tokens += [("same core of the name in the same place", f"{core} {place}") for place in places]
    return tokens
