"""The classes of the model: what an ontology file says, checked on reading and never changed after."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from graph.values import Bilingual, Property
from graph.values.property import Spec

EntityName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]{0,39}$")]
RelationName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$", max_length=40)]
ColumnName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class TableName(Spec):
    """Name of a class's table, also as a file and a worksheet (at most 31 characters there)."""

    en: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
    zh: Annotated[str, StringConstraints(pattern=r"^\w{1,31}$")]


class Column(Spec):
    """A relation column of an entity's own table: its cell holds ids joined by ``|``.

    ``reverse`` is true when the relation runs from the ids to the entity; ``ends`` are the classes those
    ids may have (in the file optional, then all that the relation allows). ``headings`` are other words
    that tables have for the column.
    """

    name: ColumnName
    relation: str
    label: Bilingual
    reverse: bool = False
    ends: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    help: Bilingual | None = None


class _Class(Spec):
    table: TableName
    label: Bilingual
    help: Bilingual
    properties: dict[ColumnName, Property]


class EntityClass(_Class):
    """A class of things.

    Attributes
    ----------
    name : label in the graph, e.g. ``Firm``.
    group : value of the list ``class_group``; classes of a group are shown together.
    prefix : what its ids start with, ``firm`` for ``firm/…``.
    table : English and Chinese table name.
    colour : ``#rrggbb``.
    caption : properties of which the first that is known names the entity on a page.
    search : properties that ``find`` looks in.
    properties, columns : by name, in the order of the table.
    identity : properties and columns that tell which one a row without an id means.
    """

    kind: Literal["entity"]
    name: EntityName = Field(validation_alias="class")
    group: str
    prefix: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,29}$")]
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
    caption: Annotated[tuple[str, ...], Field(min_length=1)]
    search: tuple[str, ...]
    columns: dict[ColumnName, Column] = Field(default_factory=dict)
    identity: Annotated[tuple[str, ...], Field(min_length=1)] = ("name",)


class RelationClass(_Class):
    """A class of relations.

    Attributes
    ----------
    name : relationship type in the graph, e.g. ``WORKS_IN``.
    inverse : its label when read from the target.
    source, target : classes of the ends (``any`` already expanded).
    pairs : where not every source goes with every target, the targets of each source; else empty.
    key : properties that tell apart two relations between the same ends.
    tree : whether cycles are refused.
    """

    kind: Literal["relation"]
    name: RelationName = Field(validation_alias="class")
    inverse: Bilingual
    source: Annotated[tuple[str, ...], Field(min_length=1)]
    target: Annotated[tuple[str, ...], Field(min_length=1)]
    pairs: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    key: tuple[str, ...] = ()
    tree: bool = False

    def targets_of(self, source: str) -> tuple[str, ...]:
        """Classes that a relation from an entity of class ``source`` may end at."""
        if source not in self.source:
            return ()
        return self.pairs[source] if self.pairs else self.target

    def sources_of(self, target: str) -> tuple[str, ...]:
        """Classes that a relation to an entity of class ``target`` may start at."""
        return tuple(source for source in self.source if target in self.targets_of(source))

    def allows(self, source: str, target: str) -> bool:
        """Whether a relation of this class may run from class ``source`` to class ``target``."""
        return target in self.targets_of(source)


def label(obj: EntityClass | RelationClass | Property | Column, lang: str = "zh") -> str:
    """The label of a class, property or column in ``lang`` (``zh`` or ``en``)."""
    return obj.label.text(lang)
