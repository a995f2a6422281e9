"""``lianpu load``: plan a folder of tables, show what it would change, and load it."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated, Any

import typer

from graph.errors import BadInput
from ingest.load import BUILTIN, LoadPlan, commit_load, plan_load
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import LANG, t
from lianpu.options import Json, NoInput
from lianpu.out import cell, console, print_json, table
from lianpu.session import bring_up, open_session, open_truth
from lianpu.settings import Settings

PANEL = "data"
PLACE = 10
_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "load",
        "载入内置数据（builtin）或一个文件夹的表",
        "Load the built-in data (builtin) or a folder of tables",
    )
    def load(
        what: Annotated[
            str,
            typer.Argument(
                metavar="builtin|PATH",
                help=t("builtin，或放着 CSV 表的文件夹", "builtin, or a folder with CSV tables"),
                show_default=False,
            ),
        ],
        plan_only: Annotated[
            bool,
            typer.Option(
                "--plan-only", help=t("只看会改什么，不写入", "Only show what would change; write nothing")
            ),
        ] = False,
        yes: Annotated[
            bool, typer.Option("--yes", "-y", help=t("不问，直接载入", "Load without asking"))
        ] = False,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        settings = begin()
        if plan_only:
            _report(_planned(what, settings), json=json)
            return
        asyncio.run(_load(what, settings, json=json, ask=not (yes or json or no_input), quiet=no_input))


def _planned(what: str, settings: Settings) -> LoadPlan:
    with open_truth(settings, seed=what != BUILTIN) as truth:
        return plan_load(what, truth.store, truth.ontology)


async def _load(what: str, settings: Settings, *, json: bool, ask: bool, quiet: bool) -> None:
    async with open_session(settings, seed=what != BUILTIN, quiet=quiet) as session:
        before = session.truth.revision
        plan = plan_load(what, session.truth, session.ontology)
        if ask and sys.stdin.isatty() and not plan.faults and what != BUILTIN and len(plan.changes):
            _show(plan)
            typer.confirm(t("载入吗？", "Load this?"), abort=True, err=True)
        done = commit_load(plan, session.truth)
        # the planned changes hold only if no other load came between
        changes = plan.changes if done.revision == before + 1 else None
        await bring_up(session, t("写入图谱", "Writing the graph"), plan=changes, quiet=quiet)
    if json:
        print_json({**plan.as_json(), "version": done.version, "revision": done.revision})
        return
    _show(plan)
    console().print(
        t(
            f"已载入，版本 {done.version}，修订 {done.revision}",
            f"Loaded: version {done.version}, revision {done.revision}",
        )
    )


def _report(plan: LoadPlan, *, json: bool) -> None:
    if json:
        print_json(plan.as_json())
    else:
        _show(plan)
    if plan.faults:
        raise typer.Exit(BadInput.exit_code)


def _show(plan: LoadPlan) -> None:
    keys: dict[str, Any] = plan.as_json()
    kinds = {
        "added": t("新增", "added"),
        "changed": t("修改", "changed"),
        "removed": t("移除", "removed"),
        "rejected": t("拒绝", "rejected"),
    }
    grid = table(plan.dataset.title, t("变化", "Change"), "#" + t("条数", "Count"), t("例", "For example"))
    for kind, label in kinds.items():
        some = [one for one in keys[kind] if isinstance(one, str) and "/" in one][:4]
        grid.add_row(label, str(len(keys[kind])), cell(some))
    console().print(grid)
    for fault in plan.faults[:_SHOWN]:
        console().print(fault.text(LANG), markup=False)
    if len(plan.faults) > _SHOWN:
        console().print(
            t(
                f"……共 {len(plan.faults)} 处，--json 列出全部",
                f"… {len(plan.faults)} in all, listed by --json",
            )
        )
