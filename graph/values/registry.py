"""All value types by name: a new type is its file and one line here."""

from __future__ import annotations

from graph.values.base import ValueType
from graph.values.boolean import Boolean
from graph.values.date import Date
from graph.values.enum import Enum
from graph.values.gb4754 import Gb4754
from graph.values.name import Name
from graph.values.number import Float, Integer
from graph.values.place_code import PlaceCode
from graph.values.quantity import Quantity
from graph.values.stock_code import StockCode
from graph.values.text import Text
from graph.values.url import Url
from graph.values.uscc import Uscc

VALUE_TYPES: dict[str, ValueType] = {
    kind.name: kind
    for kind in (
        Text(), Name(), Quantity(), Integer(), Float(), Date(), Boolean(), Enum(),
        PlaceCode(), Uscc(), StockCode(), Gb4754(), Url(),
    )
}  # fmt: skip
