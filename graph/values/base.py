"""What every value type does: clean a cell, flatten for the graph, show to a person."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from graph.values.property import Property

#: A cleaned value: JSON-ready. Text for most types, a dict for a quantity.
Value = Any
#: What the graph holds of it.
Flat = dict[str, str | int | float | bool | list[str]]


class ValueType(ABC):
    """A type of value.

    Attributes
    ----------
    name : its name in ontology files.
    help_zh, help_en : what a cell of it looks like.
    suffixes : what is appended to the property's name for each key that ``flatten`` may give.
    listable : whether a property of it may hold many values.
    """

    name: ClassVar[str]
    help_zh: ClassVar[str]
    help_en: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]] = ("",)
    listable: ClassVar[bool] = True

    @abstractmethod
    def clean(self, raw: str, prop: Property) -> Value:
        """The JSON value of one non-empty cell item; raises ``ValueFault``."""

    def flatten(self, name: str, value: Value) -> Flat:
        """The properties that the graph holds for ``value`` of the property ``name``."""
        return {name: value}

    def show(self, value: Value, lang: str, prop: Property) -> str:  # noqa: ARG002
        """``value`` for a person who reads ``lang`` (``zh`` or ``en``)."""
        return str(value)
