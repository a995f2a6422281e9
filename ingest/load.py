"""Loading a folder of tables: read, check, plan, commit. The graph follows by ``graph.apply``."""

from __future__ import annotations

from dataclasses import dataclass, field
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
from ingest.notices import Notice, notices_of, replaces
from ingest.sites import with_sites
from ingest.suggest import Suggest
from ingest.tables import as_written, other_files, read_folder

#: Id of the dataset that comes with the program, and the word for it on the command line.
BUILTIN = "builtin"
#: Longest name of a dataset.
_NAME_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is loaded as one: its id, a title for people, and where its rows came from."""

    id: str
    title: str
    origin: str


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """What a load would change at ``revision``: assertions read, faults found, and changes of the graph.

    ``notices`` tell what it does to things already known, ``ignored`` which files of the folder are no
    tables.
    """

    dataset: Dataset
    revision: int
    assertions: list[Assertion]
    faults: list[Fault]
    changes: Plan
    notices: list[Notice] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """JSON-ready: keys added, changed, removed; rejected rows with their faults."""
        return {
            "dataset": self.dataset.id,
            "origin": self.dataset.origin,
            "assertions": len(self.assertions),
            **self.changes.as_json(),
            "rejected": [f.as_json() for f in self.faults],
            "notices": [n.as_json() for n in self.notices],
            "ignored": self.ignored,
        }


def plan_load(what: str | Path, truth: TruthStore, ontology: Ontology, name: str | None = None) -> LoadPlan:
    """Read ``what`` (``"builtin"`` or a folder) and plan its load against the current truth.

    A folder's dataset is named ``name``, or after the folder. Nothing is written.

    Raises
    ------
    BadInput
        There is no such folder, no table in it, or a name that no dataset may have. Faults inside tables do
        not raise: they are in the plan.
    """
    if str(what) == BUILTIN:
        with as_file(files("data") / "jiangxi") as folder:
            return _plan(folder, Dataset(BUILTIN, "江西内置数据", BUILTIN), truth, ontology)
    if not str(what).strip():
        raise BadInput(
            "没有写文件夹；应为 builtin 或一个文件夹 · found no folder; expected builtin or a folder"
        )
    folder = Path(what).expanduser()
    name = (name or "").strip() or folder.resolve().name
    if name == BUILTIN or len(name) > _NAME_LIMIT or not name.isprintable():
        raise BadInput(
            f"{folder}：数据集不能叫 {name[:_NAME_LIMIT]!r}；用 --as 另起名字 · "
            f"{folder}: a dataset may not be named {name[:_NAME_LIMIT]!r}; give another name with --as",
            file=str(folder),
        )
    return _plan(folder, Dataset(name, name, str(folder.resolve())), truth, ontology)


def read_dataset(
    folder: Path, dataset: str, others: list[Assertion], ontology: Ontology
) -> tuple[list[Assertion], list[Fault]]:
    """All assertions of the tables in ``folder``, and the faults of its cells or, if there are none, of what
    its rows refer to.

    ``others`` are the current assertions of all other datasets, to which rows may refer.
    """
    rows, faults = read_folder(folder, ontology)
    stated, cell_faults = to_assertions(rows, dataset, ontology, Suggest(others, rows))
    faults += cell_faults
    if faults:  # what refers to a refused row would seem wrong too
        return stated, faults
    assertions, faults = with_sites(stated, others, ontology)
    return assertions, as_written(faults or consistency_faults(assertions, others, ontology), rows)


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
    builtin = dataset.id == BUILTIN
    ignored = [] if builtin else other_files(folder)
    notices = [] if builtin else replaces(dataset.id, dataset.origin, truth.datasets())
    if faults or _same(assertions, [a for a in current if a.dataset == dataset.id]):
        return LoadPlan(dataset, revision, assertions, faults, Plan(), notices, ignored)
    decisions = truth.decisions()
    before = project(current, decisions, ontology)
    after = project([*others, *assertions], decisions, ontology)
    notices += notices_of(assertions, others, before, after, ontology)
    return LoadPlan(dataset, revision, assertions, faults, plan_between(before, after), notices, ignored)


def _same(new: list[Assertion], old: list[Assertion]) -> bool:
    return {a.content_hash() for a in new} == {a.content_hash() for a in old}
