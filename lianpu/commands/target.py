"""``lianpu target``: enter a firm as a target for a gap, or change its entry."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from lianpu.app import command
from lianpu.doing import Job, do, manner_of
from lianpu.i18n import t
from lianpu.options import Json, NoInput, PlanOnly, VisibleTo, Yes
from lianpu.session import Session
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
            str | None, _field("--contracted", "合同资金，如 5亿元", "Contracted, e.g. 5亿元")
        ] = None,
        arrived: Annotated[
            str | None, _field("--arrived", "实际进资，如 1.2亿元", "Arrived, e.g. 1.2亿元")
        ] = None,
        project: Annotated[
            str | None, _field("--project", "签约后的项目编号", "Id of the project it became")
        ] = None,
        note: Annotated[str | None, _field("--note", "备注", "Note")] = None,
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

        async def job(session: Session) -> Job:
            return await target_job(
                session,
                (firm, gap),
                dict(changes),
                version=version,
                reason=reason,
                level=level_of(visibility),
            )

        do(job, manner_of(plan_only=plan_only, yes=yes, json=json, no_input=no_input), json=json)
