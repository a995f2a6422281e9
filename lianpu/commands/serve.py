"""``lianpu serve``: the pages and the API, on this machine."""

from __future__ import annotations

import asyncio
import socket
import webbrowser
from importlib.metadata import version
from typing import Annotated

import structlog
import typer
from fastapi import FastAPI

from api import Service, create_app
from lianpu.app import command
from lianpu.begin import begin
from lianpu.deliveries import DeliveryRoom
from lianpu.i18n import t
from lianpu.options import NoInput
from lianpu.out import console
from lianpu.private import warn_of_private
from lianpu.progress import working
from lianpu.serve import bind, loopback, serve, settle
from lianpu.session import Session, open_session
from lianpu.settings import Settings
from lianpu.target_desk import TargetDesk
from viz.pages import make_router

PANEL = "serve"
_log = structlog.get_logger(__name__)


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "serve",
        "打开网页和接口（只在本机）",
        "Serve the pages and the API (on this machine only)",
    )
    def run(
        host: Annotated[
            str | None,
            typer.Option("--host", help=t("本机地址（LIANPU_HOST）", "A loopback address (LIANPU_HOST)")),
        ] = None,
        port: Annotated[
            int | None,
            typer.Option(
                "--port",
                min=0,
                max=65535,
                help=t("端口，0 为任一空闲端口（LIANPU_PORT）", "Port, 0 for any free one (LIANPU_PORT)"),
            ),
        ] = None,
        open_browser: Annotated[
            bool,
            typer.Option("--open", help=t("就绪后在浏览器里打开", "Open it in the browser once it is ready")),
        ] = False,
        no_input: NoInput = False,
    ) -> None:
        settings = begin(level="info", host=host, port=port)
        listener = bind(loopback(settings.host), settings.port)
        with listener:
            asyncio.run(_serve(settings, listener, open_browser=open_browser, quiet=no_input))


async def _serve(settings: Settings, listener: socket.socket, *, open_browser: bool, quiet: bool) -> None:
    def ready(url: str) -> None:
        told = t(f"链谱已就绪：{url}（按 Ctrl-C 停止）", f"Lianpu is ready: {url} (Ctrl-C stops it)")
        console().print(told, markup=False)
        _log.info("ready", url=url)
        if open_browser:
            webbrowser.open(url)

    async with open_session(settings, quiet=quiet) as session:
        warn_of_private(session.truth)
        with working(t("建检索索引", "Building the search index"), quiet=quiet):
            await session.search.refresh()
        settle()
        await serve(application(session), listener, ready)
    _log.info("stopped")


def application(session: Session) -> FastAPI:
    """API and pages over a session."""
    service = Service(
        repository=session.repository,
        search=session.search,
        store=session.store,
        truth=session.truth,
        ontology=session.ontology,
        version=version("lianpu"),
        gaps=session.gaps,
        limits=session.repository.limits,
        desk=TargetDesk(session),
        deliveries=DeliveryRoom(session),
    )
    return create_app(service, pages=make_router(service))
