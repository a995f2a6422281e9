"""What a class is called in the language of this run."""

from __future__ import annotations

from graph.ontology import Ontology
from lianpu.i18n import LANG


def class_label(name: str, ontology: Ontology) -> str:
    """The label of a class of entities or relations; a name that no class has, as it is."""
    cls = ontology.entities.get(name) or ontology.relations.get(name)
    return name if cls is None else cls.label.text(LANG)
