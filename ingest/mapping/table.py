"""The columns of a class's table, by name and by Chinese label."""

from __future__ import annotations

from graph.ontology import Column, EntityClass, Ontology, Property, RelationClass
from ingest.mapping.model import Mapping, Statement


def class_of(statement: Statement, ontology: Ontology) -> EntityClass | RelationClass:
    """The class that a statement is of; ``BadInput`` when the ontology has none of that name."""
    if statement.entity is not None:
        return ontology.entity(statement.entity)
    return ontology.relation(statement.relation or "")


def columns_of(cls: EntityClass | RelationClass, ontology: Ontology) -> dict[str, Column | Property]:
    """The columns of a class's table besides ``id``, ``from`` and ``to``, by name."""
    own = cls.columns if isinstance(cls, EntityClass) else {}
    return {**cls.properties, **own, **ontology.common}


def column_names(cls: EntityClass | RelationClass, ontology: Ontology) -> dict[str, str]:
    """Every name that a mapping may use for a column (English name, Chinese label) → column name."""
    columns = columns_of(cls, ontology)
    return {column.label.zh: name for name, column in columns.items()} | {name: name for name in columns}


def stated(mapping: Mapping) -> list[tuple[str, dict[str, str]]]:
    """Class and cells of each entity that the mapping itself states; the class is empty where not named."""
    sources = [("Source", cells) for cells in mapping.sources]
    others = [
        (cells.get("class", ""), {name: text for name, text in cells.items() if name != "class"})
        for cells in mapping.entities
    ]
    return sources + others


def stated_names(cls: EntityClass, ontology: Ontology) -> dict[str, str]:
    """Every name that a cell of a stated entity may have → column name, ``id`` among them."""
    return column_names(cls, ontology) | {"id": "id", ontology.keys["id"].label.zh: "id"}
