"""Which columns of a file a mapping needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.mapping.model import Cell, Check, Condition, FileSpec, Key, Mapping, Statement
from ingest.mapping.template import columns_in


def cell_columns(cell: Cell) -> tuple[str, ...]:
    """The columns that a cell is made of."""
    if cell.column is not None:
        return (cell.column,)
    return columns_in(cell.text) if cell.text is not None else ()


def key_columns(key: Key | None) -> tuple[str, ...]:
    """The columns that an id is made of (none for a ``ref``)."""
    if key is None:
        return ()
    if key.column is not None:
        return (key.column,)
    return columns_in(key.text) if key.text is not None else tuple(key.hash or ())


def statement_columns(statement: Statement) -> Iterator[str]:
    """All columns of one statement."""
    yield from statement.filter
    for key in (statement.id, statement.source, statement.target):
        yield from key_columns(key)
    for cell in statement.properties.values():
        yield from cell_columns(cell)


def check_columns(check: Check) -> Iterator[str]:
    """All columns of this file that one check looks at."""
    yield from check.when
    yield from (check.column,) if check.column is not None else ()
    yield from check.unique or ()
    yield from check.different or ()


def needed(spec: FileSpec, mapping: Mapping) -> list[str]:
    """The columns that a file must have for ``spec``, each once."""
    found: list[str] = [*spec.filter]
    for check in spec.checks:
        found += check_columns(check)
    for statement in spec.rows:
        found += statement_columns(statement)
    if spec.rows:
        for cell in (mapping.common | spec.common).values():
            found += cell_columns(cell)
    found += [column for _, column in wanted(spec, mapping.files)]
    return list(dict.fromkeys(found))


def wanted(spec: FileSpec, files: Iterable[FileSpec]) -> list[tuple[FileSpec, str]]:
    """The columns of ``spec`` that checks of other files refer to."""
    return [
        (spec, check.exists.column)
        for other in files
        for check in other.checks
        if check.exists is not None and refers(check, spec)
    ]


def refers(check: Check, spec: FileSpec) -> bool:
    """Whether ``check.exists`` means a column of ``spec``."""
    return check.exists is not None and (check.exists.file, check.exists.sheet) == (spec.file, spec.sheet)


def conditions_of(condition: Condition) -> list[str]:
    """The keys of a condition that are given, as the file writes them."""
    names = {"one_of": "in"}
    own = Condition.model_fields
    return [names.get(n, n) for n in own if getattr(condition, n) is not None]
