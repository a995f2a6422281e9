"""From answers to questions of identity to the decisions that keep them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from graph.decisions import Held
from graph.errors import BadInput, NotFound
from graph.facts import Assertion
from graph.ontology import Ontology
from graph.truth import Merge, TruthStore, View
from ingest.answers import Answer
from ingest.identify import Identified, identify, with_site
from ingest.load import LoadPlan

#: Kind, payload and reason of a decision still to be made.
NewDecision = tuple[str, dict[str, Any], str]
_SAID = "由人确认 · confirmed by a person"
_DENIED = "由人区分 · told apart by a person"


@dataclass(frozen=True, slots=True)
class Matching:
    """A dataset's firms against all others; ``found`` has the questions.

    ``same_name``: how many other things of an input share a name with one that is known, or in it; of these
    nobody is asked.
    """

    dataset: str
    known: View
    own: View
    found: Identified
    ontology: Ontology
    same_name: int = 0

    def decisions(self, answers: Iterable[Answer]) -> list[NewDecision]:
        """The decisions that keep ``answers``; an answer that is kept already makes none.

        Raises ``BadInput`` for a firm or a candidate that nobody knows.
        """
        held = Held(self.own.decisions, self.ontology)
        apart = {
            frozenset((d.payload["a"], d.payload["b"]))
            for d in self.own.decisions
            if d.kind == "distinct" and d.undone_at is None
        }
        made: list[NewDecision] = []
        for one in answers:
            self._see(one)
            if not one.same:
                if frozenset((one.id, one.candidate)) not in apart:
                    made.append(("distinct", {"a": one.id, "b": one.candidate}, _DENIED))
                continue
            if held.moved.get(one.id) == held.moved.get(one.candidate, one.candidate):
                continue
            keep = held.moved.get(one.candidate, one.candidate)
            if one.id in held.moved or keep == one.id:
                raise BadInput(
                    f"{one.id} 已并入 {held.moved.get(one.id, keep)}；先 lianpu split {one.id} · "
                    f"{one.id} is merged into {held.moved.get(one.id, keep)} already; "
                    f"first: lianpu split {one.id}",
                    found=one.id,
                )
            joined = with_site(Merge(keep, one.id, _SAID), self.known, self.own, self.ontology)
            made += [("merge", {"keep": m.keep, "retire": m.retire}, m.reason) for m in joined]
        return made

    def _see(self, one: Answer) -> None:
        for key, view in ((one.id, self.own), (one.candidate, self.known)):
            if not any(True for _ in view.of_keys([key])):
                raise BadInput(
                    f"答案里的 {key} 不在数据里；重新导出问题 · {key} in the answers is not in the data; "
                    "export the questions anew",
                    found=key,
                )


@contextmanager
def matching_of_plan(plan: LoadPlan, truth: TruthStore, ontology: Ontology) -> Iterator[Matching]:
    """The firms of something that is not loaded yet."""
    decisions, dataset = truth.decisions(), plan.input.dataset
    found = Identified(plan.merges, plan.questions, plan.not_asked)
    with truth.looking(plan.scratch) as db:
        known = View(db, versions={dataset: None}, decisions=decisions)
        own = View(db, stage=dataset, decisions=decisions)
        kinds = [n.kind for n in plan.notices] + [n.kind for n in plan.staged.notes]
        same_name = kinds.count("possible-duplicate") + kinds.count("same-name")
        yield Matching(dataset, known, own, found, ontology, same_name)


@contextmanager
def matching_of_dataset(dataset: str, truth: TruthStore, ontology: Ontology) -> Iterator[Matching]:
    """The firms of a loaded dataset that no other states. ``NotFound`` if there is no such dataset."""
    if dataset not in {d["id"] for d in truth.datasets() if d["current_version"] is not None}:
        raise NotFound(
            f"没有文件、文件夹或数据集 {dataset!r}；见 lianpu loads · "
            f"no file, folder or dataset {dataset!r}; see lianpu loads",
            dataset=dataset,
        )
    decisions = truth.decisions()
    with truth.looking() as db:
        known = View(db, versions={dataset: None}, decisions=decisions)
        own = View(db, decisions=decisions)
        others = {a.key for a in known.of_class("Firm")}
        new = [a for a in own.of_class("Firm") if a.dataset == dataset and a.key not in others]
        yield Matching(dataset, known, own, identify(_once(new), known, own, decisions, ontology), ontology)


def _once(firms: Iterable[Assertion]) -> Sequence[Assertion]:
    return list({a.key: a for a in firms}.values())
