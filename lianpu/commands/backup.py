"""``lianpu backup``: all facts, decisions and loads in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianpu.app import command
from lianpu.backup import write_backup
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import Force, Json
from lianpu.out import cell, console, print_json
from lianpu.outfile import check_target
from lianpu.progress import working
from lianpu.run_folder import FOLDER as DELIVERABLES
from lianpu.session import SEARCH_FILE, TRUTH_FILE, open_truth

PANEL = "data"
PLACE = 42


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "backup",
        "把全部事实、决定与载入记录存成一个文件；lianpu restore 读回，图谱由它重建",
        "Save all facts, decisions and loads in one file; lianpu restore reads it back and makes the graph",
    )
    def backup(
        file: Annotated[
            Path,
            typer.Argument(
                metavar="FILE", show_default=False, help=t("要写的 .zip 文件", "The .zip file to write")
            ),
        ],
        *,
        force: Force = False,
        json: Json = False,
    ) -> None:
        settings = begin()
        ours = (
            "engine",
            "scratch",
            DELIVERABLES,
            TRUTH_FILE,
            f"{TRUTH_FILE}-wal",
            f"{TRUTH_FILE}-shm",
            SEARCH_FILE,
        )
        check_target(file, option="FILE", force=force, never=[settings.home / name for name in ours])
        with (
            open_truth(settings, quiet=json) as truth,
            working(t("写备份", "Writing the backup"), quiet=json),
        ):
            made = write_backup(truth.store, file)
        if json:
            print_json({"file": str(file), "bytes": file.stat().st_size, **made.model_dump()})
            return
        console().print(
            cell(
                t(
                    f"已备份到 {file}：{made.datasets} 个数据集，{made.assertions} 条事实，"
                    f"{made.decisions} 个决定，修订 {made.revision}。含全部可见级别，请妥善保管",
                    f"Saved to {file}: {made.datasets} datasets, {made.assertions} assertions, "
                    f"{made.decisions} decisions, revision {made.revision}. It holds what is internal and "
                    "secret, too: keep it safe",
                )
            )
        )
