"""``lianpu loads``: what is loaded, with every version of each dataset."""

from __future__ import annotations

import typer

from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import Json
from lianpu.out import cell, console, print_json, table
from lianpu.session import open_truth

PANEL = "data"
PLACE = 30


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, PANEL, "loads", "列出已载入的数据集及其版本", "List the loaded datasets and their versions")
    def loads(json: Json = False) -> None:
        with open_truth(begin()) as truth:
            datasets, revision = truth.store.datasets(), truth.store.revision
        if json:
            print_json({"revision": revision, "datasets": datasets})
            return
        grid = table(
            t(f"修订 {revision}", f"Revision {revision}"),
            t("数据集", "Dataset"),
            t("名称", "Title"),
            "#" + t("版本", "Version"),
            "#" + t("事实数", "Assertions"),
            t("载入时间", "Loaded at"),
            t("现用", "Current"),
        )
        for dataset in datasets:
            for version in dataset["versions"]:
                current = t("是", "yes") if version["number"] == dataset["current_version"] else ""
                grid.add_row(
                    cell(dataset["id"]),
                    cell(dataset["title"]),
                    cell(version["number"]),
                    cell(version["assertions"]),
                    cell(version["created_at"]),
                    current,
                )
        console().print(grid)
