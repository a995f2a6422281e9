"""A sheet before it is written: columns, and lines of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from graph.gaps.list_models import Amount

Kind = Literal["text", "number", "short", "long"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is shown in a form and with words before and after it, and stays a number."""

    value: float
    before: str = ""
    after: str = ""
    form: Literal["General", "0%", "0.00"] = "General"


Value = str | int | float | Number | None


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in characters of the sheet's font, Chinese ones counting two."""

    heading: str
    width: float
    kind: Kind = "text"


#: The last columns of every list: as of when a line is known, and from where.
TAIL: Final = (Column("截至", 10.5, "short"), Column("来源", 12.5, "short"))


@dataclass(frozen=True, slots=True)
class Line:
    """Values in the order of the columns, and the numbers of the sources of the line."""

    values: Sequence[Value]
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list.

    ``note`` stands above the columns: where it is from. ``empty`` says there what it means that there is no
    line. ``total``: how many lines there would be at least, where not all are given.
    """

    name: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    note: str = ""
    empty: str = "没有记录"
    total: int | None = None

    @property
    def counted(self) -> str:
        """How many lines there are, in words; what it means that there is none."""
        if not self.lines:
            return self.empty
        if self.total is not None:
            return f"至少 {self.total} 条，只列前 {len(self.lines)} 条"
        return f"共 {len(self.lines)} 条"


#: What stands after a number, what before it.
_AFTER = ("左右", "余", "以上", "以下")


def amount(given: Amount | None, unit: str) -> Value:
    """A quantity in ``unit`` as a number that shows its qualifiers; as given where it is no such number."""
    if given is None:
        return None
    if given.value is None or given.unit != unit:
        return given.given
    words = [w for w in (given.qualifier or "").split("、") if w]
    return Number(
        given.value,
        "".join(w for w in words if w not in _AFTER),
        "".join(w for w in words if w in _AFTER),
    )
