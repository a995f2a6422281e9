"""Plain numbers without a unit: integer and float share their reading and their bounds."""

from __future__ import annotations

import re
from decimal import Decimal

from graph.values.base import ValueType
from graph.values.fault import ValueFault
from graph.values.property import Property
from graph.values.tidy import figure

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.\d{1,15})?", re.ASCII)
#: Beyond this a float no longer tells neighbouring whole numbers apart with room to spare.
_LIMIT = 10**15


def read_number(raw: str, prop: Property, expected_zh: str, expected_en: str) -> Decimal:
    """The number in ``raw`` (thousands separators allowed), within the property's bounds."""
    text = figure(raw).replace("\u2212", "-")
    if not _NUMBER.fullmatch(text):
        raise ValueFault(raw, expected_zh, expected_en)
    number = Decimal(text.replace(",", ""))
    if abs(number) > _LIMIT:
        raise ValueFault(raw, "不超过 10¹⁵ 的数", "a number of at most 10¹⁵")
    low, high = prop.minimum, prop.maximum
    if (low is not None and number < Decimal(low)) or (high is not None and number > Decimal(high)):
        span = f"{'…' if low is None else f'{low:g}'}–{'…' if high is None else f'{high:g}'}"
        raise ValueFault(raw, f"{span} 之间的数", f"a number within {span}")
    return number


class Integer(ValueType):
    """A whole number."""

    name = "integer"
    help_zh = "整数"
    help_en = "a whole number"
    listable = False

    def clean(self, raw: str, prop: Property) -> int:
        """The integer; ``3.0`` is one, ``3.5`` is not."""
        expected = ("整数", "a whole number")
        number = read_number(raw, prop, *expected)
        if number != number.to_integral_value():
            raise ValueFault(raw, *expected)
        return int(number)


class Float(ValueType):
    """A decimal number."""

    name = "float"
    help_zh = "小数"
    help_en = "a decimal number"
    listable = False

    def clean(self, raw: str, prop: Property) -> float:
        """The number, finite, as a float."""
        return float(read_number(raw, prop, "小数，如 115.86", "a decimal number, e.g. 115.86"))

    def show(self, value: float, lang: str, prop: Property) -> str:  # noqa: ARG002
        """The shortest text that reads back to the same number."""
        return format(Decimal(repr(value)), "f")
