"""What is going on, on stderr: a bar while members are written, a line else; nothing when nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import structlog
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from graph.write import Progress as Report
from lianpu.i18n import t
from lianpu.out import console

_log = structlog.get_logger(__name__)


class _Rate(ProgressColumn):
    """How many a second, of late."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f} {t('条/秒', 'rows/s')}")


@contextmanager
def progress_bar(title: str, *, quiet: bool = False) -> Iterator[Report | None]:
    """A function to call with rows done and rows in all, shown as a bar with rate and time left.

    ``None`` if stderr is no terminal.

    ``quiet`` shows nothing on a terminal either.
    """
    _log.info("working", on=title)
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TextColumn(t("还需", "left")),
        TimeRemainingColumn(),
    )
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
