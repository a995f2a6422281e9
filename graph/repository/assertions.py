"""What the rows say: the assertions behind an entity or relation, from the truth store."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from graph.decisions import Decision, Held, redirects
from graph.facts import Assertion
from graph.ontology import EntityClass, Ontology
from graph.repository.models import Citing, Model, Text
from graph.repository.reader import Reader
from graph.repository.sources import cited, sources_in
from graph.values import Property, show_value


class Truth(Protocol):
    """The part of the truth store that answers need."""

    def assertions_of(self, key: str) -> list[Assertion]:
        """The current assertions of an entity id or relation id."""

    def assertions_at(self, ids: Iterable[str]) -> list[Assertion]:
        """The current assertions of some entities, and of all relations that they state with them."""

    def citing(self, source: str, *, limit: int, after: str = "") -> list[Assertion]:
        """The facts that cite a source, each by one assertion, in the order of their keys."""

    def count_citing(self, source: str, *, cap: int) -> int:
        """How many facts cite a source, counted up to ``cap``."""

    def decisions(self) -> list[Decision]:
        """All decisions."""


class Stated(Model):
    """One property as a row states it: the cleaned value, and its text for people."""

    name: str
    label: Text
    value: Any
    text: Text


class AssertionView(Model):
    """One row's statement of a fact: where it stands, what it says, on which sources."""

    dataset: str
    table: str
    row: int
    cls: str
    key: str
    source: str | None
    target: str | None
    stated: list[Stated]
    sources: list[str]
    seen_at: str | None
    valid_from: str | None
    valid_to: str | None
    standing: str
    confidence: float | None
    note: str | None


class Assertions(Citing):
    """All assertions of one entity or relation, the strongest reading in no particular order."""

    key: str
    items: list[AssertionView]
    total: int
    truncated: bool


async def assertions(reader: Reader, truth: Truth, key: str, limit: int) -> Assertions:
    """The assertions behind the entity or relation ``key``, at most ``limit``, with their sources.

    Those of entities merged into it are among them. A value with a condition (``Property.only_if``) is told
    only where row and graph both say that it holds.
    """
    rows = await asyncio.to_thread(rows_behind, truth, key, reader.ontology)
    answer = Assertions(
        key=key,
        items=await views(reader, key, rows[:limit]),
        total=len(rows),
        truncated=len(rows) > limit,
    )
    return answer.model_copy(update={"cited": await cited(reader, sources_in(answer))})


def rows_behind(truth: Truth, key: str, ontology: Ontology) -> list[Assertion]:
    """The current assertions that the graph shows as ``key``, as their rows state them."""
    rows = truth.assertions_of(key)
    merges = [d for d in truth.decisions() if d.kind == "merge" and d.undone_at is None]
    moved = redirects(merges)
    heads = {key} if "/" in key else {moved.get(str(e), str(e)) for a in rows for e in (a.source, a.target)}
    # a relation that no row states under this id stands here by a merge of some entities
    retired = [old for old, kept in moved.items() if kept in heads or not rows]
    if not retired:
        return rows
    held = Held(merges, ontology)
    return rows + [a for a in truth.assertions_at(retired) if held.place(a).key == key != a.key]


async def views(reader: Reader, key: str, rows: Sequence[Assertion]) -> list[AssertionView]:
    """The rows behind ``key`` for an answer."""
    conditions = {p.only_if for a in rows for p in _properties(a, reader.ontology).values() if p.only_if}
    shown = await reader.node(key) if conditions else None
    held = {name for name in conditions if shown is not None and shown.props.get(name) is True}
    return [_view(a, reader.ontology, held) for a in rows]


def _view(a: Assertion, ontology: Ontology, held: set[str]) -> AssertionView:
    return AssertionView(
        dataset=a.dataset,
        table=a.table,
        row=a.row,
        cls=a.cls,
        key=a.key,
        source=a.source,
        target=a.target,
        stated=_stated(a, ontology, held),
        sources=list(a.sources),
        seen_at=a.seen_at,
        valid_from=a.valid_from,
        valid_to=a.valid_to,
        standing=a.standing,
        confidence=a.confidence,
        note=a.note,
    )


def _stated(a: Assertion, ontology: Ontology, held: set[str]) -> list[Stated]:
    return [
        Stated(
            name=name,
            label=Text.of(prop.label),
            value=a.props[name],
            text=Text(zh=show_value(prop, a.props[name], "zh"), en=show_value(prop, a.props[name], "en")),
        )
        for name, prop in _properties(a, ontology).items()
        if a.props.get(name) not in (None, "", [])
        and (prop.only_if is None or (prop.only_if in held and a.props.get(prop.only_if) is True))
    ]


def _properties(a: Assertion, ontology: Ontology) -> dict[str, Property]:
    cls: EntityClass | Any = ontology.entities.get(a.cls) or ontology.relation(a.cls)
    return dict(cls.properties)
