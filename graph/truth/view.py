"""What a truth store says: the current assertions, as they are or as they would be after a change.

Everything that reads assertions reads them through a ``View``; so the clearance of the store, which leaves
out what is not to be seen, is applied in this one place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from graph.decisions import Decision
from graph.facts import Assertion
from graph.truth import schema as t
from graph.truth.scratch import staged

FIELDS = (
    "dataset", "table", "row", "cls", "key", "source", "target", "props", "sources",
    "seen_at", "valid_from", "valid_to", "standing", "confidence", "note",
)  # fmt: skip
_PROPS, _SOURCES = FIELDS.index("props"), FIELDS.index("sources")
_decode = json.JSONDecoder().decode
#: Keys named in one statement.
CHUNK = 500


class View:
    """The assertions that hold, read over ``db``.

    Parameters
    ----------
    versions : versions that hold instead of the current ones, by dataset; ``None`` takes a dataset out.
    stage : a dataset whose assertions are those of the attached scratch file instead.
    decisions : the decisions that hold.
    """

    def __init__(
        self,
        db: sa.Connection,
        *,
        versions: Mapping[str, int | None] | None = None,
        stage: str | None = None,
        decisions: Sequence[Decision] = (),
    ) -> None:
        self.db, self.stage, self.decisions = db, stage, decisions
        self._versions = dict(versions or {})
        if stage is not None:
            self._versions[stage] = None

    def all(self) -> Iterator[Assertion]:
        """Every assertion, in the order in which they were stored, a stage's last."""
        return self.where(sa.true())

    def of_class(self, cls: str, prefix: str = "") -> Iterator[Assertion]:
        """The assertions of one class. With the prefix of its ids they are found without a look at others."""
        c = t.assertion.c
        near = (c.key >= f"{prefix}/", c.key < f"{prefix}0") if prefix else ()  # 0 comes after /
        return self.where(sa.and_(c.cls == cls, *near))

    def of_keys(self, keys: Iterable[str]) -> Iterator[Assertion]:
        """The assertions of some entity and relation ids."""
        for some in chunks(list(keys)):
            yield from self.where(t.assertion.c.key.in_(some))

    def ending_at(self, ids: Iterable[str]) -> Iterator[Assertion]:
        """The relations that name some entities, one that names two of them perhaps twice."""
        c = t.assertion.c
        for some in chunks(list(ids)):
            for end in (c.source, c.target):
                yield from self.where(end.in_(some))

    def citing(self, sources: Iterable[str]) -> Iterator[Assertion]:
        """The assertions that cite one of some sources; reads the whole store."""
        for some in chunks(list(sources)):
            yield from self.where(cites(t.assertion.c.sources, some))

    def where(self, condition: sa.ColumnElement[bool]) -> Iterator[Assertion]:
        """The assertions for which a condition on the stored table holds."""
        for part in self._parts(condition):
            yield from self._read(part)

    def doubled(self) -> Iterator[str]:
        """The keys that more than one assertion states."""
        parts = [part.order_by(None).subquery() for part in self._parts(sa.true())]
        keys = [sa.select(part.c.key) for part in parts]
        every = (sa.union_all(*keys) if len(keys) > 1 else keys[0]).subquery()
        query = sa.select(every.c.key).group_by(every.c.key).having(sa.func.count() > 1)
        for (key,) in self.db.execution_options(yield_per=5000).execute(query):
            yield key

    def count(self, condition: sa.ColumnElement[bool] | None = None) -> int:
        """How many assertions there are, or for how many a condition on the stored table holds."""
        counts = (
            sa.select(sa.func.count()).select_from(p.order_by(None).subquery())
            for p in self._parts(sa.true() if condition is None else condition)
        )
        return sum(self.db.execute(query).scalar_one() for query in counts)

    def first(self) -> bool:
        """Whether there is any assertion at all."""
        return any(self.db.execute(part.limit(1)).first() for part in self._parts(sa.true()))

    def _parts(self, where: sa.ColumnElement[bool]) -> list[sa.Select[Any]]:
        c = t.assertion.c
        stored = sa.select(*_columns(c)).where(self.holds(), where).order_by(c.id)
        if self.stage is None:
            return [stored]
        columns = _columns(staged.c, sa.literal(self.stage).label("dataset"))
        moved = sa.sql.visitors.replacement_traverse(where, {}, _to_stage)
        return [stored, sa.select(*columns).where(moved).order_by(staged.c.id)]

    def holds(self) -> sa.ColumnElement[bool]:
        """The condition under which a stored assertion counts."""
        c, d = t.assertion.c, t.dataset.c
        current: sa.ColumnElement[Any] = d.current_version
        if self._versions:
            other = {name: sa.literal(v, sa.Integer) for name, v in self._versions.items()}
            current = sa.case(other, value=d.id, else_=d.current_version)
        return sa.and_(
            c.dataset == d.id,
            d.visibility <= cleared(),
            current.is_not(None),
            c.from_version <= current,
            sa.or_(c.to_version.is_(None), c.to_version > current),
        )

    def _read(self, query: sa.Select[Any]) -> Iterator[Assertion]:
        for row in self.db.execution_options(yield_per=5000).execute(query):
            yield as_assertion(row)


def stated(
    db: sa.Connection, dataset: str, *where: sa.ColumnElement[bool], limit: int | None = None
) -> list[Assertion]:
    """The assertions that the attached scratch file states as ``dataset``, in their order."""
    columns = _columns(staged.c, sa.literal(dataset).label("dataset"))
    query = sa.select(*columns).where(*where).order_by(staged.c.id).limit(limit)
    return [as_assertion(row) for row in db.execute(query)]


def as_assertion(row: Sequence[Any]) -> Assertion:
    """The assertion in a row of ``FIELDS``, of which ``props`` and ``sources`` are JSON texts."""
    values = list(row)
    props = values[_PROPS]
    values[_PROPS] = {} if props == "{}" else _decode(props)
    values[_SOURCES] = _sources(values[_SOURCES])
    return Assertion(*values)


@lru_cache(maxsize=20_000)
def _sources(text: str) -> tuple[str, ...]:
    return tuple(_decode(text))


def _columns(c: Any, dataset: sa.Label[str] | None = None) -> list[sa.ColumnElement[Any]]:
    """The columns of ``FIELDS``, JSON as it is written: decoded here, at a third of the cost."""
    columns: list[sa.ColumnElement[Any]] = []
    for name in FIELDS:
        if name == "dataset" and dataset is not None:
            columns.append(dataset)
        elif name in ("props", "sources"):
            columns.append(sa.type_coerce(c[name], sa.Text).label(name))
        else:
            columns.append(c[name])
    return columns


def cleared() -> sa.ScalarSelect[Any]:
    """The visibility up to which the store shows things."""
    return sa.select(t.state.c.clearance).scalar_subquery()


def cites(column: sa.ColumnElement[Any], sources: Sequence[str]) -> sa.ColumnElement[bool]:
    """Whether the list in ``column`` names one of ``sources``."""
    cited = sa.func.json_each(column).table_valued("value")
    return sa.exists().where(cited.c.value.in_(sources)).correlate(t.assertion, staged)


def chunks(items: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    """``items`` in parts that one statement may name."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _to_stage(element: Any, **_: Any) -> Any:
    if isinstance(element, sa.Column) and element.table is t.assertion:
        return staged.c[element.name]
    return None
