"""Codes of industries in GB/T 4754-2017 国民经济行业分类."""

from __future__ import annotations

import re

from graph.values.base import ValueType
from graph.values.fault import ValueFault
from graph.values.property import Property
from graph.values.tidy import compact

#: Sections A–T of GB/T 4754-2017 with the first and last of their divisions.
_SECTIONS = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60),
    "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79),
    "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip
_CODE = re.compile(r"([A-T]?)(\d{2,4})", re.ASCII)


class Gb4754(ValueType):
    """An industry code: section letter, or division, group or class digits."""

    name = "gb4754"
    help_zh = "GB/T 4754-2017 代码：两到四位数字（可带门类字母），或单个门类字母"
    help_en = "GB/T 4754-2017 code: two to four digits (with or without the section letter), or the letter"

    def clean(self, raw: str, prop: Property) -> str:  # noqa: ARG002
        """The digits without the letter; a section alone is its letter."""
        text = compact(raw).upper()
        if text in _SECTIONS:
            return text
        match = _CODE.fullmatch(text)
        section = _section(match.group(2)) if match else None
        if match is None or section is None or match.group(1) not in ("", section):
            raise ValueFault(
                raw,
                "GB/T 4754-2017 行业代码，如 C3985 或 3985",
                "an industry code of GB/T 4754-2017, e.g. C3985 or 3985",
            )
        return match.group(2)

    def show(self, value: str, lang: str, prop: Property) -> str:  # noqa: ARG002
        """The code with its section letter."""
        return value if value in _SECTIONS else f"{_section(value) or ''}{value}"


def _section(digits: str) -> str | None:
    division = int(digits[:2])
    return next((letter for letter, (lo, hi) in _SECTIONS.items() if lo <= division <= hi), None)
