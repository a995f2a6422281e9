"""``lianpu distinct``: say that two entities are not the same, so that it is not asked again."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from graph.decisions import Decision, redirects
from graph.errors import BadInput
from lianpu.app import command
from lianpu.doing import Job
from lianpu.i18n import t
from lianpu.session import Session
from lianpu.settling import pair_command, settling

PANEL = "data"
PLACE = 37


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(
        app,
        PANEL,
        "distinct",
        "记下两个条目不是同一个：载入时不再问，也不再合并",
        "Record that two entities are not the same: loads no longer ask, and never merge them",
    )(pair_command(_job))


def _job(session: Session, pair: tuple[str, str], why: str, level: int) -> Job:
    a, b = pair
    _see_open(session.truth.decisions(), a, b)
    payload = {"a": a, "b": b}
    return settling(
        session,
        [("distinct", payload, why)],
        level,
        title=t(f"{a} 与 {b} 不同", f"{a} and {b} are not the same"),
        told=lambda numbers: {"decision": numbers[0], **payload},
        done=t(f"已记下：{a} 与 {b} 不是同一个", f"Recorded: {a} and {b} are not the same"),
    )


def _see_open(decisions: Iterable[Decision], a: str, b: str) -> None:
    """See that nothing was decided of the two yet. ``BadInput`` names what was."""
    held = [d for d in decisions if d.undone_at is None]
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
