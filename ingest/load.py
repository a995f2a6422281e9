"""Loading: read, check, identify, plan, commit. The graph follows by ``graph.apply``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from graph.decisions import Decision
from graph.members import Members
from graph.ontology import Ontology
from graph.planned import Planned
from graph.planning import Change, plan_change
from graph.truth import Committed, Merge, Newcomer, Scratch, TruthStore, View
from graph.truth import schema as t
from graph.truth.commit import differs
from graph.truth.scratch import staged
from graph.truth.view import stated
from ingest.faults import Fault, refuse
from ingest.identify import MOST, Identified, Question, answered_merges, identify
from ingest.inputs import BUILTIN, Input, input_of
from ingest.notices import Notice, notices_of, replaces
from ingest.staging import Staged, stage

#: Notices told at most.
MOST_NOTICES = 1000
#: Called with a word for the step, how far it is, and how long it is (0: not known).
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """What a load would change.

    Attributes
    ----------
    input : what is loaded. staged : what reading gave, with the faults.
    scratch : the file that holds what is stated and what that touches.
    changes : members of the graph that come, change and go.
    merges : firms that are certainly known already; answered : those that people said are known, by merges
    made before; names : what they are called, by id.
    questions : firms that may be known.
    notices : what the load does to things already known. ignored : files of the folder that are not read.
    partial : whether rows with faults are left out, the others loaded.
    """

    input: Input
    staged: Staged
    scratch: Scratch
    changes: Planned
    merges: list[Merge] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    not_asked: int = 0
    notices: list[Notice] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    partial: bool = False
    answered: list[Merge] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        """The faults, the first ``ingest.staging.MOST_FAULTS`` of them."""
        return self.staged.faults

    @property
    def refused(self) -> bool:
        """Whether the faults keep it from being loaded: any do, in a partial load only if nothing is left."""
        return bool(self.staged.fault_count) and not (self.partial and self.scratch.count)

    def as_json(self) -> dict[str, Any]:
        """JSON-ready: keys added, changed, removed; rejected rows with their faults."""
        return {
            "dataset": self.input.dataset,
            "origin": self.input.origin,
            "rows": self.staged.rows,
            "assertions": self.scratch.count,
            **self.changes.as_json(),
            "rejected": [f.as_json() for f in self.faults],
            "faults": self.staged.fault_count,
            "merged": [{"keep": m.keep, "retire": m.retire, "reason": m.reason} for m in self.merges],
            "merged_by_answers": [{"keep": m.keep, "retire": m.retire} for m in self.answered],
            "questions": [q.as_json() for q in self.questions],
            "notices": [n.as_json() for n in self.notices],
            "notes": [n.as_json() for n in self.staged.notes],
            "ignored": self.ignored,
        }


@contextmanager
def opened_input(
    what: str | Path, *, name: str | None = None, mapping: Path | None = None
) -> Iterator[Input]:
    """The input ``what``: ``"builtin"``, a folder or a file; see ``ingest.inputs.input_of``."""
    if str(what) == BUILTIN:
        with as_file(files("data") / "jiangxi") as folder:
            yield Input(folder, BUILTIN, "江西内置数据", BUILTIN)
        return
    yield input_of(what, name=name, mapping=mapping)


def plan_load(
    what: str | Path,
    truth: TruthStore,
    ontology: Ontology,
    name: str | None = None,
    *,
    mapping: Path | None = None,
    partial: bool = False,
    progress: Progress | None = None,
    workers: int | None = None,
) -> LoadPlan:
    """Read ``what`` (``"builtin"``, a folder or a file) and plan its load against the current truth.

    A dataset is named ``name``, or after its folder or file. Nothing is written but a scratch file, which the
    plan holds.

    Parameters
    ----------
    mapping : how the file's columns are read, if it is no Lianpu table.
    partial : leave rows with faults out and load the others.
    workers : processes that help to read many rows; ``None``: as many as are of use here.

    Raises
    ------
    BadInput
        There is nothing of that name, no table in it, or a name that no dataset may have. Faults inside
        tables do not raise: they are in the plan.
    """
    with opened_input(what, name=name, mapping=mapping) as source:
        return plan_input(source, truth, ontology, partial=partial, progress=progress, workers=workers)


def commit_load(
    plan: LoadPlan,
    truth: TruthStore,
    *,
    user: str = "",
    visibility: int | None = None,
    owner: str | None = None,
) -> Committed:
    """Make what was planned current.

    Raises
    ------
    BadInput
        The plan has faults, and is not to leave their rows out; or nothing is left without them.
    Busy
        The facts have changed since the load was planned.
    """
    if plan.refused:
        refuse(plan.faults, plan.input.origin, plan.staged.fault_count)
    what = Newcomer(
        plan.input.dataset,
        plan.input.title,
        plan.input.origin,
        user=user,
        visibility=visibility,
        owner=owner,
        merges=tuple(plan.merges),
        counts={**plan.changes.counts, "rejected": plan.staged.fault_count},
    )
    return truth.commit_staged(plan.scratch, what, planned_at=plan.changes.mark[0])


def plan_input(
    source: Input, truth: TruthStore, ontology: Ontology, *, partial: bool = False,
    progress: Progress | None = None, workers: int | None = None,
) -> LoadPlan:  # fmt: skip
    """``plan_load`` for an input that is made already; parameters as there."""

    def tell(step: str) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda done, total: progress(step, done, total)

    reading = tell("read")
    mark, scratch, dataset = truth.mark, truth.scratch(), source.dataset
    read = None if reading is None else lambda rows: reading(rows, 0)
    items = source.items(ontology)
    found = stage(items, dataset, truth, scratch, ontology, partial=partial, progress=read, workers=workers)
    if not found.rows and not found.fault_count:
        examples = any(note.kind == "example" for note in found.notes)
        zh, en = (
            ("；只有示例行，请在下面填写", "; there are only examples: fill in below them")
            if examples
            else ("", "")
        )
        zh, en = f"至少一行数据{zh}", f"at least one row of data{en}"
        found.refuse([Fault(source.path.name, 0, "", "0", zh, en)])
    told = [] if dataset == BUILTIN else replaces(dataset, source.origin, truth.datasets())
    ignored = source.ignored()
    if found.fault_count and not partial:
        return LoadPlan(source, found, scratch, Planned(mark), notices=told, ignored=ignored)
    decisions = truth.decisions()
    with truth.looking(scratch) as db:
        if _current(db, dataset) and not differs(db, dataset):
            return LoadPlan(
                source, found, scratch, Planned(mark), notices=told, ignored=ignored, partial=partial
            )
        known = _identified(db, dataset, decisions, ontology)
        after = (*decisions, *_as_decisions(known.merges))
        change = Change(dataset, staged=True, before=tuple(decisions), after=after)
        changes = plan_change(db, change, ontology, tell("plan"))
        if dataset != BUILTIN:
            members = Members(View(db, stage=dataset, decisions=after), ontology)
            told += islice(notices_of(db, dataset, members, ontology), MOST_NOTICES)
        said = answered_merges(View(db, stage=dataset), dataset, decisions)
        answered = [Merge(d.payload["keep"], d.payload["retire"], d.reason) for d in said]
        every = (*known.merges, *answered)
        firms = {key for m in every for key in (m.keep, m.retire) if key.startswith("firm/")}
        named = View(db, stage=dataset).of_keys(sorted(firms))
        names = {a.key: str(a.props["name"]) for a in named if "name" in a.props}
    return LoadPlan(
        source, found, scratch, replace(changes, mark=mark), known.merges, names, known.questions,
        known.not_asked, told, ignored, partial, answered,
    )  # fmt: skip


def _current(db: sa.Connection, dataset: str) -> bool:
    """Whether the dataset's newest version is its current one."""
    newest = sa.select(sa.func.max(t.version.c.number)).where(t.version.c.dataset == dataset)
    query = sa.select(t.dataset.c.current_version == newest.scalar_subquery())
    return bool(db.execute(query.where(t.dataset.c.id == dataset)).scalar_one_or_none())


def _identified(db: sa.Connection, dataset: str, decisions: list[Decision], ontology: Ontology) -> Identified:
    """Who the firms are that the dataset brings and nobody else states."""
    if dataset == BUILTIN:
        return Identified()
    others = View(db, versions={dataset: None}, decisions=decisions)
    all_of_it = View(db, stage=dataset, decisions=decisions)
    known = sa.exists().where(others.holds(), t.assertion.c.key == staged.c.key).correlate(staged)
    fresh = (staged.c.cls == "Firm", ~known)
    if next(others.of_class("Firm"), None) is None:
        return Identified()  # there is none that it could be
    count = db.execute(sa.select(sa.func.count(staged.c.key.distinct())).where(*fresh)).scalar_one()
    if count > MOST:
        return Identified(not_asked=count)
    new = stated(db, dataset, *fresh)
    return identify(new, others, all_of_it, decisions, ontology)


def _as_decisions(merges: list[Merge]) -> list[Decision]:
    """The merges as decisions that are still to be made."""
    return [
        Decision(-number, "merge", {"keep": m.keep, "retire": m.retire}, m.reason, "", "")
        for number, m in enumerate(merges, start=1)
    ]
