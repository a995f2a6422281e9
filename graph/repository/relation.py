"""One relation by its id, with both ends and the rows that state it."""

from __future__ import annotations

import asyncio

from graph.decisions import under_decisions
from graph.errors import NotFound
from graph.repository.assertions import AssertionView, Truth, rows_behind, views
from graph.repository.models import Citing, LinkView, NodeView
from graph.repository.reader import Reader
from graph.repository.sources import cited, sources_in


class RelationAnswer(Citing):
    """A relation, its ends, and the rows behind it (``total`` in all)."""

    link: LinkView
    source: NodeView
    target: NodeView
    assertions: list[AssertionView]
    total: int
    truncated: bool


async def relation(reader: Reader, truth: Truth, rid: str, limit: int) -> RelationAnswer:
    """The relation ``rid`` with at most ``limit`` of its rows.

    The engines have no index of relations by id: a row tells where it starts, and there the graph is asked.
    Raises ``NotFound`` where no row states it, or the graph does not show it.
    """
    rows = await asyncio.to_thread(rows_behind, truth, rid, reader.ontology)
    decisions = await asyncio.to_thread(truth.decisions)
    read = next((a for a in under_decisions(rows, decisions, reader.ontology) if a.source is not None), None)
    found = []
    if read is not None:
        found = await reader.rows("relation", {"rid": read.key, "source": read.source}, REL=read.cls)
    if read is None or not found:
        raise NotFound(
            f"没有编号为 {rid[:80]} 的关系 · no relation is recorded under {rid[:80]}", found=rid[:80]
        )
    source, target = (reader.node_view(found[0][end]) for end in ("source", "target"))
    answer = RelationAnswer(
        link=reader.link_view(read.cls, found[0]["link"], source.id, target.id),
        source=source,
        target=target,
        assertions=await views(reader, read.key, rows[:limit]),
        total=len(rows),
        truncated=len(rows) > limit,
    )
    return answer.model_copy(update={"cited": await cited(reader, sources_in(answer))})
