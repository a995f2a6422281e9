"""What the pages need of the application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from graph.facts import Assertion
from graph.ontology import Ontology
from graph.repository import Repository
from graph.search import Found


class Search(Protocol):
    """Finding by name."""

    async def find(
        self, query: str, *, cls: str | None = None, limit: int | None = None, after: str | None = None
    ) -> Found:
        """The entities found under ``query``, best first."""


class Facts(Protocol):
    """The facts, for how many there are."""

    @property
    def revision(self) -> int:
        """Changes whenever the facts do."""

    def current(self) -> Iterable[Assertion]:
        """Every assertion of the current datasets."""


class Service(Protocol):
    """The questions, the search, the facts and the classes: one object that the application gives."""

    @property
    def repository(self) -> Repository:
        """Every question that may be asked."""

    @property
    def search(self) -> Search:
        """Finding by name."""

    @property
    def truth(self) -> Facts:
        """The facts."""

    @property
    def ontology(self) -> Ontology:
        """The classes."""
