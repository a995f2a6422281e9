"""Value types: how a cell is cleaned, kept in the graph and shown."""

from graph.values.base import Flat, Value, ValueType
from graph.values.cells import clean_cell, flat_names, flatten_value, show_value
from graph.values.date_text import date_max, date_min
from graph.values.fault import ValueFault
from graph.values.parted import SEPARATOR
from graph.values.property import Bilingual, EnumValue, Property
from graph.values.registry import VALUE_TYPES

__all__ = [
    "SEPARATOR",
    "VALUE_TYPES",
    "Bilingual",
    "EnumValue",
    "Flat",
    "Property",
    "Value",
    "ValueFault",
    "ValueType",
    "clean_cell",
    "date_max",
    "date_min",
    "flat_names",
    "flatten_value",
    "show_value",
]
