"""The projection: from assertions and decisions to the graph that an engine holds.

It is a pure function. For each property the winning value is chosen by standing, then by the best grade among
the assertion's sources, then by the later ``seen_at``, then by a rule that depends on the statement alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from graph.decisions import Decision, under_decisions
from graph.facts import GRADES, STANDINGS, Assertion
from graph.model import Graph, Node, Props, Relation, Stored, as_props
from graph.ontology import EntityClass, Ontology, Property
from graph.values import date_max, flatten_value, show_value

Strength = tuple[int, int, int, bytes]
#: Lists of sources whose best grade is kept.
_KEPT = 20_000


def project(assertions: Iterable[Assertion], decisions: Iterable[Decision], ontology: Ontology) -> Graph:
    """Project current assertions under the decisions that hold.

    Parameters
    ----------
    assertions : the current assertions of all datasets (``TruthStore.current``).
    decisions : all decisions (``TruthStore.decisions``); undone ones have no effect.
    ontology : the classes.

    Returns
    -------
    Graph
        An entity that is only named as an end of a relation is a stub: id, class and caption alone. A
        property with a condition (``Property.only_if``) is there only where that is true.
    """
    groups: dict[str, list[Assertion]] = {}
    for a in under_decisions(assertions, decisions, ontology):
        groups.setdefault(a.key, []).append(a)
    one = Projector(grades_of(g for g in groups.values() if g[0].cls == "Source"), ontology)
    graph = Graph()
    for key, group in groups.items():
        member = one.member(key, group)
        if isinstance(member, Node):
            graph.nodes[key] = member
        else:
            graph.relations[key] = member
    for relation in graph.relations.values():
        for end in (relation.source, relation.target):
            if end not in graph.nodes:
                graph.nodes[end] = stub(end, ontology)
    return graph


def grades_of(groups: Iterable[list[Assertion]]) -> dict[str, str]:
    """The grade that each source's strongest assertion gives it, by the source's id."""
    return {group[0].key: _own_grade(group) for group in groups}


def stub(key: str, ontology: Ontology) -> Node:
    """An entity that is only named as an end of a relation."""
    cls = ontology.entity_of_id(key).name
    return Node(key, cls, {"id": key, "cls": cls, "caption": key})


class Projector:
    """Projects one entity or relation at a time. ``grades``: of all sources, by id."""

    def __init__(self, grades: dict[str, str], ontology: Ontology) -> None:
        self._grades, self._ontology = grades, ontology
        self._strength = _strength(grades)
        self._graded: dict[tuple[str, ...], tuple[str, list[str]]] = {}

    def member(self, key: str, group: list[Assertion]) -> Node | Relation:
        """What the assertions of ``key`` (as they read under the decisions, at least one) make together."""
        order = _ordered(group, self._strength)
        first = order[0]
        common = self._common_of(first) if len(order) == 1 else _common(order, self._grades, self._ontology)
        if first.source is None or first.target is None:
            entity = self._ontology.entities[first.cls]
            props = _properties(order, entity.properties)
            caption = _caption(order, entity, key)
            own: Props = {"id": key, "cls": entity.name, "caption": caption}
            return Node(key, entity.name, own | common | props)
        props = _properties(order, self._ontology.relations[first.cls].properties)
        return Relation(key, first.cls, first.source, first.target, {"rid": key, **props, **common})

    def _common_of(self, a: Assertion) -> Props:
        """``_common`` of a single assertion, which is what most members have."""
        if a.valid_from or a.valid_to:
            return _common([a], self._grades, self._ontology)
        props: Props = {"standing": a.standing}
        if a.sources:
            graded = self._graded.get(a.sources)
            if graded is None:
                graded = best_grade(a.sources, self._grades), sorted(set(a.sources))
                if len(self._graded) < _KEPT:
                    self._graded[a.sources] = graded
            if graded[0]:
                props["grade"] = graded[0]
            props["sources"] = list(graded[1])
        if a.seen_at:
            props["seen_first"] = props["seen_last"] = a.seen_at
        if a.note:
            props["note"] = a.note
        if a.confidence is not None:
            props["confidence"] = a.confidence
        return props


def best_grade(sources: Iterable[str], grades: dict[str, str]) -> str:
    """The best grade among ``sources``: ``A``, ``B``, ``C``, or ``""`` if none is graded."""
    return min((grades.get(s, "") for s in sources), key=GRADES.index, default="")


def _own_grade(group: list[Assertion]) -> str:
    """The grade that a source's strongest assertion gives it."""
    return str(_winner(_ordered(group, _strength({})), "grade") or "")


def _ordered(group: list[Assertion], strength: Callable[[Assertion], Strength]) -> list[Assertion]:
    return sorted(group, key=strength) if len(group) > 1 else group


def _strength(grades: dict[str, str]) -> Callable[[Assertion], Strength]:
    """Sort key: the strongest assertion first."""

    def key(a: Assertion) -> Strength:
        seen = int(date_max(a.seen_at).replace("-", "")) if a.seen_at else 0
        return (
            STANDINGS.index(a.standing),
            GRADES.index(best_grade(a.sources, grades)),
            -seen,
            a.statement_hash(),
        )

    return key


def _winner(order: list[Assertion], prop: str) -> Any:
    return next((a.props[prop] for a in order if a.props.get(prop) not in (None, "", [])), None)


def _properties(order: list[Assertion], properties: dict[str, Property]) -> Props:
    flat: dict[str, Stored | None] = {}
    if len(order) == 1:
        stated = order[0].props
        if not stated:
            return {}
        properties = {name: prop for name, prop in properties.items() if name in stated}
    for name, prop in properties.items():
        value = _winner(_may_state(order, prop), name)
        if value is not None:
            flat |= flatten_value(prop, value)
    return as_props(flat)


def _may_state(order: list[Assertion], prop: Property) -> list[Assertion]:
    """The assertions whose value of ``prop`` counts: where it has a condition, none unless that is true."""
    if prop.only_if is None:
        return order
    if _winner(order, prop.only_if) is not True:
        return []
    return [a for a in order if a.props.get(prop.only_if) is True]


def _common(order: list[Assertion], grades: dict[str, str], ontology: Ontology) -> Props:
    sources = sorted({s for a in order for s in a.sources})
    seen = sorted((a.seen_at for a in order if a.seen_at), key=date_max)
    flat: dict[str, Stored | None] = {
        "standing": order[0].standing,
        "grade": best_grade(sources, grades),
        "sources": sources,
        "seen_first": seen[0] if seen else None,
        "seen_last": seen[-1] if seen else None,
        "note": next((a.note for a in order if a.note), None),
        "confidence": next((a.confidence for a in order if a.confidence is not None), None),
    }
    for name in ("valid_from", "valid_to"):
        value = next((getattr(a, name) for a in order if getattr(a, name)), None)
        if value is not None:
            flat |= flatten_value(ontology.common[name], value)
    return as_props(flat)


def _caption(order: list[Assertion], entity: EntityClass, key: str) -> str:
    for name in entity.caption:
        value = _winner(order, name)
        if value is not None:
            return show_value(entity.properties[name], value, "zh")
    return key
