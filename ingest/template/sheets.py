"""Which tables an office fills, and the columns of each sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import BadInput
from graph.ontology import Column, EntityClass, Ontology, Property, RelationClass

#: The tables that an office fills, in the order of their sheets.
OFFICE = (
    "Firm", "WORKS_IN", "Site", "Project", "Title", "DESIGNATED_CHAIN_LEADER", "Problem", "Demand", "Park",
    "Factor", "Observation", "Coverage", "Organisation", "Post", "Source",
)  # fmt: skip
#: Common columns that an office fills; the others are for data made by programs.
_COMMON = ("sources", "seen_at", "note")
#: The columns that come first, where a table has them.
_FIRST = ("name", "from", "to")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet: what it is in the ontology and what its references may be.

    ``ends`` are the classes that a reference may have, empty for a plain value; ``many``: several values may
    be joined by ``|``.
    """

    name: str
    spec: Property | Column
    required: bool
    many: bool
    ends: tuple[str, ...] = ()

    def heading(self, ontology: Ontology, lang: str) -> str:
        """The heading, with the unit of bare numbers or the classes of ends in brackets and * if required."""
        spec = self.spec
        text = spec.label.text(lang)
        if isinstance(spec, Property) and spec.type == "quantity" and spec.unit:
            text += f"（{spec.unit}）" if lang == "zh" else f" ({spec.unit})"
        elif self.name in ("from", "to"):
            labels = [ontology.entities[end].label.text(lang) for end in self.ends[:4]]
            text += f"（{'、'.join(labels)}）" if lang == "zh" else f" ({', '.join(labels)})"
        return text + ("*" if self.required else "")


def classes_named(names: Sequence[str], ontology: Ontology) -> list[EntityClass | RelationClass]:
    """The classes with the table or class names ``names``; raises ``BadInput`` for one that none has."""
    return [_class_named(name.strip(), ontology) for name in names if name.strip()]


def with_sources(
    classes: Sequence[EntityClass | RelationClass], ontology: Ontology
) -> list[EntityClass | RelationClass]:
    """``classes`` with that of sources, which the rows of every table cite."""
    sources = ontology.entities["Source"]
    return [*classes, *(() if sources in classes else (sources,))]


def _class_named(name: str, ontology: Ontology) -> EntityClass | RelationClass:
    if found := ontology.entities.get(name) or ontology.relations.get(name):
        return found
    by_label = {cls.label.zh: cls for cls in ontology.entities.values()}
    try:
        return ontology.table(name)
    except BadInput:
        if name in by_label:
            return by_label[name]
        raise


def columns_for(cls: EntityClass | RelationClass, ontology: Ontology) -> list[SheetColumn]:
    """The columns of the sheet of ``cls``: name or ends first, then what must be filled, then the rest.

    There is no column for ids: rows are told apart by their names.
    """
    columns = [SheetColumn(p.name, p, p.required, p.many) for p in cls.properties.values()]
    if isinstance(cls, RelationClass):
        firm_too = ("Firm",) if "Site" in cls.source and "Firm" not in cls.source else ()
        ends = {"from": (*firm_too, *cls.source), "to": cls.target}
        columns += [SheetColumn(n, ontology.keys[n], True, False, of) for n, of in ends.items()]
    else:
        columns += [SheetColumn(c.name, c, False, True, c.ends) for c in cls.columns.values()]
    columns.sort(key=lambda c: (_FIRST.index(c.name) if c.name in _FIRST else 9, not c.required))
    common = [ontology.common[name] for name in _COMMON]
    ends_of = {"sources": ("Source",)}
    return columns + [SheetColumn(p.name, p, False, p.many, ends_of.get(p.name, ())) for p in common]
