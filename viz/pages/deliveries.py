"""What the pages need of the room that makes deliverables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from graph.repository.models import Ref


class File(Protocol):
    """A file that can be fetched."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def bytes(self) -> int:
        """Its size."""


class Failure(Protocol):
    """Why one was not made."""

    @property
    def detail(self) -> str:
        """What happened, in words."""


class Made(Protocol):
    """The documents of a chain in a place on a day, and how far they are."""

    @property
    def id(self) -> str:
        """Its key."""

    @property
    def chain(self) -> Ref:
        """The chain."""

    @property
    def place(self) -> Ref:
        """The place."""

    @property
    def as_of(self) -> str:
        """The day."""

    @property
    def state(self) -> Literal["queued", "running", "done", "failed"]:
        """How far it is."""

    @property
    def visibility(self) -> str | None:
        """Up to which level facts are in it, once it is done."""

    @property
    def notes(self) -> Sequence[str]:
        """What the reader has to know."""

    @property
    def files(self) -> Sequence[File]:
        """Its files, once it is done."""

    @property
    def problem(self) -> Failure | None:
        """Why it failed, if it did."""


class Deliveries(Protocol):
    """Where they are made."""

    async def start(self, chain: str, place: str, as_of: str | None) -> Made:
        """Begin one."""

    def all(self) -> Sequence[Made]:
        """Those that are kept, newest first."""
