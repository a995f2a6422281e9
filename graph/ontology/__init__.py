"""The model: classes, properties and relations, one YAML file each."""

from graph.ontology.loader import load_ontology
from graph.ontology.model import Column, EntityClass, RelationClass, label
from graph.ontology.ontology import Ontology
from graph.values import EnumValue, Property

__all__ = [
    "Column",
    "EntityClass",
    "EnumValue",
    "Ontology",
    "Property",
    "RelationClass",
    "label",
    "load_ontology",
]
