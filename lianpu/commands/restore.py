"""``lianpu restore``: put a backup in the place of what the data directory holds."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import BadInput
from lianpu.app import command
from lianpu.backup import Manifest, opened_backup
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import Json, NoInput, PlanOnly, Yes
from lianpu.out import cell, console, print_json
from lianpu.restoring import holds_anything, restore

PANEL = "data"
PLACE = 43


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "restore",
        "读回一个备份：先查完好，现有的事实另存一份再替换，图谱随之更新",
        "Read a backup back: checked first; the present facts are kept beside it, the graph follows",
    )
    def run(
        file: Annotated[
            Path,
            typer.Argument(
                metavar="FILE", show_default=False, help=t("lianpu backup 写的文件", "A backup file")
            ),
        ],
        *,
        plan_only: PlanOnly = False,
        yes: Yes = False,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        settings, quiet = begin(), json or no_input
        with opened_backup(file, settings.home / "scratch") as (copy, manifest):
            if not json:
                _show(manifest)
            if plan_only:
                if json:
                    print_json({"done": False, "backup": manifest.model_dump()})
                return
            if holds_anything(settings) and not yes:
                _confirm(asked=not quiet)
            done = asyncio.run(restore(settings, copy, manifest, quiet=quiet))
        if json:
            kept = None if done.kept is None else str(done.kept)
            told = {"done": True, "backup": manifest.model_dump(), "kept": kept, "revision": done.revision}
            print_json({**told, "action": done.report.action})
            return
        console().print(t(f"已恢复，修订 {done.revision}", f"Restored: revision {done.revision}"))
        if done.kept is not None:
            told_kept = t(
                f"原来的事实留在 {done.kept}（不要了可删）",
                f"The facts that were there are kept in {done.kept} (delete it when not needed)",
            )
            console().print(cell(told_kept))


def _show(m: Manifest) -> None:
    console().print(
        cell(
            t(
                f"备份作于 {m.made_at}（链谱 {m.program}）：{m.datasets} 个数据集，{m.assertions} 条事实，"
                f"{m.decisions} 个决定，修订 {m.revision}；完好",
                f"Backup of {m.made_at} (Lianpu {m.program}): {m.datasets} datasets, {m.assertions} "
                f"assertions, {m.decisions} decisions, revision {m.revision}; it is whole",
            )
        )
    )


def _confirm(*, asked: bool) -> None:
    if asked and sys.stdin.isatty():
        typer.confirm(t("用它替换现有的事实吗？", "Replace the present facts by it?"), abort=True, err=True)
        return
    raise BadInput(
        t("会替换现有的事实（原来的另存一份）；确定后加 --yes",
          "this replaces the present facts (a copy is kept); add --yes if it is meant")
    )  # fmt: skip
