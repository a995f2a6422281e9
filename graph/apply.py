"""Applying a plan to an engine, and bringing a graph that fell behind up to the truth.

The stamp on the graph (``MetaState``) says which revision of the truth it shows and whether it is whole. A
graph that is not whole, or shows another revision, is compared member by member with the projection and
mended: that is how an interrupted apply ends, at whatever point it was cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.members import projected
from graph.mending import compare
from graph.ontology import Ontology
from graph.planned import Planned
from graph.planned import changes as planned_changes
from graph.store import MetaState, Store
from graph.truth import Scratch, TruthStore, View
from graph.write import ROWS, Change, Progress, write_changes

#: Most changes a transaction.
BATCH = ROWS
#: Raised when the projection's rules change; with the ontology it makes the form of the stored graph, so that
#: a graph of another form is mended at the next start.
RULES = 3


@dataclass(frozen=True, slots=True)
class Report:
    """What ``bring_up_to_date`` did: ``nothing``, ``filled`` (was empty), ``imported`` (came by the bulk
    way: constraints made), ``applied`` or ``mended``."""

    action: str
    revision: int
    written: int


async def bring_up_to_date(
    store: Store,
    truth: TruthStore,
    ontology: Ontology,
    *,
    plan: Planned | None = None,
    scratch: Scratch | None = None,
    progress: Progress | None = None,
) -> Report:
    """Make the engine's graph equal to the projection of the truth. The caller holds the write lock.

    Parameters
    ----------
    plan, scratch : the planned change that led to this revision, and the scratch file it was written to; used
        only where the graph is whole and shows the very revision at which it was planned.
    progress : called with rows done and rows in all.

    Raises
    ------
    ForeignGraph
        The database holds something that is not this store's graph. It is left as it is.
    """
    mark, form = truth.mark, form_of(ontology)
    meta = await store.meta(expected_store_id=truth.store_id)
    shown = _shown(meta, form)
    if shown == mark:
        return Report("nothing", mark[0], 0)
    known = plan if plan is not None and scratch is not None and shown == plan.mark else None
    if known is None:
        await store.bootstrap()
    if meta is not None and meta.state == "imported" and _shown(replace(meta, state="whole"), form) == mark:
        await store.set_meta(replace(meta, state="whole"))
        return Report("imported", mark[0], 0)
    with truth.looking(scratch) as db:
        view = View(db, decisions=truth.decisions())
        if meta is None:
            action, total = "filled", view.count()
            changes: Iterator[Change] = iter(projected(view, ontology))
        elif known is not None:
            action, total = "applied", len(known)
            changes = planned_changes(db, view, ontology)
        else:
            mending = await compare(store, lambda: projected(view, ontology))
            action, total = "mended", len(mending)
            changes = mending.changes(projected(view, ontology))
        stamp = MetaState(truth.store_id, mark[0], "applying", form, mark[1])
        await store.set_meta(stamp)
        written = await write_changes(store, ontology, changes, total, progress, rows=BATCH)
        await store.set_meta(replace(stamp, state="whole"))
    return Report(action, mark[0], written)


async def is_current(store: Store, truth: TruthStore, ontology: Ontology) -> bool:
    """Whether the engine's graph is whole, of this program's form, and shows the truth's newest revision."""
    meta = await store.meta(expected_store_id=truth.store_id)
    return _shown(meta, form_of(ontology)) == truth.mark


def form_of(ontology: Ontology) -> int:
    """What the stored graph depends on besides the truth: the projection's rules and the ontology."""
    return (RULES << 48) + ontology.fingerprint


def _shown(meta: MetaState | None, form: int) -> tuple[int, str] | None:
    """The revision that a whole graph of this form shows, else ``None``."""
    return meta.mark if meta is not None and (meta.state, meta.schema) == ("whole", form) else None
