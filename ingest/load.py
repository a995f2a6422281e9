"""Loading a folder of tables: read, check, plan, commit. The graph follows by ``graph.apply``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from graph.errors import BadInput
from graph.facts import Assertion
from graph.ontology import Ontology
from graph.plan import Plan, plan_between
from graph.projection import project
from graph.truth import Committed, TruthStore
from ingest.assertions import to_assertions
from ingest.consistency import consistency_faults
from ingest.faults import Fault, refuse
from ingest.sites import with_sites
from ingest.tables import read_folder

#: Id of the dataset that comes with the program, and the word for it on the command line.
BUILTIN = "builtin"


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is loaded as one: its id, a title for people, and where its rows came from."""

    id: str
    title: str
    origin: str


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """What a load would change at ``revision``: assertions read, faults found, and changes of the graph."""

    dataset: Dataset
    revision: int
    assertions: list[Assertion]
    faults: list[Fault]
    changes: Plan

    def as_json(self) -> dict[str, Any]:
        """JSON-ready: keys added, changed, removed; rejected rows with their faults."""
        return {
            "dataset": self.dataset.id,
            "origin": self.dataset.origin,
            "assertions": len(self.assertions),
            **self.changes.as_json(),
            "rejected": [f.as_json() for f in self.faults],
        }


def plan_load(what: str | Path, truth: TruthStore, ontology: Ontology) -> LoadPlan:
    """Read ``what`` (``"builtin"`` or a folder) and plan its load against the current truth.

    A folder's dataset is named after the folder. Nothing is written.

    Raises
    ------
    BadInput
        There is no such folder, or no table in it. Faults inside tables do not raise: they are in the plan.
    """
    if str(what) == BUILTIN:
        with as_file(files("data") / "jiangxi") as folder:
            return _plan(folder, Dataset(BUILTIN, "江西内置数据", BUILTIN), truth, ontology)
    folder = Path(what)
    name = folder.resolve().name
    if name == BUILTIN:
        raise BadInput(
            f"{folder}: a dataset may not be named {BUILTIN!r}; rename the folder", file=str(folder)
        )
    return _plan(folder, Dataset(name, name, name), truth, ontology)


def read_dataset(
    folder: Path, dataset: str, others: list[Assertion], ontology: Ontology
) -> tuple[list[Assertion], list[Fault]]:
    """All assertions of the tables in ``folder``, and the faults of its cells or, if there are none, of what
    its rows refer to.

    ``others`` are the current assertions of all other datasets, to which rows may refer.
    """
    rows, faults = read_folder(folder, ontology)
    stated, cell_faults = to_assertions(rows, dataset, ontology)
    faults += cell_faults
    if faults:  # what refers to a refused row would seem wrong too
        return stated, faults
    assertions, faults = with_sites(stated, others, ontology)
    return assertions, faults or consistency_faults(assertions, others, ontology)


def commit_load(plan: LoadPlan, truth: TruthStore) -> Committed:
    """Make the planned assertions current.

    Raises
    ------
    BadInput
        The plan has faults.
    Busy
        The facts have changed since the load was planned.
    """
    refuse(plan.faults, plan.dataset.origin)
    dataset = plan.dataset
    return truth.commit(dataset.id, dataset.title, plan.assertions, dataset.origin, planned_at=plan.revision)


def _plan(folder: Path, dataset: Dataset, truth: TruthStore, ontology: Ontology) -> LoadPlan:
    revision = truth.revision
    current = list(truth.current())
    others = [a for a in current if a.dataset != dataset.id]
    assertions, faults = read_dataset(folder, dataset.id, others, ontology)
    if faults or _same(assertions, [a for a in current if a.dataset == dataset.id]):
        return LoadPlan(dataset, revision, assertions, faults, Plan())
    decisions = truth.decisions()
    before = project(current, decisions, ontology)
    after = project([*others, *assertions], decisions, ontology)
    return LoadPlan(dataset, revision, assertions, faults, plan_between(before, after))


def _same(new: list[Assertion], old: list[Assertion]) -> bool:
    return {a.content_hash() for a in new} == {a.content_hash() for a in old}
