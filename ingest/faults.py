"""A fault: what is wrong in a table, where, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from graph.errors import BadInput


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``row`` is the 1-based line of the file (the headings are line 1), 0 for the file itself."""

    file: str
    row: int
    column: str
    found: str
    expected_zh: str
    expected_en: str

    def text(self, lang: str = "zh") -> str:
        """The fault in one line."""
        found = self.found if len(self.found) <= 80 else self.found[:77] + "…"
        if lang == "en":
            place = f"{self.file}, row {self.row}, column {self.column}"
            return f"{place}: found {found!r}; expected {self.expected_en}"
        return f"{self.file} 第{self.row}行「{self.column}」:读到 {found!r};应为{self.expected_zh}"

    def as_json(self) -> dict[str, object]:
        """JSON-ready."""
        return asdict(self)


def refuse(faults: Sequence[Fault], what: str) -> None:
    """Raise ``BadInput`` if there are faults: the first ten in its text, all in ``extra["faults"]``."""
    if faults:
        shown = "\n".join(f.text() + "\n    " + f.text("en") for f in faults[:10])
        more = f"\n… {len(faults) - 10} more" if len(faults) > 10 else ""
        raise BadInput(
            f"{what}: {len(faults)} fault(s); nothing was loaded\n{shown}{more}",
            faults=[f.as_json() for f in faults],
        )
