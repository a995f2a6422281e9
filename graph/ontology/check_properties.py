"""What must hold for the properties of classes and for the names of their columns."""

from __future__ import annotations

from collections.abc import Iterator

from graph.ontology.model import Column, EntityClass, RelationClass
from graph.ontology.ontology import Ontology
from graph.values import VALUE_TYPES, EnumValue, Property, flat_names
from graph.values.enum import spelling, spellings
from graph.values.units import dimension

#: Properties that the store writes to every node or relation besides the common columns.
RESERVED = frozenset({"id", "cls", "caption", "rid", "grade", "seen_first", "seen_last"})
#: The class whose own property ``grade`` is: grades of all else are taken from it.
GRADED = "Source"

Fault = tuple[str, str, object, str]


def property_faults(ontology: Ontology) -> Iterator[Fault]:
    """Faults of single properties, value lists and column names."""
    for name, values in ontology.lists.items():
        yield from _list_faults("_lists.yml", f"lists.{name}", values)
    for section, columns in (("keys", ontology.keys), ("properties", ontology.common)):
        for prop in columns.values():
            yield from _property_faults("_common.yml", f"{section}.{prop.name}", prop)
    yield from _key_faults(ontology)
    classes: list[EntityClass | RelationClass] = [*ontology.entities.values(), *ontology.relations.values()]
    for cls in classes:
        for prop in cls.properties.values():
            yield from _property_faults(f"{cls.name}.yml", f"properties.{prop.name}", prop)
            yield from _condition_faults(cls, prop)
        yield from _clashes(ontology, cls)


def _key_faults(ontology: Ontology) -> Iterator[Fault]:
    if set(ontology.keys) != {"id", "from", "to"}:
        yield "_common.yml", "keys", sorted(ontology.keys), "id, from and to"
    needed = {"sources", "standing", "seen_at", "valid_from", "valid_to", "confidence", "note"}
    if set(ontology.common) != needed:
        yield "_common.yml", "properties", sorted(ontology.common), ", ".join(sorted(needed))


def _property_faults(file: str, path: str, prop: Property) -> Iterator[Fault]:
    kind = VALUE_TYPES.get(prop.type)
    if kind is None:
        yield file, f"{path}.type", prop.type, f"one of {', '.join(VALUE_TYPES)}"
        return
    if prop.many and not kind.listable:
        yield file, f"{path}.many", True, f"false: a cell holds one {prop.type}"
    if prop.separators and not prop.many:
        yield file, f"{path}.separators", prop.separators, "none where a cell holds one value"
    if (prop.type == "enum") != bool(prop.values):
        yield file, f"{path}.values", [v.value for v in prop.values], "values for an enum, and only for one"
    if prop.unit is not None and (prop.type != "quantity" or not dimension(prop.unit)):
        yield file, f"{path}.unit", prop.unit, "a unit of units.yml, only for a quantity"
    low, high = prop.minimum, prop.maximum
    if (low is not None or high is not None) and prop.type not in ("integer", "float"):
        yield file, f"{path}.minimum", prop.type, "bounds only for an integer or float"
    if low is not None and high is not None and low > high:
        yield file, f"{path}.minimum", low, f"at most the maximum, {high:g}"
    yield from _list_faults(file, f"{path}.values", prop.values)


def _condition_faults(cls: EntityClass | RelationClass, prop: Property) -> Iterator[Fault]:
    if prop.only_if is None:
        return
    condition = cls.properties.get(prop.only_if) if isinstance(cls, EntityClass) else None
    if condition is None or condition.type != "boolean":
        expected = "a boolean property of the same entity class"
        yield f"{cls.name}.yml", f"properties.{prop.name}.only_if", prop.only_if, expected


def _list_faults(file: str, path: str, values: tuple[EnumValue, ...]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for option in values:
        words = spellings(option) | {spelling(word) for word in option.also}
        for word in words:
            if word in seen:
                yield file, path, option.value, f"values and labels unlike those of {seen[word]}"
        seen |= dict.fromkeys(words, option.value)


def _clashes(ontology: Ontology, cls: EntityClass | RelationClass) -> Iterator[Fault]:
    """Names that two columns of a table, or two properties of a node or relation, would share."""
    file = f"{cls.name}.yml"
    keys = ("id",) if isinstance(cls, EntityClass) else ("from", "to")
    stored = dict.fromkeys(RESERVED - ({"grade"} if cls.name == GRADED else set()), "what the store writes")
    stored |= {name: "a common column" for prop in ontology.common.values() for name in flat_names(prop)}
    headers = {spelling: "a column of every table"
               for prop in (*(ontology.keys[key] for key in keys), *ontology.common.values())
               for spelling in (prop.name, prop.label.zh)}  # fmt: skip
    for prop in cls.properties.values():
        for name in flat_names(prop):
            if other := stored.get(name):
                yield file, f"properties.{prop.name}", name, f"a stored name that is not also {other}"
            stored[name] = f"of property {prop.name}"
        yield from _header_faults(file, f"properties.{prop.name}", prop, headers)
    for column in cls.columns.values() if isinstance(cls, EntityClass) else ():
        yield from _header_faults(file, f"columns.{column.name}", column, headers)


def _header_faults(
    file: str, path: str, column: Property | Column, headers: dict[str, str]
) -> Iterator[Fault]:
    for heading in {column.name, column.label.zh}:
        if other := headers.get(heading):
            yield file, path, heading, f"a column name or Chinese label that is not also {other}"
        headers[heading] = f"of {path}"
