"""Reading rows in processes of their own, beside the one that parses the file and stores what is read.

The order and the outcome are those of one process. The processes are started as modules, not by
``multiprocessing``: that would run the program's main script once more in each.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import IO

import ingest
from graph.errors import LianpuError
from graph.ontology import Ontology
from ingest.batches import BatchReader, Item, Read, in_batches, rows_among
from ingest.reading_process import outcome_of_frame, read_frame, rows_frame, write_frame

#: From so many rows on, others help: they take half a second to start.
FROM_ROWS = 20_000
#: Processes at most: parsing and storing, which one does alone, takes half as long as reading.
MOST_WORKERS = 2
_BATCH = 4000
_TOLD = 2000


def usual_workers() -> int:
    """How many processes help here: none where there is one processor core."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return MOST_WORKERS if cores > 1 and sys.executable else 0


def read_items(
    items: Iterable[Item], dataset: str, ontology: Ontology, *, partial: bool, workers: int | None = None
) -> Generator[Read, None, None]:  # fmt: skip
    """``BatchReader.read_all``, from ``FROM_ROWS`` items on by ``workers`` processes (``None``: as usual).

    Raises
    ------
    LianpuError
        A process ended before its time.
    Exception
        What one process would raise: an error in another one is raised here, of the same class.
    """
    reader, items = BatchReader(dataset, ontology, partial=partial), iter(items)
    count = usual_workers() if workers is None else workers
    if not count:
        yield from reader.read_all(items)
        return
    yield from reader.read_all(islice(items, FROM_ROWS))
    first = next(items, None)
    if first is None:
        return
    crew = _Crew(_started(count, pickle.dumps((dataset, ontology, partial))))
    if not crew.workers:
        yield from reader.read_all(chain([first], items))
        return
    try:
        yield from crew.read(chain([first], items))
    finally:
        crew.end()


class _Crew:
    """Some processes, each with a thread that speaks to it."""

    def __init__(self, workers: list[_Worker]) -> None:
        self.workers = workers
        self._free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(max(len(workers), 1))

    def read(self, items: Iterable[Item]) -> Iterator[Read]:
        """What the items give, in their order; a few batches are under way at a time."""
        waiting: deque[tuple[list[Item], Future[bytes]]] = deque()
        for some in in_batches(items, _BATCH):
            waiting.append((some, self._threads.submit(self._ask, rows_frame(rows_among(some)))))
            if len(waiting) > 2 * len(self.workers):
                yield _answered(*waiting.popleft())
        while waiting:
            yield _answered(*waiting.popleft())

    def end(self) -> None:
        """End the processes, whatever they are at."""
        for worker in self.workers:
            worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self.workers:
            worker.close()

    def _ask(self, frame: bytes) -> bytes:
        worker = self._free.get()
        try:
            return worker.ask(frame)
        finally:
            self._free.put(worker)


def _started(count: int, setup: bytes) -> list[_Worker]:
    """Up to ``count`` processes: fewer, or none, where the system allows no more."""
    workers: list[_Worker] = []
    for _ in range(count):
        with suppress(OSError):
            workers.append(_Worker(setup))
    return workers


def _answered(items: list[Item], answer: Future[bytes]) -> Read:
    return items, outcome_of_frame(answer.result())


class _Worker:
    """One process that reads rows."""

    def __init__(self, setup: bytes) -> None:
        self._setup: bytes | None = setup
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
        root = str(Path(ingest.__path__[0]).parent)
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        try:
            self._process = subprocess.Popen(
                # -P: a folder named "ingest" in the current directory is not taken for the package
                [sys.executable, "-P", "-m", "ingest.reading_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=os.name == "posix",  # Ctrl-C is for us; it ends when we close its input
                creationflags=_windows_flags(),
            )
        except OSError:
            self._errors.close()
            raise

    def ask(self, frame: bytes) -> bytes:
        """The answer to a frame. ``LianpuError`` where the process ended."""
        process = self._process
        try:
            if self._setup is not None:
                write_frame(_open(process.stdin), self._setup)
                self._setup = None
            write_frame(_open(process.stdin), frame)
            answer = read_frame(_open(process.stdout))
        except (OSError, ValueError):
            answer = None
        if answer is None:
            raise self._ended()
        return answer

    def kill(self) -> None:
        """End the process at once; it has nothing to lose."""
        self._process.kill()

    def close(self) -> None:
        """Let go of a process that was ended."""
        with self._errors:
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                try:
                    _open(pipe).close()
                except OSError:  # what was still to be sent to it
                    continue

    def _ended(self) -> LianpuError:
        code = self._process.wait()
        self._errors.seek(0)
        told = self._errors.read()[-_TOLD:].decode("utf-8", "replace").strip()
        last = told.rsplit("\n", 1)[-1]
        return LianpuError(
            f"读表的进程中途结束（代码 {code}；内存不够？）；什么也没有载入 {last} · "
            f"a process that reads rows ended before its time (code {code}; is there enough memory?); "
            f"nothing was loaded. {last}".rstrip(),
            exit=code,
            told=told,
        )


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _windows_flags() -> int:
    names = ("CREATE_NEW_PROCESS_GROUP", "CREATE_NO_WINDOW")
    return sum(int(getattr(subprocess, name, 0)) for name in names)
