"""``lianpu worklist``: what to ask whom, where a link that matters is unknown or undecided."""

from __future__ import annotations

import typer

from graph.gaps.models import Worklist
from lianpu.app import command
from lianpu.ask import ask
from lianpu.csv_out import print_csv
from lianpu.i18n import t
from lianpu.options import AsOf, ChainName, Csv, Json, Limit, PlaceName
from lianpu.render.gap_rows import TASK_COLUMNS, task_rows
from lianpu.render.gaps import show_worklist
from lianpu.session import Session

PANEL = "gaps"
PLACE = 40


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "worklist",
        "要紧而未知、未定的环节：问什么、问谁",
        "Links that matter and are unknown or undecided: what to ask whom",
    )
    def worklist(
        *,
        chain: ChainName = None,
        place: PlaceName = "江西省",
        as_of: AsOf = None,
        limit: Limit = None,
        csv: Csv = False,
        json: Json = False,
    ) -> None:
        async def question(session: Session) -> Worklist:
            return await session.gaps.worklist(place, chain=chain, as_of=as_of, limit=limit)

        if csv:
            ask(question, lambda answer, _: print_csv([t(*c) for c in TASK_COLUMNS], task_rows(answer)))
        else:
            ask(question, show_worklist, json=json)
