"""A row of a table, as every reader gives it: cells by column, nothing interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.ontology import EntityClass, RelationClass


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the class of its table, where it stands, and the cells that are not empty by column name.

    Attributes
    ----------
    file : name of the file. sheet : title of the sheet, empty for a file that is one table.
    line : 1-based line of the file or sheet.
    cells : texts by column name of the ontology.
    headings : the headings as the file has them, by column name.
    in_doubt : another heading is unknown. The row is checked, but never loaded without that column.
    """

    cls: EntityClass | RelationClass
    file: str
    line: int
    cells: dict[str, str]
    headings: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    in_doubt: bool = False

    @property
    def table(self) -> str:
        """What an assertion names as its table: the sheet, or the file that is one table."""
        return self.sheet or self.file

    def heading(self, column: str) -> str:
        """The heading of a column as the file has it; the column's name where the file lacks it."""
        return self.headings.get(column, column)
