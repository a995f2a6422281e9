"""Reading files by a mapping: the rows of the ontology's tables that it makes of them, and the faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.ontology import Ontology
from ingest.faults import Fault
from ingest.grid import GridNote, Line
from ingest.mapping.bind import bind, matches_file
from ingest.mapping.checks import Checks
from ingest.mapping.columns import needed, refers
from ingest.mapping.conditions import row_filter
from ingest.mapping.model import FileSpec, Mapping, Reference
from ingest.mapping.patterns import CellFault
from ingest.mapping.source import Table, cell_faults, open_table
from ingest.mapping.statement import Place, makers
from ingest.mapping.table import stated, stated_names
from ingest.mapping.told import nearest
from ingest.rows import Row

#: Values met so far, by file, sheet and column as a check refers to them.
_Known = dict[tuple[str, str | None, str], set[str]]


def read_mapped(path: Path, mapping: Mapping, ontology: Ontology) -> Iterator[Row | Fault | GridNote]:
    """The rows that ``mapping`` makes of ``path``, and what is wrong with it, as the files are read.

    Parameters
    ----------
    path : a folder with the files that the mapping names, or one file.
    mapping : from ``load_mapping``; it is checked against ``ontology`` before anything is read.

    Yields
    ------
    ``Row`` with cells as texts by the ontology's column names (``id``, ``from``, ``to``, properties, relation
    and common columns), ``file``, ``line`` and ``headings`` being those of the user's own file. A row of the
    file with a ``Fault`` makes no rows, except where a check says ``reject: cell``. ``GridNote`` tells of
    hidden rows, encodings and the like.

    Raises
    ------
    BadInput
        The mapping does not fit the ontology.

    Notes
    -----
    Memory is bounded by what ``unique`` and ``exists`` must remember: one text for each value of a column.
    """
    bind(mapping, ontology)
    return _read(path, mapping, ontology)


def files_used(path: Path, mapping: Mapping) -> list[tuple[FileSpec, list[Path]]]:
    """The files in ``path`` that each part of the mapping reads, sorted by name."""
    if path.is_dir():
        inside = sorted(p for p in path.iterdir() if p.is_file())
        return [(spec, [p for p in inside if matches_file(spec, p.name)]) for spec in mapping.files]
    used = [(spec, [path] if matches_file(spec, path.name) else []) for spec in mapping.files]
    if len({spec.file for spec in mapping.files}) == 1:  # a file by another name is meant all the same
        return [(spec, [path]) for spec in mapping.files]
    return used


def _read(path: Path, mapping: Mapping, ontology: Ontology) -> Iterator[Row | Fault | GridNote]:
    yield from _stated(mapping, ontology)
    used = files_used(path, mapping)
    alone = not path.is_dir()
    if not any(found for _, found in used):
        names = [spec.file for spec in mapping.files]
        zh, en = nearest(path.name, names)
        listed = ", ".join(dict.fromkeys(names))
        yield Fault(
            path.name,
            0,
            "",
            path.name,
            f"映射所说的文件（{listed}）{zh}",
            f"a file of the mapping ({listed}){en}",
        )
        return
    known: _Known = {}
    for spec, found in used:
        if not found and not spec.optional and not alone:
            zh, en = nearest(spec.file, [p.name for p in path.iterdir()])
            yield Fault(spec.file, 0, "", "", f"文件 {spec.file}{zh}", f"the file {spec.file}{en}")
        columns = needed(spec, mapping)
        for file in found:
            for table in open_table(file, _with_defaults(spec, mapping), columns):
                if isinstance(table, Fault):
                    yield table
                else:
                    yield from _Reading(spec, table, mapping, ontology, known).rows()


def _with_defaults(spec: FileSpec, mapping: Mapping) -> FileSpec:
    update = {name: getattr(spec, name) or getattr(mapping, name) for name in ("encoding", "delimiter")}
    return spec.model_copy(update=update)


def _stated(mapping: Mapping, ontology: Ontology) -> Iterator[Row]:
    """The rows that the mapping itself states: its sources and entities."""
    for at, (name, cells) in enumerate(stated(mapping)):
        cls = ontology.entity(name)
        names = stated_names(cls, ontology)
        beyond = at - len(mapping.sources)
        line = mapping.line_of(f"sources.{at}" if beyond < 0 else f"entities.{beyond}")
        headings = {names[column]: column for column in cells}
        named = {names[column]: text for column, text in cells.items()}
        yield Row(cls, mapping.origin or "mapping", line, named, headings)


class _Reading:
    """One table being read."""

    def __init__(
        self, spec: FileSpec, table: Table, mapping: Mapping, ontology: Ontology, known: _Known
    ) -> None:
        self.table = table
        places = table.places
        at = Place(table.file, table.sheet, places, mapping.common | spec.common)
        self.makers = makers(spec.rows, at, ontology)
        self.checks = Checks(spec.checks, places, lambda ref: known.get(_key(ref)))
        self.chosen = row_filter(spec.filter, places)
        self.heading_of = {at: column for column, at in places.items()}
        self.width = max(places.values(), default=-1) + 1
        references = [c.exists for s in mapping.files for c in s.checks if c.exists and refers(c, spec)]
        self.kept = [(places[ref.column], known.setdefault(_key(ref), set())) for ref in references]

    def rows(self) -> Iterator[Row | Fault | GridNote]:
        for line in self.table.lines:
            if not isinstance(line, Line):
                yield line
                continue
            try:
                yield from self._line(line)
            except CellFault as error:  # of a filter or a check
                yield self._unusable(line.number, error)

    def _line(self, line: Line) -> list[Row | Fault]:
        cells, number = line.cells, line.number
        if len(cells) != self.table.width:
            fault = self._wide(line)
            if fault is not None:
                return [fault]
            if len(cells) < self.width:
                cells = cells + [""] * (self.width - len(cells))
        if line.faults:
            found = cell_faults(line, self.heading_of)
            if found:
                return [*found]
        if self.chosen is not None and not self.chosen(cells):
            return []
        wrongs = self.checks.faults(cells, number) if self.checks else []
        if not wrongs:
            return self._made(cells, number)
        told: list[Row | Fault] = [self._fault(number, *wrong[:4]) for wrong in wrongs]
        if not all(only_cell for *_, only_cell in wrongs):
            return told
        cells = cells.copy()
        for column, *_ in wrongs:
            cells[self.table.places[column]] = ""
        return [*told, *self._made(cells, number)]

    def _made(self, cells: list[str], number: int) -> list[Row | Fault]:
        made: list[Row | Fault] = []
        try:
            for maker in self.makers:
                row = maker.row(cells, number)
                if row is not None:
                    made.append(row)
        except CellFault as error:
            return [self._unusable(number, error)]
        for at, values in self.kept:
            if cells[at]:
                values.add(cells[at])
        return made

    def _wide(self, line: Line) -> Fault | None:
        """The fault of a line whose number of cells is not that of the headings."""
        width = self.table.width
        if not width or (len(line.cells) > width and not any(line.cells[width:])):
            return None
        found, zh, en = f"{len(line.cells)} cells", f"{width} 个单元格", f"{width} cells"
        return self._fault(line.number, "", found, zh, en)

    def _unusable(self, number: int, error: CellFault) -> Fault:
        return self._fault(number, error.column, error.found, error.zh, error.en)

    def _fault(self, number: int, column: str, found: str, zh: str, en: str) -> Fault:
        return Fault(self.table.file, number, column, found, zh, en, self.table.sheet)


def _key(ref: Reference) -> tuple[str, str | None, str]:
    return ref.file, ref.sheet, ref.column
