"""Purging a dataset: the facts, the graph and every file of the data directory that told of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.changes import purging
from graph.decisions import Decision
from graph.engine.clearing import engine_alone
from graph.truth import TruthStore, View
from graph.truth import schema as t
from lianpu.changing import Manner, carry_out
from lianpu.i18n import t as words
from lianpu.run_folder import FOLDER, empty_folders
from lianpu.session import SEARCH_FILE, TRUTH_FILE, engine_config, open_session, open_truth
from lianpu.settings import Settings


@dataclass(frozen=True, slots=True)
class Kept:
    """What a purge does not take away.

    Attributes
    ----------
    decisions : what people decided about ids of the dataset that no other states.
    copies : files in the data directory that hold the store as it was once.
    """

    decisions: list[Decision]
    copies: list[Path]

    def as_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"decisions": [f"d{d.id}" for d in self.decisions], "copies": [str(p) for p in self.copies]}


def kept_of(truth: TruthStore, dataset: str, home: Path) -> Kept:
    """What would be kept if ``dataset`` were purged."""
    made = {one.id for one in truth.loads() if one.dataset == dataset}
    copies = sorted(p for p in home.glob("truth-*.sqlite") if p.name != TRUTH_FILE)
    with truth.looking() as db:
        view = View(db)
        about = []
        for d in truth.decisions():
            if d.load in made:
                continue
            stated = view.where(t.assertion.c.key.in_(d.names()))
            if any(a.dataset == dataset for a in stated):
                about.append(d)
    return Kept(about, copies)


def purge_embedded(settings: Settings, dataset: str) -> dict[str, int]:
    """Purge with the embedded engine: its files and the search index are removed and made anew later."""
    with (
        open_truth(settings, quiet=True) as truth,
        engine_alone(engine_config(settings), settings.write_wait_s) as clear,
    ):
        try:
            return truth.store.purge(dataset)
        finally:  # also where the file could not be written anew: what tells of it elsewhere goes
            clear()
            forget_files(settings.home)


def forget_files(home: Path) -> None:
    """Remove search index, deliverables of servers, and scratch files of programs that were ended hard."""
    for name in ("", "-wal", "-shm"):
        (home / f"{SEARCH_FILE}{name}").unlink(missing_ok=True)
    for path in (home / "scratch").glob("scratch-*"):
        path.unlink(missing_ok=True)
    empty_folders(home / FOLDER)


async def purge_on_server(settings: Settings, dataset: str, *, quiet: bool) -> dict[str, int]:
    """Purge with Neo4j: what goes is removed there; the search index is removed and made anew."""
    title = words(f"清除数据集 {dataset}", f"Purge dataset {dataset}")
    async with open_session(settings, quiet=quiet) as session:
        _, gone = await carry_out(
            session,
            title,
            lambda: purging(session.truth, dataset),
            lambda _plan: session.truth.purge(dataset),
            Manner(yes=True, quiet=quiet),
        )
        forget_files(settings.home)
        await session.search.refresh()
    config = engine_config(settings)
    if config.engine_dir.exists():  # the embedded engine may have shown it before a server was named
        with engine_alone(config, settings.write_wait_s) as clear:
            clear()
    return gone or {}


async def fill_again(settings: Settings, *, quiet: bool) -> None:
    """Make graph and search index of what is left."""
    async with open_session(settings, seed=False, quiet=quiet) as session:
        await session.search.refresh()
