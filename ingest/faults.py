"""A fault: what is wrong in a table, where, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from graph.errors import BadInput


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    ``row`` is the 1-based line of the file (the headings are line 1), 0 for the file itself. ``column`` is
    the heading as it stands in the file (所在地, not place), empty where no single column is meant. ``sheet``
    is the sheet of a workbook, empty for a file that is one table.
    """

    file: str
    row: int
    column: str
    found: str
    expected_zh: str
    expected_en: str
    sheet: str = ""

    def text(self, lang: str = "zh") -> str:
        """The fault in one line, with file and sheet."""
        if lang == "en":
            return f"{self.table(lang)}, {self.inside(lang)}"
        return f"{self.table(lang)}{'' if self.sheet else ' '}{self.inside(lang)}"

    def table(self, lang: str = "zh") -> str:
        """File and sheet."""
        if not self.sheet:
            return self.file
        return f"{self.file}, sheet {self.sheet}" if lang == "en" else f"{self.file} 工作表「{self.sheet}」"

    def inside(self, lang: str = "zh") -> str:
        """The fault in one line, without file and sheet."""
        found = self.found if len(self.found) <= 80 else self.found[:77] + "…"
        if lang == "en":
            where = [f"row {self.row}"] if self.row else []
            where += [f"column {self.column}"] if self.column else []
            told = f"found {found!r}; expected {self.expected_en}"
            return f"{', '.join(where)}: {told}" if where else told
        place = (f"第{self.row}行" if self.row else "") + (f"「{self.column}」" if self.column else "")
        read = f"读到「{found}」" if found else "读到空的单元格" if self.row and self.column else "没有读到"
        return f"{place}：{read}；应为{self.expected_zh}" if place else f"{read}；应为{self.expected_zh}"

    def as_json(self) -> dict[str, object]:
        """JSON-ready."""
        return asdict(self)


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """The faults table by table, as these were met, and by row."""
    tables: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        tables.setdefault((fault.file, fault.sheet), []).append(fault)
    return [fault for some in tables.values() for fault in sorted(some, key=lambda f: f.row)]


def refuse(faults: Sequence[Fault], what: str, count: int | None = None) -> None:
    """Raise ``BadInput`` if there are faults: the first ten in its text, all given in ``extra["faults"]``.

    ``count``: how many there are, if more than are given.
    """
    if faults:
        count = len(faults) if count is None else count
        shown = "\n".join(f.text() + "\n    " + f.text("en") for f in in_order(faults)[:10])
        more = f"\n… {count - 10}" if count > 10 else ""
        raise BadInput(
            f"{what}：{count} 处有误，什么也没有载入 · "
            f"{what}: {count} fault(s); nothing was loaded\n{shown}{more}",
            faults=[f.as_json() for f in faults],
        )
