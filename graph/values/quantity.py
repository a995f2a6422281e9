"""Numbers with a unit, as given and normalised."""

from __future__ import annotations

import re
from typing import Any

from graph.values.base import Flat, ValueType
from graph.values.fault import ValueFault
from graph.values.property import Property
from graph.values.quantity_text import QUALIFIERS, read_quantity
from graph.values.tidy import figure, tidy
from graph.values.units import dimension, english

_JOIN = "、"
#: A full-width comma or point inside a number, and what stands for it.
_WIDE = re.compile(r"(?<=\d)[，．](?=\d)", re.ASCII)
_HALF = {"，": ",", "．": "."}


class Quantity(ValueType):
    """A quantity ``{given, value | low + high, unit, qualifier?}``.

    ``given`` is the tidied text of the source, its figures in half width; numbers are in the base unit of
    ``units.yml`` (万亿元 → 亿元, 万吨 → 吨); ``unit`` is that base unit, "" when none was given, or the unit
    as written when the table does not know it; ``qualifier`` holds words such as 约, 超, 力争, joined by 、.
    """

    name = "quantity"
    help_zh = "数量和单位，照来源写：135亿元、3500—4500亿元、超14万吨、9%左右、3000个左右"
    help_en = "number and unit as the source gives them: 135亿元, 3500—4500亿元, 超14万吨, 9%左右"
    suffixes = ("", "_value", "_low", "_high", "_unit", "_qualifier")
    listable = False

    def clean(self, raw: str, prop: Property) -> dict[str, Any]:
        """The quantity; a unit of another dimension than the property's is a fault."""
        given = _WIDE.sub(lambda mark: _HALF[mark.group()], tidy(raw, limit=200))
        found = read_quantity(figure(raw))
        if found is None:
            raise ValueFault(
                raw,
                "数量和单位，如 135亿元、3500—4500亿元、超14万吨",
                "number and unit, e.g. 135亿元, 3500—4500亿元, 超14万吨",
            )
        if prop.unit is not None and found.unit.dimension != dimension(prop.unit):
            raise ValueFault(
                raw,
                f"带单位的数量，单位与“{prop.unit}”同类",
                f"a quantity whose unit is of the same kind as {prop.unit}",
            )
        value: dict[str, Any] = {"given": given, "unit": found.unit.base}
        if found.single:
            value["value"] = float(found.low)
        else:
            value |= {"low": float(found.low), "high": float(found.high)}
        if found.qualifiers:
            value["qualifier"] = _JOIN.join(found.qualifiers)
        return value

    def flatten(self, name: str, value: dict[str, Any]) -> Flat:
        """``name`` as given; ``_value`` or ``_low`` and ``_high``; ``_unit``; ``_qualifier``."""
        keys = ("value", "low", "high", "unit", "qualifier")
        return {name: value["given"]} | {
            f"{name}_{key}": value[key] for key in keys if value.get(key, "") != ""
        }

    def show(self, value: dict[str, Any], lang: str, prop: Property) -> str:  # noqa: ARG002
        """Chinese: as given. English: the normalised number with unit and qualifiers in English."""
        if lang != "en":
            return str(value["given"])
        unit = english(value["unit"])
        numbers = [value["value"]] if "value" in value else [value["low"], value["high"]]
        text = "–".join(f"{number * float(unit.factor):,.12g}" for number in numbers)
        text += unit.label if unit.label == "%" else f" {unit.label}" if unit.label else ""
        words = value.get("qualifier", "").split(_JOIN)
        notes = ", ".join(QUALIFIERS.get(word, word) for word in words if word)
        return f"{text} ({notes})" if notes else text
