"""The headings of a table: which line has them, which column each means, what unit it gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from graph.ontology import Column, EntityClass, Ontology, Property, RelationClass
from graph.values.units import read_unit
from ingest.faults import Fault
from ingest.grid import Grid, GridNote, Line, letter

#: Columns named where a heading is unknown and none is near.
_SHOWN = 12
#: Headings of columns that only number the rows.
_NUMBERING = frozenset({"序号", "行号", "no", "no.", "#", "№"})
_BRACKET = re.compile(r"(?P<name>.+?)[(\[](?P<inside>[^()\[\]]*(?:\([^()]*\))?[^()\[\]]*)[)\]]")
#: Columns that are not suggested for a heading nobody knows.
_GENERAL = frozenset(
    {"id", "sources", "standing", "seen_at", "valid_from", "valid_to", "confidence", "note", "name_standing"}
)
_UNIT_WORD = re.compile(r"^单位[::]?\s*|^unit:?\s*", re.IGNORECASE)


def columns_of(cls: EntityClass | RelationClass, ontology: Ontology) -> dict[str, str]:
    """Every heading that a class's table may have (English name or Chinese label) → column name."""
    return {
        heading: name for name, column in _named(cls, ontology).items() for heading in (name, column.label.zh)
    }


def _named(cls: EntityClass | RelationClass, ontology: Ontology) -> dict[str, Column | Property]:
    named: dict[str, Column | Property]
    if isinstance(cls, EntityClass):
        named = {"id": ontology.keys["id"], **cls.columns}
    else:
        named = {"from": ontology.keys["from"], "to": ontology.keys["to"]}
    return named | {**ontology.common, **cls.properties}


