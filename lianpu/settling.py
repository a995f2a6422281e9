"""Making decisions as a job: planned with what they change, recorded all or none, told by number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graph.changes import deciding_all
from graph.planned import Planned
from lianpu.doing import Job, check_level, check_reason, do, manner_of
from lianpu.options import Entity, Json, NoInput, PlanOnly, Reason, VisibleTo, Yes
from lianpu.pairs import existing_pair
from lianpu.session import Session
from lianpu.visibility import level_of

#: Kind, payload and reason of a decision still to be made.
NewDecision = tuple[str, dict[str, Any], str]
#: What a pair is settled as: session, the two ids, reason and visibility → the job.
Settle = Callable[[Session, tuple[str, str], str, int], Job]


def settling(
    session: Session,
    make: Sequence[NewDecision],
    level: int,
    *,
    title: str,
    told: Callable[[list[str]], dict[str, Any]],
    done: str | Callable[[dict[str, Any]], str],
) -> Job:
    """The job of recording the decisions ``make``, to be seen from ``level`` on.

    Parameters
    ----------
    told : what is told with ``--json``, made from the numbers (``d7``). title, done : as of ``Job``.

    Raises ``BadInput`` where this store does not show decisions of that level.
    """
    check_level(level, session.truth)

    def act(plan: Planned) -> dict[str, Any]:
        made = session.truth.settle(make=make, visibility=level, planned_at=plan.mark[0])
        return told([f"d{number}" for number in made])

    return Job(title, lambda: deciding_all(session.truth, [(kind, p) for kind, p, _ in make]), act, done)


def pair_command(settle: Settle, *, other_is: Any = Entity) -> Callable[..., None]:
    """The command that settles something about two entities: both have to exist and be of one class.

    ``other_is``: the argument that the second is, in typer's words.
    """

    def run(
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
            return settle(session, await existing_pair(session, one, other), why, level)

        do(job, manner_of(plan_only=plan_only, yes=yes, json=json, no_input=no_input), json=json)

    run.__annotations__["other"] = other_is
    return run
