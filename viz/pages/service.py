"""What the pages need of the application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from graph.decisions import Decision
from graph.facts import Assertion
from graph.gaps.gaps import Gaps
from graph.limits import Limits
from graph.ontology import Ontology
from graph.repository import Repository
from graph.search import LiveSearch
from viz.deliveries import Deliveries


class Facts(Protocol):
    """The facts, for how many there are, and what people decided, for the target list."""

    @property
    def revision(self) -> int:
        """Changes whenever the facts do."""

    def current(self) -> Iterable[Assertion]:
        """Every assertion of the current datasets."""

    def decisions(self) -> list[Decision]:
        """What people decided, oldest first, the undone ones among them."""


class Desk(Protocol):
    """Changes the target list: the shell gives it, since it alone writes."""

    async def change(
        self,
        pair: tuple[str, str],
        changes: dict[str, str | None],
        *,
        version: str | None,
        reason: str = "",
        by: str = "",
    ) -> str:
        """Make or change the entry of a firm and a gap; its key.

        Parameters
        ----------
        pair : firm (id or name) and gap (id). changes : fields and their texts, empty to take a value out.
        version : the decision that was seen; if it is no longer the last, ``ChangedMeanwhile`` is raised.
            ``graph.targets.NEW``: the entry is to be made; ``BadInput`` where it is there.
        by : whom the visitor names as 经办人; kept as said.
        """

    async def make_project(
        self, pair: tuple[str, str], *, version: str, name: str = "", reason: str = "", by: str = ""
    ) -> tuple[str, int | None]:
        """Make a project of a target that was signed and link it in the entry; its id, and the load's number.

        Parameters
        ----------
        pair, version, by : as of ``change``. name : of the project; else firm, link and place.
        """


class Service(Protocol):
    """The questions, the search, the facts and the classes: one object that the application gives."""

    @property
    def repository(self) -> Repository:
        """Every question that may be asked."""

    @property
    def search(self) -> LiveSearch:
        """Finding by name."""

    @property
    def gaps(self) -> Gaps:
        """Every question about the links of chains in places."""

    @property
    def limits(self) -> Limits:
        """Bounds on parameters."""

    @property
    def truth(self) -> Facts:
        """The facts."""

    @property
    def ontology(self) -> Ontology:
        """The classes."""

    @property
    def desk(self) -> Desk | None:
        """Where the target list is changed; without one it is read only."""

    @property
    def deliveries(self) -> Deliveries | None:
        """Where the documents of an office are made; without it there are none."""
