"""``lianpu targets``: the target list, what is overdue, the funnel, one entry's history."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Any

import typer

from graph.gaps.gap_ids import ends_of
from graph.targets import Book, Target, funnel_of
from graph.targets.entry import change_entry
from graph.targets.funnel import By
from lianpu.app import command
from lianpu.begin import begin
from lianpu.csv_out import print_csv
from lianpu.i18n import t
from lianpu.options import Csv, Json
from lianpu.out import console, print_json
from lianpu.render.targets import (
    FUNNEL_COLUMNS,
    TARGET_COLUMNS,
    funnel_rows,
    show_funnel,
    show_no_hit,
    show_target,
    show_targets,
    target_rows,
)
from lianpu.session import Session, open_session

PANEL = "gaps"
PLACE = 55


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "targets",
        "招商目标清单：全部、逾期的、漏斗，或一个目标的经过",
        "The target list: all, what is overdue, the funnel, or the history of one",
    )
    def targets(
        key: Annotated[
            str | None,
            typer.Argument(
                metavar="KEY", show_default=False, help=t("一个目标的标识", "One target, by its key")
            ),
        ] = None,
        *,
        chain: Annotated[
            str | None,
            typer.Option(
                "--chain",
                metavar="CHAIN",
                show_default=False,
                help=t("只看这条链（代号）", "One chain (slug)"),
            ),
        ] = None,
        status: Annotated[
            str | None,
            typer.Option("--status", show_default=False, help=t("只看这种状态", "Only this status")),
        ] = None,
        overdue: Annotated[
            bool, typer.Option("--overdue", help=t("只看逾期的", "Only those whose time is over"))
        ] = False,
        funnel: Annotated[
            By | None,
            typer.Option(
                "--funnel",
                show_default=False,
                help=t("漏斗：按月、地区或链", "The funnel by month, place or chain"),
            ),
        ] = None,
        csv: Csv = False,
        json: Json = False,
    ) -> None:
        asyncio.run(_run(key, (chain, status, overdue), funnel, csv=csv, json=json))


async def _run(
    key: str | None, only: tuple[str | None, str | None, bool], funnel: By | None, *, csv: bool, json: bool
) -> None:
    async with open_session(begin(), quiet=json or csv) as session:
        book = Book(session.truth.decisions())
        if key is not None:
            one = book.named(key)
            names = await _names(session, [one])
            print_json(one) if json else show_target(one, names, console())
            return
        chosen = _chosen(session, book, only)
        if funnel is not None:
            made = funnel_of(chosen, funnel, session.ontology)
            if csv:
                print_csv([t(*c) for c in FUNNEL_COLUMNS], funnel_rows(made))
            elif json:
                print_json(made)
            else:
                show_funnel(made, console())
            return
        names = await _names(session, chosen)
    if csv:
        print_csv([t(*c) for c in TARGET_COLUMNS], target_rows(chosen, names))
    elif json:
        items: list[dict[str, Any]] = [one.model_dump(mode="json") for one in chosen]
        print_json({"items": items, "total": len(items)})
    else:
        everything = book.all()
        if everything and not chosen:
            show_no_hit(len(everything), overdue_only=only == (None, None, True), out=console())
            return
        show_targets(chosen, names, date.today().isoformat(), console())


def _chosen(session: Session, book: Book, only: tuple[str | None, str | None, bool]) -> list[Target]:
    chain, status, overdue = only
    found = book.chosen(chain=chain, late_on=date.today().isoformat() if overdue else None)
    if status is None or not found:
        return found
    wanted = change_entry(found[0].entry, {"status": status}, session.ontology).status
    return [one for one in found if one.entry.status == wanted]


async def _names(session: Session, targets: list[Target]) -> dict[str, str]:
    """Captions of the firms, segments, places and parks that targets name; what is gone keeps its id."""
    ids = {
        i
        for one in targets
        for i in (one.entry.firm, one.entry.park, one.entry.project, *ends_of(one.entry.gap))
        if i
    }
    rows = await session.repository.nodes(sorted(ids))
    return {row.id: row.caption for row in rows}
