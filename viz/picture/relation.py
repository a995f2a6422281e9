"""A relation put together from the rows that state it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.facts import GRADES, STANDINGS
from graph.ontology import Ontology
from graph.repository import AssertionView, LinkView, SourceView, Text
from graph.values import date_max, flatten_value


def link_of(
    ontology: Ontology, rows: Sequence[AssertionView], cited: Mapping[str, SourceView]
) -> LinkView | None:
    """The relation that ``rows`` state, ``None`` where none of them states a relation.

    For each property the strongest row wins: by standing, then by the best grade among its sources, then by
    the later date at which it was seen; as in the graph.
    """
    own = [r for r in rows if r.source is not None and r.target is not None]
    if not own:
        return None

    def grade(row: AssertionView) -> str:
        return min(((cited[s].grade or "") for s in row.sources if s in cited), key=GRADES.index, default="")

    def strength(row: AssertionView) -> tuple[int, int, int]:
        seen = int(date_max(row.seen_at).replace("-", "")) if row.seen_at else 0
        return STANDINGS.index(row.standing), GRADES.index(grade(row)), -seen

    order = sorted(own, key=strength)
    cls = ontology.relation(order[0].cls)
    props: dict[str, Any] = {}
    for name, prop in cls.properties.items():
        values = (s.value for r in order for s in r.stated if s.name == name)
        value = next(values, None)
        if value is not None:
            props |= flatten_value(prop, value)
    return LinkView(
        rid=order[0].key,
        cls=cls.name,
        label=Text.of(cls.label),
        inverse=Text.of(cls.inverse),
        source=str(order[0].source),
        target=str(order[0].target),
        standing=order[0].standing,
        grade=min((grade(r) for r in own), key=GRADES.index) or None,
        sources=sorted({s for r in own for s in r.sources}),
        props=props,
    )
