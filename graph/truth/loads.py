"""What was done to the datasets: each load, and what took it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from graph.errors import BadInput, NotFound
from graph.truth import schema as t


@dataclass(frozen=True, slots=True)
class Load:
    """One entry.

    Attributes
    ----------
    kind : ``load``, or ``undo`` (of the entry ``undoes``).
    before, after : version of the dataset that was current before and after; ``None``: none was.
    counts : what it changed, by word.
    undone_by : the entry that took it back, and was not taken back itself.
    """

    id: int
    at: str
    user: str
    kind: str
    dataset: str
    before: int | None
    after: int | None
    origin: str
    counts: dict[str, int]
    revision: int
    undoes: int | None
    undone_by: int | None = None


def all_loads(db: sa.Connection) -> list[Load]:
    """All entries, oldest first."""
    names = [c.name for c in t.load.columns]
    rows = [dict(zip(names, r, strict=True)) for r in db.execute(sa.select(t.load).order_by(t.load.c.id))]
    undone: dict[int, int] = {}
    for row in reversed(rows):  # an undo that was itself undone undoes nothing
        if row["undoes"] is not None and row["id"] not in undone:
            undone[row["undoes"]] = row["id"]
    return [Load(**row, undone_by=undone.get(row["id"])) for row in rows]


def no_load(number: int) -> NotFound:
    """That there is no entry of this number, or none that may be seen."""
    return NotFound(
        f"没有第 {number} 次载入；见 lianpu loads · no load {number}; see lianpu loads", load=number
    )


def to_undo(db: sa.Connection, number: int) -> Load:
    """The entry ``number``, if it can be taken back now.

    Raises
    ------
    NotFound
        There is no such entry.
    BadInput
        It was taken back already, or newer entries of the same dataset stand on it; they are named.
    """
    loads = all_loads(db)
    found = next((one for one in loads if one.id == number), None)
    if found is None:
        raise no_load(number)
    if found.undone_by is not None:
        raise BadInput(
            f"第 {number} 次载入已由第 {found.undone_by} 条撤销 · "
            f"load {number} was undone by {found.undone_by}",
            load=number,
            undone_by=found.undone_by,
        )
    newer = [
        one.id
        for one in loads
        if one.dataset == found.dataset and one.id > number and one.undone_by is None and one.kind != "undo"
    ]
    if newer:
        ids = ", ".join(map(str, reversed(newer)))
        raise BadInput(
            f"第 {number} 次载入之上还有同一数据集（{found.dataset}）较新的载入；先撤销 {ids} · "
            f"newer loads of the same dataset ({found.dataset}) stand on load {number}; undo {ids} first",
            load=number,
            newer=newer,
        )
    query = sa.select(t.dataset.c.current_version).where(t.dataset.c.id == found.dataset)
    current = db.execute(query).scalar_one_or_none()
    if current != found.after:
        raise BadInput(
            f"第 {number} 条之后数据集 {found.dataset} 又变了（现为版本 {current}，应为 {found.after}）；"
            f"先撤销较新的 · dataset {found.dataset} has changed since entry {number} "
            f"(now version {current}, expected {found.after}); undo the newer entries first",
            load=number,
            found=current,
            expected=found.after,
        )
    return found


def root_of(db: sa.Connection, one: Load) -> tuple[int, bool]:
    """The load that ``one`` is about, and whether taking ``one`` back makes it hold again.

    An undo is about the load it took back; the undo of an undo again about that load.
    """
    undoes = dict(db.execute(sa.select(t.load.c.id, t.load.c.undoes)).all())
    here, again = one.id, False
    while (before := undoes.get(here)) is not None:
        here, again = before, not again
    return here, again


def record(db: sa.Connection, **values: Any) -> int:
    """Write an entry and return its number."""
    return int(db.execute(t.load.insert().values(**values)).inserted_primary_key[0])  # type: ignore[index]
