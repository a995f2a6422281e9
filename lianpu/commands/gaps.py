"""``lianpu gaps``: missing, weak and risky links of a chain in a place, each with its basis."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.gaps.gap_table import COLUMNS, gap_rows
from graph.gaps.models import Gap, GapList, Status
from lianpu.app import command
from lianpu.ask import ask
from lianpu.csv_out import print_csv
from lianpu.i18n import LANG, t
from lianpu.options import AsOf, ChainName, Csv, Json, Limit, PlaceName
from lianpu.render.gaps import show_gap, show_gaps
from lianpu.session import Session

PANEL = "gaps"
PLACE = 20


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "gaps",
        "一地一链缺、弱、有风险的环节，每条有规则和依据；不知道的不算缺",
        "Missing, weak and risky links of a chain in a place, each with its rule and facts; "
        "what is not known is not called missing",
    )
    def gaps(
        gap: Annotated[
            str | None,
            typer.Argument(
                metavar="GAP",
                show_default=False,
                help=t(
                    "只看一个缺口：它的编号，或 环节@地区，如 电解液@宜春市",
                    "One gap, by its id, or SEGMENT@PLACE by their names",
                ),
            ),
        ] = None,
        *,
        chain: ChainName = None,
        place: PlaceName = "江西省",
        status: Annotated[
            Status | None, typer.Option("--status", help=t("只看这种现状", "Only this status"))
        ] = None,
        rule: Annotated[
            str | None,
            typer.Option(
                "--rule", metavar="RULE", help=t("只看依这条规则的", "Only those that this rule found")
            ),
        ] = None,
        as_of: AsOf = None,
        limit: Limit = None,
        csv: Csv = False,
        json: Json = False,
    ) -> None:
        async def one(session: Session) -> Gap:
            return await session.gaps.gap(str(gap), as_of=as_of)

        async def several(session: Session) -> GapList:
            return await session.gaps.gaps(
                place, chain=chain, status=status, rule=rule, as_of=as_of, limit=limit
            )

        if gap is not None:
            ask(one, show_gap, json=json)
        elif csv:
            headings = [label.text(LANG) for label in COLUMNS.values()]
            ask(several, lambda a, _: print_csv(headings, gap_rows(a.items, a.cited, LANG)))
        else:
            ask(several, show_gaps, json=json)
