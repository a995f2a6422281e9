"""From raw rows to final ones: ids renamed, corrections and drops applied, loops removed."""

from collections.abc import Collection

from tools.gather.decisions import Correction, Decisions
from tools.gather.faults import GatherFault
from tools.gather.schema import TableSchema
from tools.gather.tables import SEPARATOR, Drop, Row, Tables


def resolve(tables: Tables, decisions: Decisions, raw_ids: Collection[str]) -> None:
    """Rewrite every id column by the decisions, then apply corrections and drops, in place.

    `raw_ids` are the ids of the gathered rows, which decisions may name too.
    Raises GatherFault when a decision concerns nothing, so that stale decisions are seen.
    """
    known = {row.cells["id"] for schema, row in tables.all_rows() if schema.is_entity}.union(raw_ids)
    for raw in (*decisions.merges, *decisions.slugs):
        if raw not in known:
            raise GatherFault(f"decisions: {raw} is merged or renamed but is in no table")
    for schema, row in tables.all_rows():
        _rename(schema, row, decisions)
    _drop(tables, decisions)
    for correction in decisions.corrections:
        _correct(tables, correction)
    _remove_loops(tables)


def row_id(schema: TableSchema, row: Row) -> str:
    """How decisions name a row: its id, or "from > to > key …" of a relation (empty keys left out)."""
    return " > ".join(filter(None, (row.cells.get(column, "") for column in schema.identity)))


def _rename(schema: TableSchema, row: Row, decisions: Decisions) -> None:
    for column in schema.references & row.cells.keys():
        parts = dict.fromkeys(decisions.final(part) for part in row.parts(column))
        row.cells[column] = SEPARATOR.join(parts)


def _drop(tables: Tables, decisions: Decisions) -> None:
    unused = dict(decisions.drops)
    for name, rows in tables.rows.items():
        schema = tables.schema[name]
        kept = []
        for row in rows:
            key = (name, row_id(schema, row))
            if key in decisions.drops:
                unused.pop(key, None)
                tables.drops.extend(Drop(origin, key[1], decisions.drops[key]) for origin in row.origins)
            else:
                kept.append(row)
        tables.rows[name] = kept
    if unused:
        raise GatherFault(f"drops.csv: no such row: {sorted(unused)}")


def _correct(tables: Tables, correction: Correction) -> None:
    schema = tables.schema.get(correction.table)
    if schema is None or correction.column not in schema.columns:
        raise GatherFault(f"corrections.csv: no column {correction.table}.{correction.column}")
    hits = [
        row
        for row in tables.rows[correction.table]
        if row_id(schema, row) == correction.row_id
        and row.cells.get(correction.column, "") == correction.found
    ]
    if not hits:
        raise GatherFault(f"corrections.csv: nothing to correct: {correction}")
    for row in hits:
        row.cells[correction.column] = correction.into
        if correction.source:
            row.cells["sources"] = SEPARATOR.join(dict.fromkeys([*row.parts("sources"), correction.source]))


def _remove_loops(tables: Tables) -> None:
    for name, rows in tables.rows.items():
        schema = tables.schema[name]
        loops = [row for row in rows if not schema.is_entity and row.cells["from"] == row.cells["to"]]
        for row in loops:
            rows.remove(row)
            reason = "both ends are the same after merging"
            tables.drops.extend(Drop(origin, row_id(schema, row), reason) for origin in row.origins)
