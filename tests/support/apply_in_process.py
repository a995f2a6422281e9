"""A process that loads folders and takes loads back, for tests that kill it.

Over its pipe it takes orders: ``{"load": FOLDER}`` or ``{"undo": NUMBER}``. It sends a word at each stage:
``ready``, ``reading``, ``planned``, ``committed``, ``batch`` after each batch that the graph took, ``whole``.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import graph.apply
from graph.changes import planned, undoing
from graph.engine import EngineConfig
from graph.ontology import Ontology, load_ontology
from graph.planned import Planned
from graph.store import Store, open_store
from graph.truth import Scratch, TruthStore
from ingest.load import commit_load, plan_load


async def _carry_out(
    order: dict[str, Any], pipe: Connection, store: Store, truth: TruthStore, ontology: Ontology
) -> None:
    plan: Planned
    scratch: Scratch
    with ExitStack() as stack:
        pipe.send("reading")
        if "undo" in order:
            scratch = stack.enter_context(truth.scratch())
            plan = planned(truth, scratch, undoing(truth, order["undo"]), ontology)
            pipe.send("planned")
            truth.undo(order["undo"], planned_at=plan.mark[0], counts=plan.counts)
        else:
            load = plan_load(order["load"], truth, ontology)
            plan, scratch = load.changes, stack.enter_context(load.scratch)
            pipe.send("planned")
            commit_load(load, truth)
        pipe.send("committed")
        await graph.apply.bring_up_to_date(
            store, truth, ontology, plan=plan, scratch=scratch, progress=lambda *_: pipe.send("batch")
        )
    pipe.send("whole")


async def _main(config: EngineConfig, truth_file: Path, pipe: Connection) -> None:
    ontology = load_ontology()
    truth = TruthStore(truth_file)
    async with open_store(config, ontology) as store:
        pipe.send("ready")
        while True:
            order = await asyncio.to_thread(pipe.recv)
            async with store.writing("test", 60):
                await _carry_out(order, pipe, store, truth, ontology)


def work(config: EngineConfig, truth_file: Path, rows: int, pipe: Connection) -> None:
    """Carry out orders with ``rows`` rows a batch, until the process is killed."""
    graph.apply.BATCH = rows
    asyncio.run(_main(config, truth_file, pipe))
