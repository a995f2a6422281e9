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

_STATES: Final = ("operating", "operating", "operating", "unknown", "suspended", "under_construction")
COMMON: Final[dict[str, Any]] = {
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


#: Creates the nodes and relations of some firms at once: rows of ``row``.
CREATE: Final = """
UNWIND $rows AS row
MATCH (g:Entity {id: row.segment}), (p:Entity {id: row.place}), (q:Entity {id: row.product})
CREATE (f:Entity:Firm {id: row.firm, cls: 'Firm', caption: row.firm, name: row.firm}),
  (x:Entity:Site {id: row.site, cls: 'Site', caption: row.firm, name: row.firm}),
  (f)-[a:LOCATED_IN {rid: row.firm + '-l'}]->(p), (x)-[b:LOCATED_IN {rid: row.site + '-l'}]->(p),
  (f)-[c:OPERATES {rid: row.firm + '-o'}]->(x), (f)-[d:MAKES {rid: row.firm + '-m'}]->(q),
  (x)-[e:WORKS_IN {rid: row.site + '-w', status: row.status}]->(g)
FOREACH (one IN [f, x] | SET one += $common)
FOREACH (one IN [a, b, c, d, e] | SET one += $common)
FOREACH (called IN row.called |
  CREATE (f)-[:FLAGSHIP_IN {rid: row.firm + '-f', called: called}]->(g))
"""


def row(spot: Spot, products: Sequence[str]) -> dict[str, Any]:
    """What ``CREATE`` needs of one firm."""
    number = int(spot.firm.rpartition("-")[2])
    return {
        "firm": spot.firm,
        "site": "site" + spot.firm.removeprefix("firm"),
        "segment": spot.segment,
        "place": spot.place,
        "status": spot.status,
        "product": products[number % len(products)],
        "called": [] if number % 10 else ["龙头企业" if number % 1000 == 0 else ""],
    }


def _skewed(rng: random.Random, among: Sequence[str]) -> str:
    return among[min(int(rng.paretovariate(0.6)) - 1, len(among) - 1)]
