"""Planning a load in the background: told how far it is, and given up at once when it is interrupted."""

from __future__ import annotations

import threading
from pathlib import Path

from graph.engine.advice import embedded_advice
from graph.ontology import Ontology
from graph.truth import TruthStore
from ingest.load import LoadPlan, Progress, plan_load
from lianpu.i18n import LANG, t
from lianpu.interrupts import GivenUpError, in_background
from lianpu.out import cell, console
from lianpu.progress import progress_bar
from lianpu.settings import Settings


def planned_load(
    what: str,
    truth: TruthStore,
    ontology: Ontology,
    *,
    name: str | None = None,
    mapping: Path | None = None,
    partial: bool = False,
    quiet: bool = False,
    stop: threading.Event | None = None,
) -> LoadPlan:
    """``ingest.load.plan_load`` with a bar on stderr; ends when ``stop`` is set."""
    with progress_bar(t("读表、检查、比较", "Reading, checking, comparing"), quiet=quiet) as bar:

        def report(_step: str, done: int, total: int) -> None:
            if stop is not None and stop.is_set():
                raise GivenUpError
            if bar is not None:
                bar(done, total or done)

        watch: Progress = report
        return plan_load(what, truth, ontology, name, mapping=mapping, partial=partial, progress=watch)


async def plan_in_background(
    what: str, truth: TruthStore, ontology: Ontology, *, name: str | None, mapping: Path | None,
    partial: bool, quiet: bool,
) -> LoadPlan:  # fmt: skip
    """``planned_load`` in a thread, so that Ctrl-C is heard while it works."""
    return await in_background(
        lambda stop: planned_load(
            what, truth, ontology, name=name, mapping=mapping, partial=partial, quiet=quiet, stop=stop
        )
    )


def advise(plan: LoadPlan, settings: Settings, held: tuple[int, int]) -> None:
    """Say before a large load that the embedded engine is the wrong choice for it.

    ``held``: assertions of entities and of relations that the store holds already.
    """
    if settings.neo4j_uri is not None:
        return
    added, relations = plan.changes.counts["added"], plan.changes.relations["added"]
    advice = embedded_advice(held[0] + added - relations, held[1] + relations)
    if advice is not None:
        console(err=True).print(f"[yellow]{t('注意', 'Note')}[/]: {cell(advice.text(LANG))}")
