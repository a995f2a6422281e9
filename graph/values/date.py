"""Dates as given: a year, a month, a day, a half, a quarter, or a span of these."""

from __future__ import annotations

import re

from graph.values.base import Flat, ValueType
from graph.values.date_text import date_max, date_min, read_date
from graph.values.fault import ValueFault
from graph.values.property import Property
from graph.values.tidy import compact

__all__ = ["Date", "date_max", "date_min"]

EXPECTED = (
    "1000–2100 年间的日期，如 2024、2024-06、2024-06-27、2024H1、2024Q3 或 2023-2026",
    "a date within 1000–2100, such as 2024, 2024-06, 2024-06-27, 2024H1, 2024Q3 or 2023-2026",
)
#: Words that mean a date only to who knows when they were written.
_RELATIVE = re.compile(
    r"(?:今|去|明|前|后|本|当|上一?|下一?)年.*|(?:本|当|上个?|下个?)月.*|(?:今|昨|明)[天日]|目前|近期|现在|至今"
)
_QUARTERS = "一二三四"


class Date(ValueType):
    """A date of the precision given, with its first and last day for comparisons."""

    name = "date"
    help_zh = (
        "日期，知道多少写多少：2024、2024-06、2024-06-27、2024H1、2024Q3、2023-2026；"
        "也可写 2024年6月、2024年6月上旬、2024年上半年、2024年底（底、初当作那一年或那个月）"
    )
    help_en = "date as precise as known: 2024, 2024-06, 2024-06-27, 2024H1, 2024Q3, 2023-2026"
    suffixes = ("", "_min", "_max")
    listable = False

    def clean(self, raw: str, prop: Property) -> str:  # noqa: ARG002
        """The date in ISO text of its precision; a span of years is ``2023-2026``, others ``A/B``."""
        text = compact(raw)
        span = read_date(text)
        if span is None and _RELATIVE.fullmatch(text):
            zh = f"写明年份的日期（只写「{text}」，过后不知是哪一年），如 2024、2024-06、2024-06-27、2024H1"
            en = f"a date with its year ({text!r} tells none later on), such as 2024, 2024-06 or 2024-06-27"
            raise ValueFault(raw, zh, en)
        if span is None:
            raise ValueFault(raw, *EXPECTED)
        return span.text

    def flatten(self, name: str, value: str) -> Flat:
        """``name`` as given, ``name_min`` and ``name_max``: first and last day, ISO."""
        return {name: value, f"{name}_min": date_min(value), f"{name}_max": date_max(value)}

    def show(self, value: str, lang: str, prop: Property) -> str:  # noqa: ARG002
        """``2024年6月27日`` or ``2024-06-27``; both read back to the same value."""
        span = read_date(value)
        if span is None:
            raise ValueFault(value, *EXPECTED)
        shown = [_show_point(point, lang) for point in span.ends or (span.text,)]
        return (" – " if lang == "en" else "至").join(shown)


def _show_point(text: str, lang: str) -> str:
    if lang == "en":
        return text
    year, rest = text[:4], text[4:]
    if rest.startswith("H"):
        return f"{year}年{'上半年' if rest == 'H1' else '下半年'}"
    if rest.startswith("Q"):
        return f"{year}年第{_QUARTERS[int(rest[1]) - 1]}季度"
    marks = zip(rest.split("-")[1:], "月日", strict=False)
    return f"{year}年" + "".join(f"{int(number)}{mark}" for number, mark in marks)
