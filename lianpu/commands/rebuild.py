"""``lianpu rebuild``: write the whole graph anew on the engine that the settings name."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

import typer

from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import Json, NoInput
from lianpu.out import console, print_json
from lianpu.session import bring_up, open_session
from lianpu.settings import Settings

PANEL = "data"
PLACE = 40


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "rebuild",
        "把图谱与事实库逐条比对并补正，或写到换上的引擎里",
        "Compare the graph with the facts, member by member, and mend it; fills a newly named engine",
    )
    def run(json: Json = False, no_input: NoInput = False) -> None:
        asyncio.run(_rebuild(begin(), json=json, quiet=no_input))


async def _rebuild(settings: Settings, *, json: bool, quiet: bool) -> None:
    async with open_session(settings, quiet=quiet) as session:
        report = await bring_up(
            session, t("比对并补正图谱", "Comparing and mending the graph"), quiet=quiet, compare=True
        )
        count = await session.store.count()
    if json:
        print_json({**asdict(report), "entities": count.nodes, "relations": count.relations})
        return
    console().print(
        t(
            f"图谱已与事实库一致：实体 {count.nodes}，关系 {count.relations}，补正 {report.written} 条",
            f"The graph equals the facts: {count.nodes} entities, {count.relations} relations; "
            f"{report.written} mended",
        )
    )
