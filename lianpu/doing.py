"""How a command that changes something runs: prepared in a session, planned, shown, asked, done, told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from graph.errors import BadInput
from graph.planned import Planned
from graph.planning import Change
from graph.truth import TruthStore
from lianpu.begin import begin
from lianpu.changing import Manner, carry_out, effect_of, show_changes, show_stubs
from lianpu.i18n import t
from lianpu.out import cell, console, print_json
from lianpu.session import Session, open_session
from lianpu.visibility import word_of


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done.

    Attributes
    ----------
    title : what it is, in the language of this run.
    change : what it does to the facts, for the plan.
    act : does it, and gives what is to be told with ``--json``.
    done : what to say when it is done, made from what ``act`` gave.
    """

    title: str
    change: Callable[[], Change]
    act: Callable[[Planned], dict[str, Any]]
    done: str | Callable[[dict[str, Any]], str]


def do(prepare: Callable[[Session], Awaitable[Job]], manner: Manner, *, json: bool) -> None:
    """Run a job; with ``json`` the plan and what came of it are printed as one document."""
    asyncio.run(_do(prepare, manner, json=json))


async def _do(prepare: Callable[[Session], Awaitable[Job]], manner: Manner, *, json: bool) -> None:
    async with open_session(begin(), quiet=manner.quiet) as session:
        job = await prepare(session)
        plan, told = await carry_out(session, job.title, job.change, job.act, manner)
        revision = session.truth.revision
    if json:
        print_json({**plan.as_json(), "done": told is not None, "revision": revision, **(told or {})})
        return
    if told is None:
        show_changes(plan, job.title)
        console().print(t("没有写入（--plan-only）", "Nothing was written (--plan-only)"))
        return
    if manner.yes:
        show_stubs(plan)
    said = job.done if isinstance(job.done, str) else job.done(told)
    console().print(f"{cell(said)}\n{effect_of(plan)}")


def manner_of(*, plan_only: bool, yes: bool, json: bool, no_input: bool) -> Manner:
    """The manner that the options name."""
    return Manner(plan_only=plan_only, yes=yes, quiet=json or no_input)


def check_level(level: int, truth: TruthStore) -> int:
    """``level``, if this store shows it: a decision that it hides at once cannot be made.

    Raises ``BadInput`` otherwise.
    """
    if level > truth.clearance:
        word, limit = word_of(level), word_of(truth.clearance)
        raise BadInput(
            t(
                f"可见范围 {word} 超出此数据目录显示的范围 {limit}；先 lianpu clearance {word}",
                f"{word} is above what this data directory shows ({limit}); first: lianpu clearance {word}",
            ),
            found=word,
            expected=limit,
        )
    return level


def check_reason(reason: str) -> str:
    """The reason without spaces around it. ``BadInput`` if nothing is left."""
    if not reason.strip():
        raise BadInput(t("--reason 是空的：写明为什么", "--reason is empty: say why"))
    return reason.strip()
