"""``lianpu fix``: correct a value, or leave out a fact or one property of it, with a reason."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graph.errors import BadInput, UsageError
from lianpu.app import command
from lianpu.doing import Job, check_reason, do, manner_of
from lianpu.fixing import fact_of, property_of, value_of
from lianpu.i18n import t
from lianpu.options import Json, NoInput, PlanOnly, Reason, VisibleTo, Yes
from lianpu.session import Session
from lianpu.settling import settling
from lianpu.visibility import level_of

PANEL = "data"
PLACE = 34


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "fix",
        "更正一个值，或用 --suppress 不显示一条事实、一个属性；数据换新版后仍有效，lianpu undo dN 撤销",
        "Correct a value, or leave out a fact or a property with --suppress; outlives new versions of the "
        "data, lianpu undo dN takes it back",
    )
    def fix(
        what: Annotated[
            str,
            typer.Argument(
                metavar="ID",
                show_default=False,
                help=t("条目的标识或名称，或关系的标识", "An entity's id or name, or a relation's id"),
            ),
        ],
        prop: Annotated[
            str | None,
            typer.Argument(metavar="[PROPERTY]", help=t("属性（name 或 名称）", "The property, e.g. name")),
        ] = None,
        value: Annotated[
            str | None,
            typer.Argument(
                metavar="[VALUE]",
                help=t(
                    "对的值，写法同表格；多个用 | 隔开", "The right value, as in a table; many joined by |"
                ),
            ),
        ] = None,
        *,
        reason: Reason,
        suppress: Annotated[
            bool, typer.Option("--suppress", help=t("不显示这条事实或属性", "Leave the fact or property out"))
        ] = False,
        visibility: VisibleTo = "public",
        plan_only: PlanOnly = False,
        yes: Yes = False,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        if suppress and value is not None:
            raise UsageError(t("--suppress 不要写值", "--suppress takes no value"))
        if not suppress and (prop is None or value is None):
            raise UsageError(
                t("要写属性和对的值；或用 --suppress 不显示", "Name property and value; or use --suppress")
            )
        why, level = check_reason(reason), level_of(visibility)

        async def job(session: Session) -> Job:
            kind, payload = await _settled(session, what, prop, value)
            said = f"{payload['key']} {payload.get('property', '')}".strip()
            title = t(f"更正 {said}", f"Correct {said}")
            if kind == "suppress":
                title = t(f"不显示 {said}", f"Leave out {said}")

            def done(told: dict[str, Any]) -> str:
                number = told["decision"]
                return t(
                    f"{title}：已记为决定 {number}；撤销：lianpu undo {number}",
                    f"{title}: recorded as decision {number}; to take it back: lianpu undo {number}",
                )

            return settling(
                session,
                [(kind, payload, why)],
                level,
                title=title,
                told=lambda numbers: {"decision": numbers[0], "kind": kind, "payload": payload},
                done=done,
            )

        do(job, manner_of(plan_only=plan_only, yes=yes, json=json, no_input=no_input), json=json)


async def _settled(
    session: Session, what: str, prop: str | None, value: str | None
) -> tuple[str, dict[str, Any]]:
    """Kind and payload of the decision that is asked for."""
    key, cls = await fact_of(session, what)
    if prop is None:
        return "suppress", {"key": key}
    found = property_of(session, cls, prop)
    if value is not None:
        return "correct", {"key": key, "property": found.name, "value": value_of(found, value)}
    if found.required:
        zh, en = f"“{found.label.zh}”是必填的：更正它", f'"{found.label.en}" is required: correct it instead'
        told = t(zh, en)
        raise BadInput(told, property=found.name)
    return "suppress", {"key": key, "property": found.name}
