"""``lianpu purge``: delete a dataset with all its versions, for good."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated, Any

import typer

from graph.changes import planned, purging
from graph.errors import BadInput, NotFound
from graph.planned import Planned
from ingest.inputs import BUILTIN
from lianpu.app import command
from lianpu.begin import begin
from lianpu.changing import show_changes
from lianpu.i18n import t
from lianpu.options import Json, NoInput, PlanOnly
from lianpu.out import cell, console, print_json
from lianpu.render.decision import said
from lianpu.session import Truth, open_truth
from lianpu.wiping import Kept, fill_again, kept_of, purge_embedded, purge_on_server

PANEL = "data"
PLACE = 45


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "purge",
        "彻底清除一个数据集及其全部版本，不能撤销；先显示移走什么、留下什么，再要求写出名字",
        "Delete a dataset and all its versions for good. Shows what goes and what stays, then asks for the "
        "dataset's name",
    )
    def purge(
        dataset: Annotated[
            str,
            typer.Argument(
                metavar="DATASET", show_default=False, help=t("数据集（lianpu loads）", "One of lianpu loads")
            ),
        ],
        *,
        plan_only: PlanOnly = False,
        yes: Annotated[
            bool, typer.Option("--yes", "-y", help=t("不要求写出名字", "Do not ask for the name"))
        ] = False,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        settings, quiet = begin(), json or no_input
        with open_truth(settings, quiet=quiet) as truth:
            plan, kept = _look(truth, dataset)
        if not json:
            _show(plan, kept, dataset)
        if not plan_only:
            if not yes:
                _confirm(dataset, asked=not quiet)
            if settings.neo4j_uri is None:
                gone = purge_embedded(settings, dataset)
                asyncio.run(fill_again(settings, quiet=quiet))
            else:
                gone = asyncio.run(purge_on_server(settings, dataset, quiet=quiet))
        if json:
            gone_json: dict[str, Any] = {} if plan_only else {"purged": gone}
            told = {"dataset": dataset, **plan.as_json(), "kept": kept.as_json(), "done": not plan_only}
            print_json({**told, **gone_json})
        elif not plan_only:
            console().print(
                t(
                    f"已清除 {cell(dataset)}：{gone['assertions']} 条事实，{gone['versions']} 个版本，"
                    f"{gone['decisions']} 个随载入作的决定",
                    f"{cell(dataset)} is gone: {gone['assertions']} assertions, {gone['versions']} versions, "
                    f"{gone['decisions']} decisions that its loads made",
                )
            )


def _look(truth: Truth, dataset: str) -> tuple[Planned, Kept]:
    """What would go and what would stay; refuses what cannot be purged."""
    store = truth.store
    if dataset == BUILTIN:
        raise BadInput(
            t(
                "内置数据不能清除；不想要它：lianpu undo 1",
                "the built-in data cannot be purged; see lianpu undo",
            ),
            found=dataset,
        )
    names = [d["id"] for d in store.datasets()]
    if dataset not in names:
        told = t(f"没有数据集“{dataset}”；有：", f'no dataset "{dataset}"; there are: ') + ", ".join(names)
        raise NotFound(told, dataset=dataset, near=names)
    with store.scratch() as scratch:
        plan = planned(store, scratch, purging(store, dataset), truth.ontology)
    return plan, kept_of(store, dataset, truth.settings.home)


def _show(plan: Planned, kept: Kept, dataset: str) -> None:
    show_changes(plan, t(f"清除数据集 {dataset}", f"Purge dataset {dataset}"))
    out = console()
    out.print(t("留下的：", "What stays:"))
    for d in kept.decisions:
        out.print(cell(t(f"  决定 d{d.id}：{said(d)}", f"  decision d{d.id}: {said(d)}")))
    for path in kept.copies:
        out.print(cell(t(f"  旧文件 {path}（要删请自己删）", f"  former file {path} (delete it yourself)")))
    out.print(t("  以前用 lianpu backup 作的备份", "  backups made before with lianpu backup"))
    out.print(
        t("  若用 Neo4j：其事务日志按服务器的设置保留一段时间",
          "  with Neo4j: its transaction logs, as long as the server keeps them")
    )  # fmt: skip


def _confirm(dataset: str, *, asked: bool) -> None:
    """Have the name typed. ``BadInput`` where nobody can, or another is typed."""
    if not (asked and sys.stdin.isatty()):
        raise BadInput(
            t("清除不能撤销；确定后加 --yes", "a purge cannot be undone; add --yes if it is meant")
        )
    typed = typer.prompt(
        t("不能撤销。写出数据集的名字", "This cannot be undone. Type the dataset's name"), err=True
    )
    if str(typed).strip() != dataset:
        told = t(f"写的是“{typed}”，没有清除", f'"{typed}" was typed; nothing was purged')
        raise BadInput(told, found=typed, expected=dataset)
