"""``lianpu load``: plan what a folder or file would change, show it, and load it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import BadInput, UsageError
from graph.truth import VISIBILITIES
from ingest.inputs import BUILTIN
from ingest.load import commit_load
from lianpu.app import command
from lianpu.begin import begin
from lianpu.changing import Manner, confirm
from lianpu.coverage_age import with_old_coverages
from lianpu.i18n import t
from lianpu.loading import advise, plan_in_background, planned_load
from lianpu.options import Json, MappingFile, NoInput
from lianpu.out import console, print_json
from lianpu.render.load import show_load
from lianpu.session import bring_up, open_session, open_truth, writing
from lianpu.settings import Settings
from lianpu.visibility import level_of

PANEL = "data"
PLACE = 10


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "load",
        "载入内置数据（builtin）、一个文件夹的表、一个工作簿，或按映射读的任何文件",
        "Load the built-in data (builtin), a folder of tables, a workbook, or any file by a mapping",
    )
    def load(
        what: Annotated[
            str,
            typer.Argument(
                metavar="builtin|PATH",
                help=t(
                    "builtin，或放着 CSV 表的文件夹、工作簿（.xlsx）、CSV",
                    "builtin, or a folder with CSV tables, a workbook (.xlsx), a CSV file",
                ),
                show_default=False,
            ),
        ],
        *,
        mapping: MappingFile = None,
        plan_only: Annotated[
            bool,
            typer.Option(
                "--plan-only", help=t("只看会改什么，不写入", "Only show what would change; write nothing")
            ),
        ] = False,
        yes: Annotated[
            bool, typer.Option("--yes", "-y", help=t("不问，直接载入", "Load without asking"))
        ] = False,
        partial: Annotated[
            bool,
            typer.Option(
                "--accept-partial",
                help=t("有错的行略去，其余照载", "Leave rows with faults out and load the others"),
            ),
        ] = False,
        name: Annotated[
            str | None,
            typer.Option(
                "--as",
                metavar="NAME",
                help=t(
                    "数据集的名字（默认：文件夹或文件名）；同名的整个替换",
                    "Name of the dataset (default: the folder's or file's); "
                    "one of that name is replaced whole",
                ),
            ),
        ] = None,
        visibility: Annotated[
            str | None,
            typer.Option(
                "--visibility",
                metavar="LEVEL",
                help=t(
                    f"谁可见：{'、'.join(VISIBILITIES)}（公开、内部、商业秘密）",
                    f"Who may see it: {', '.join(VISIBILITIES)}",
                ),
            ),
        ] = None,
        owner: Annotated[
            str | None, typer.Option("--owner", metavar="NAME", help=t("归谁所有", "Whose data it is"))
        ] = None,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        if what == BUILTIN and (name is not None or mapping is not None):
            raise UsageError(t("builtin 不用 --as 和 --mapping", "builtin takes neither --as nor --mapping"))
        settings = begin()
        level = None if visibility is None else level_of(visibility)
        asked = Asked(what, name, mapping, partial, json, json or no_input, level, owner)
        if plan_only:
            _report(asked, settings)
            return
        asyncio.run(_load(asked, settings, yes=yes))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the call asks for, and in which way."""

    what: str
    name: str | None
    mapping: Path | None
    partial: bool
    json: bool
    quiet: bool
    visibility: int | None
    owner: str | None


def _report(asked: Asked, settings: Settings) -> None:
    with open_truth(settings, seed=asked.what != BUILTIN, quiet=asked.quiet) as truth:
        plan = planned_load(
            asked.what, truth.store, truth.ontology,
            name=asked.name, mapping=asked.mapping, partial=asked.partial, quiet=asked.quiet,
        )  # fmt: skip
        plan = with_old_coverages(plan, truth.store, truth.ontology, settings)
        if asked.json:
            print_json(plan.as_json())
        else:
            show_load(plan)
        if plan.refused:
            raise typer.Exit(BadInput.exit_code)


async def _load(asked: Asked, settings: Settings, *, yes: bool) -> None:
    title = t(f"载入 {asked.what}", f"load {asked.what}")
    async with (
        open_session(settings, seed=asked.what != BUILTIN, quiet=asked.quiet) as session,
        writing(session, title),
    ):
        plan = await plan_in_background(
            asked.what, session.truth, session.ontology,
            name=asked.name, mapping=asked.mapping, partial=asked.partial, quiet=asked.quiet,
        )  # fmt: skip
        plan = with_old_coverages(plan, session.truth, session.ontology, settings)
        if not plan.refused:  # else it is refused below, with its faults
            if not asked.json:
                show_load(plan)
            manner = Manner(yes=yes or asked.what == BUILTIN, quiet=asked.quiet)
            confirm(plan.changes, title, manner, shown=True)
        advise(plan, settings, session.truth.sizes())
        done = commit_load(plan, session.truth, visibility=asked.visibility, owner=asked.owner)
        await bring_up(
            session,
            t("写入图谱", "Writing the graph"),
            plan=plan.changes,
            scratch=plan.scratch,
            quiet=asked.quiet,
        )
    if asked.json:
        made = {"version": done.version, "revision": done.revision, "load": done.load}
        print_json({**plan.as_json(), **made})
    elif done.load is None:
        console().print(t("与现有的一样，没有改动", "The same as what is there; nothing changed"))
    else:
        console().print(
            t(
                f"已载入：第 {done.load} 次，版本 {done.version}；撤销用 lianpu undo {done.load}",
                f"Loaded: load {done.load}, version {done.version}; "
                f"take it back with lianpu undo {done.load}",
            )
        )
