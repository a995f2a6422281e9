"""``lianpu split``: part what was merged; each has its own facts again."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

from graph.changes import taking_back
from graph.decisions import Decision
from graph.planned import Planned
from graph.planning import Change
from lianpu.app import command
from lianpu.doing import Job, check_reason, do, manner_of
from lianpu.i18n import t
from lianpu.merged import merge_meant
from lianpu.options import Json, NoInput, PlanOnly, Yes
from lianpu.pairs import came_with
from lianpu.session import Session

PANEL = "data"
PLACE = 36


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "split",
        "把合并了的分开，各归各的事实；并记下两者不同，以后载入不再合并",
        "Part what was merged, each with its own facts; recorded, so that no later load merges them again",
    )
    def split(
        what: Annotated[
            str,
            typer.Argument(
                metavar="ID",
                show_default=False,
                help=t(
                    "被并入的标识或它的名称，或留下的那个（只并入过一个时）；见 lianpu decisions",
                    "The id that was merged into another, its name, or the one that stays where just one was "
                    "merged into it (lianpu decisions --kind merge)",
                ),
            ),
        ],
        *,
        reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=t("为什么", "Why"))] = t(
            "不是同一个", "not the same"
        ),
        plan_only: PlanOnly = False,
        yes: Yes = False,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        why = check_reason(reason)

        async def job(session: Session) -> Job:
            return _job(session, await merge_meant(session, what), why)

        do(job, manner_of(plan_only=plan_only, yes=yes, json=json, no_input=no_input), json=json)


def _job(session: Session, merge: Decision, why: str) -> Job:
    keep, retired = str(merge.payload["keep"]), str(merge.payload["retire"])
    undone = [merge, *came_with(merge, session.truth.decisions(), session.ontology)]
    numbers = [d.id for d in undone]
    apart = [{"a": d.payload["keep"], "b": d.payload["retire"]} for d in undone]

    def change() -> Change:
        back = taking_back(session.truth, *numbers)
        made = [Decision(-n, "distinct", pair, why, "", "") for n, pair in enumerate(apart, start=1)]
        return replace(back, after=(*back.after, *made))

    def act(plan: Planned) -> dict[str, Any]:
        made = session.truth.settle(
            undo=numbers,
            make=[("distinct", pair, why) for pair in apart],
            visibility=merge.visibility,
            planned_at=plan.mark[0],
        )
        return {"undone": [f"d{n}" for n in numbers], "decisions": [f"d{n}" for n in made]}

    return Job(
        t(f"把 {retired} 从 {keep} 分开", f"Part {retired} from {keep}"),
        change,
        act,
        t(f"{retired} 与 {keep} 已分开，并记为不同", f"{retired} and {keep} are two again, recorded as such"),
    )
