"""``lianpu chain``: everything about one chain on a day; without a name, the list of chains."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console

from graph.repository import ChainCard, ChainRow, Listing
from lianpu.app import command
from lianpu.ask import ask
from lianpu.i18n import t
from lianpu.options import AsOf, Json, Limit
from lianpu.render.chain import show_chain, show_chains
from lianpu.session import Session

PANEL = "ask"
PLACE = 20


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "chain",
        "一条链的链长、部门、链主、环节、项目等；不给名称列出全部",
        "A chain: chiefs, departments, leaders, figures, segments, parks, clusters, projects; "
        "without a name, all chains",
    )
    def chain(
        slug: Annotated[
            str | None,
            typer.Argument(
                metavar="CHAIN",
                help=t(
                    "如 electronics、chain/electronics 或 电子信息",
                    "Such as electronics or chain/electronics",
                ),
                show_default=False,
            ),
        ] = None,
        as_of: AsOf = None,
        limit: Limit = None,
        json: Json = False,
    ) -> None:
        async def question(session: Session) -> ChainCard | Listing[ChainRow]:
            if slug is None:
                return await session.repository.chains()
            return await session.repository.chain(slug, as_of=as_of, limit=limit)

        ask(question, _show, json=json)


def _show(answer: Any, out: Console) -> None:
    if isinstance(answer, ChainCard):
        show_chain(answer, out)
    else:
        show_chains(answer, out)
