"""Which graph engine is used, where its data lies and how long it may take."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import UsageError

_SCHEMES = frozenset(f"{kind}{security}" for kind in ("bolt", "neo4j") for security in ("", "+s", "+ssc"))
_HEAP = re.compile(r"\d+[mMgG]")


@dataclass(frozen=True)
class EngineConfig:
    """Where the graph is kept.

    Parameters
    ----------
    home : Path
        The data directory. The embedded engine keeps its files in ``home/engine``; the writers' lock
        is ``home/write.lock`` on either engine.
    neo4j_uri : str or None
        ``bolt://``, ``neo4j://`` (or ``+s``) address of a Neo4j 5. None means the embedded engine.
    neo4j_user, neo4j_password, neo4j_database : str
        How to log in to Neo4j and which of its databases to use; a password of None means no log-in.
    timeout_s : float
        Seconds one read, or one statement of a write, may take.
    heap : str
        Largest heap of the embedded engine, e.g. ``512m`` or ``2g``.
    linger_s : float
        Seconds the embedded engine waits after its last user has left before it ends.
    start_timeout_s : float
        Seconds the embedded engine may take to start, and a process may wait for another's start.

    Raises
    ------
    UsageError
        If ``neo4j_uri`` is no such address, ``heap`` is not a number with m or g, or a time is not
        positive.
    """

    home: Path
    neo4j_uri: str | None = None
    neo4j_user: str = "neo4j"
    neo4j_password: str | None = field(default=None, repr=False)
    neo4j_database: str = "neo4j"
    timeout_s: float = 30.0
    heap: str = "512m"
    linger_s: float = 3.0
    start_timeout_s: float = 60.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "home", Path(self.home).expanduser().absolute())
        if self.neo4j_uri is not None and not _is_address(self.neo4j_uri):
            raise UsageError(
                f"LIANPU_NEO4J_URI is {self.neo4j_uri!r}; expected bolt://HOST:PORT or neo4j://HOST:PORT.",
                field="neo4j_uri",
                found=self.neo4j_uri,
            )
        if not _HEAP.fullmatch(self.heap):
            raise UsageError(
                f"The engine's heap is {self.heap!r}; expected a size such as 512m or 2g.",
                field="heap",
                found=self.heap,
            )
        for name in ("timeout_s", "linger_s", "start_timeout_s"):
            if getattr(self, name) <= 0:
                raise UsageError(
                    f"{name} is {getattr(self, name)}; expected seconds above 0.",
                    field=name,
                    found=getattr(self, name),
                )

    @property
    def embedded(self) -> bool:
        """Whether the embedded engine is meant."""
        return self.neo4j_uri is None

    @property
    def engine_dir(self) -> Path:
        """The embedded engine's own directory."""
        return self.home / "engine"


def _is_address(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        return parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none
        return False
