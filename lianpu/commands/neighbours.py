"""``lianpu neighbours``: what an entity is tied to, relation by relation, page by page."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.ontology import load_ontology
from graph.repository import Direction, Neighbours
from lianpu.app import command
from lianpu.ask import ask
from lianpu.i18n import t
from lianpu.options import AsOf, Entity, Json, Limit
from lianpu.render.entity import show_neighbours
from lianpu.resolve import resolve
from lianpu.session import Session

PANEL = "ask"
PLACE = 40


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "neighbours",
        "一个条目的邻居，按关系分组，可翻页",
        "The neighbours of an entity, grouped by relation, page by page",
    )
    def neighbours(
        entity: Entity,
        *,
        relation: Annotated[
            str | None,
            typer.Option(
                "--relation",
                metavar="CLASS",
                help=t("只看这种关系，如 WORKS_IN", "Only this relation, such as WORKS_IN"),
            ),
        ] = None,
        direction: Annotated[
            Direction | None,
            typer.Option(
                "--direction", help=t("out 由此出发，in 指向此处", "out from here, in towards here")
            ),
        ] = None,
        limit: Limit = None,
        after: Annotated[
            str | None,
            typer.Option(
                "--after",
                metavar="NEXT",
                help=t(
                    "从上一页的 next 接着；需同时给出关系和方向",
                    "Go on from next; needs relation and direction",
                ),
            ),
        ] = None,
        as_of: AsOf = None,
        json: Json = False,
    ) -> None:
        async def question(session: Session) -> Neighbours:
            return await session.repository.neighbours(
                await resolve(session, entity),
                relation=relation,
                direction=direction,
                limit=limit,
                after=after,
                as_of=as_of,
            )

        ask(question, lambda answer, out: show_neighbours(answer, load_ontology(), out), json=json)
