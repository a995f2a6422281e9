"""``lianpu answers``: who answers for an entity, and what it answers for itself."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.markup import escape

from graph.repository import AnswersFor, Duty, Ref
from lianpu.app import command
from lianpu.ask import ask
from lianpu.i18n import t
from lianpu.options import AsOf, Entity, Json, Limit
from lianpu.render.words import heading, joined, mark, named, no_holder, nothing, text, when
from lianpu.resolve import resolve
from lianpu.session import Session

PANEL = "ask"
PLACE = 25


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "answers",
        "谁对它负责，它又对什么负责（链、企业、园区、人、机构、地区）",
        "Who answers for it, and what it answers for (chain, firm, park, person, body, place)",
    )
    def answers(entity: Entity, as_of: AsOf = None, limit: Limit = None, json: Json = False) -> None:
        async def question(session: Session) -> AnswersFor:
            entity_id = await resolve(session, entity)
            return await session.repository.answers_for(entity_id, as_of=as_of, limit=limit)

        ask(question, _show, json=json)


def _show(answer: AnswersFor, out: Console) -> None:
    out.print(f"[bold]{named(answer.node)}[/] {t('截至', 'as of')} {answer.as_of}")
    out.print(heading(t("谁对它负责", "Who answers for it")))
    _duties(answer.answered_by, answer.node, out)
    out.print(heading(t("它对什么负责", "What it answers for")))
    _duties(answer.answers_for, answer.node, out)
    if answer.truncated:
        out.print(f"[dim]… {t('更多用', 'more with')} --limit[/]")


def _duties(duties: Sequence[Duty], about: Ref, out: Console) -> None:
    for duty in duties:
        line = duty_line(duty, about)
        out.print(f"  {line}" if duty.current else f"  [dim]{line}[/]")
    if not duties:
        out.print(nothing())


def duty_line(duty: Duty, about: Ref) -> str:
    """Who answers for what; ``about``, of which the list speaks, is not named again in each line."""
    ends = " → ".join(named(end) for end in (duty.who, duty.what) if end.id != about.id)
    through = t("经 ", "through ") + " → ".join(escape(ref.caption) for ref in duty.through)
    state = duty.term.state if duty.term else ""
    closed = "" if duty.current else when(state) or when("ended")
    line = joined(
        (
            f"({closed})" if closed else "",
            ends or named(about),
            text(duty.role_label) or text(duty.label),
            through if duty.through else "",
            no_holder() if duty.who.cls == "Post" else "",
            text(duty.term.text) if duty.term else "",
            t("（推定）", "(inferred)") if duty.inferred else "",
        )
    )
    return line + mark(duty.link.standing, duty.link.grade)
