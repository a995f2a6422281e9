"""Random histories of loads, undos, edits, merges and splits, and a naive model of what they give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graph.changes import deciding_all, planned, taking_back, undoing
from graph.decisions import Decision
from graph.errors import BadInput
from graph.facts import Assertion
from graph.model import Graph, Node, Relation, relation_id
from graph.ontology import Ontology
from graph.planned import Planned
from graph.planned import changes as planned_changes
from graph.planning import Change, plan_change
from graph.projection import project
from graph.truth import Newcomer, Scratch, TruthStore, View
from graph.write import RemoveNode, RemoveRelation

FIRMS = [f"firm/{c}" for c in "abcdef"]
SOURCES = ["source/a", "source/b"]
#: A change that was planned: written to the truth by the caller, then to whatever holds the graph.
Step = Callable[[Planned, Scratch], None]


def rows(random: Random, dataset: str) -> list[Assertion]:
    """A few statements about a handful of firms: many of them agree, contradict or name one another."""
    found: list[Assertion] = []
    for source in SOURCES:
        if random.random() < 0.7:
            grade = random.choice("ABC")
            found.append(
                Assertion(dataset, "sources.csv", 2, "Source", source, props={"name": source, "grade": grade})
            )
    for number in range(random.randrange(7)):
        firm = random.choice(FIRMS)
        props = {"name": random.choice("甲乙丙"), **({"short_name": "短"} if random.random() < 0.3 else {})}
        found.append(
            Assertion(dataset, "firms.csv", number, "Firm", firm, props=props,
                      sources=tuple(random.sample(SOURCES, random.randrange(3))),
                      standing=random.choice(["verified", "unverified"]))
        )  # fmt: skip
    for number in range(random.randrange(7)):
        one, other = random.sample(FIRMS, 2)
        what = random.choice([None, "铜"])
        rid = relation_id("SUPPLIES", one, other, [what])
        found.append(
            Assertion(dataset, "supplies.csv", number, "SUPPLIES", rid, one, other,
                      {} if what is None else {"what": what},
                      tuple(random.sample(SOURCES, random.randrange(2))))
        )  # fmt: skip
    return found


@dataclass
class Model:
    """What was done, kept as plainly as can be; the graph is projected anew from all of it."""

    ontology: Ontology
    versions: dict[str, list[list[Assertion]]] = field(default_factory=dict)
    current: dict[str, int | None] = field(default_factory=dict)
    #: number of a load → dataset, version before, version after, whether it is undone
    loads: dict[int, list[Any]] = field(default_factory=dict)
    decisions: dict[int, list[Any]] = field(default_factory=dict)

    def graph(self) -> Graph:
        """The graph that follows."""
        stated = [a for d, v in self.current.items() if v is not None for a in self.versions[d][v - 1]]
        held = [
            Decision(i, kind, payload, "", "", "")
            for i, (kind, payload, gone) in self.decisions.items()
            if not gone
        ]
        return project(stated, held, self.ontology)


@dataclass
class History:
    """A truth store and the model, changed together."""

    truth: TruthStore
    ontology: Ontology
    random: Random
    model: Model = field(init=False)

    def __post_init__(self) -> None:
        self.model = Model(self.ontology)

    def step(self) -> tuple[str, Planned | None, Scratch]:
        """Do something at random: its name, the plan (``None``: it could not), the scratch file."""
        does = self.random.choice([self.load, self.load, self.undo, self.merge, self.edit, self.take_back])
        scratch = self.truth.scratch()
        return does.__name__, does(scratch), scratch

    def load(self, scratch: Scratch) -> Planned:
        """A new version of one of two datasets."""
        dataset = self.random.choice(["one", "two"])
        known = {a.key for a in self.truth.current() if a.dataset != dataset}
        found = rows(self.random, dataset)
        known |= {a.key for a in found if a.cls == "Source"}
        cited = [a for a in found if set(a.sources) <= known]  # else a load is refused
        known |= {a.key for a in cited if a.source is None}
        stated = [a for a in cited if {a.source, a.target} - {None} <= known]
        scratch.stage((a, "", "") for a in stated)
        decisions = tuple(self.truth.decisions())
        with self.truth.looking(scratch) as db:
            plan = plan_change(
                db, Change(dataset, staged=True, before=decisions, after=decisions), self.ontology
            )
        done = self.truth.commit_staged(scratch, Newcomer(dataset, dataset, "test"))
        if done.load is not None:
            versions = self.model.versions.setdefault(dataset, [])
            before = self.model.current.get(dataset)
            versions.append(stated)
            assert done.version == len(versions)
            self.model.current[dataset] = done.version
            self.model.loads[done.load] = [dataset, before, done.version, False]
        return plan

    def undo(self, scratch: Scratch) -> Planned | None:
        """Take a load back, if it is the newest of its dataset."""
        open_loads = [n for n, (_, _, _, gone) in self.model.loads.items() if not gone]
        if not open_loads:
            return None
        number = self.random.choice(open_loads)
        dataset, before, after, _ = self.model.loads[number]
        newer = [n for n in open_loads if n > number and self.model.loads[n][0] == dataset]
        if newer or self.model.current[dataset] != after:
            try:
                undoing(self.truth, number)
            except BadInput:
                return None
            raise AssertionError(f"load {number} was undone under {newer}")
        plan = planned(self.truth, scratch, undoing(self.truth, number), self.ontology)
        self.truth.undo(number)
        self.model.current[dataset] = before
        self.model.loads[number][3] = True
        return plan

    def merge(self, scratch: Scratch) -> Planned | None:
        """Merge two firms, where that goes with what was merged before."""
        keep, retire = self.random.sample(FIRMS, 2)
        return self._decide(scratch, "merge", {"keep": keep, "retire": retire})

    def edit(self, scratch: Scratch) -> Planned | None:
        """Correct or suppress something."""
        relations = [a.key for a in self.truth.current() if a.cls == "SUPPLIES"]
        key = self.random.choice(FIRMS + SOURCES + relations)
        if self.random.random() < 0.5 and key in FIRMS:
            return self._decide(scratch, "correct", {"key": key, "property": "name", "value": "正名"})
        return self._decide(scratch, "suppress", {"key": key})

    def take_back(self, scratch: Scratch) -> Planned | None:
        """Undo a decision: a merge is split again."""
        held = [i for i, (_, _, gone) in self.model.decisions.items() if not gone]
        if not held:
            return None
        number = self.random.choice(held)
        plan = planned(self.truth, scratch, taking_back(self.truth, number), self.ontology)
        self.truth.settle(undo=[number], user="test")
        self.model.decisions[number][2] = True
        return plan

    def _decide(self, scratch: Scratch, kind: str, payload: dict[str, Any]) -> Planned | None:
        try:
            change = deciding_all(self.truth, [(kind, payload)])
        except BadInput:
            return None
        plan = planned(self.truth, scratch, change, self.ontology)
        (number,) = self.truth.settle(make=[(kind, payload, "")])
        self.model.decisions[number] = [kind, payload, False]
        return plan


def written(graph: Graph, truth: TruthStore, scratch: Scratch, ontology: Ontology) -> Graph:
    """``graph`` after the changes in ``scratch``, as an engine would make them."""
    nodes, relations = dict(graph.nodes), dict(graph.relations)
    with truth.looking(scratch) as db:
        view = View(db, decisions=truth.decisions())
        for change in planned_changes(db, view, ontology):
            if isinstance(change, RemoveRelation):
                del relations[change.rid]
            elif isinstance(change, RemoveNode):
                del nodes[change.id]
                relations = {k: r for k, r in relations.items() if change.id not in (r.source, r.target)}
            elif isinstance(change, Node):
                nodes[change.id] = change
            elif isinstance(change, Relation):
                assert {change.source, change.target} <= nodes.keys(), (change, sorted(nodes))
                relations[change.rid] = change
    return Graph(nodes, relations)
