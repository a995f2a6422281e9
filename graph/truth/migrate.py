"""Older truth stores are brought to today's tables when they are opened; a copy of the file is kept first."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from graph.truth import schema as t


@dataclass(frozen=True, slots=True)
class Migration:
    """What opening an older store did: formats, what changed in words, and where the old file is kept."""

    found: int
    now: int
    copy: Path
    did_zh: tuple[str, ...]
    did_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """From format ``since`` to the next."""

    since: int
    zh: str
    en: str
    run: Callable[[sa.Connection], None]


#: Columns of a decision in format 1.
_DECISION_1 = ("id", "kind", "payload", "reason", "user", "created_at", "undone_at", "undone_by")


def needed(found: int) -> bool:
    """Whether a store of format ``found`` is older than this program's."""
    return found < t.SCHEMA_VERSION


def migrate(db: sa.Connection, found: int, copy: Path) -> Migration:
    """Bring the tables from format ``found`` to today's, inside the transaction of ``db``."""
    steps = [step for step in _STEPS if step.since >= found]
    for step in steps:
        step.run(db)
    db.execute(t.state.update().values(schema_version=t.SCHEMA_VERSION))
    did = tuple(s.zh for s in steps), tuple(s.en for s in steps)
    return Migration(found, t.SCHEMA_VERSION, copy, *did)


def _add(db: sa.Connection, table: sa.Table, *columns: str) -> None:
    for name in columns:
        ddl = sa.schema.CreateColumn(table.c[name]).compile(dialect=db.dialect)
        db.exec_driver_sql(f'ALTER TABLE "{table.name}" ADD COLUMN {ddl}')


def _loads_and_visibility(db: sa.Connection) -> None:
    _add(db, t.state, "token", "clearance")
    _add(db, t.dataset, "visibility", "owner")
    db.exec_driver_sql('ALTER TABLE "decision" RENAME TO "decision_before"')
    t.decision.create(db)
    kept = ", ".join(f'"{name}"' for name in _DECISION_1)
    db.exec_driver_sql(f'INSERT INTO "decision" ({kept}) SELECT {kept} FROM "decision_before"')  # noqa: S608
    db.exec_driver_sql('DROP TABLE "decision_before"')
    t.load.create(db)
    for index in t.assertion.indexes:
        index.create(db, checkfirst=True)
    db.execute(t.state.update().values(token=uuid.uuid4().hex))
    versions = db.execute(
        sa.select(t.version).order_by(t.version.c.created_at, t.version.c.number)
    ).mappings()
    revision = db.execute(sa.select(t.state.c.revision)).scalar_one()
    for v in versions.all():
        db.execute(
            t.load.insert().values(
                at=v["created_at"],
                user="",
                kind="load",
                dataset=v["dataset"],
                before=v["number"] - 1 or None,
                after=v["number"],
                origin=v["origin"],
                counts={"assertions": v["assertions"]},
                revision=revision,
            )
        )


_STEPS = (
    _Step(
        1,
        "每次载入记为可撤销的一条；数据集与决定可设 公开/内部/商业秘密",
        "each load became an entry that can be undone; datasets and decisions have a visibility",
        _loads_and_visibility,
    ),
)
