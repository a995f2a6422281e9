"""Reading a folder of plain tables: cells by column, each with its line, nothing interpreted yet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from graph.errors import BadInput
from graph.ontology import Column, EntityClass, Ontology, Property, RelationClass
from ingest.faults import Fault

#: Longest cell a table may hold, in characters.
MAX_CELL = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the class of its table, file name, line, and the cells that are not empty by column name."""

    cls: EntityClass | RelationClass
    file: str
    line: int
    cells: dict[str, str]


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
            f"{folder}: found no folder; expected a folder of Lianpu tables (*.csv)", file=str(folder)
        )
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".csv")
    if not files:
        raise BadInput(
            f"{folder}: found no *.csv; expected tables such as firms.csv or 企业.csv", file=str(folder)
        )
    rows: list[Row] = []
    faults: list[Fault] = []
    for path in files:
        try:
            cls = ontology.table(path.stem)
        except BadInput as e:
            faults.append(
                Fault(path.name, 0, "", path.stem, "本体中的表名", f"a table of the ontology ({e.detail})")
            )
            continue
        try:
            rows.extend(_rows(path, cls, ontology, faults))
        except UnicodeDecodeError as e:
            faults.append(
                Fault(path.name, 0, "", repr(e.object[e.start : e.end]), "UTF-8 编码", "UTF-8 text")
            )
        except OSError as e:
            faults.append(Fault(path.name, 0, "", str(e.strerror), "可读的文件", "a file that can be read"))
        except csv.Error as e:
            faults.append(Fault(path.name, 0, "", str(e), "有效的 CSV", "well-formed CSV"))
    return rows, faults


def _rows(
    path: Path, cls: EntityClass | RelationClass, ontology: Ontology, faults: list[Fault]
) -> Iterator[Row]:
    headings = columns_of(cls, ontology)
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle, strict=True)
        names = _heading(next(reader, []), headings, path.name, faults)
        if names is None:
            return
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
                        too_long,
                        "…",
                        f"至多{MAX_CELL}个字符",
                        f"at most {MAX_CELL} characters",
                    )
                )
                continue
            kept = {n: c.strip() for n, c in zip(names, cells, strict=True) if c.strip()}
            yield Row(cls, path.name, start, kept)


def _heading(found: list[str], headings: dict[str, str], file: str, faults: list[Fault]) -> list[str] | None:
    """Column names in the order of the file, or ``None`` if a heading is unknown, missing or doubled."""
    names: list[str] = []
    before = len(faults)
    for text in (h.strip() for h in found):
        name = headings.get(text)
        if name is None:
            near = get_close_matches(text, headings, n=1)
            hint_zh, hint_en = (f";是否「{near[0]}」?", f"; did you mean {near[0]!r}?") if near else ("", "")
            known = ", ".join(sorted(set(headings.values())))
            faults.append(Fault(file, 1, text, text, f"列名之一{hint_zh}", f"one of {known}{hint_en}"))
        elif name in names:
            faults.append(Fault(file, 1, text, text, "每列只出现一次", "each column once"))
        names.append(name or text)
    needed = ("id",) if "id" in headings.values() else ("from", "to")
    faults.extend(
        Fault(file, 1, n, "", f"必有的列「{n}」", f"the column {n!r}") for n in needed if n not in names
    )
    return names if len(faults) == before else None
