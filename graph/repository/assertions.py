"""What the rows say: the assertions behind an entity or relation, from the truth store."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from graph.decisions import Decision
from graph.facts import Assertion
from graph.ontology import Ontology
from graph.repository.models import Citing, Model, Text
from graph.repository.reader import Reader
from graph.repository.sources import cited, sources_in
from graph.values import show_value


class Truth(Protocol):
    """The part of the truth store that answers need."""

    def assertions_of(self, key: str) -> list[Assertion]:
        """The current assertions of an entity id or relation id."""

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
    """The assertions behind the entity or relation ``key``, at most ``limit``, with their sources."""
    rows = await asyncio.to_thread(truth.assertions_of, key)
    answer = Assertions(
        key=key,
        items=[_view(a, reader.ontology) for a in rows[:limit]],
        total=len(rows),
        truncated=len(rows) > limit,
    )
    return answer.model_copy(update={"cited": await cited(reader, sources_in(answer))})


def _view(a: Assertion, ontology: Ontology) -> AssertionView:
    return AssertionView(
        dataset=a.dataset,
        table=a.table,
        row=a.row,
        cls=a.cls,
        key=a.key,
        source=a.source,
        target=a.target,
        stated=_stated(a, ontology),
        sources=list(a.sources),
        seen_at=a.seen_at,
        valid_from=a.valid_from,
        valid_to=a.valid_to,
        standing=a.standing,
        confidence=a.confidence,
        note=a.note,
    )


def _stated(a: Assertion, ontology: Ontology) -> Sequence[Stated]:
    cls = ontology.entities.get(a.cls) or ontology.relation(a.cls)
    return [
        Stated(
            name=name,
            label=Text.of(prop.label),
            value=a.props[name],
            text=Text(zh=show_value(prop, a.props[name], "zh"), en=show_value(prop, a.props[name], "en")),
        )
        for name, prop in cls.properties.items()
        if a.props.get(name) not in (None, "", [])
    ]
