"""How a class looks: its colour comes from the ontology, its glyph from this table.

A glyph says the class without its colour, and the class is always written beside it as a word.
"""

from __future__ import annotations

from typing import TypedDict

from graph.ontology import Ontology
from viz.words import Lang

#: Glyphs that the picture and the legend can draw (see ``static/js/glyphs.js``).
GLYPHS = {
    "Firm": "square",
    "Site": "house",
    "Segment": "hexagon",
    "Chain": "links",
    "Product": "cube",
    "Project": "flag",
    "Park": "diamond",
    "Cluster": "cluster",
    "Place": "pin",
    "Zone": "pin",
    "Person": "person",
    "Post": "ring",
    "Organisation": "columns",
    "Fund": "coin",
    "Platform": "cross",
    "Title": "star",
    "Plan": "page",
    "Policy": "page",
    "Task": "page",
    "Source": "page",
    "Observation": "bars",
    "Index": "bars",
    "Statement": "quote",
    "Coverage": "quote",
}
DEFAULT_GLYPH = "dot"


class ClassLook(TypedDict):
    """What the legend and a card need of a class."""

    label: str
    colour: str
    glyph: str


def glyph(cls: str) -> str:
    """The glyph of a class; a class that the table does not know gets a dot."""
    return GLYPHS.get(cls, DEFAULT_GLYPH)


def class_look(ontology: Ontology, cls: str, lang: Lang) -> ClassLook:
    """Label, colour and glyph of an entity class."""
    entity = ontology.entities[cls]
    return {"label": entity.label.text(lang), "colour": entity.colour, "glyph": glyph(cls)}
