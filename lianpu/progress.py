"""A progress bar on stderr while the graph is written; nothing when nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from graph.apply import Progress as Report
from lianpu.out import console


@contextmanager
def progress_bar(title: str, *, quiet: bool = False) -> Iterator[Report | None]:
    """A function to call with rows done and rows in all, shown as a bar; ``None`` if stderr is no terminal.

    ``quiet`` shows nothing on a terminal either.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(err=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
