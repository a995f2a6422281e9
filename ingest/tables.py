"""Tables → rows: a folder of CSV files or a workbook, cells by column, nothing interpreted yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from graph.errors import BadInput
from graph.ontology import EntityClass, Ontology, RelationClass
from graph.values.units import read_unit
from ingest.faults import Fault
from ingest.grid import MAX_COLUMNS, READABLE, Grid, GridNote, Line, read_grids
from ingest.headings import HeadingReader, Headings, nameless, nearest, plain
from ingest.lines import as_meant, day_of, not_a_row, title_unit
from ingest.rows import Row

#: The headings of a sheet stand in one of so many first rows.
HEADING_ROWS = 10
_EXPLAINING = frozenset(
    map(
        plain,
        (
            "填写说明",
            "填表说明",
            "使用说明",
            "说明",
            "目录",
            "封面",
            "readme",
            "instructions",
            "how to fill in",
        ),
    )
)
_ORDER = re.compile(r"^(?:附?表?\d{1,2}[.、_\-]|[一二三四五六七八九十]{1,2}、)")
_TAIL = re.compile(r"[(\[].*[)\]]$|(?:信息|情况)?(?:表|清单|名录|台账)$")


def other_files(folder: Path) -> list[str]:
    """Names of the files in ``folder`` that are not read, since they are no ``*.csv``."""
    return sorted(
        p.name
        for p in folder.iterdir()
        if p.is_file() and p.suffix.lower() != ".csv" and not p.name.startswith((".", "__"))
    )


def read_rows(path: Path, ontology: Ontology) -> Iterator[Row | Fault | GridNote]:
    """The rows of a folder of ``*.csv``, of one workbook, or of one CSV file, as a stream.

    A file or sheet is named after its table in Chinese or English. Its headings stand within the first ten
    rows; totals, examples, remarks and the explaining sheet are left out with a note. A row with a faulty
    cell is not given, its faults are. Texts are as a person sees them, with the unit of the heading added to
    bare numbers and Excel's serial numbers in date columns turned to days.

    Raises
    ------
    BadInput
        ``path`` does not exist, or is a folder without any table.
    """
    if path.is_file():
        return _of_file(path, ontology)
    _check_folder(path)
    files = sorted(p for p in path.iterdir() if p.suffix.lower() == ".csv")
    return chain.from_iterable(_of_file(file, ontology) for file in files)


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise BadInput(
            f"{folder}：没有这个文件夹；应为放着链谱表（*.csv）的文件夹 · "
            f"{folder}: found no folder; expected a folder of Lianpu tables (*.csv)",
            file=str(folder),
        )
    if any(p.suffix.lower() == ".csv" for p in folder.iterdir()):
        return
    others = other_files(folder)
    books = [name for name in others if name.lower().endswith((".xlsx", ".xlsm"))]
    zh = f"（只有 {'、'.join(others[:5])}）" if others else ""
    en = f" (only {', '.join(others[:5])})" if others else ""
    if books:
        zh, en = (
            f"{zh}；工作簿请直接给出：{folder / books[0]}",
            f"{en}; name the workbook: {folder / books[0]}",
        )
    raise BadInput(
        f"{folder}：没有 *.csv{zh}；应为 企业.csv 或 firms.csv 这样的表 · "
        f"{folder}: found no *.csv{en}; expected tables such as firms.csv or 企业.csv",
        file=str(folder),
        ignored=others,
    )


def _of_file(path: Path, ontology: Ontology) -> Iterator[Row | Fault | GridNote]:
    if path.suffix.lower() in READABLE and path.suffix.lower() not in (".xlsx", ".xlsm"):
        cls = class_of_table(path.stem, ontology)
        if cls is None:
            zh, en = nearest(path.stem, _table_names(ontology))
            yield Fault(path.name, 0, "", path.stem, f"本体中的表名{zh}", f"a table of the ontology{en}")
            return
    for grid in read_grids(path):
        if isinstance(grid, Fault):
            yield grid
        else:
            yield from _of_grid(grid, path, ontology)


def _of_grid(grid: Grid, path: Path, ontology: Ontology) -> Iterator[Row | Fault | GridNote]:
    if grid.skipped:
        yield from grid.notes
        return
    cls = class_of_table(grid.sheet or path.stem, ontology)
    if cls is not None:
        yield from _Table(grid, cls, ontology).read()
    elif plain(grid.sheet) in _EXPLAINING:
        yield GridNote(
            "explanation", grid.file, grid.sheet, 0, "说明页，没有读", "explaining sheet, not read"
        )
    else:
        zh, en = nearest(grid.sheet, _table_names(ontology))
        yield grid.fault(
            grid.sheet,
            f"以表名命名的工作表，如「企业」「项目」{zh}；不要读的可隐藏",
            f"a sheet named after a table, such as 企业 or projects{en}; hide one that is not to be read",
        )


def _table_names(ontology: Ontology) -> list[str]:
    classes: list[EntityClass | RelationClass] = [*ontology.entities.values(), *ontology.relations.values()]
    return [name for cls in classes for name in (cls.table.zh, cls.table.en)]


def class_of_table(title: str, ontology: Ontology) -> EntityClass | RelationClass | None:
    """The class of a table by its name; an order (1.企业) and an end (企业清单、企业(2026)) do not matter."""
    known = {plain(name): name for name in _table_names(ontology)}
    wanted = plain(title)
    for text in (
        wanted,
        _ORDER.sub("", wanted),
        _TAIL.sub("", wanted),
        _TAIL.sub("", _ORDER.sub("", wanted)),
    ):
        if text in known:
            return ontology.table(known[text])
    return None


class _Table:
    """One grid being read as a table of ``cls``."""

    def __init__(self, grid: Grid, cls: EntityClass | RelationClass, ontology: Ontology) -> None:
        self.grid, self.cls = grid, cls
        self.reader = HeadingReader(cls, ontology)
        self._nameless: set[int] = set()
        self._serials: set[str] = set()

    def read(self) -> Iterator[Row | Fault | GridNote]:
        lines = self.grid.items()
        start: list[Line] = []
        for item in lines:
            if not isinstance(item, Line):
                yield item
                continue
            if item.number > HEADING_ROWS and start:
                lines = chain([item], lines)
                break
            start.append(item)
        if not start:
            if not self.grid.faults:
                yield self._no_headings(1, "")
            return
        best = max(start, key=self.reader.score)
        if not self.reader.score(best):
            first = start[0]
            yield self._no_headings(first.number, "，".join(t for t in first.cells if t)[:80])
            return
        headings, wrong = self.reader.read(best, self.grid)
        yield from wrong
        if headings is None:
            return
        yield from headings.notes
        self._title_unit(headings, [line for line in start if line.number < best.number])
        below = [line for line in start if line.number > best.number]
        for item in chain(below, lines):
            if isinstance(item, Line):
                yield from self._row(item, headings)
            else:
                yield item

    def _no_headings(self, row: int, found: str) -> Fault:
        zh = "、".join(p.label.zh for p in list(self.cls.properties.values())[:6])
        en = ", ".join(list(self.cls.properties)[:6])
        return self.grid.fault(
            found,
            f"前 {HEADING_ROWS} 行内有列名，如 {zh}",
            f"headings within the first {HEADING_ROWS} rows, such as {en}",
            row,
        )

    def _title_unit(self, headings: Headings, above: list[Line]) -> None:
        unit = title_unit(above)
        found = read_unit(unit) if unit else None
        if unit is None or found is None or not found.dimension:
            return
        for name in headings.written:
            prop = self.reader.properties.get(name)
            expected = read_unit(prop.unit) if prop is not None and prop.unit else None
            if expected is not None and expected.dimension == found.dimension:
                headings.units.setdefault(name, unit)

    def _row(self, line: Line, headings: Headings) -> Iterator[Row | Fault | GridNote]:
        note = not_a_row(line, headings, self.grid)
        if note is not None:
            yield note
            return
        faults = list(self._faults(line, headings))
        if faults:
            yield from faults
            return
        cells: dict[str, str] = {}
        for name, text in zip(headings.names, line.cells, strict=False):
            if name is None or not text:
                continue
            prop = self.reader.properties.get(name)
            if prop is not None and prop.type == "date" and (day := day_of(text, self.grid)):
                if name not in self._serials:
                    self._serials.add(name)
                    yield self._serial_note(headings.written[name], text, day, line.number)
                cells[name] = day
            else:
                cells[name] = as_meant(prop, text, headings.units.get(name))
        if cells:
            doubt = headings.unknown
            yield Row(self.cls, self.grid.file, line.number, cells, headings.written, self.grid.sheet, doubt)

    def _serial_note(self, heading: str, text: str, day: str, row: int) -> GridNote:
        return self.grid.noticed(
            "serial-date",
            f"「{heading}」里的 {text} 等按 Excel 的日期读，如 {day}",
            f"numbers such as {text} in {heading!r} are read as Excel dates, e.g. {day}",
            row,
        )

    def _faults(self, line: Line, headings: Headings) -> Iterator[Fault]:
        grid, width = self.grid, headings.width
        if not grid.sheet and (len(line.cells) < width or any(line.cells[width:])):
            yield grid.fault(f"{len(line.cells)} cells", f"{width} 个单元格", f"{width} cells", line.number)
            return
        for index, fault in line.faults.items():
            name = headings.names[index] if index < width else None
            if index >= MAX_COLUMNS:
                yield fault
            elif name is not None:
                yield replace(fault, column=headings.written[name])
        for index, text in enumerate(line.cells):
            heading = headings.cells[index] if index < width else ""
            if text and not heading and index not in self._nameless:
                self._nameless.add(index)
                yield nameless(index, text[:80], line.number, grid)
