"""``lianpu panorama``: every segment of a chain in a place with its verdict."""

from __future__ import annotations

import typer

from graph.gaps.models import Panorama
from lianpu.app import command
from lianpu.ask import ask
from lianpu.csv_out import print_csv
from lianpu.i18n import t
from lianpu.options import AsOf, Csv, Json, NeededChain, PlaceName
from lianpu.render.gap_rows import CELL_COLUMNS, cell_rows
from lianpu.render.gaps import show_panorama
from lianpu.session import Session

PANEL = "gaps"
PLACE = 10


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "panorama",
        "一条链在一地的全景：每个环节的现状、企业、在建与风险",
        "A chain in a place: status, firms, projects and risks of every segment",
    )
    def panorama(
        chain: NeededChain,
        place: PlaceName = "江西省",
        *,
        as_of: AsOf = None,
        csv: Csv = False,
        json: Json = False,
    ) -> None:
        async def question(session: Session) -> Panorama:
            return await session.gaps.panorama(chain, place, as_of=as_of)

        if csv:
            ask(question, lambda answer, _: print_csv([t(*c) for c in CELL_COLUMNS], cell_rows(answer)))
        else:
            ask(question, show_panorama, json=json)
