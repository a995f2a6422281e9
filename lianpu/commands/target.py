"""``lianpu target``: enter a firm as a target for a gap, or change its entry."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer

from graph.errors import UsageError
from lianpu.app import command
from lianpu.begin import begin
from lianpu.changing import Manner
from lianpu.doing import Job, do, manner_of
from lianpu.i18n import t
from lianpu.options import Json, NoInput, PlanOnly, VisibleTo, Yes
from lianpu.out import cell, console, print_json
from lianpu.render.load import show_load
from lianpu.session import Session, open_session
from lianpu.target_project import make_project
from lianpu.targeting import target_job
from lianpu.visibility import level_of

PANEL = "gaps"
PLACE = 50
_EMPTY = t("（写空则去掉）", " (empty: take it out)")


def _field(name: str, zh: str, en: str) -> Any:
    return typer.Option(name, help=t(zh, en) + _EMPTY, show_default=False)


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "target",
        "把一家企业列为某缺口的招商目标，或改它的状态、责任人、时限等；每次改动都可撤销",
        "Enter a firm as a target for a gap, or change its entry; each change can be undone",
    )
    def target(
        firm: Annotated[
            str, typer.Argument(metavar="FIRM", help=t("企业名称或编号", "The firm, by name or id"))
        ],
        gap: Annotated[
            str,
            typer.Argument(
                metavar="GAP",
                help=t(
                    "缺口编号，如 new-energy/electrolyte@360900",
                    "Id of the gap, such as new-energy/electrolyte@360900",
                ),
            ),
        ],
        *,
        status: Annotated[
            str | None,
            typer.Option(
                "--status",
                help=t(
                    "线索/接洽/在谈/签约/注册/进资/开工/投产/入规/流失",
                    "lead, contact, talks, signed, registered, funded, started, producing, scaled, lost",
                ),
                show_default=False,
            ),
        ] = None,
        responsible: Annotated[
            str | None, _field("--responsible", "责任单位或责任人（公职）", "Who sees to it")
        ] = None,
        park: Annotated[str | None, _field("--park", "拟落园区的编号", "Id of the intended park")] = None,
        contacted: Annotated[
            str | None, _field("--contacted", "最近接触的日期", "Date of the last contact")
        ] = None,
        next_step: Annotated[str | None, _field("--next-step", "下一步", "Next step")] = None,
        due: Annotated[str | None, _field("--due", "时限", "Until when")] = None,
        contracted: Annotated[
            str | None, _field("--contracted", "合同资金，如 5亿元", "Capital contracted, with its unit")
        ] = None,
        arrived: Annotated[
            str | None, _field("--arrived", "实际进资，如 1.2亿元", "Capital arrived, with its unit")
        ] = None,
        project: Annotated[
            str | None, _field("--project", "签约后的项目编号", "Id of the project it became")
        ] = None,
        note: Annotated[str | None, _field("--note", "备注", "Note")] = None,
        make: Annotated[
            bool,
            typer.Option(
                "--make-project",
                help=t(
                    "签约以后：写成一个项目（数据集 targets），并记入 --project",
                    "Once signed: make it a project (dataset targets) and enter that as --project",
                ),
            ),
        ] = False,
        name: Annotated[
            str | None,
            typer.Option(
                "--name",
                metavar="NAME",
                show_default=False,
                help=t("与 --make-project 同用：项目名称", "With --make-project: name of the project"),
            ),
        ] = None,
        version: Annotated[
            str | None,
            typer.Option(
                "--version",
                metavar="dN",
                show_default=False,
                help=t(
                    "看到的是哪一版；已被别人改过就不改",
                    "The version you saw; refused if somebody changed it since",
                ),
            ),
        ] = None,
        reason: Annotated[
            str, typer.Option("--reason", metavar="TEXT", show_default=False, help=t("为什么", "Why"))
        ] = "",
        visibility: VisibleTo = "internal",
        plan_only: PlanOnly = False,
        yes: Yes = False,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        given = {
            "status": status, "responsible": responsible, "park": park, "contacted": contacted,
            "next_step": next_step, "due": due, "contracted": contracted, "arrived": arrived,
            "project": project, "note": note,
        }  # fmt: skip
        changes = {name: value for name, value in given.items() if value is not None}

        manner = manner_of(plan_only=plan_only, yes=yes, json=json, no_input=no_input)
        if make:
            if changes or version is not None:
                raise UsageError(
                    t("--make-project 不与其他改动同用；先改，再转为项目",
                      "--make-project goes with no other change: make that first"),
                    found=[*changes],
                )  # fmt: skip
            asyncio.run(_make((firm, gap), name, reason, level_of(visibility), manner, json=json))
            return
        if name is not None:
            raise UsageError(t("--name 只与 --make-project 同用", "--name goes with --make-project only"))

        async def job(session: Session) -> Job:
            return await target_job(
                session,
                (firm, gap),
                dict(changes),
                version=version,
                reason=reason,
                level=level_of(visibility),
            )

        do(job, manner, json=json)


async def _make(
    pair: tuple[str, str], name: str | None, reason: str, level: int, manner: Manner, *, json: bool
) -> None:
    async with open_session(begin(), quiet=manner.quiet) as session:
        made = await make_project(session, pair, name=name, reason=reason, level=level, manner=manner)
    if json:
        told = {"project": made.project, "load": made.load, "decision": made.decision}
        print_json({**({} if made.plan is None else made.plan.as_json()), **told})
    elif made.decision is None:
        if made.plan is not None:
            show_load(made.plan)
        console().print(t("没有写入（--plan-only）", "Nothing was written (--plan-only)"))
    elif made.load is None:
        console().print(
            cell(
                t(
                    f"项目 {made.project} 已在，补记决定 {made.decision}；撤销：lianpu undo {made.decision}",
                    f"The project {made.project} was there; linked by {made.decision}; "
                    f"to take that back: lianpu undo {made.decision}",
                )
            )
        )
    else:
        console().print(
            cell(
                t(
                    f"已成为项目 {made.project}：第 {made.load} 次载入，决定 {made.decision}；"
                    f"撤销：先 lianpu undo {made.decision}，再 lianpu undo {made.load}",
                    f"It is the project {made.project} now: load {made.load}, decision {made.decision}; "
                    f"to take it back: lianpu undo {made.decision}, then lianpu undo {made.load}",
                )
            )
        )
