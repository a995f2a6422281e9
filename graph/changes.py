"""What may be done to the facts besides loading, as ``Change``s that can be planned before they are done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from graph.decisions import Decision, check_decision
from graph.errors import BadInput, NotFound
from graph.ontology import Ontology
from graph.planned import Planned
from graph.planning import Change, Progress, plan_change, views_of
from graph.trees import see_trees
from graph.truth import Load, Scratch, TruthStore
from graph.truth.loads import no_load, root_of, to_undo


def planned(
    truth: TruthStore, scratch: Scratch, change: Change, ontology: Ontology, progress: Progress | None = None
) -> Planned:
    """``graph.planning.plan_change`` with a scratch file of its own.

    Raises ``BadInput`` where the change would close a circle in a tree: see ``graph.trees.see_trees``.
    """
    with truth.looking(scratch) as db:
        plan = plan_change(db, change, ontology, progress)
        see_trees(db, views_of(db, change)[1], ontology)
        return plan


def undoing(truth: TruthStore, number: int) -> Change:
    """Taking back load ``number``: see ``TruthStore.undo``. Raises as ``graph.truth.loads.to_undo`` does."""
    decisions = tuple(truth.decisions())
    if all(one.id != number for one in truth.loads()):
        raise no_load(number)
    with truth.looking() as db:
        one = to_undo(db, number)
        root, again = root_of(db, one)
    if again:
        back = f"#{one.id}"
        after = tuple(replace(d, undone_at=None) if d.undone_by == back else d for d in decisions)
    else:
        after = tuple(_undone(d) if d.load == root else d for d in decisions)
    return Change(one.dataset, version=one.before, before=decisions, after=after)


def brought(truth: TruthStore, one: Load) -> Change:
    """What an entry did, between the other datasets as they are now."""
    decisions = tuple(truth.decisions())
    without = tuple(_undone(d) if d.load == one.id else d for d in decisions)
    held = tuple(replace(d, undone_at=None) if d.load == one.id else d for d in decisions)
    return Change(one.dataset, version=one.after, rewound=True, since=one.before, before=without, after=held)


def purging(truth: TruthStore, dataset: str) -> Change:
    """Deleting a dataset and the decisions that its loads made: see ``TruthStore.purge``."""
    decisions = tuple(truth.decisions())
    made = {one.id for one in truth.loads() if one.dataset == dataset}
    after = tuple(d for d in decisions if d.load not in made)
    return Change(dataset, version=None, before=decisions, after=after)


def deciding(truth: TruthStore, kind: str, *payloads: dict[str, Any]) -> Change:
    """New decisions of one kind. ``BadInput`` where one is out of form or does not go with the others."""
    return deciding_all(truth, [(kind, payload) for payload in payloads])


def deciding_all(truth: TruthStore, decisions: Iterable[tuple[str, dict[str, Any]]]) -> Change:
    """New decisions, each a kind and a payload; see ``deciding``."""
    before = tuple(truth.decisions())
    after = before
    for number, (kind, payload) in enumerate(decisions, start=1):
        check_decision(kind, payload, after)
        after = (*after, Decision(-number, kind, payload, "", "", ""))
    return Change(before=before, after=after)


def taking_back(truth: TruthStore, *numbers: int) -> Change:
    """Undoing decisions. ``NotFound``, or ``BadInput`` where one is undone already."""
    before = tuple(truth.decisions())
    known = {d.id: d for d in before}
    for number in numbers:
        if number not in known:
            raise NotFound(
                f"没有第 {number} 号决定；见 lianpu decisions · no decision {number}", decision=number
            )
        if (at := known[number].undone_at) is not None:
            raise BadInput(
                f"第 {number} 号决定已于 {at} 撤销 · decision {number} was undone at {at}", decision=number
            )
    return Change(before=before, after=tuple(_undone(d) if d.id in numbers else d for d in before))


def _undone(d: Decision) -> Decision:
    return d if d.undone_at is not None else replace(d, undone_at="now")
