"""``lianpu undo``: take back a load or a decision."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from graph.changes import taking_back, undoing
from graph.errors import UsageError
from graph.planned import Planned
from lianpu.app import command
from lianpu.doing import Job, do, manner_of
from lianpu.i18n import t
from lianpu.names import names_of
from lianpu.options import Json, NoInput, PlanOnly, Yes
from lianpu.render.decision import said
from lianpu.session import Session

PANEL = "data"
PLACE = 32


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "undo",
        "撤销一次载入或一个决定；撤销本身也可再撤销。先显示会改什么",
        "Take back a load or a decision; that can be taken back in turn. Shows first what would change",
    )
    def undo(
        what: Annotated[
            str,
            typer.Argument(
                metavar="N|dN",
                show_default=False,
                help=t(
                    "lianpu loads 里的编号，或 lianpu decisions 里的编号（d7）",
                    "A number of lianpu loads, or of lianpu decisions (d7)",
                ),
            ),
        ],
        *,
        plan_only: PlanOnly = False,
        yes: Yes = False,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        found = re.fullmatch(r"(d?)([0-9]{1,9})", what.strip().lower())
        if found is None:
            raise UsageError(
                t(
                    f"“{what}”不是编号；应为载入的编号（3）或决定的编号（d7）",
                    f'"{what}" is no number; expected that of a load (3) or of a decision (d7)',
                ),
                found=what,
            )
        number = int(found[2])
        prepare = _decision if found[1] else _load

        async def job(session: Session) -> Job:
            return prepare(session, number)

        do(job, manner_of(plan_only=plan_only, yes=yes, json=json, no_input=no_input), json=json)


def _load(session: Session, number: int) -> Job:
    def act(plan: Planned) -> dict[str, Any]:
        done = session.truth.undo(number, planned_at=plan.mark[0], counts=plan.counts)
        return {"undone": number, "load": done.load, "version": done.version}

    return Job(
        t(f"撤销第 {number} 条", f"Undo entry {number}"),
        lambda: undoing(session.truth, number),
        act,
        lambda told: t(
            f"第 {number} 条已撤销；要撤回这一步：lianpu undo {told['load']}",
            f"Entry {number} is undone; to take that back: lianpu undo {told['load']}",
        ),
    )


def _decision(session: Session, number: int) -> Job:
    def act(plan: Planned) -> dict[str, Any]:
        session.truth.settle(undo=[number], planned_at=plan.mark[0])
        return {"undone": f"d{number}"}

    one = next((d for d in session.truth.decisions() if d.id == number), None)
    what = "" if one is None else said(one, names_of(session.truth, one.names()))  # none is refused below
    return Job(
        t(f"撤销决定 d{number}：{what}", f"Undo decision d{number}: {what}"),
        lambda: taking_back(session.truth, number),
        act,
        t(f"已撤销决定 d{number}（{what}）；它仍列在 lianpu decisions --all 里",
          f"Decision d{number} ({what}) is undone; lianpu decisions --all still lists it"),
    )  # fmt: skip
