"""The facts that cite a source."""

from __future__ import annotations

import asyncio

from graph.decisions import under_decisions
from graph.facts import Assertion
from graph.repository.assertions import Truth
from graph.repository.models import Listing, Model, Ref, Text
from graph.repository.reader import Reader, ref


class CitingFact(Model):
    """An entity (``entity``) or a relation (``source`` and ``target``) with a row that cites the source.

    ``key`` is the entity's or relation's id, ``label`` the name of its class.
    """

    key: str
    cls: str
    label: Text
    entity: Ref | None = None
    source: Ref | None = None
    target: Ref | None = None


class SourceFacts(Model):
    """The facts that cite the source ``id``, page by page in the order of their keys."""

    id: str
    facts: Listing[CitingFact]


async def source_facts(reader: Reader, truth: Truth, source_id: str, limit: int, after: str) -> SourceFacts:
    """A page of the facts that cite ``source_id``; they are counted up to ``Limits.count_cap``.

    A fact reads as the graph shows it: merged ends are the kept ones, and what was suppressed is left out of
    the page (not of the total).
    """
    most = reader.limits.count_cap
    rows, found, decisions = await asyncio.gather(
        asyncio.to_thread(truth.citing, source_id, limit=limit + 1, after=after),
        asyncio.to_thread(truth.count_citing, source_id, cap=most + 1),
        asyncio.to_thread(truth.decisions),
    )
    read = list({a.key: a for a in under_decisions(rows[:limit], decisions, reader.ontology)}.values())
    ids = {i for a in read for i in ((a.key,) if a.source is None else (a.source, a.target)) if i}
    nodes = await reader.rows("entities", {"ids": sorted(ids)}) if ids else []
    refs = {r["node"]["id"]: ref(r["node"]) for r in nodes}
    return SourceFacts(
        id=source_id,
        facts=Listing(
            items=[_fact(reader, a, refs) for a in read],
            total=min(found, most),
            total_at_least=found > most,
            next=rows[limit - 1].key if len(rows) > limit else None,
        ),
    )


def _fact(reader: Reader, a: Assertion, refs: dict[str, Ref]) -> CitingFact:
    if a.source is None or a.target is None:
        label = Text.of(reader.ontology.entity(a.cls).label)
        return CitingFact(key=a.key, cls=a.cls, label=label, entity=refs.get(a.key))
    label = Text.of(reader.ontology.relation(a.cls).label)
    return CitingFact(key=a.key, cls=a.cls, label=label, source=refs.get(a.source), target=refs.get(a.target))
