"""From a cell to values and back, whatever the property's type."""

from __future__ import annotations

from graph.values.base import Flat, Value
from graph.values.fault import ValueFault
from graph.values.parted import parted
from graph.values.property import Property
from graph.values.registry import VALUE_TYPES


def clean_cell(prop: Property, raw: str) -> Value:
    """The value of one cell.

    Parameters
    ----------
    prop : Property
    raw : str
        The cell as read; of a ``many`` property the values are joined as ``parted`` says.

    Returns
    -------
    ``None`` for an empty cell (unknown), a list without repetitions for a ``many`` property, else one
    JSON value.

    Raises
    ------
    ValueFault
        A value that does not fit its type, or an empty cell of a required property.
    """
    kind = VALUE_TYPES[prop.type]
    items = parted(raw, prop.separators) if prop.many else [raw]
    values = [kind.clean(item, prop) for item in items if item.strip()]
    if not values:
        if prop.required:
            raise ValueFault(raw, f"必填的“{prop.label.zh}”", f"a value: {prop.label.en} is required")
        return None
    return list(dict.fromkeys(values)) if prop.many else values[0]


def flatten_value(prop: Property, value: Value) -> Flat:
    """The properties that the graph holds for a cleaned value; nothing for an unknown one."""
    if value is None or value == []:
        return {}
    if prop.many:
        return {prop.name: [str(item) for item in value]}
    return VALUE_TYPES[prop.type].flatten(prop.name, value)


def flat_names(prop: Property) -> tuple[str, ...]:
    """All names that ``flatten_value`` may give for ``prop``."""
    suffixes = ("",) if prop.many else VALUE_TYPES[prop.type].suffixes
    return tuple(prop.name + suffix for suffix in suffixes)


def show_value(prop: Property, value: Value, lang: str = "zh") -> str:
    """A cleaned value for a person; empty text for an unknown one. Not escaped for HTML."""
    if value is None:
        return ""
    kind = VALUE_TYPES[prop.type]
    if prop.many:
        return (", " if lang == "en" else "、").join(kind.show(item, lang, prop) for item in value)
    return kind.show(value, lang, prop)
