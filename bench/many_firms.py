"""A province with very many firms, the same each time, one site each, in counties and leaf segments given.

A firm stands in a place, operates a site that stands there and works in a segment, and makes a product: five
relations. Places and segments are skewed. Every tenth firm is put down as a leader, every thousandth by a
name that its source gives it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.model import Node, Relation, relation_id

_STATES: Final = ("operating", "operating", "operating", "unknown", "suspended", "under_construction")
_COMMON: Final[dict[str, Any]] = {
    "standing": "unverified", "grade": "B", "sources": ["source/made"],
    "seen_first": "2025", "seen_last": "2026",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one firm is at work."""

    firm: str
    segment: str
    place: str
    status: str


def spots(segments: Sequence[str], places: Sequence[str], firms: int) -> Iterator[Spot]:
    """``firms`` firms among the ``segments`` and ``places`` (ids)."""
    rng = random.Random(1269)
    for i in range(firms):
        yield Spot(f"firm/made-{i}", _skewed(rng, segments), _skewed(rng, places), rng.choice(_STATES))


def members(spot: Spot, products: Sequence[str]) -> list[Node | Relation]:
    """The nodes and relations of one firm."""
    firm, site = spot.firm, "site" + spot.firm.removeprefix("firm")
    number = int(firm.rpartition("-")[2])
    found: list[Node | Relation] = [_node(firm, "Firm"), _node(site, "Site")]
    found += [
        _link(firm, "LOCATED_IN", spot.place),
        _link(site, "LOCATED_IN", spot.place),
        _link(firm, "OPERATES", site),
        _link(site, "WORKS_IN", spot.segment, status=spot.status),
        _link(firm, "MAKES", products[number % len(products)]),
    ]
    if number % 10 == 0:
        called = {"called": "龙头企业"} if number % 1000 == 0 else {}
        found.append(_link(firm, "FLAGSHIP_IN", spot.segment, **called))
    return found


def _node(key: str, cls: str) -> Node:
    return Node(key, cls, {"id": key, "cls": cls, "caption": key, "name": key, **_COMMON})


def _link(source: str, cls: str, target: str, **props: str) -> Relation:
    rid = relation_id(cls, source, target, [None] if cls == "WORKS_IN" else ())
    return Relation(rid, cls, source, target, {"rid": rid, **props, **_COMMON})


def _skewed(rng: random.Random, among: Sequence[str]) -> str:
    return among[min(int(rng.paretovariate(0.6)) - 1, len(among) - 1)]
