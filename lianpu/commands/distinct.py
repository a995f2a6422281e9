"""``lianpu distinct``: say that two entities are not the same, so that it is not asked again."""

from __future__ import annotations

from typing import Any

import typer

from graph.changes import deciding
from graph.decisions import redirects
from graph.errors import BadInput
from graph.planned import Planned
from lianpu.app import command
from lianpu.doing import Job, check_level, check_reason, do, manner_of
from lianpu.i18n import t
from lianpu.options import Entity, Json, NoInput, PlanOnly, Reason, VisibleTo, Yes
from lianpu.pairs import existing_pair
from lianpu.session import Session
from lianpu.visibility import level_of

PANEL = "data"
PLACE = 37


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "distinct",
        "记下两个条目不是同一个：载入时不再问，也不再合并",
        "Record that two entities are not the same: loads no longer ask, and never merge them",
    )
    def distinct(
        one: Entity,
        other: Entity,
        *,
        reason: Reason,
        visibility: VisibleTo = "public",
        plan_only: PlanOnly = False,
        yes: Yes = False,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        why, level = check_reason(reason), level_of(visibility)

        async def job(session: Session) -> Job:
            a, b = await existing_pair(session, one, other)
            check_level(level, session.truth)
            held = [d for d in session.truth.decisions() if d.undone_at is None]
            moved = redirects(held)
            if moved.get(a, a) == moved.get(b, b):
                raise BadInput(
                    t(f"{a} 与 {b} 已合并；先 lianpu split", f"{a} and {b} are merged; first: lianpu split"),
                    found=[a, b],
                )
            for d in held:
                if d.kind == "distinct" and {d.payload["a"], d.payload["b"]} == {a, b}:
                    told = t(f"已有决定 d{d.id} 说它们不同", f"decision d{d.id} says so already")
                    raise BadInput(told, decision=d.id)
            payload = {"a": a, "b": b}

            def act(plan: Planned) -> dict[str, Any]:
                made = session.truth.settle(
                    make=[("distinct", payload, why)], visibility=level, planned_at=plan.mark[0]
                )
                return {"decision": f"d{made[0]}", **payload}

            return Job(
                t(f"{a} 与 {b} 不同", f"{a} and {b} are not the same"),
                lambda: deciding(session.truth, "distinct", payload),
                act,
                t(f"已记下：{a} 与 {b} 不是同一个", f"Recorded: {a} and {b} are not the same"),
            )

        do(job, manner_of(plan_only=plan_only, yes=yes, json=json, no_input=no_input), json=json)
