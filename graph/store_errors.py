"""The driver's exceptions as errors that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConstraintError,
    DriverError,
    Neo4jError,
    TransientError,
)

from graph.errors import (
    BadInput,
    EngineUnavailable,
    LianpuError,
    ReadTimeout,
    ReadTooLarge,
    UsageError,
    WrongPassword,
)

_SECURITY = "Neo.ClientError.Security."
_WRITE_REFUSED = (f"{_SECURITY}Forbidden", "Neo.ClientError.Statement.AccessMode")
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"


@dataclass(frozen=True)
class _Case:
    """One exception of the driver, with what is known of where it came from."""

    error: BaseException
    engine: str
    limit_s: float

    @property
    def code(self) -> str:
        return (self.error.code if isinstance(self.error, Neo4jError) else None) or ""

    @property
    def said(self) -> str:
        """What the engine or driver said, on one line."""
        message = self.error.message if isinstance(self.error, Neo4jError) else str(self.error)
        return " ".join((message or type(self.error).__name__).split())[:300].rstrip(".")


def _is_timeout(case: _Case) -> bool:
    if isinstance(case.error, TimeoutError) or case.code.startswith(_TIMED_OUT):
        return True
    return "arcadedb.command.timeout" in case.said  # reported under a general code while rows travel


def _needs_memory(case: _Case) -> bool:
    return "queryMaxHeapElements" in case.said or "MemoryPoolOutOfMemory" in case.code


def _refuses_log_in(case: _Case) -> bool:
    return isinstance(case.error, AuthError) or case.code.startswith(_SECURITY)


#: In order: what is recognised, and what is said about it.
_RULES: tuple[tuple[Callable[[_Case], bool], Callable[[_Case], LianpuError]], ...] = (
    (
        _is_timeout,
        lambda c: ReadTimeout(
            f"{c.engine} did not answer within {c.limit_s:g} s. Ask for less (fewer steps, a smaller start), "
            "or raise LIANPU_READ_TIMEOUT_S.",
            limit_s=c.limit_s,
        ),
    ),
    (
        lambda c: "No space left on device" in c.said,
        lambda c: EngineUnavailable(
            f"The disk of {c.engine} is full; nothing of this change was stored. Free some space, try again.",
            reason="disk-full",
        ),
    ),
    (
        lambda c: c.code in _WRITE_REFUSED,
        lambda c: UsageError(f"{c.engine} changes nothing in answer to a reading question: {c.said}."),
    ),
    (
        _refuses_log_in,
        lambda c: WrongPassword(f"{c.engine} refuses the user or the password: {c.said}."),
    ),
    (
        lambda c: isinstance(c.error, ConstraintError),
        lambda c: BadInput(f"The same id would stand twice in the graph: {c.said}."),
    ),
    (
        _needs_memory,
        lambda c: ReadTooLarge(f"{c.engine} would need too much memory for this: {c.said}."),
    ),
    (
        lambda c: c.code.startswith("Neo.ClientError.Database."),
        lambda c: EngineUnavailable(f"{c.engine} does not have this database: {c.said}.", reason="database"),
    ),
    (
        lambda c: isinstance(c.error, TransientError),
        lambda c: EngineUnavailable(f"{c.engine} kept refusing for a passing reason: {c.said}."),
    ),
    (
        lambda c: isinstance(c.error, (DriverError, OSError)) and not isinstance(c.error, ClientError),
        lambda c: EngineUnavailable(
            f"{c.engine} does not answer: {c.said}. Is it running?", reason="no-answer"
        ),
    ),
)


def translate(error: BaseException, engine: str, limit_s: float) -> LianpuError | None:
    """What ``error`` means to a person.

    Parameters
    ----------
    error : BaseException
        Raised by the driver.
    engine : str
        Which engine, as a person would name it ("The Neo4j at bolt://…"); begins a sentence.
    limit_s : float
        The time limit that held, in seconds.

    Returns
    -------
    LianpuError or None
        None if it is a mistake in a query or in this program, which must show itself as it is.
    """
    case = _Case(error, engine, limit_s)
    for recognises, says in _RULES:
        if recognises(case):
            return says(case)
    return None
