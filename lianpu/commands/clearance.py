"""``lianpu clearance``: up to which visibility this data directory shows facts and decisions."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer

from graph.truth import VISIBILITIES
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import Json, NoInput
from lianpu.out import cell, console, print_json
from lianpu.session import bring_up, open_session, open_truth, writing
from lianpu.settings import Settings
from lianpu.visibility import level_of, word_of

PANEL = "data"
PLACE = 47


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "clearance",
        "此数据目录显示到哪一级；更高的在检索、计数、图、导出、依据里都没有。不写级别则只看",
        "Up to which level this data directory shows things; what is above is absent from search, counts, "
        "pictures, exports and evidence. Without a level: shows it",
    )
    def clearance(
        level: Annotated[
            str | None,
            typer.Argument(
                metavar="[LEVEL]",
                help=t("public、internal、secret（公开、内部、商业秘密）", "public, internal, secret"),
            ),
        ] = None,
        *,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        settings, quiet = begin(), json or no_input
        wanted = None if level is None else level_of(level)
        if wanted is None:
            with open_truth(settings, quiet=quiet) as truth:
                told: dict[str, Any] = {"clearance": VISIBILITIES[truth.store.clearance], "changed": False}
        else:
            told = asyncio.run(_set(settings, wanted, quiet=quiet))
        if json:
            print_json(told)
            return
        word = word_of(VISIBILITIES.index(told["clearance"]))
        console().print(
            cell(
                t(
                    f"显示到：{word}。更高一级的数据集和决定在检索、计数、图、导出、依据里都没有，"
                    "事实库里仍留着",
                    f"Shown up to: {word}. Datasets and decisions above it are absent from search, counts, "
                    "pictures, exports and evidence; the truth store still has them",
                )
            )
        )


async def _set(settings: Settings, wanted: int, *, quiet: bool) -> dict[str, Any]:
    title = t("改显示的范围", "Change what is shown")
    async with open_session(settings, quiet=quiet) as session, writing(session, title):
        changed = session.truth.clearance != wanted
        if changed:
            session.truth.set_clearance(wanted)
            await bring_up(session, title, quiet=quiet)
            await session.search.refresh()
        count = await session.store.count()
    return {
        "clearance": VISIBILITIES[wanted],
        "changed": changed,
        "entities": count.nodes,
        "relations": count.relations,
    }
