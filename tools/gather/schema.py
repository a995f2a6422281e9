"""What the ontology says about the tables: their columns, and which hold ids or several values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.ontology import EntityClass, Ontology, RelationClass
from graph.values import Property

COMMON = ("sources", "standing", "seen_at", "valid_from", "valid_to", "confidence", "note")


@dataclass(frozen=True)
class TableSchema:
    """One table, in the order of its file.

    `identity` are the columns that tell rows apart, `references` those that hold ids, `many` those that hold
    several values; `ends` are the classes that a reference may have, `properties` the cells with a type.
    """

    table: str
    class_name: str
    is_entity: bool
    identity: tuple[str, ...]
    columns: tuple[str, ...]
    references: frozenset[str]
    many: frozenset[str]
    properties: Mapping[str, Property] = field(repr=False)
    ends: Mapping[str, tuple[str, ...]] = field(repr=False)


def load_schema(ontology: Ontology) -> dict[str, TableSchema]:
    """The tables of all classes, by English table name."""
    tables = [_entity(ontology, cls) for cls in ontology.entities.values()]
    tables += [_relation(ontology, cls) for cls in ontology.relations.values()]
    return {table.table: table for table in tables}


def _entity(ontology: Ontology, cls: EntityClass) -> TableSchema:
    return TableSchema(
        table=cls.table.en,
        class_name=cls.name,
        is_entity=True,
        identity=("id",),
        columns=("id", *cls.properties, *cls.columns, *COMMON),
        references=frozenset({"id", "sources", *cls.columns}),
        many=_many(cls) | frozenset(cls.columns),
        properties={**cls.properties, **ontology.common},
        ends={"id": (cls.name,), "sources": ("Source",), **{c.name: c.ends for c in cls.columns.values()}},
    )


def _relation(ontology: Ontology, cls: RelationClass) -> TableSchema:
    return TableSchema(
        table=cls.table.en,
        class_name=cls.name,
        is_entity=False,
        identity=("from", "to", *cls.key),
        columns=("from", "to", *cls.properties, *COMMON),
        references=frozenset({"from", "to", "sources"}),
        many=_many(cls),
        properties={**cls.properties, **ontology.common},
        ends={"from": cls.source, "to": cls.target, "sources": ("Source",)},
    )


def _many(cls: EntityClass | RelationClass) -> frozenset[str]:
    return frozenset({"sources", *(name for name, prop in cls.properties.items() if prop.many)})
