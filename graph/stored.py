"""Reading a whole graph back from an engine, in bounded pages, for its digest and for repairing it."""

from __future__ import annotations

from collections.abc import AsyncIterator

from cypher import load_query
from graph.model import Node, Relation
from graph.store import Store

#: Nodes a page; their outgoing relations are read in the same step.
PAGE = 500
#: Bound on the relations that leave one page's nodes.
MAX_RELATIONS = 500_000


async def stored_members(store: Store) -> AsyncIterator[Node | Relation]:
    """Every node and relation the engine holds, nodes in the order of their ids."""
    nodes, relations = load_query("dump_nodes").text, load_query("dump_relations").text
    after = ""
    while True:
        page = await store.read(nodes, {"after": after, "limit": PAGE}, max_rows=PAGE)
        for row in page:
            yield Node(row["id"], "+".join(sorted(row["classes"])), row["props"])
        ids = [row["id"] for row in page]
        for row in await store.read(relations, {"ids": ids}, max_rows=MAX_RELATIONS):
            yield Relation(row["rid"], row["type"], row["source"], row["target"], row["props"])
        if len(page) < PAGE:
            return
        after = ids[-1]
