"""The segments of a chain as a tree."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from graph.repository.chain_models import SegmentNode
from graph.repository.reader import Reader, Row

#: WORKS_IN.status values that count as at work; where no status is recorded it is taken as unknown.
AT_WORK: Final = ("operating", "unknown")


async def segment_tree(reader: Reader, chain_id: str) -> list[SegmentNode]:
    """The topmost segments of a chain, each with those that are part of it, in the order of their ids.

    A segment whose parent is not of this chain stands at the top; one with two parents under the first.
    """
    rows = await reader.rows(
        "chain_segments", {"id": chain_id, "at_work": list(AT_WORK), "limit": reader.limits.rows}
    )
    known = {r["node"]["id"]: r for r in rows}
    children: defaultdict[str | None, list[str]] = defaultdict(list)
    for key, row in known.items():
        parents = sorted(p for p in row["parents"] if p in known and p != key)
        children[parents[0] if parents else None].append(key)
    return [_branch(reader, known, children, key) for key in sorted(children[None])]


def _branch(
    reader: Reader, known: dict[str, Row], children: dict[str | None, list[str]], key: str
) -> SegmentNode:
    row = known[key]
    return SegmentNode(
        node=reader.node_view(row["node"]),
        sites=row["sites"],
        firms=row["firms"],
        at_work=row["at_work"],
        children=[_branch(reader, known, children, c) for c in sorted(children.get(key, []))],
    )
