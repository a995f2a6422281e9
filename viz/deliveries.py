"""The documents of an office, made on the server: what is told of them, and the room that makes them.

The pages and the API speak of the same ones.
"""

from __future__ import annotations

from types import TracebackType
from typing import ClassVar, Literal, Protocol

from pydantic import Field

from graph.errors import Busy
from graph.problem import Problem
from graph.repository.models import Model, Ref

Step = Literal["asking", "writing"]
State = Literal["queued", "running", "done", "failed"]


class QueueFull(Busy):
    """Too many deliverables wait already; ``extra`` names the one that is made and those that wait."""

    code: ClassVar[str] = "queue-full"
    title_zh: ClassVar[str] = "排队的交付文件已满"
    title_en: ClassVar[str] = "Too many deliverables wait already"


class DeliveredFile(Model):
    """A file of a deliverable; ``bytes`` is its size."""

    name: str
    bytes: int
    sha256: str


class Deliverable(Model):
    """The documents of a chain in a place on a day, and how far they are.

    ``step`` is what is being done, ``done`` of ``total`` how far that is. Once ``state`` is ``done`` there
    are ``files``; ``lines`` counts those of each list, ``notes`` say what the reader has to know,
    ``visibility`` the highest level of the facts that it may hold, ``revision`` which. Where it
    ``failed``, ``problem`` says why.
    """

    id: str
    chain: Ref
    place: Ref
    as_of: str
    state: State
    asked_at: str
    ended_at: str | None = None
    step: Step | None = None
    done: int = 0
    total: int = 0
    revision: int | None = None
    visibility: str | None = None
    gaps: int | None = None
    lines: dict[str, int] = Field(default_factory=dict)
    notes: list[str] = Field(default_factory=list)
    files: list[DeliveredFile] = Field(default_factory=list)
    problem: Problem | None = None


class Deliveries(Protocol):
    """Makes deliverables one at a time and keeps the newest; open while the server runs."""

    async def __aenter__(self) -> object:
        """Be ready to make some."""

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give up what is being made, and remove all files."""

    async def start(self, chain: str, place: str, as_of: str | None) -> Deliverable:
        """Begin one, or give the one that waits or is made of the same chain, place and day.

        Raises ``QueueFull``, and what the questions about gaps raise of names and days.
        """

    def all(self) -> list[Deliverable]:
        """Those that are kept, newest first."""

    def get(self, key: str) -> Deliverable:
        """One of them. Raises ``NotFound``."""

    async def file(self, key: str, name: str) -> bytes:
        """A file of one that is done, by its name in the manifest. Raises ``NotFound``."""

    async def archive(self, key: str) -> tuple[str, bytes]:
        """Name and bytes of a zip file with all files of one that is done. Raises ``NotFound``."""
