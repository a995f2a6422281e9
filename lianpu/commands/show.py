"""``lianpu show``: an entity, what is recorded of it, and the rows and sources behind each fact."""

from __future__ import annotations

from typing import Any

import typer
from rich.console import Console

from graph.repository import Assertions, EntityAnswer
from graph.repository.models import Model
from lianpu.app import command
from lianpu.ask import ask
from lianpu.options import Entity, Json, Limit
from lianpu.render.decision import as_json, show_decisions
from lianpu.render.entity import show_entity
from lianpu.resolve import resolve
from lianpu.session import Session

PANEL = "ask"
PLACE = 30


class Shown(Model):
    """An entity with its counts, the rows behind it, and the decisions about it that hold."""

    entity: EntityAnswer
    assertions: Assertions
    decisions: list[dict[str, Any]]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "show",
        "一个条目：记录了什么、出自哪些来源、有多少关系",
        "One entity: what is recorded, from which sources, and how many relations it has",
    )
    def show(entity: Entity, limit: Limit = None, json: Json = False) -> None:
        async def question(session: Session) -> Shown:
            entity_id = await resolve(session, entity)
            answer = await session.repository.entity(entity_id)
            rows = await session.repository.assertions(entity_id, limit=limit)
            held = [
                as_json(d)
                for d in session.truth.decisions()
                if d.undone_at is None and entity_id in d.names()
            ]
            return Shown(entity=answer, assertions=rows, decisions=held)

        def tell(shown: Shown, out: Console) -> None:
            show_entity(shown.entity, shown.assertions, out)
            show_decisions(shown.decisions, out)

        ask(question, tell, json=json)
