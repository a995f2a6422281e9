"""Putting in what files leave out: the classes that ``any`` stands for, the ends of columns."""

from __future__ import annotations

from dataclasses import replace

from graph.ontology.model import Column, EntityClass, RelationClass
from graph.ontology.ontology import Ontology

#: Stands for all entity classes as the end of a relation.
ANY = "any"


def expand(ontology: Ontology) -> Ontology:
    """The ontology with ``any`` written out and each column's ``ends`` filled in."""
    every = tuple(ontology.entities)
    relations = {name: _relation(cls, every) for name, cls in ontology.relations.items()}
    entities = {name: _entity(cls, relations) for name, cls in ontology.entities.items()}
    return replace(ontology, entities=entities, relations=relations)


def column_ends(
    entity: str, column: Column, relation: RelationClass, every: tuple[str, ...]
) -> tuple[str, ...]:
    """Classes that ``relation`` allows at the other end of ``column`` in the table of ``entity``."""
    full = _relation(relation, every)
    return full.sources_of(entity) if column.reverse else full.targets_of(entity)


def _relation(cls: RelationClass, every: tuple[str, ...]) -> RelationClass:
    source = every if ANY in cls.source else cls.source
    target = every if ANY in cls.target else cls.target
    return cls.model_copy(update={"source": source, "target": target})


def _entity(cls: EntityClass, relations: dict[str, RelationClass]) -> EntityClass:
    columns = {
        name: column
        if column.ends
        else column.model_copy(update={"ends": column_ends(cls.name, column, relations[column.relation], ())})
        for name, column in cls.columns.items()
    }
    return cls.model_copy(update={"columns": columns})
