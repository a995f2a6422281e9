"""Projecting from the truth store, member by member, in bounded memory.

``projected`` gives the graph that ``graph.projection.project`` gives, one member after the other; ``Members``
gives those of some keys, which is what planning a change and writing it need.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.decisions import Held
from graph.facts import Assertion
from graph.model import Node, Relation
from graph.ontology import Ontology
from graph.projection import Projector, grades_of, stub
from graph.truth import View
from graph.truth import schema as t
from graph.truth.view import chunks

Member = Node | Relation


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member stands in the graph: its key and class, and a relation's ends."""

    key: str
    cls: str
    source: str | None = None
    target: str | None = None


def place_of(a: Assertion) -> Place:
    """Where an assertion stands."""
    return Place(a.key, a.cls, a.source, a.target)


class Members:
    """The members of the graph that a view and its decisions make."""

    def __init__(self, view: View, ontology: Ontology) -> None:
        self.view, self._ontology = view, ontology
        self.held = Held(view.decisions, ontology)
        groups: dict[str, list[Assertion]] = defaultdict(list)
        for a in self.held.read(view.of_class("Source", ontology.entities["Source"].prefix)):
            groups[a.key].append(a)
        self.grades = grades_of(groups.values())
        self._projector = Projector(self.grades, ontology)

    def of(self, places: Iterable[Place]) -> dict[str, Member]:
        """The members at some places; what is not in the graph is not in the answer."""
        wanted = {place.key: place for place in places}
        groups: dict[str, list[Assertion]] = defaultdict(list)
        for a in self.held.read(self._stated(list(wanted.values()))):
            if a.key in wanted:
                groups[a.key].append(a)
        found = {key: self._projector.member(key, group) for key, group in groups.items()}
        lacking = {key for key, p in wanted.items() if key not in found and p.source is None}
        return found | {key: stub(key, self._ontology) for key in self._ends_among(lacking)}

    def all(self) -> Iterator[Member]:
        """Every member: entities, then relations, each class mostly in one run.

        A relation whose end nothing states comes last, after the stubs of such ends.
        """
        doubled = set(self.view.doubled())
        ids: set[str] = set()
        for member in self._pass(doubled, relations=False):
            ids.add(member.props["id"])  # type: ignore[arg-type]
            yield member
        late: list[Relation] = []
        for member in self._pass(doubled, relations=True):
            if isinstance(member, Relation) and not {member.source, member.target} <= ids:
                late.append(member)
            else:
                yield member
        unstated = {end for r in late for end in (r.source, r.target)} - ids
        yield from (stub(end, self._ontology) for end in sorted(unstated))
        yield from sorted(late, key=lambda r: (r.cls, r.rid))

    def _pass(self, doubled: set[str], *, relations: bool) -> Iterator[Member]:
        """The entities or the relations: those stated once as they come, then the others."""
        source = t.assertion.c.source
        apart: dict[str, Place] = {}
        decided = bool(self.held.moved or self.held.touched)
        for a in self.view.where(source.is_not(None) if relations else source.is_(None)):
            if a.key in doubled or (decided and self.held.concerns(a)):
                b = self.held.place(a)
                apart[b.key] = place_of(b)
                continue
            if not decided:
                yield self._projector.member(a.key, [a])
                continue
            for b in self.held.read((a,)):
                yield self._projector.member(b.key, [b])
        for some in chunks(sorted(apart.values(), key=lambda p: (p.cls, p.key))):
            yield from self.of(some).values()

    def _stated(self, places: list[Place]) -> Iterator[Assertion]:
        """The assertions that may stand at some places after the merges."""
        clusters = self.held.clusters
        keys: list[str] = []
        ends: set[str] = set()
        for place in places:
            near = {end for end in (place.source, place.target) if end in clusters}
            if near:
                ends |= set().union(*(clusters[end] for end in near))
            else:
                keys.extend(clusters.get(place.key, (place.key,)))
        yield from self.view.of_keys(keys)
        asked = set(keys)
        once: set[tuple[str, bytes]] = set()
        for a in self.view.ending_at(sorted(ends)):
            mark = (a.dataset, a.content_hash())
            if a.key not in asked and mark not in once:  # one that names two of them is found twice
                once.add(mark)
                yield a

    def _ends_among(self, keys: set[str]) -> set[str]:
        """Those of some entities that a relation names which is not left out."""
        ids = {i for key in keys for i in self.held.clusters.get(key, {key})}
        named: set[str] = set()
        for a in self.held.read(self.view.ending_at(sorted(ids))):
            named.update(end for end in (a.source, a.target) if end in keys)
            if len(named) == len(keys):
                break
        return named


def projected(view: View, ontology: Ontology) -> Iterator[Member]:
    """The whole graph of a view, entities before relations; see ``Members.all``."""
    return Members(view, ontology).all()
