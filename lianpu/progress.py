"""What is going on, on stderr: a bar while the graph is written, a line else; nothing when nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import structlog
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from graph.apply import Progress as Report
from lianpu.out import console

_log = structlog.get_logger(__name__)


@contextmanager
def progress_bar(title: str, *, quiet: bool = False) -> Iterator[Report | None]:
    """A function to call with rows done and rows in all, shown as a bar; ``None`` if stderr is no terminal.

    ``quiet`` shows nothing on a terminal either.
    """
    _log.info("working", on=title)
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(err=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def working(title: str, *, quiet: bool = False) -> Iterator[None]:
    """A moving line titled ``title`` while something takes its time; nothing if stderr is no terminal."""
    _log.info("working", on=title)
    shown = not quiet and sys.stderr.isatty()
    with console(err=True).status(f"{title} …") if shown else nullcontext():
        yield
