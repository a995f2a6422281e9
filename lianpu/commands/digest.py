"""``lianpu digest``: the canonical digest of the facts' projection and of the graph on the engine."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from graph.digest import Digest, digest_of
from graph.members import projected
from graph.ontology import Ontology
from graph.stored import stored_members
from graph.truth import TruthStore, View
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import Json
from lianpu.out import cell, console, print_json, table
from lianpu.session import open_session, open_truth
from lianpu.settings import Settings

PANEL = "data"
PLACE = 50
DIFFERENT = 1


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "digest",
        "计算图谱的摘要：事实库的投影与引擎里的图应当相同",
        "The graph's digest: the projection of the facts and the engine's graph must agree",
    )
    def digest(
        no_engine: Annotated[
            bool,
            typer.Option(
                "--no-engine", help=t("只算事实库的投影，不启动引擎", "Only the facts' projection, no engine")
            ),
        ] = False,
        json: Json = False,
    ) -> None:
        settings = begin()
        facts, engine = (_of_facts(settings), None) if no_engine else asyncio.run(_of_both(settings))
        if json:
            print_json(
                {
                    "equal": None if engine is None else engine.total == facts.total,
                    "facts": facts.as_json(),
                    "engine": None if engine is None else engine.as_json(),
                }
            )
        else:
            _show(facts, engine)
        if engine is not None and engine.total != facts.total:
            raise typer.Exit(DIFFERENT)


def _of_facts(settings: Settings) -> Digest:
    with open_truth(settings) as truth:
        return _projected(truth.store, truth.ontology)


def _projected(store: TruthStore, ontology: Ontology) -> Digest:
    with store.looking() as db:
        return digest_of(projected(View(db, decisions=store.decisions()), ontology))


async def _of_both(settings: Settings) -> tuple[Digest, Digest]:
    """The digests of facts and engine at one revision; as the only writer, so that no load comes between."""
    async with (
        open_session(settings) as session,
        session.store.writing("lianpu digest", settings.write_wait_s),
    ):
        engine = Digest()
        async for member in stored_members(session.store):
            engine.add(member)
        return _projected(session.truth, session.ontology), engine


def _show(facts: Digest, engine: Digest | None) -> None:
    out = console()
    out.print(f"{t('事实库的投影', 'Projection of the facts')}: {facts.total}")
    if engine is None:
        return
    out.print(f"{t('引擎里的图', 'Graph on the engine')}:     {engine.total}")
    if engine.total == facts.total:
        out.print(f"[green]{t('相同', 'equal')}[/]")
        return
    out.print(f"[bold red]{t('不同；lianpu rebuild 可补正', 'different; `lianpu rebuild` mends it')}[/]")
    classes = sorted(c for c in {*facts.sums, *engine.sums} if facts.sums.get(c) != engine.sums.get(c))
    grid = table("", t("类别", "Class"), "#" + t("事实库", "Facts"), "#" + t("引擎", "Engine"))
    for cls in classes:
        grid.add_row(cell(cls), str(facts.counts.get(cls, 0)), str(engine.counts.get(cls, 0)))
    out.print(grid)
