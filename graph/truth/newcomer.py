"""What is committed to the truth store, and what a commit did."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did: version of the dataset, store revision, rows begun and ended, number of the load."""

    version: int | None
    revision: int
    begun: int
    ended: int
    load: int | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge that a load makes: ``retire`` reads as ``keep``, and why."""

    keep: str
    retire: str
    reason: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is committed: its dataset, where it came from, who loads it, who may see it.

    ``visibility`` and ``owner`` are left as they are where they are ``None``. ``counts`` go into the list of
    loads.
    """

    dataset: str
    title: str
    origin: str
    user: str = ""
    visibility: int | None = None
    owner: str | None = None
    merges: tuple[Merge, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
