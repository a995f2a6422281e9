"""Making what a scratch file states the newest version of a dataset, as statements over sets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from graph.truth import schema as t
from graph.truth.scratch import begun, ended, staged

_S, _A = staged.c, t.assertion.c
_SHARED = tuple(c.name for c in staged.columns if c.name not in ("id", "at_source", "at_target"))
#: From so many new rows on, indexes are made after the rows instead of row by row.
_MANY = 200_000


def newest_version(db: sa.Connection, dataset: str) -> int | None:
    """Number of the newest version, current or not."""
    query = sa.select(sa.func.max(t.version.c.number)).where(t.version.c.dataset == dataset)
    number = db.execute(query).scalar_one()
    return None if number is None else int(number)


def _beginning(dataset: str) -> sa.Select[tuple[int]]:
    """Stage rows that the newest version of the dataset does not have."""
    there = sa.exists().where(*_open(dataset), _A.hash == _S.hash)
    return sa.select(_S.id).where(~there)


def _ending(dataset: str) -> sa.Select[tuple[int]]:
    """Rows of the newest version of the dataset that the stage does not have."""
    return sa.select(_A.id).where(*_open(dataset), ~sa.exists().where(_S.hash == _A.hash))


def differs(db: sa.Connection, dataset: str) -> bool:
    """Whether the stage states something else than the newest version of the dataset."""
    sides = (_beginning(dataset), _ending(dataset))
    return any(db.execute(query.limit(1)).first() is not None for query in sides)


def difference(db: sa.Connection, dataset: str) -> tuple[int, int]:
    """How many assertions begin and end; which, is written to the scratch file for ``store_version``."""
    counts = []
    for table, query in ((begun, _beginning(dataset)), (ended, _ending(dataset))):
        db.execute(table.delete())
        counts.append(db.execute(table.insert().from_select(["id"], query)).rowcount)
    return counts[0], counts[1]


def refresh_rows(db: sa.Connection, dataset: str) -> None:
    """Give statements that only moved in their table their new row numbers."""
    moved = sa.select(_S.row).where(_S.hash == _A.hash, _S.row != _A.row).scalar_subquery()
    there = sa.exists().where(_S.hash == _A.hash, _S.row != _A.row)
    db.execute(t.assertion.update().where(*_open(dataset), there).values(row=moved))


def store_version(db: sa.Connection, dataset: str, number: int, news: int) -> None:
    """End what is gone and add what is new, as of version ``number``; ``difference`` has told which."""
    db.execute(t.assertion.update().where(_A.id.in_(sa.select(ended.c.id))).values(to_version=number))
    new = (
        sa.select(sa.literal(dataset), sa.literal(number), *(_S[name] for name in _SHARED))
        .where(_S.id.in_(sa.select(begun.c.id)))
        .order_by(_S.id)
    )
    with _indexed_afterwards(db, many=news > _MANY):
        db.execute(t.assertion.insert().from_select(["dataset", "from_version", *_SHARED], new))


def fingerprint(db: sa.Connection) -> str:
    """One hash over all that the stage states, in whatever order it stands there."""
    total = hashlib.sha256()
    for (one,) in db.execution_options(yield_per=5000).execute(sa.select(_S.hash).order_by(_S.hash)):
        total.update(one)
    return total.hexdigest()


def _open(dataset: str) -> tuple[sa.ColumnElement[bool], ...]:
    return _A.dataset == dataset, _A.to_version.is_(None)


@contextmanager
def _indexed_afterwards(db: sa.Connection, *, many: bool) -> Iterator[None]:
    """The block with the indexes of the assertions taken off, where it adds many."""
    indexes = sorted(t.assertion.indexes, key=lambda i: str(i.name)) if many else []
    for index in indexes:
        index.drop(db, checkfirst=True)
    yield
    for index in indexes:
        index.create(db)
