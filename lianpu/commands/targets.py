"""``lianpu targets``: the target list, what is overdue, the funnel, one entry's history."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer

from graph.office_time import office_today
from graph.targets import Book, Target, funnel_of, names_of
from graph.targets.entry import change_entry
from graph.targets.funnel import By
from graph.targets.table import COLUMNS, FUNNEL_COLUMNS, funnel_rows, target_rows
from lianpu.app import command
from lianpu.begin import begin
from lianpu.csv_out import print_csv
from lianpu.i18n import LANG, t
from lianpu.options import Csv, Json
from lianpu.out import console, print_json
from lianpu.render.targets import show_funnel, show_no_hit, show_target, show_targets
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
    day = office_today().isoformat()
    async with open_session(begin(), quiet=json or csv) as session:
        book = Book(session.truth.decisions())
        chosen = [book.named(key)] if key is not None else _chosen(session, book, only, day)
        names = await names_of(session.repository, chosen)
    if key is not None:
        one = names.told(chosen[0])
        print_json(one) if json else show_target(one, names, day, console())
        return
    if funnel is not None:
        made = funnel_of(chosen, funnel, session.ontology, names)
        if csv:
            print_csv([c.text(LANG) for c in FUNNEL_COLUMNS], funnel_rows(made))
        elif json:
            print_json(made)
        else:
            show_funnel(made, console())
        return
    if csv:
        print_csv([c.text(LANG) for c in COLUMNS.values()], target_rows(chosen, names, day, LANG))
    elif json:
        items: list[dict[str, Any]] = [names.told(one).model_dump(mode="json") for one in chosen]
        print_json({"items": items, "total": len(items)})
    else:
        everything = book.all()
        if everything and not chosen:
            show_no_hit(len(everything), overdue_only=only == (None, None, True), out=console())
            return
        show_targets(chosen, names, day, console())


def _chosen(
    session: Session, book: Book, only: tuple[str | None, str | None, bool], day: str
) -> list[Target]:
    chain, status, overdue = only
    found = book.chosen(chain=chain, late_on=day if overdue else None)
    if status is None or not found:
        return found
    wanted = change_entry(found[0].entry, {"status": status}, session.ontology).status
    return [one for one in found if one.entry.status == wanted]
