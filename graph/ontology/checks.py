"""What must hold between the files of an ontology; the first thing that does not is the error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from graph.ontology.check_properties import property_faults
from graph.ontology.ends import ANY, column_ends
from graph.ontology.model import EntityClass, RelationClass
from graph.ontology.ontology import Ontology
from graph.ontology.source import wrong
from graph.values import VALUE_TYPES

#: Labels that the store itself uses.
_TAKEN = {
    "entity": "a label every entity has",
    "lianpumeta": "the label of the store's own node",
    ANY: "all classes",
}
#: A fault: file, key path, what was found, what was expected.
Fault = tuple[str, str, object, str]


def check(ontology: Ontology) -> None:
    """Raise ``OntologyError`` for the first fault between the files, if there is one."""
    steps = (_name_faults, property_faults, _relation_faults, _column_faults, _display_faults)
    first = next(chain.from_iterable(step(ontology) for step in steps), None)
    if first is not None:
        raise wrong(*first)


def _classes(ontology: Ontology) -> Iterable[EntityClass | RelationClass]:
    return [*ontology.entities.values(), *ontology.relations.values()]


def _name_faults(ontology: Ontology) -> Iterator[Fault]:
    classes: dict[str, str] = dict(_TAKEN)
    prefixes: dict[str, str] = {}
    tables: dict[str, str] = {}
    for cls in _classes(ontology):
        file = f"{cls.name}.yml"
        if other := classes.get(cls.name.lower()):
            yield file, "class", cls.name, f"a name spelt differently from {other}"
        classes[cls.name.lower()] = file
        if isinstance(cls, EntityClass):
            if other := prefixes.get(cls.prefix):
                yield file, "prefix", cls.prefix, f"a prefix that {other} does not have"
            prefixes[cls.prefix] = file
        for lang, table in (("en", cls.table.en), ("zh", cls.table.zh)):
            if other := tables.get(table.lower()):
                yield file, f"table.{lang}", table, f"a table name that {other} does not have"
            tables[table.lower()] = file


def _relation_faults(ontology: Ontology) -> Iterator[Fault]:
    for cls in ontology.relations.values():
        file = f"{cls.name}.yml"
        for side, ends in (("source", cls.source), ("target", cls.target)):
            for end in ends:
                if end != ANY and end not in ontology.entities:
                    yield file, side, end, "an entity class, or any"
            if len(set(ends)) < len(ends) or (ANY in ends and len(ends) > 1):
                yield file, side, list(ends), "each class once, or any alone"
        yield from _pair_faults(file, cls)
        for key in cls.key:
            prop = cls.properties.get(key)
            if prop is None or prop.many or len(VALUE_TYPES[prop.type].suffixes) > 1:
                yield file, "key", key, "a property of the relation with one plain value"
        if cls.tree and ANY not in (*cls.source, *cls.target) and not set(cls.source) & set(cls.target):
            yield file, "tree", True, "false where no class is at both ends"


def _pair_faults(file: str, cls: RelationClass) -> Iterator[Fault]:
    if not cls.pairs:
        return
    if set(cls.pairs) != set(cls.source):
        yield file, "pairs", sorted(cls.pairs), f"exactly the classes of source: {', '.join(cls.source)}"
    reached = {target for targets in cls.pairs.values() for target in targets}
    if reached != set(cls.target):
        yield file, "pairs", sorted(reached), f"exactly the classes of target: {', '.join(cls.target)}"


def _column_faults(ontology: Ontology) -> Iterator[Fault]:
    every = tuple(ontology.entities)
    for cls in ontology.entities.values():
        for name, column in cls.columns.items():
            file, path = f"{cls.name}.yml", f"columns.{name}"
            relation = ontology.relations.get(column.relation)
            if relation is None:
                yield file, f"{path}.relation", column.relation, "a relation class"
                continue
            allowed = column_ends(cls.name, column, relation, every)
            if not allowed:
                side = "target" if column.reverse else "source"
                yield file, f"{path}.relation", column.relation, f"a relation with {cls.name} as a {side}"
            for end in column.ends:
                if end not in allowed:
                    yield file, f"{path}.ends", end, f"one of {', '.join(allowed)}"


def _display_faults(ontology: Ontology) -> Iterator[Fault]:
    groups = [value.value for value in ontology.lists.get("class_group", ())]
    for cls in ontology.entities.values():
        file = f"{cls.name}.yml"
        if cls.group not in groups:
            yield file, "group", cls.group, f"one of {', '.join(groups)} (class_group in _lists.yml)"
        for key, names in (("caption", cls.caption), ("search", cls.search)):
            for name in names:
                prop = cls.properties.get(name)
                if prop is None or len(VALUE_TYPES[prop.type].suffixes) > 1:
                    yield file, key, name, "a property of the class that is plain text"
        for name in cls.identity:
            if name not in cls.properties and name not in cls.columns:
                yield file, "identity", name, "a property or a column of the class"
        if not any(cls.properties[name].required and not cls.properties[name].many for name in cls.caption):
            yield (
                file,
                "caption",
                list(cls.caption),
                "at least one required property, so that nothing is nameless",
            )
