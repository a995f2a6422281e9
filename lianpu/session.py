"""A session: the rooms put together for one command or one server.

``open_truth`` gives the facts alone, ``open_session`` the facts and the graph that shows them. Both load the
built-in tables first when nothing was ever loaded; ``open_session`` also finishes what an interrupted
write left.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace

import structlog

from graph.apply import Report, bring_up_to_date, is_current
from graph.engine import EngineConfig
from graph.engine.locks import POLL_S, ExclusiveLock
from graph.errors import Busy, EngineUnavailable
from graph.gaps.gaps import Gaps
from graph.gaps.rules import load_rules
from graph.limits import Limits
from graph.ontology import Ontology, load_ontology
from graph.planned import Planned
from graph.repository import Repository
from graph.search import LiveSearch, SearchIndex, Stamp
from graph.store import Store, open_store
from graph.truth import Scratch, TruthStore
from lianpu.i18n import t
from lianpu.interrupts import interruptible
from lianpu.migrated import tell_migrated
from lianpu.out import console
from lianpu.progress import progress_bar, working
from lianpu.settings import Settings

TRUTH_FILE, SEARCH_FILE, SEED_LOCK = "truth.sqlite", "search.sqlite", "seed.lock"
#: Seconds that the reading of the built-in tables may take, at the least, before others give up waiting.
_SEEDING_S = 120.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Truth:
    """The facts: truth store, ontology and the settings they were opened with."""

    settings: Settings
    ontology: Ontology
    store: TruthStore


@dataclass(frozen=True, slots=True)
class Session:
    """The facts, the graph, and the questions asked of it."""

    settings: Settings
    ontology: Ontology
    truth: TruthStore
    store: Store
    repository: Repository
    search: LiveSearch
    gaps: Gaps


def stamp_of(truth: TruthStore) -> Stamp:
    """What a search index of the newest facts is stamped with."""
    return Stamp(truth.store_id, *truth.mark)


def limits_of(settings: Settings) -> Limits:
    """The bounds on answers that the settings name."""
    return Limits(
        page=settings.page_size,
        list_size=settings.list_size,
        rows=settings.max_rows,
    )


def search_index(settings: Settings, ontology: Ontology) -> SearchIndex:
    """The search index of the data directory, as it is."""
    return SearchIndex(settings.home / SEARCH_FILE, ontology, limits_of(settings))


def engine_config(settings: Settings) -> EngineConfig:
    """The engine that the settings name."""
    password = settings.neo4j_password
    return EngineConfig(
        home=settings.home,
        neo4j_uri=settings.neo4j_uri,
        neo4j_user=settings.neo4j_user,
        neo4j_password=None if password is None else password.get_secret_value(),
        neo4j_database=settings.neo4j_database,
        timeout_s=settings.read_timeout_s,
        heap=settings.heap,
    )


@contextmanager
def open_truth(settings: Settings, *, seed: bool = True, quiet: bool = False) -> Iterator[Truth]:
    """The truth store of the data directory.

    ``seed``: load the built-in tables if nothing was ever loaded; ``quiet``: show no progress.

    Raises
    ------
    TruthStoreError
        The data directory cannot be used.
    BadInput
        The built-in tables have faults.
    """
    ontology = load_ontology()
    store = TruthStore(settings.home / TRUTH_FILE)
    try:
        if store.migrated is not None:
            tell_migrated(store.migrated)
        if seed and store.revision == 0:
            with working(t("读内置的表", "Reading the built-in tables"), quiet=quiet), interruptible():
                _seed(store, ontology, settings)
        yield Truth(settings, ontology, store)
    finally:
        store.close()


def _seed(store: TruthStore, ontology: Ontology, settings: Settings) -> None:
    from ingest.inputs import BUILTIN
    from ingest.load import commit_load, plan_load  # needed once in the life of a data directory

    with _first(settings):
        if store.revision:
            return  # another command was first
        plan = plan_load(BUILTIN, store, ontology)
        with plan.scratch:
            done = commit_load(plan, store)
    _log.info("built-in-data-loaded", assertions=done.begun, revision=done.revision)


@contextmanager
def _first(settings: Settings) -> Iterator[None]:
    """Be the only command that fills an empty data directory; ``Busy`` when another takes too long at it."""
    lock = ExclusiveLock(settings.home / SEED_LOCK)
    wait_s = max(settings.write_wait_s, _SEEDING_S)
    deadline = time.monotonic() + wait_s
    while not lock.try_acquire():
        if time.monotonic() >= deadline:
            raise Busy(
                t(
                    f"另一个命令正在读入内置的表；等了 {wait_s:g} 秒。等它结束后再来",
                    f"Another command is reading the built-in tables; waited {wait_s:g} s. Try again later",
                )
            )
        time.sleep(POLL_S)
    try:
        yield
    finally:
        lock.release()


@asynccontextmanager
async def open_session(
    settings: Settings, *, seed: bool = True, quiet: bool = False
) -> AsyncIterator[Session]:
    """Facts and graph, the graph equal to the facts. ``seed`` as for ``open_truth``; ``quiet``: no progress.

    Raises
    ------
    EngineUnavailable, EngineLocked, WrongPassword, ForeignGraph, Busy
        The engine cannot be had or its graph may not be written.
    BadInput
        The user's own rules file is not as it should be.
    """
    rules = load_rules(settings.gap_rules)
    with open_truth(settings, seed=seed, quiet=quiet) as truth:
        async with AsyncExitStack() as stack:
            with working(t("启动图引擎", "Starting the engine"), quiet=quiet):
                store = await stack.enter_async_context(open_store(engine_config(settings), truth.ontology))
            limits = limits_of(settings)
            search = LiveSearch(search_index(settings, truth.ontology), store)
            session = Session(
                settings,
                truth.ontology,
                truth.store,
                store,
                Repository(store, truth.ontology, truth.store, limits),
                search,
                Gaps(store, truth.ontology, limits, rules=rules, search=search),
            )
            if not await is_current(store, truth.store, truth.ontology):
                await bring_up(session, t("写入图谱", "Writing the graph"), quiet=quiet)
            yield session


@asynccontextmanager
async def writing(session: Session, title: str) -> AsyncIterator[None]:
    """Be the only writer of the data directory, as ``title``; waits for another one and says who it is.

    Raises ``Busy`` if the other is still at work when the waiting time of the settings is over.
    """
    async with session.store.writing(title, session.settings.write_wait_s):
        yield


async def bring_up(
    session: Session,
    title: str,
    *,
    plan: Planned | None = None,
    scratch: Scratch | None = None,
    quiet: bool = False,
    compare: bool = False,
) -> Report:
    """Make the graph equal to the facts, as the only writer, with a bar titled ``title``.

    Parameters
    ----------
    plan, scratch : the planned change that led to the newest revision, if the caller knows it.
    compare : compare every member even where the graph says that it is whole and current.
    """
    store, truth = session.store, session.truth
    try:
        async with writing(session, title):
            if compare and (stamp := await store.meta(truth.store_id)) is not None:
                await store.set_meta(replace(stamp, state="applying"))
            with progress_bar(title, quiet=quiet) as progress:
                report = await bring_up_to_date(
                    store, truth, session.ontology, plan=plan, scratch=scratch, progress=progress
                )
    except (asyncio.CancelledError, EngineUnavailable):
        if plan is None:
            raise
        stored = t(
            "事实已存入，没有丢；图谱还没写完，下一个命令会接着写完",
            "The facts are stored, none is lost; the graph is not complete: the next command completes it",
        )
        console(err=True).print(f"[yellow]{t('注意', 'Note')}[/]: {stored}")
        raise
    _log.info("graph-brought-up", action=report.action, revision=report.revision, written=report.written)
    return report
