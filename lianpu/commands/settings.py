"""``lianpu settings``: every setting with its value and where the value comes from."""

from __future__ import annotations

import typer

from lianpu.app import command
from lianpu.i18n import t
from lianpu.options import Json
from lianpu.out import cell, console, print_json, table
from lianpu.settings import describe, load_settings

PANEL = "about"
_ORIGINS = {"default": ("默认", "default"), "environment": ("环境变量", "environment")}


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "settings",
        "列出全部设置、现值与来历",
        "List all settings, their values and where they come from",
    )
    def show(json: Json = False) -> None:
        rows = describe(load_settings())
        if json:
            print_json({"settings": rows})
            return
        grid = table(
            "", t("环境变量", "Variable"), t("现值", "Value"), t("来历", "Origin"), t("用途", "What for")
        )
        for row in rows:
            origin = t(*_ORIGINS[str(row["origin"])])
            grid.add_row(cell(row["variable"]), cell(row["value"]), origin, cell(row["help"]))
        console().print(grid)
