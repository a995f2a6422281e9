"""``lianpu queries``: the catalogue of Cypher queries the program asks."""

from __future__ import annotations

from typing import Annotated

import typer

from cypher import catalogue
from cypher.query import Query
from graph.errors import NotFound
from lianpu.app import command
from lianpu.i18n import t
from lianpu.options import Json
from lianpu.out import cell, console, print_json, table

PANEL = "about"
PLACE = 10


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "queries",
        "列出程序所用的 Cypher 查询；给出名称则显示其全文",
        "List the Cypher queries the program asks; with a name, show that one whole",
    )
    def queries(
        name: Annotated[
            str | None,
            typer.Argument(metavar="NAME", help=t("查询的名称", "Name of a query"), show_default=False),
        ] = None,
        json: Json = False,
    ) -> None:
        chosen = [q for q in catalogue() if name in (None, q.name)]
        if not chosen:
            raise NotFound(t(f"没有名为 {name} 的查询", f"There is no query named {name}"), query=name)
        if json:
            print_json({"queries": [_as_json(q) for q in chosen]})
        elif name is not None:
            console().print(cell(chosen[0].answers) + "\n")
            console().print(chosen[0].text, markup=False)
        else:
            _list(chosen)


def _list(chosen: list[Query]) -> None:
    grid = table("", t("名称", "Name"), t("标题", "Title"), t("参数", "Parameters"))
    for query in chosen:
        parameters = [param.name for param in query.params]
        grid.add_row(cell(query.name), cell(t(query.title_zh, query.title_en)), cell(parameters))
    console().print(grid)


def _as_json(query: Query) -> dict[str, object]:
    return {
        "name": query.name,
        "title": {"zh": query.title_zh, "en": query.title_en},
        "answers": query.answers,
        "writes": query.writes,
        "params": [{"name": p.name, "type": p.type, "help": p.help} for p in query.params],
        "returns": [{"name": r.name, "help": r.help} for r in query.returns],
        "placeholders": [{"name": p.name, "kind": p.kind} for p in query.placeholders],
        "text": query.text,
    }
