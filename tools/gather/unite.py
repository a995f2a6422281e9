"""Rows that say the same of the same thing become one row with the sources of all."""

from collections.abc import Callable

from tools.gather.schema import COMMON, TableSchema
from tools.gather.tables import SEPARATOR, Row, Tables

_JOINED = {"sources": SEPARATOR, "note": "；"}
_DATED = ("valid_from", "valid_to", "confidence")


def unite(tables: Tables, grade_of: Callable[[str], str]) -> int:
    """Unite rows of the same identity, in place; returns how many rows went into others.

    Two rows are united when no single-valued cell differs and they have the same standing (or one adds
    nothing to the other); relations also need the same date. Contradicting rows stay apart, each with its
    own sources.
    `grade_of` gives the grade of a source id: the better sourced row comes first, so its spelling stays.
    """
    before = sum(len(rows) for rows in tables.rows.values())
    for name, rows in tables.rows.items():
        schema = tables.schema[name]
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in sorted(rows, key=lambda row: _rank(row, grade_of)):
            groups.setdefault(tuple(row.cells.get(c, "") for c in schema.identity), []).append(row)
        tables.rows[name] = [row for group in groups.values() for row in _fold(schema, group)]
    return before - sum(len(rows) for rows in tables.rows.values())


def _rank(row: Row, grade_of: Callable[[str], str]) -> tuple[str, str, str]:
    grade = min((grade_of(source) for source in row.parts("sources")), default="Z")
    standing = {"verified": "0", "unverified": "1"}.get(row.cells.get("standing", ""), "2")
    return standing, grade, row.origins[0]


def _fold(schema: TableSchema, group: list[Row]) -> list[Row]:
    folded: list[Row] = []
    for row in group:
        host = next((kept for kept in folded if _compatible(schema, kept, row)), None)
        if host is None:
            folded.append(row)
        else:
            _absorb(schema, host, row)
    return folded


def _compatible(schema: TableSchema, kept: Row, row: Row) -> bool:
    single = [c for c in schema.columns if c not in schema.many and c not in COMMON]
    dated = (*_DATED, "seen_at") if not schema.is_entity else _DATED
    for column in (*single, *dated):
        ours, theirs = kept.cells.get(column, ""), row.cells.get(column, "")
        if ours and theirs and ours != theirs:
            return False
    if kept.cells.get("standing") == row.cells.get("standing"):
        return True
    return all(
        set(row.parts(column)) <= set(kept.parts(column)) if column in schema.many else column in kept.cells
        for column in row.cells
        if column not in COMMON
    )


def _absorb(schema: TableSchema, kept: Row, row: Row) -> None:
    for column, theirs in row.cells.items():
        ours = kept.cells.get(column, "")
        if column in _JOINED or column in schema.many:
            glue = _JOINED.get(column, SEPARATOR)
            kept.cells[column] = glue.join(
                dict.fromkeys(filter(None, [*ours.split(glue), *theirs.split(glue)]))
            )
        elif column == "seen_at":
            kept.cells[column] = max(ours, theirs)
        elif not ours:
            kept.cells[column] = theirs
    kept.origins.extend(row.origins)
