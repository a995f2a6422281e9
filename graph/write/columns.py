"""Which properties of a class a statement sets, and in which order a row holds them."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import OntologyError
from graph.model import Props
from graph.ontology import Ontology
from graph.values import flat_names

#: What a projection gives besides the properties of the ontology's files.
_OF_NODES = frozenset({"id", "cls", "caption"})
_OF_RELATIONS = frozenset({"rid"})
_OF_ALL = frozenset({"grade", "seen_first", "seen_last"})


class Columns:
    """The columns of rows by class. They come from the ontology, never from data.

    The columns of a class only grow, so that an engine has few statements to plan: a statement sets those
    that any member so far has had.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._allowed: dict[str, frozenset[str]] = {}
        self._used: dict[str, frozenset[str]] = {}

    def of(self, cls: str, key: str, props: Iterable[Props]) -> list[str]:
        """The columns for members of ``cls`` with these properties: ``key`` first, the others by name.

        Parameters
        ----------
        cls : str
            Entity or relation class.
        key : str
            The property by which a member is found: ``id`` of nodes, ``rid`` of relations.
        props : iterable of property sets

        Raises
        ------
        OntologyError
            If a member has a property that the class does not have.
        BadInput
            If there is no such class.
        """
        used = self._used.get(cls, frozenset()).union({key}, *props)
        if used != self._used.get(cls):
            if unknown := used - self._allowed_of(cls):
                names = sorted(unknown)
                raise OntologyError(f"The class {cls} has no property {', '.join(names)}.", found=names)
            self._used[cls] = used
        return [key, *sorted(used - {key})]

    def _allowed_of(self, cls: str) -> frozenset[str]:
        if cls not in self._allowed:
            self._allowed[cls] = self._read_allowed(cls)
        return self._allowed[cls]

    def _read_allowed(self, cls: str) -> frozenset[str]:
        if cls in self._ontology.entities:
            properties, own = self._ontology.entity(cls).properties, _OF_NODES
        else:
            properties, own = self._ontology.relation(cls).properties, _OF_RELATIONS
        declared = (*properties.values(), *self._ontology.common.values())
        return own | _OF_ALL | {name for prop in declared for name in flat_names(prop)}
