"""Whole applications: a client of one with its desk, a client of pages over a service, one that is served."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from api import Service, create_app
from graph.facts import Assertion
from graph.gaps.gaps import Gaps
from graph.limits import Limits
from graph.ontology import Ontology
from graph.repository import Repository
from graph.search import LiveSearch, SearchIndex
from graph.store import Store
from graph.truth import TruthStore
from lianpu.commands.serve import application
from lianpu.session import Session, bring_up
from lianpu.settings import Settings
from viz.pages import make_router

BASE = "http://127.0.0.1:8000"
HTML = {"Accept": "text/html"}


@dataclass(frozen=True)
class Whole:
    """An application as ``lianpu serve`` puts it together: its session, and a client."""

    session: Session
    client: httpx.AsyncClient

    async def state(self, facts: Iterable[Assertion]) -> None:
        """Make these the facts of the dataset ``test``, and the graph show them."""
        self.session.truth.commit("test", "测试", list(facts), "test")
        await bring_up(self.session, "test", quiet=True)


def session_over(store: Store, ontology: Ontology, folder: Path, truth: TruthStore) -> Session:
    """A session over ``store`` and ``truth``, its data directory being ``folder``."""
    limits = Limits()
    search = LiveSearch(SearchIndex(folder / "search.sqlite", ontology, limits), store)
    return Session(
        settings=Settings(home=folder),
        ontology=ontology,
        truth=truth,
        store=store,
        repository=Repository(store, ontology, truth, limits),
        search=search,
        gaps=Gaps(store, ontology, limits, search=search),
    )


@asynccontextmanager
async def whole_application(
    store: Store,
    ontology: Ontology,
    folder: Path,
    facts: Iterable[Assertion],
    headers: Mapping[str, str] | None = None,
) -> AsyncIterator[Whole]:
    """The application over ``facts`` in the empty ``store``, its data directory being ``folder``."""
    truth = TruthStore(folder / "truth.sqlite")
    session = session_over(store, ontology, folder, truth)
    app = application(session)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    try:
        async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
            whole = Whole(session, client)
            await whole.state(facts)
            async with app.router.lifespan_context(app):
                yield whole
    finally:
        truth.close()


def pages_client(service: Service) -> httpx.AsyncClient:
    """A client of the pages (and the API) over ``service``; an error in them is raised here."""
    app = create_app(service, make_router(service))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE, headers=HTML)


@asynccontextmanager
async def served(service: Service) -> AsyncIterator[str]:
    """The address of a server of the pages over ``service``, on a free loopback port."""
    app = create_app(service, make_router(service))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await running
