"""What the API serves from: put together by the shell, the same object for the pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.gaps.gaps import Gaps
from graph.limits import Limits
from graph.ontology import Ontology
from graph.repository import Repository
from graph.search import LiveSearch
from graph.store import Store
from graph.truth import TruthStore
from viz.deliveries import Deliveries
from viz.pages.service import Desk

#: Names under which a server that listens on loopback may be addressed.
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Service:
    """The rooms behind the API.

    Attributes
    ----------
    repository, search, gaps : the questions.
    store, truth, ontology : graph, facts and classes.
    version : of the program.
    limits : bounds on parameters; the same that the repository was made with.
    hosts : host names (without port) that a request may be addressed to; others are refused, so that no web
        page can reach the server through a name of its own that points to this machine.
    desk : where the target list is changed; without one it is read only.
    deliveries : where the documents of an office are made; without it there are none.
    """

    repository: Repository
    search: LiveSearch
    store: Store
    truth: TruthStore
    ontology: Ontology
    version: str
    gaps: Gaps
    limits: Limits = field(default_factory=Limits)
    hosts: tuple[str, ...] = LOOPBACK_NAMES
    desk: Desk | None = None
    deliveries: Deliveries | None = None
