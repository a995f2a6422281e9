"""A statement made ready for one file: from the cells of a row to a row of the ontology's table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph.ontology import EntityClass, Ontology, RelationClass
from graph.values import SEPARATOR, Property
from ingest.mapping.bind_ends import end_class, entities_of, with_firms
from ingest.mapping.cells import Cells, Getter, Places, getter, key_getter
from ingest.mapping.columns import cell_columns, key_columns
from ingest.mapping.conditions import RowPredicate, row_filter
from ingest.mapping.model import Cell, Key, Statement
from ingest.mapping.patterns import CellFault
from ingest.mapping.table import class_of, column_names
from ingest.mapping.told import wrong
from ingest.rows import Row


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the rows of one statement.

    Attributes
    ----------
    cls : class of the table. keys : getters that must give something: without its id an entity is a fault,
    without an end a relation is not stated. columns : the other getters by column. fixed : constants.
    headings : the file's heading for each column of the ontology. chosen : which rows make the statement.
    """

    cls: EntityClass | RelationClass
    file: str
    sheet: str
    keys: tuple[tuple[str, Getter], ...]
    columns: tuple[tuple[str, Getter], ...]
    fixed: dict[str, str]
    headings: dict[str, str]
    chosen: RowPredicate | None

    def row(self, cells: Cells, number: int) -> Row | None:
        """The row of line ``number``, or ``None`` where the statement says nothing of it.

        Raises
        ------
        CellFault
            A cell cannot be translated, or the columns of an entity's id are empty.
        """
        if self.chosen is not None and not self.chosen(cells):
            return None
        made = self.fixed.copy()
        for name, get in self.keys:
            text = get(cells)
            if not text:
                if name == "id":
                    raise CellFault(
                        self.headings.get("id", ""), "", "作编号的值", "a value to make the id of"
                    )
                return None
            made[name] = text
        for name, get in self.columns:
            text = get(cells)
            if text:
                made[name] = text
        return Row(self.cls, self.file, number, made, self.headings, self.sheet)


@dataclass(frozen=True, slots=True)
class Place:
    """Where statements are made: file and sheet, the index of each column, the cells of all statements."""

    file: str
    sheet: str
    places: Places
    common: Mapping[str, Cell]


def makers(rows: Sequence[Statement], at: Place, ontology: Ontology) -> list[Maker]:
    """The statements of a file, made ready for its columns."""
    named = entities_of(rows)
    return [_maker(row, named, at, ontology) for row in rows]


def _maker(statement: Statement, named: dict[str, Statement], at: Place, ontology: Ontology) -> Maker:
    places = at.places
    cls = class_of(statement, ontology)
    names = column_names(cls, ontology)
    cells = dict(at.common) | {names[name]: cell for name, cell in statement.properties.items()}
    fixed = {name: text for name, cell in cells.items() if (text := _fixed(cell))}
    columns = tuple(
        (name, _parted(cell, cls.properties.get(name), getter(cell, places)))
        for name, cell in cells.items()
        if name not in fixed
    )
    headings = {name: used[0] for name, cell in cells.items() if (used := cell_columns(cell))}
    chosen = [row_filter(statement.filter, places)]
    keys: list[tuple[str, Getter]] = []
    if isinstance(cls, EntityClass):
        if statement.id is not None:
            keys.append(("id", key_getter(statement.id, cls.prefix, places)))
            headings |= _heading("id", statement.id)
    else:
        ends = (("from", statement.source, cls.source), ("to", statement.target, cls.target))
        for name, end, allowed in ends:
            key = end or Key()
            if key.ref is not None:
                entity = named[key.ref]
                keys.append((name, _of_entity(entity, places, ontology)))
                chosen.append(row_filter(entity.filter, places))
                headings |= _heading(name, entity.id) or _name_heading(name, entity, ontology)
                continue
            end_cls = end_class(key, with_firms(allowed), named, ontology)
            prefix = ontology.entities[end_cls].prefix if end_cls is not None else ""
            keys.append((name, key_getter(key, prefix, places)))
            headings |= _heading(name, key)
    return Maker(cls, at.file, at.sheet, tuple(keys), columns, fixed, headings, _all(chosen))


def _fixed(cell: Cell) -> str:
    """The text of a cell that is the same in every row; empty for others."""
    if cell.column is not None or cell.text is not None:
        return ""
    try:
        return getter(cell, {})(())
    except CellFault as fault:
        raise wrong("mapping", "value", fault.found, fault.zh, fault.en) from fault


def _parted(cell: Cell, prop: Property | None, get: Getter) -> Getter:
    """``get``, a single value marked as one where the mapping says itself what parts several."""
    if cell.split is None or prop is None or not prop.separators:
        return get

    def single(cells: Cells) -> str:
        text = get(cells)
        return text + SEPARATOR if text and SEPARATOR not in text else text

    return single


def _of_entity(entity: Statement, places: Places, ontology: Ontology) -> Getter:
    """What gives the id of an entity of the same row, or its name where it has no id."""
    cls = ontology.entity(entity.entity or "")
    if entity.id is not None:
        return key_getter(entity.id, cls.prefix, places)
    names = column_names(cls, ontology)
    return next(getter(cell, places) for name, cell in entity.properties.items() if names[name] == "name")


def _heading(name: str, key: Key | None) -> dict[str, str]:
    used = key_columns(key)
    return {name: used[0]} if used else {}


def _name_heading(name: str, entity: Statement, ontology: Ontology) -> dict[str, str]:
    names = column_names(ontology.entity(entity.entity or ""), ontology)
    cells = [cell for column, cell in entity.properties.items() if names[column] == "name"]
    used = [column for cell in cells for column in cell_columns(cell)]
    return {name: used[0]} if used else {}


def _all(tests: Sequence[RowPredicate | None]) -> RowPredicate | None:
    given: list[Callable[[Cells], bool]] = [test for test in tests if test is not None]
    if len(given) < 2:
        return given[0] if given else None
    return lambda cells: all(test(cells) for test in given)
