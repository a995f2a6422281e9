"""Several writers at once, none of which waits for another inside the engine."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType

Run = Callable[[], Awaitable[None]]
#: Jobs that may wait, made ready while others run.
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Job:
    """One transaction: how many changes it makes, what runs it, and the ``places`` it needs for itself."""

    size: int
    run: Run
    places: frozenset[int] = frozenset()


class Crew:
    """Runs jobs in the order given, as far as their places are free, ``writers`` at once.

    Used as ``async with``: left by an error, the jobs at work are stopped (each is one transaction, so that
    nothing stays half done) and those that wait are dropped.

    Parameters
    ----------
    writers : int
        Most jobs at once.
    ended : callable
        Called with each job when it has ended well.
    """

    def __init__(self, writers: int, ended: Callable[[Job], None]) -> None:
        self._writers = writers
        self._ended = ended
        self._waiting: deque[Job] = deque()
        self._running: dict[asyncio.Task[None], Job] = {}
        self._error: BaseException | None = None

    async def __aenter__(self) -> Crew:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.clear()
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def put(self, job: Job, ahead: int = _AHEAD) -> None:
        """Have ``job`` run; waits while more than ``ahead`` jobs wait for their turn.

        Raises
        ------
        Exception
            What ended a job, this one or one before it.
        """
        self._waiting.append(job)
        self._start()
        await self._until(lambda: len(self._waiting) <= ahead)

    async def drain(self) -> None:
        """Wait until all jobs have ended; raises what ended one of them."""
        await self._until(lambda: not self._running)

    async def _until(self, holds: Callable[[], bool]) -> None:
        await asyncio.sleep(0)  # others' turn, also where there is nothing to wait for
        while self._error is None and not holds():
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
        if self._error is not None:
            raise self._error

    def _start(self) -> None:
        while self._error is None and len(self._running) < self._writers:
            busy = frozenset().union(*(job.places for job in self._running.values()))
            job = next((job for job in self._waiting if not busy & job.places), None)
            if job is None:
                return
            self._waiting.remove(job)
            task = asyncio.ensure_future(_run(job))
            self._running[task] = job
            task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        job = self._running.pop(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self._error = self._error or error
            return
        try:
            self._ended(job)
        except Exception as failed:  # what the caller's own function raises is the caller's to see
            self._error = self._error or failed
        self._start()


async def _run(job: Job) -> None:
    await job.run()
