"""Applying a plan to an engine, and bringing a graph that fell behind up to the truth.

The stamp on the graph (``MetaState``) says which revision of the truth it shows and whether it is whole. A
graph that is not whole, or shows another revision, is compared member by member with the projection and
mended: that is how an interrupted apply ends, at whatever point it was cut off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from cypher import load_query
from graph.model import Graph, Node, Relation
from graph.ontology import Ontology
from graph.plan import Plan, plan_between
from graph.projection import project
from graph.store import MetaState, Store
from graph.stored import stored_graph
from graph.truth import TruthStore

#: Rows a statement; below the engines' message limits for rows of this size.
BATCH = 1000
#: Raised when the projection's rules change; with the ontology it makes the form of the stored graph, so that
#: a graph of another form is mended at the next start.
RULES = 2

Progress = Callable[[int, int], None]
T = TypeVar("T")
M = TypeVar("M", Node, Relation)


@dataclass(frozen=True, slots=True)
class Report:
    """What ``bring_up_to_date`` did: ``nothing``, ``filled`` (was empty), ``applied`` or ``mended``."""

    action: str
    revision: int
    written: int


async def bring_up_to_date(
    store: Store,
    truth: TruthStore,
    ontology: Ontology,
    *,
    plan: Plan | None = None,
    progress: Progress | None = None,
) -> Report:
    """Make the engine's graph equal to the projection of the truth. The caller holds the write lock.

    Parameters
    ----------
    plan : the changes of the last revision, if the caller knows them; used only when the graph is whole and
        exactly one revision behind.
    progress : called with rows done and rows in all.

    Raises
    ------
    ForeignGraph
        The database holds something that is not this store's graph. It is left as it is.
    """
    revision, form = truth.revision, form_of(ontology)
    meta = await store.meta(expected_store_id=truth.store_id)
    shown = _shown(meta, form)
    if shown == revision:
        return Report("nothing", revision, 0)
    if meta is None:
        await store.bootstrap()
        action, changes = "filled", plan_between(Graph(), _projected(truth, ontology))
    elif plan is not None and shown == revision - 1:
        action, changes = "applied", plan
    else:
        await store.bootstrap()
        action, changes = "mended", plan_between(await stored_graph(store), _projected(truth, ontology))
    stamp = MetaState(truth.store_id, revision, "applying", form)
    await store.set_meta(stamp)
    await apply_plan(store, changes, progress)
    await store.set_meta(replace(stamp, state="whole"))
    return Report(action, revision, len(changes))


async def is_current(store: Store, truth: TruthStore, ontology: Ontology) -> bool:
    """Whether the engine's graph is whole, of this program's form, and shows the truth's newest revision."""
    meta = await store.meta(expected_store_id=truth.store_id)
    return _shown(meta, form_of(ontology)) == truth.revision


def form_of(ontology: Ontology) -> int:
    """What the stored graph depends on besides the truth: the projection's rules and the ontology."""
    return (RULES << 48) + ontology.fingerprint


def _shown(meta: MetaState | None, form: int) -> int | None:
    """The revision that a whole graph of this form shows, else ``None``."""
    return meta.revision if meta is not None and (meta.state, meta.schema) == ("whole", form) else None


def _projected(truth: TruthStore, ontology: Ontology) -> Graph:
    return project(truth.current(), truth.decisions(), ontology)


async def apply_plan(store: Store, plan: Plan, progress: Progress | None = None) -> None:
    """Write a plan, one transaction a batch. ``bring_up_to_date`` puts the stamps around it."""
    done, total = 0, len(plan)
    for statement, parameters in _statements(plan):
        await store.write([(statement, parameters)])
        done += len(parameters["rows"])
        if progress is not None:
            progress(done, total)


def _statements(plan: Plan) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Removals first (relations, then nodes), then nodes, then relations, in batches by class."""
    for cls, relations in _by_class(plan.relations.removed):
        query = load_query("remove_relations").fill(REL=cls)
        for part in _batches(relations):
            yield query, {"rows": [{"rid": r.rid, "a": r.source} for r in part]}
    for ids in _batches([n.id for n in plan.nodes.removed]):
        yield load_query("remove_nodes").text, {"rows": ids}
    for cls, nodes in _by_class([*plan.nodes.added, *plan.nodes.changed]):
        query = load_query("merge_nodes").fill(CLASS=cls)
        for some in _batches(nodes):
            yield query, {"rows": [{"id": n.id, "props": n.props} for n in some]}
    for cls, relations in _by_class([*plan.relations.added, *plan.relations.changed]):
        query = load_query("merge_relations").fill(REL=cls)
        for part in _batches(relations):
            yield (
                query,
                {"rows": [{"rid": r.rid, "a": r.source, "b": r.target, "props": r.props} for r in part]},
            )


def _by_class(members: Sequence[M]) -> Iterator[tuple[str, list[M]]]:
    groups: dict[str, list[M]] = defaultdict(list)
    for member in members:
        groups[member.cls].append(member)
    yield from sorted(groups.items())


def _batches(items: Sequence[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), BATCH):
        yield list(items[start : start + BATCH])
