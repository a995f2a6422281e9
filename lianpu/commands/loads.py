"""``lianpu loads``: what was loaded and taken back, and the datasets there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import typer

from graph.truth import VISIBILITIES, Load
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import Json
from lianpu.out import cell, console, print_json, table
from lianpu.session import open_truth
from lianpu.visibility import word_of

PANEL = "data"
PLACE = 30
_KINDS = {"load": ("载入", "load"), "undo": ("撤销", "undo")}
_COUNTS = ("added", "changed", "removed", "rejected")


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "loads",
        "列出历次载入与撤销，以及各数据集；看一次：show-load 编号，撤销：undo 编号",
        "List all loads and undos, and the datasets; show-load N shows one, undo N takes it back",
    )
    def loads(json: Json = False) -> None:
        with open_truth(begin(), quiet=json) as truth:
            store = truth.store
            datasets, entries, revision = store.datasets(), store.loads(), store.revision
        if json:
            print_json(
                {"revision": revision, "datasets": datasets, "loads": [asdict(one) for one in entries]}
            )
            return
        _show_loads(entries, revision)
        _show_datasets(datasets)


def kind_of(one: Load) -> str:
    """What kind of entry it is, in the language of this run."""
    word = t(*_KINDS[one.kind])
    return f"{word} {one.undoes}" if one.undoes is not None else word


def versions_of(one: Load) -> str:
    """From which version to which."""
    before, after = ("—" if v is None else str(v) for v in (one.before, one.after))
    return f"{before} → {after}"


def _show_loads(entries: Iterable[Load], revision: int) -> None:
    grid = table(
        t(f"载入（修订 {revision}）", f"Loads (revision {revision})"),
        "#" + t("编号", "Number"),
        t("何时", "When"),
        t("谁", "Who"),
        t("种类", "Kind"),
        t("数据集", "Dataset"),
        t("版本", "Version"),
        "#" + t("新增", "Added"),
        "#" + t("修改", "Changed"),
        "#" + t("移除", "Removed"),
        "#" + t("拒绝", "Rejected"),
        "#" + t("被撤销", "Undone by"),
    )
    for one in entries:
        counts = [one.counts.get(name) for name in _COUNTS]
        cells = (
            one.id,
            one.at[:16].replace("T", " "),
            one.user,
            kind_of(one),
            one.dataset,
            versions_of(one),
            *counts,
        )
        grid.add_row(*(cell(value) for value in (*cells, one.undone_by)))
    console().print(grid)


def _show_datasets(datasets: list[dict[str, Any]]) -> None:
    grid = table(
        t("数据集", "Datasets"),
        t("数据集", "Dataset"),
        t("名称", "Title"),
        t("可见", "Visible to"),
        t("归谁", "Owner"),
        "#" + t("现用版本", "Current version"),
        "#" + t("版本数", "Versions"),
        "#" + t("事实数", "Assertions"),
    )
    for one in datasets:
        current = next((v for v in one["versions"] if v["number"] == one["current_version"]), None)
        seen = word_of(VISIBILITIES.index(one["visibility"]))
        number = t("未用", "none") if current is None else current["number"]
        count = None if current is None else current["assertions"]
        cells = (one["id"], one["title"], seen, one["owner"], number, len(one["versions"]), count)
        grid.add_row(*(cell(value) for value in cells))
    console().print(grid)
