"""From a row's cells to one cell of the ontology's table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

from ingest.mapping.columns import cell_columns
from ingest.mapping.ids import hashed_slug
from ingest.mapping.model import Cell, Key
from ingest.mapping.numbers import number
from ingest.mapping.patterns import CellFault, searching
from ingest.mapping.template import parts_of

Cells = Sequence[str]
Getter = Callable[[Cells], str]
Places = Mapping[str, int]

_KNOWN_SHOWN = 8


def getter(cell: Cell, places: Places) -> Getter:
    """What gives the text of ``cell`` for the cells of a row; ``places`` is the index of each column.

    The getter raises ``CellFault`` where a value is not in ``translate`` and ``untranslated`` is ``fault``,
    and where ``extract`` takes too long.
    """
    get = _origin(cell, places)
    extract = _extract(cell.extract, cell_columns(cell)) if cell.extract else None
    for step in (_unknown(cell), extract, _values(cell)):
        if step is not None:
            get = _then(get, step)
    if cell.default is not None:
        get = _or(get, cell.default)
    return get


def key_getter(key: Key, prefix: str, places: Places) -> Getter:
    """What gives the id that ``key`` makes of a row; empty where one of its columns is."""
    if key.value is not None:
        return _constant(key.value)
    if key.column is not None:
        return _picked(key.column, key.extract, places)
    if key.text is not None:
        return _then(_template(key.text, places, key.extract), lambda slug: f"{prefix}/{slug}")
    space = f"{prefix}/{key.space}"
    pick = [_picked(column, key.extract, places) for column in key.hash or ()]
    if len(pick) == 1:
        (one,) = pick
        return _then(one, lambda value: hashed_slug(space, (value,)))

    def several(cells: Cells) -> str:
        values = tuple(get(cells) for get in pick)
        return hashed_slug(space, values) if all(values) else ""

    return several


def _picked(column: str, extract: str | None, places: Places) -> Getter:
    get: Getter = itemgetter(places[column])
    return get if extract is None else _then(get, _extract(extract, (column,)))


def _origin(cell: Cell, places: Places) -> Getter:
    if cell.column is not None:
        return itemgetter(places[cell.column])
    if cell.text is not None:
        return _template(cell.text, places)
    return _constant(cell.value or "")


def _constant(text: str) -> Getter:
    return lambda _: text


def _template(template: str, places: Places, extract: str | None = None) -> Getter:
    *holes, (end, _) = parts_of(template)
    parts = [(before, _picked(column, extract, places)) for before, column in holes]

    def fill(cells: Cells) -> str:
        made = ""
        for before, get in parts:
            text = get(cells)
            if not text:
                return ""
            made += before + text
        return made + end

    return fill


def _then(get: Getter, step: Callable[[str], str]) -> Getter:
    def both(cells: Cells) -> str:
        text = get(cells)
        return step(text) if text else ""

    return both


def _or(get: Getter, default: str) -> Getter:
    return lambda cells: get(cells) or default


def _unknown(cell: Cell) -> Callable[[str], str] | None:
    if cell.unknown is None:
        return None
    unknown = frozenset(cell.unknown)
    return lambda text: "" if text in unknown else text


def _extract(pattern: str, columns: Sequence[str]) -> Callable[[str], str]:
    search = searching(pattern, columns[0] if columns else "")

    def found(text: str) -> str:
        match = search(text)
        if match is None:
            return ""
        return str(next((group for group in match.groups() if group is not None), match.group())).strip()

    return found


def _values(cell: Cell) -> Callable[[str], str] | None:
    one = _value(cell)
    if cell.split is None:
        return one
    separator = cell.split

    def each(text: str) -> str:
        values = [value for value in map(str.strip, text.split(separator)) if value]
        if one is not None:
            values = [made for made in map(one, values) if made]
        return "|".join(dict.fromkeys(values))

    return each


def _value(cell: Cell) -> Callable[[str], str] | None:
    """What is done to each value: translated, multiplied, with something before and after it."""
    steps = [step for step in (_translated(cell), _multiplied(cell), _framed(cell)) if step is not None]
    if not steps:
        return None

    def made(text: str) -> str:
        for step in steps:
            text = step(text)
            if not text:
                break
        return text

    return steps[0] if len(steps) == 1 else made


def _translated(cell: Cell) -> Callable[[str], str] | None:
    table = cell.translate
    if table is None:
        return None
    column, otherwise = cell.column or "", cell.untranslated
    shown = list(table)[:_KNOWN_SHOWN]
    zh, en = f"「{'」「'.join(shown)}」之一", "one of " + ", ".join(repr(word) for word in shown)

    def translated(text: str) -> str:
        found = table.get(text)
        if found is not None:
            return found
        if otherwise == "fault":
            raise CellFault(column, text, zh, en)
        return "" if otherwise == "empty" else text

    return translated


def _multiplied(cell: Cell) -> Callable[[str], str] | None:
    times, column = cell.times, cell.column or ""
    if times is None:
        return None

    def multiplied(text: str) -> str:
        value = number(text)
        if value is None:
            raise CellFault(column, text, "数", "a number")
        product = value * times
        return f"{product.normalize():f}" if product else "0"

    return multiplied


def _framed(cell: Cell) -> Callable[[str], str] | None:
    before, after = cell.prepend or "", cell.append or ""
    return (lambda text: before + text + after) if before or after else None
