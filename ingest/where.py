"""Where the tables that assertions name stand: in which file, on which sheet, under which headings."""

from __future__ import annotations

from ingest.faults import Fault
from ingest.rows import Row


class Where:
    """Filled while rows are read; places the faults that are found in sets of assertions afterwards."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}

    def see(self, row: Row) -> None:
        """Take note of the table of a row."""
        if row.table not in self._rows:
            self._rows[row.table] = row

    def heading(self, table: str, column: str) -> str:
        """The heading of a column as the table has it."""
        row = self._rows.get(table)
        return column if row is None else row.heading(column)

    def fault(self, at: tuple[str, int, str], found: str, zh: str, en: str) -> Fault:
        """A fault at a table, line and column."""
        table, line, column = at
        row = self._rows.get(table)
        file, sheet = (table, "") if row is None else (row.file, row.sheet)
        return Fault(file, line, column, found, zh, en, sheet)

    def table_of(self, fault: Fault) -> str:
        """The table that a fault speaks of."""
        return fault.sheet or fault.file
