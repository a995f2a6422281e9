"""``lianpu load``: plan a folder of tables, show what it would change, and load it."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from graph.errors import BadInput, UsageError
from graph.ontology import Ontology
from graph.truth import TruthStore
from ingest.load import BUILTIN, LoadPlan, commit_load, plan_load
from ingest.notices import Notice
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import LANG, t
from lianpu.options import Json, NoInput
from lianpu.out import MOST_FAULTS, cell, console, more_faults, print_json, table
from lianpu.progress import working
from lianpu.session import bring_up, open_session, open_truth
from lianpu.settings import Settings

PANEL = "data"
PLACE = 10


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
        *,
        plan_only: Annotated[
            bool,
            typer.Option(
                "--plan-only", help=t("只看会改什么，不写入", "Only show what would change; write nothing")
            ),
        ] = False,
        yes: Annotated[
            bool, typer.Option("--yes", "-y", help=t("不问，直接载入", "Load without asking"))
        ] = False,
        name: Annotated[
            str | None,
            typer.Option(
                "--as",
                metavar="NAME",
                help=t(
                    "数据集的名字（默认：文件夹名）；同名的整个替换",
                    "Name of the dataset (default: the folder's); one of that name is replaced whole",
                ),
            ),
        ] = None,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        if what == BUILTIN and name is not None:
            raise UsageError(t("builtin 不能改名：去掉 --as", "builtin keeps its name: leave out --as"))
        settings = begin()
        asked = Asked(what, name, yes=yes, json=json, quiet=json or no_input)
        if plan_only:
            _report(_planned(asked, settings), json=json)
            return
        asyncio.run(_load(asked, settings))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the call asks for: builtin or a folder, under which name, and in which way."""

    what: str
    name: str | None
    yes: bool
    json: bool
    quiet: bool

    def seed(self) -> bool:
        """Whether the built-in data is loaded first where nothing is."""
        return self.what != BUILTIN


def _planned(asked: Asked, settings: Settings) -> LoadPlan:
    with open_truth(settings, seed=asked.seed(), quiet=asked.quiet) as truth:
        return _plan(asked, truth.store, truth.ontology)


def _plan(asked: Asked, truth: TruthStore, ontology: Ontology) -> LoadPlan:
    with working(t("读表并检查", "Reading and checking tables"), quiet=asked.quiet):
        return plan_load(asked.what, truth, ontology, asked.name)


def _may_load(asked: Asked, plan: LoadPlan) -> bool:
    """Whether to load without asking; refuses removals that nobody can be asked about."""
    if asked.yes or plan.faults or asked.what == BUILTIN or not len(plan.changes):
        return True
    if sys.stdin.isatty() and not asked.quiet:
        return False
    removed = len(plan.changes.as_json()["removed"])
    if removed:
        raise BadInput(
            t(
                f"载入会移除 {removed} 条（数据集 {plan.dataset.id}）；先用 --plan-only 看，确定后加 --yes",
                f"This would remove {removed} facts (dataset {plan.dataset.id}); "
                "look with --plan-only, then add --yes",
            ),
            removed=removed,
            dataset=plan.dataset.id,
        )
    return True


async def _load(asked: Asked, settings: Settings) -> None:
    json, quiet = asked.json, asked.quiet
    async with open_session(settings, seed=asked.seed(), quiet=quiet) as session:
        before = session.truth.revision
        plan = _plan(asked, session.truth, session.ontology)
        if not _may_load(asked, plan):
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
    for fault in plan.faults[:MOST_FAULTS]:
        console().print(fault.text(LANG), markup=False)
    for line in more_faults(len(plan.faults)):
        console().print(line)
    _show_notices(plan.notices)
    if plan.ignored:
        names = t("、", ", ").join(plan.ignored)
        told = t(
            f"没有读这些文件（只读 .csv；在 Excel 里另存为 CSV UTF-8）：{names}",
            f"Not read (only .csv is; save from Excel as CSV UTF-8): {names}",
        )
        console().print(f"[yellow]{t('注意', 'Note')}[/]: {cell(told)}")


def _show_notices(notices: list[Notice]) -> None:
    if not notices:
        return
    grid = table(
        t("请注意", "Please note"),
        t("何事", "What"),
        t("哪里", "Where"),
        t("条目", "Entry"),
        t("哪一项", "Property"),
        t("表里", "The table"),
        t("现有", "Known"),
    )
    for one in notices[:MOST_FAULTS]:
        where = f"{one.file}:{one.row}" if one.file else ""
        entry = one.caption if one.caption == one.key or "→" in one.caption else f"{one.caption} {one.key}"
        cells = (one.says(LANG), where, entry, one.what(LANG), one.found, one.known)
        grid.add_row(*(cell(value) for value in cells))
    console().print(grid)
    for line in more_faults(len(notices)):
        console().print(line)