def plain(text: str) -> str:
    """``text`` as headings and names of tables are compared: NFKC, no spaces, no asterisks, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("*:").casefold()


def nearest(text: str, known: Iterable[str]) -> tuple[str, str]:
    """What ends a fault about a misspelt word: the nearest that is known, in both languages."""
    near = nearest_of(text, known)
    return (f"；是否「{near}」？", f"; did you mean {near!r}?") if near else ("", "")


def nearest_of(text: str, known: Iterable[str], alike: float = 0.6) -> str:
    """The nearest of ``known``, or "" if none is near: ``alike``, from 0 to 1."""
    return next(iter(get_close_matches(text, list(known), n=1, cutoff=alike)), "")


@dataclass(slots=True)
class Headings:
    """The headings found.

    ``names`` has the column name of each column of the grid (``None``: no heading, or one that only numbers
    rows), ``written`` the heading as the file has it by column name, ``units`` the unit that a heading gives
    for the bare numbers below it, ``row`` their line, ``width`` the number of cells of that line, ``notes``
    what was noticed, ``unknown`` whether there are headings that nobody knows.
    """

    row: int
    width: int
    cells: list[str]
    names: list[str | None] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    notes: list[GridNote] = field(default_factory=list)
    unknown: bool = False


class HeadingReader:
    """Reads the headings of tables of one class."""

    def __init__(self, cls: EntityClass | RelationClass, ontology: Ontology) -> None:
        self.cls = cls
        self.columns = columns_of(cls, ontology)
        self.properties = {**ontology.common, **cls.properties}
        labels = (cls.label.zh, cls.table.zh)
        named = _named(cls, ontology)
        self._known = {
            plain(text): n for n, c in named.items() if isinstance(c, Column) for text in c.headings
        }
        self._known |= {plain(label + c.label.zh): n for n, c in named.items() for label in labels}
        self._known |= {plain(c.label.en): n for n, c in named.items()}
        self._known |= {plain(heading): name for heading, name in self.columns.items()}
        self.column = lru_cache(maxsize=1024)(self._column)

    def _column(self, text: str) -> tuple[str, str] | None:
        """(column name, what stands in brackets behind it) of a heading; ``None`` if no column has it."""
        wanted = plain(text)
        if name := self._known.get(wanted):
            return name, ""
        match = _BRACKET.fullmatch(wanted)
        if match and (name := self._known.get(plain(match["name"]))):
            return name, _UNIT_WORD.sub("", match["inside"])
        return None

    def score(self, line: Line) -> int:
        """How many different columns the cells of ``line`` name."""
        return len({found[0] for text in line.cells if text and (found := self.column(text))})

    def read(self, line: Line, grid: Grid) -> tuple[Headings | None, list[Fault]]:
        """The headings of ``line``, and what is wrong with them: unknown, missing or doubled ones.

        No headings where one is missing or doubled: then no row can be read. The column of an unknown one has
        no name, so that the others are still checked.
        """
        headings = Headings(line.number, len(line.cells), list(line.cells))
        faults: list[Fault] = []
        unknown: list[str] = []
        named = {found[0] for text in line.cells if text and (found := self.column(text))}
        for text in line.cells:
            if not text or plain(text) in _NUMBERING:
                if text:
                    zh, en = (
                        f"不读只编号的列「{text}」",
                        f"the column {text!r} only numbers the rows: not read",
                    )
                    headings.notes.append(grid.noticed("numbering", zh, en, line.number))
                headings.names.append(None)
                continue
            found = self.column(text)
            if found is None:
                unknown.append(text)
                faults.append(self._unknown(text, line.number, grid, named))
            elif found[0] in headings.written:
                faults.append(grid.fault(text, "每列只出现一次", "each column once", line.number, text))
            else:
                headings.written[found[0]] = text
                self._take_unit(headings, *found)
            headings.names.append(found[0] if found else None)
        faults.extend(self._missing(headings, unknown, line.number, grid))
        headings.unknown = bool(unknown)
        whole = len(faults) == len(unknown) and self._needed() <= headings.written.keys()
        return headings if whole else None, faults

    def _take_unit(self, headings: Headings, name: str, inside: str) -> None:
        prop = self.properties.get(name)
        if prop is None or prop.type != "quantity" or not inside:
            return
        unit = read_unit(inside)
        if unit is not None and unit.dimension:
            headings.units[name] = inside

    def _unknown(self, text: str, row: int, grid: Grid, named: set[str]) -> Fault:
        """The fault of an unknown heading: the nearest column not ``named`` yet, or which there are."""
        free = {heading: name for heading, name in self.columns.items() if name not in named}
        near = nearest_of(plain(text), free, 0.5)
        if near:
            zh, en = f"；是否「{near}」？改成它", f"; did you mean {near!r}? Rename it"
        else:
            own = {h: n for h, n in free.items() if n not in _GENERAL and not h.isascii()}
            rest_zh, rest_en = (" 等", ", …") if len(own) > _SHOWN else ("", "")
            some_zh, some_en = "、".join(list(own)[:_SHOWN]), ", ".join(list(own.values())[:_SHOWN])
            zh = (f"，如 {some_zh}{rest_zh}" if own else "") + "；改名"
            en = (f", such as {some_en}{rest_en}" if own else "") + "; rename it"
        return grid.fault(
            text,
            f"表「{self.cls.table.zh}」的列名{zh}，或删去不要的列，或写映射照原样读（lianpu map）",
            f"a column of the table {self.cls.table.en}{en}, delete the column, or read the file as it is "
            "by a mapping (lianpu map)",
            row,
            text,
        )

    def _needed(self) -> set[str]:
        """The columns that every table of the class has."""
        if isinstance(self.cls, RelationClass):
            return {"from", "to"}
        return {name for name, prop in self.cls.properties.items() if prop.required}

    def _missing(self, headings: Headings, unknown: Sequence[str], row: int, grid: Grid) -> Iterable[Fault]:
        for name in sorted(self._needed() - headings.written.keys()):
            spellings = [heading for heading, column in self.columns.items() if column == name]
            near = [m for heading in spellings for m in get_close_matches(heading, unknown, n=1)]
            free = [h for h, column in self.columns.items() if column not in headings.written]
            if near and self.columns.get(nearest_of(plain(near[0]), free, 0.5)) == name:
                continue  # the fault of that unknown heading asks whether it is this one
            shown = spellings[-1]
            yield grid.fault("", f"必有的列「{shown}」", f"the column {name!r}", row, shown)


def nameless(index: int, text: str, row: int, grid: Grid) -> Fault:
    """The fault of a cell in a column without a heading."""
    where = letter(index)
    return grid.fault(text, f"{where} 列没有列名", f"a heading for column {where}", row, where)
