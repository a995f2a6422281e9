"""Recording, undoing and reviving decisions, inside a transaction of the truth store."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from graph.decisions import check_decision
from graph.errors import BadInput, NotFound
from graph.truth import schema as t
from graph.truth.reader import read_decisions
from graph.truth.writing import advance, now

_C = t.decision.c


def record_decision(
    db: sa.Connection, kind: str, payload: dict[str, Any], reason: str, user: str, *,
    visibility: int = 0, load: int | None = None,
) -> int:  # fmt: skip
    """Write a new decision; its number. ``BadInput`` if it is out of form or goes against those that hold."""
    check_decision(kind, payload, read_decisions(db, hidden=True))
    values = {"kind": kind, "payload": payload, "reason": reason, "user": user, "created_at": now()}
    result = db.execute(t.decision.insert().values(**values, visibility=visibility, load=load))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def undo_decision(db: sa.Connection, number: int, user: str) -> None:
    """Take one back. ``NotFound`` if there is none of that number, ``BadInput`` if it is undone already."""
    row = db.execute(sa.select(_C.undone_at).where(_C.id == number)).one_or_none()
    if row is None:
        raise NotFound(f"没有第 {number} 号决定 · no decision {number}", decision=number)
    if row[0] is not None:
        text = f"第 {number} 号决定已于 {row[0]} 撤销 · decision {number} was undone at {row[0]}"
        raise BadInput(text, decision=number)
    db.execute(t.decision.update().where(_C.id == number).values(undone_at=now(), undone_by=user))
    advance(db, "undo-decision", {"decision": number, "user": user})


def end_with_load(db: sa.Connection, load: int, undo: int | None) -> None:
    """Take back the decisions of a ``load`` that the entry ``undo`` takes back."""
    change = t.decision.update().where(_C.load == load, _C.undone_at.is_(None))
    db.execute(change.values(undone_at=now(), undone_by=f"#{undo}"))


def revive_with_load(db: sa.Connection, load: int, undo: int) -> None:
    """Let the decisions of a ``load`` hold again that its ``undo`` took back.

    Raises ``BadInput`` where one does not go with what was decided since.
    """
    every = read_decisions(db, hidden=True)
    held = [d for d in every if d.undone_at is None]
    for d in every:
        if d.load == load and d.undone_by == f"#{undo}":
            check_decision(d.kind, d.payload, held)
            held.append(replace(d, undone_at=None))
    change = t.decision.update().where(_C.load == load, _C.undone_by == f"#{undo}")
    db.execute(change.values(undone_at=None, undone_by=None))
