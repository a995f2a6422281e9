"""The tables under construction: rows by table name, each cell checked for its column and kept as text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.gather.csvfile import write_csv
from tools.gather.faults import GatherFault
from tools.gather.gathered import GatheredRow
from tools.gather.schema import TableSchema

Origin = GatheredRow | str | Sequence[GatheredRow]  # a gathered row, several of them, or "file:line"
Cell = str | bool | int | float | Iterable[str] | None
SEPARATOR = "|"


@dataclass
class Row:
    """A row of an output table; `origins`: "folder/table.csv:line" of what it was made from."""

    cells: dict[str, str]
    origins: list[str] = field(default_factory=list)

    def parts(self, column: str) -> list[str]:
        """The values of a multi-valued cell, without empty ones."""
        return [part for part in self.cells.get(column, "").split(SEPARATOR) if part]


@dataclass(frozen=True)
class Drop:
    """A gathered or built row that was left out on purpose."""

    origin: str
    what: str
    reason: str


class Tables:
    """Collects rows by table name.

    Every gathered row is to be used as the origin of at least one row, or dropped with a reason; `unused` of
    `tools.gather.account` lists those that are neither.
    """

    def __init__(self, schema: Mapping[str, TableSchema]) -> None:
        self.schema = schema
        self.rows: dict[str, list[Row]] = {name: [] for name in schema}
        self.drops: list[Drop] = []

    def add(self, table: str, origin: Origin, /, **cells: Cell) -> None:
        """Add a row (of a relation: `relate` is handier). None and "" are unknown, lists are joined by |.

        Raises GatherFault for an unknown table or column, and for | within one of several values.
        """
        origins = _origins(origin)
        where = ", ".join(origins)
        schema = self.schema.get(table)
        if schema is None:
            raise GatherFault(f"{where}: table {table!r} is in no class of the ontology")
        texts: dict[str, str] = {}
        for column, cell in cells.items():
            if column not in schema.columns:
                raise GatherFault(f"{where}: table {table}: no column {column!r}, expected {schema.columns}")
            if text := _text(cell, where, column):
                texts[column] = text
        for column in ("id",) if schema.is_entity else ("from", "to"):
            if column not in texts:
                raise GatherFault(f"{where}: table {table}: column {column} is empty")
        self.rows[table].append(Row(texts, origins))

    def relate(
        self, table: str, origin: GatheredRow | str, source: str, target: str, /, **cells: Cell
    ) -> None:
        """Add a relation row from `source` to `target` (ids)."""
        self.add(table, origin, **{"from": source, "to": target}, **cells)

    def drop(self, origin: GatheredRow, reason: str) -> None:
        """Note that a gathered row is left out, and why."""
        what = ", ".join(value for value in list(origin.values.values())[:4] if value)
        self.drops.append(Drop(origin.origin, what, reason))

    def all_rows(self) -> Iterator[tuple[TableSchema, Row]]:
        """Every row with its table's schema."""
        for name, rows in self.rows.items():
            for row in rows:
                yield self.schema[name], row

    def write(self, folder: Path) -> None:
        """Write one CSV per table that has rows, sorted by identity, then by all cells; remove other CSVs."""
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.csv"):
            if not self.rows.get(path.stem):
                path.unlink()
        for name, rows in self.rows.items():
            if rows:
                schema = self.schema[name]
                order = (*schema.identity, *schema.columns)
                ordered = sorted(
                    (row.cells for row in rows), key=lambda cells: [cells.get(c, "") for c in order]
                )
                write_csv(folder / f"{name}.csv", schema.columns, ordered)


def _origins(origin: Origin) -> list[str]:
    if isinstance(origin, str):
        return [origin]
    return [origin.origin] if isinstance(origin, GatheredRow) else [row.origin for row in origin]


def _text(cell: Cell, where: str, column: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str | int | float):
        return str(cell).strip()
    parts: dict[str, None] = {}
    for part in cell:
        if SEPARATOR in part:
            raise GatherFault(f"{where}: column {column}: {part!r} holds the separator {SEPARATOR}")
        if part.strip():
            parts[part.strip()] = None
    return SEPARATOR.join(parts)
