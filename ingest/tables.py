"""Reading a folder of plain tables: cells by column, each with its line, nothing interpreted yet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from graph.errors import BadInput
from graph.ontology import Column, EntityClass, Ontology, Property, RelationClass
from ingest.faults import Fault
from ingest.rows import Row

#: Longest cell a table may hold, in characters.
MAX_CELL = 20_000


def as_written(faults: list[Fault], rows: list[Row]) -> list[Fault]:
    """``faults`` with columns named by the heading in their file.

    A fault that names a relation class instead of a column (as those of relation columns do) is given the
    column in which the value found stands.
    """
    at = {(row.file, row.line): row for row in rows}

    def renamed(fault: Fault) -> Fault:
        row = at.get((fault.file, fault.row))
        if row is None or fault.column in row.headings.values():
            return fault
        if fault.column in row.headings:
            return replace(fault, column=row.heading(fault.column))
        holding = [n for n, cell in row.cells.items() if fault.found in map(str.strip, cell.split("|"))]
        return replace(fault, column=row.heading(holding[0])) if holding else fault

    return [renamed(fault) for fault in faults]


def other_files(folder: Path) -> list[str]:
    """Names of the files in ``folder`` that are not read, since they are no ``*.csv``."""
    return sorted(
        p.name
        for p in folder.iterdir()
        if p.is_file() and p.suffix.lower() != ".csv" and not p.name.startswith((".", "__"))
    )


def columns_of(cls: EntityClass | RelationClass, ontology: Ontology) -> dict[str, str]:
    """Every heading that a class's table may have (English name or Chinese label) → column name."""
    named: dict[str, Column | Property]
    if isinstance(cls, EntityClass):
        named = {"id": ontology.keys["id"], **cls.columns}
    else:
        named = {"from": ontology.keys["from"], "to": ontology.keys["to"]}
    named |= {**ontology.common, **cls.properties}
    return {heading: name for name, column in named.items() for heading in (name, column.label.zh)}


def read_folder(folder: Path, ontology: Ontology) -> tuple[list[Row], list[Fault]]:
    """All rows of all ``*.csv`` in ``folder``, in the order of file names, and the faults of form.

    Raises
    ------
    BadInput
        ``folder`` is no folder, cannot be read, or holds no table.
    """
    if not folder.is_dir():
        raise BadInput(
            f"{folder}：没有这个文件夹；应为放着链谱表（*.csv）的文件夹 · "
            f"{folder}: found no folder; expected a folder of Lianpu tables (*.csv)",
            file=str(folder),
        )
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".csv")
    if not files:
        others = other_files(folder)
        zh = f"（只有 {'、'.join(others[:5])}；在 Excel 里另存为 CSV UTF-8）" if others else ""
        en = f" (only {', '.join(others[:5])}; save them from Excel as CSV UTF-8)" if others else ""
        raise BadInput(
            f"{folder}：没有 *.csv{zh}；应为 企业.csv 或 firms.csv 这样的表 · "
            f"{folder}: found no *.csv{en}; expected tables such as firms.csv or 企业.csv",
            file=str(folder),
            ignored=others,
        )
    rows: list[Row] = []
    faults: list[Fault] = []
    for path in files:
        try:
            cls = ontology.table(path.stem)
        except BadInput as e:
            zh, en = _nearest(path.stem, e.extra["expected"])
            faults.append(
                Fault(path.name, 0, "", path.stem, f"本体中的表名{zh}", f"a table of the ontology{en}")
            )
            continue
        if not path.is_file():
            faults.append(Fault(path.name, 0, "", path.name, "普通文件", "a regular file"))
            continue
        try:
            rows.extend(_rows(path, cls, ontology, faults))
        except UnicodeDecodeError as e:
            found = repr(e.object[e.start : e.end])
            zh = "UTF-8 或 GB18030 编码；在 Excel 里另存为 CSV UTF-8"
            en = "UTF-8 or GB18030 text; save it from Excel as CSV UTF-8"
            faults.append(Fault(path.name, 0, "", found, zh, en))
        except OSError as e:
            faults.append(Fault(path.name, 0, "", str(e.strerror), "可读的文件", "a file that can be read"))
        except csv.Error as e:
            faults.append(Fault(path.name, 0, "", str(e), "有效的 CSV", "well-formed CSV"))
    return rows, faults


def _text(path: Path) -> str:
    """The file's text, read as UTF-8 or, failing that, as GB18030 (what Excel writes in Chinese).

    Raises
    ------
    UnicodeDecodeError
        It is neither; tells where UTF-8 ends.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise error from None
    return text.replace("\ufeff", "")


def _rows(
    path: Path, cls: EntityClass | RelationClass, ontology: Ontology, faults: list[Fault]
) -> Iterator[Row]:
    headings = columns_of(cls, ontology)
    with io.StringIO(_text(path), newline="") as handle:
        reader = csv.reader(handle, strict=True)
        found = next(reader, [])
        names = _heading(found, headings, path.name, faults)
        if names is None:
            return
        written = {name: text.strip() for name, text in zip(names, found, strict=True)}
        line = reader.line_num
        for cells in reader:
            start, line = line + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(names):
                faults.append(
                    Fault(
                        path.name,
                        start,
                        "",
                        f"{len(cells)} cells",
                        f"{len(names)} 个单元格",
                        f"{len(names)} cells",
                    )
                )
                continue
            too_long = next((n for n, c in zip(names, cells, strict=True) if len(c) > MAX_CELL), None)
            if too_long is not None:
                faults.append(
                    Fault(
                        path.name,
                        start,
                        written[too_long],
                        "…",
                        f"至多{MAX_CELL}个字符",
                        f"at most {MAX_CELL} characters",
                    )
                )
                continue
            kept = {n: c.strip() for n, c in zip(names, cells, strict=True) if c.strip()}
            yield Row(cls, path.name, start, kept, written)


def _nearest(text: str, known: Iterable[str]) -> tuple[str, str]:
    """What ends a fault about a misspelt word: the nearest that is known, in both languages."""
    near = get_close_matches(text, list(known), n=1)
    return (f"；是否「{near[0]}」？", f"; did you mean {near[0]!r}?") if near else ("", "")


def _heading(found: list[str], headings: dict[str, str], file: str, faults: list[Fault]) -> list[str] | None:
    """Column names in the order of the file, or ``None`` if a heading is unknown, missing or doubled."""
    names: list[str] = []
    before = len(faults)
    for text in (h.strip() for h in found):
        name = headings.get(text)
        if name is None:
            hint_zh, hint_en = _nearest(text, headings)
            known_en = ", ".join(sorted(set(headings.values())))
            known_zh = "、".join(heading for heading in headings if not heading.isascii())
            faults.append(
                Fault(file, 1, text, text, f"列名之一（{known_zh}）{hint_zh}", f"one of {known_en}{hint_en}")
            )
        elif name in names:
            faults.append(Fault(file, 1, text, text, "每列只出现一次", "each column once"))
        names.append(name or text)
    needed = ("id",) if "id" in headings.values() else ("from", "to")
    faults.extend(
        Fault(file, 1, n, "", f"必有的列「{n}」", f"the column {n!r}") for n in needed if n not in names
    )
    return names if len(faults) == before else None
