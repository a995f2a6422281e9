"""``lianpu visibility``: who may see a dataset, and whose it is."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graph.errors import NotFound
from graph.planned import Planned
from graph.planning import Change
from graph.truth import VISIBILITIES
from lianpu.app import command
from lianpu.doing import Job, check_level, do, manner_of
from lianpu.i18n import t
from lianpu.options import Json, NoInput
from lianpu.session import Session
from lianpu.visibility import level_of, word_of

PANEL = "data"
PLACE = 46


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "visibility",
        "设一个数据集谁可见：公开、内部、商业秘密；显示到哪一级由 lianpu clearance 定",
        "Say who may see a dataset: public, internal or secret; lianpu clearance sets what is shown",
    )
    def visibility(
        dataset: Annotated[
            str,
            typer.Argument(
                metavar="DATASET", show_default=False, help=t("数据集（lianpu loads）", "One of lianpu loads")
            ),
        ],
        level: Annotated[
            str,
            typer.Argument(
                metavar="LEVEL",
                show_default=False,
                help=t("public、internal、secret（公开、内部、商业秘密）", "public, internal, secret"),
            ),
        ],
        *,
        owner: Annotated[
            str | None, typer.Option("--owner", metavar="NAME", help=t("归谁所有", "Whose data it is"))
        ] = None,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        wanted = level_of(level)

        async def job(session: Session) -> Job:
            truth = session.truth
            names = [d["id"] for d in truth.datasets()]
            if dataset not in names:
                there = ", ".join(names)
                told = t(f"没有数据集“{dataset}”；有：{there}", f'no dataset "{dataset}"; there are: {there}')
                raise NotFound(told, dataset=dataset, near=names)
            check_level(wanted, truth)

            def act(_plan: Planned) -> dict[str, Any]:
                truth.grade_dataset(dataset, visibility=wanted, owner=owner)
                found = next(d for d in truth.datasets() if d["id"] == dataset)
                return {"dataset": dataset, "visibility": VISIBILITIES[wanted], "owner": found["owner"]}

            held = tuple(truth.decisions())
            return Job(
                t(f"设 {dataset} 的可见范围", f"Say who may see {dataset}"),
                lambda: Change(before=held, after=held),  # it is seen before and after: the graph stays
                act,
                t(f"{dataset} 现为：{word_of(wanted)}", f"{dataset} is {word_of(wanted)} now"),
            )

        do(job, manner_of(plan_only=False, yes=True, json=json, no_input=no_input), json=json)
