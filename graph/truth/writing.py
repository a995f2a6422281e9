"""What every change of the truth store does: it is timed, signed, counted and logged."""

from __future__ import annotations

import getpass
import uuid
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from graph.errors import Busy
from graph.truth import schema as t


def now() -> str:
    """This moment in UTC, to the second, as ISO text."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def user_name() -> str:
    """Who is at work, as the system calls them; empty where it has no name for them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def revision_of(db: sa.Connection) -> int:
    """Number of changes so far."""
    return int(db.execute(sa.select(t.state.c.revision)).scalar_one())


def check_unchanged(db: sa.Connection, planned_at: int | None) -> None:
    """``Busy`` if the store has changed since the revision against which something was planned."""
    if planned_at is not None and revision_of(db) != planned_at:
        raise Busy("Since this was planned, another program has changed the facts; try again.")


def advance(db: sa.Connection, event: str, detail: dict[str, Any]) -> int:
    """Count and log a change; the new revision."""
    revision = revision_of(db) + 1
    db.execute(t.state.update().values(revision=revision, token=uuid.uuid4().hex))
    db.execute(t.log.insert().values(at=now(), event=event, detail={**detail, "revision": revision}))
    return revision
