"""Putting a backup in the place of the data directory's facts, as the only writer, the old ones kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.apply import Report
from graph.engine.clearing import engine_alone
from graph.errors import ForeignGraph
from graph.ontology import load_ontology
from graph.store import open_store
from graph.truth import TruthStore
from lianpu.backup import Manifest, replace_content
from lianpu.i18n import t
from lianpu.session import TRUTH_FILE, bring_up, engine_config, open_session
from lianpu.settings import Settings
from lianpu.wiping import forget_files


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the former facts are kept (``None``: there were none), and what became of the graph."""

    kept: Path | None
    report: Report
    revision: int


def holds_anything(settings: Settings) -> bool:
    """Whether the data directory has facts that would be replaced."""
    path = settings.home / TRUTH_FILE
    if not path.is_file():
        return False
    store = TruthStore(path)
    try:
        return store.revision > 0
    finally:
        store.close()


async def restore(settings: Settings, copy: Path, manifest: Manifest, *, quiet: bool) -> Restored:
    """Make the facts those of ``copy``, then the graph.

    Raises
    ------
    EngineLocked, Busy
        Another program uses the engine, or writes. ForeignGraph: the Neo4j database shows another store.
    """
    if settings.neo4j_uri is None:
        kept = await asyncio.to_thread(_restore_alone, settings, copy, manifest)
    else:
        kept = await _restore_beside_server(settings, copy, manifest)
    async with open_session(settings, seed=False, quiet=quiet) as session:
        report = await bring_up(session, t("写入图谱", "Writing the graph"), quiet=quiet)
        await session.search.refresh()
        return Restored(kept, report, session.truth.revision)


def _restore_alone(settings: Settings, copy: Path, manifest: Manifest) -> Path | None:
    with engine_alone(engine_config(settings), settings.write_wait_s) as clear:
        kept, former = _replace(settings.home, copy)
        if former != manifest.store_id:  # the engine's graph is another store's
            clear()
            forget_files(settings.home)
    return kept


async def _restore_beside_server(settings: Settings, copy: Path, manifest: Manifest) -> Path | None:
    title = t("恢复备份", "restore a backup")
    async with (
        open_store(engine_config(settings), load_ontology()) as store,
        store.writing(title, settings.write_wait_s),
    ):
        shown = await store.meta()
        if shown is not None and shown.store_id != manifest.store_id:
            raise ForeignGraph(
                t(
                    "Neo4j 里是另一个事实库的图；指向一个空的数据库再恢复",
                    "the Neo4j database shows another truth store; name an empty database",
                ),
                found=shown.store_id,
                expected=manifest.store_id,
            )
        kept, _ = _replace(settings.home, copy)
    return kept


def _replace(home: Path, copy: Path) -> tuple[Path | None, str]:
    """Keep what is there, and put ``copy`` in its place; where it is kept, and the former store's id."""
    target = home / TRUTH_FILE
    store, kept = TruthStore(target), None
    try:
        former = store.store_id
        if store.revision > 0:
            kept = _free(home, f"truth-before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}")
            store.copy_to(kept)
    finally:
        store.close()
    replace_content(copy, target)
    return kept, former


def _free(home: Path, stem: str) -> Path:
    path, number = home / f"{stem}.sqlite", 1
    while path.exists():
        number += 1
        path = home / f"{stem}-{number}.sqlite"
    return path
