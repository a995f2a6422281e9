"""What a page or panel says of one entity or relation: each property with values, standing and sources."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.facts import STANDINGS
from graph.ontology import EntityClass, RelationClass
from graph.repository.assertions import AssertionView
from graph.repository.models import LinkView, NodeView
from graph.values import Property, flatten_value, show_value
from viz.dates import show_date
from viz.show import Show
from viz.sources import SourceList
from viz.standing import Standing, standing
from viz.words import Lang, translator

_COMMON = ("valid_from", "valid_to", "seen_at", "note", "confidence")


@dataclass(frozen=True, slots=True)
class ValueView:
    """One recorded value: its text, numbers of its sources (0-based), standing, and when it was seen."""

    text: str
    sources: tuple[int, ...] = ()
    standing: Standing | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class FactView:
    """A property: label, help, and its values; the first is the one that counts, the rest contradict it."""

    name: str
    label: str
    help: str
    values: tuple[ValueView, ...]


def facts_of(
    show: Show,
    cls: EntityClass | RelationClass,
    view: NodeView | LinkView,
    assertions: Sequence[AssertionView],
    sources: SourceList,
) -> tuple[list[FactView], list[str]]:
    """The recorded properties, and the labels of those that are not recorded.

    Parameters
    ----------
    cls : the class, whose order of properties is kept.
    view : the entity or relation as the graph holds it (the winning values, flattened).
    assertions : the statements behind it, with their cleaned values. Without any, the graph's own values are
        shown with the sources of the whole entity or relation.
    sources : numbers the sources as they are used.

    A property whose condition (``Property.only_if``) does not hold is neither shown nor called unknown.
    """
    facts: list[FactView] = []
    unknown: list[str] = []
    for prop in cls.properties.values():
        if prop.only_if and view.props.get(prop.only_if) is not True:
            continue
        values = _values(show, prop, view, assertions, sources)
        if values:
            facts.append(_fact(prop, values, show.lang))
        else:
            unknown.append(prop.label.text(show.lang))
    for name in _COMMON:
        prop = show.ontology.common[name]
        values = _common_values(show, prop, view, assertions, sources)
        if values:
            facts.append(_fact(prop, values, show.lang))
    return facts, unknown


def show_stored(prop: Property, value: Any, lang: Lang) -> str:
    """A value as the graph holds it: a quantity as its source gives it, everything else by its type."""
    if prop.type == "quantity":
        return translator(lang)("common.list_comma").join(value) if isinstance(value, list) else str(value)
    return show_value(prop, value, lang)


def _fact(prop: Property, values: list[ValueView], lang: Lang) -> FactView:
    return FactView(
        prop.name, prop.label.text(lang), prop.help.text(lang) if prop.help else "", tuple(values)
    )


def _values(
    show: Show,
    prop: Property,
    view: NodeView | LinkView,
    assertions: Sequence[AssertionView],
    sources: SourceList,
) -> list[ValueView]:
    """Distinct values of a property, the one that the graph holds first."""
    stated: dict[str, tuple[Any, list[AssertionView]]] = {}
    for a in assertions:
        for value in (s.value for s in a.stated if s.name == prop.name):
            key = json.dumps(value, sort_keys=True, ensure_ascii=False)
            stated.setdefault(key, (value, []))[1].append(a)
    winners: list[ValueView] = []
    others: list[ValueView] = []
    for value, group in stated.values():
        holds = all(view.props.get(k) == v for k, v in flatten_value(prop, value).items())
        (winners if holds else others).append(
            ValueView(
                show_value(prop, value, show.lang),
                sources.numbers(s for a in group for s in a.sources),
                standing(min((a.standing for a in group), key=STANDINGS.index), show.lang),
                _when(group, show.lang),
            )
        )
    held = view.props.get(prop.name)
    if not winners and not _empty(held):
        cited = () if assertions else sources.numbers(view.sources)
        winners = [ValueView(show_stored(prop, held, show.lang), cited)]
    return winners + others


def _common_values(
    show: Show,
    prop: Property,
    view: NodeView | LinkView,
    assertions: Sequence[AssertionView],
    sources: SourceList,
) -> list[ValueView]:
    """Distinct values of a common column, each with the sources of its rows."""
    held = view.props.get("seen_last" if prop.name == "seen_at" else prop.name)
    if not assertions:
        return (
            []
            if _empty(held)
            else [ValueView(show_value(prop, held, show.lang), sources.numbers(view.sources))]
        )
    stated: dict[Any, list[str]] = {}
    for a in assertions:
        value = getattr(a, prop.name)
        if not _empty(value):
            stated.setdefault(value, []).extend(a.sources)
    keys: Iterable[Any] = stated if prop.name == "note" else sorted(stated)
    return [ValueView(show_value(prop, v, show.lang), sources.numbers(stated[v])) for v in keys]


def _empty(value: object) -> bool:
    return value in (None, "", [])


def _when(group: Sequence[AssertionView], lang: Lang) -> str:
    seen = sorted(a.seen_at for a in group if a.seen_at)
    return translator(lang)("common.seen_at", date=show_date(seen[-1], lang)) if seen else ""
