"""What can happen to a graph: a member is written whole, or removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from graph.model import Node, Relation


@dataclass(frozen=True, slots=True)
class RemoveRelation:
    """The relation ``rid`` of class ``cls``, which leaves the entity ``source``, is to go."""

    cls: str
    rid: str
    source: str


@dataclass(frozen=True, slots=True)
class RemoveNode:
    """The entity ``id`` is to go, and with it every relation that it still has."""

    cls: str
    id: str


#: A ``Node`` or ``Relation`` is written with its whole property set, whether it is there already or not.
Change: TypeAlias = RemoveRelation | RemoveNode | Node | Relation
