"""What the program prints: results on stdout, everything else on stderr, UTF-8 whatever the locale."""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any

from pydantic import BaseModel
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graph.errors import LianpuError
from ingest.faults import Fault
from lianpu.i18n import LANG, one_language, t

#: Faults of tables that are told one by one; ``--json`` has them all.
MOST_FAULTS = 20


class ReaderLeft(Exception):
    """Whoever read the output has closed the pipe: the run ends, and that is no error."""


class _Console(Console):
    def print(self, *objects: Any, **options: Any) -> None:
        if all(isinstance(one, str) for one in objects):
            options.setdefault("soft_wrap", True)  # a line of text is never broken: the terminal does that
        super().print(*objects, **options)

    def on_broken_pipe(self) -> None:
        raise ReaderLeft


def use_utf8() -> None:
    """Write UTF-8 with ``\\n`` to stdout and stderr, also when piped and under ``LANG=C``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def console(*, err: bool = False) -> Console:
    """A rich console on stdout, or on stderr; piped output is not cut at 80 columns."""
    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else 160
    return _Console(file=stream, width=width, highlight=False, soft_wrap=False)


def print_json(value: Any) -> None:
    """``value`` (a pydantic model or JSON-ready) as one JSON document on stdout."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", by_alias=True)
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=str)
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderLeft from error


def table(title: str, *columns: str) -> Table:
    """An empty table with a title at the left; a column whose name starts with ``#`` is right-aligned."""
    grid = Table(title=title or None, title_justify="left", header_style="bold")
    for name in columns:
        right = name.startswith("#")
        grid.add_column(name.removeprefix("#"), justify="right" if right else "left", overflow="fold")
    return grid


def cell(value: object) -> str:
    """A value in a table: ``None`` is empty, lists are joined, markup is shown literally."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return t("是", "yes") if value else t("否", "no")
    if isinstance(value, (list, tuple)):
        return escape(t("、", ", ").join(str(one) for one in value))
    return escape(str(value))


def detail_of(error: LianpuError) -> str:
    """The error's detail in the language of this run; the faults of tables line by line, the first twenty."""
    lines = [one_language(line) for line in error.detail.splitlines()]
    faults = error.extra.get("faults")
    if faults:
        told = [Fault(**fault).text(LANG) for fault in faults[:MOST_FAULTS]]
        lines = [*lines[:1], *told, *more_faults(len(faults))]
    return "\n".join(lines)


def more_faults(count: int) -> list[str]:
    """A line that says how many faults there are, where not all are shown."""
    if count <= MOST_FAULTS:
        return []
    return [t(f"……共 {count} 处，--json 列出全部", f"… {count} in all, listed by --json")]


def problem_of(error: LianpuError) -> dict[str, Any]:
    """The error as an RFC 9457 problem object, in the API's form, with ``exit_code``."""
    return {
        "type": f"urn:lianpu:problem:{error.code}",
        "title": error.title(LANG),
        "status": error.http_status,
        "detail": detail_of(error),
        "code": error.code,
        "exit_code": error.exit_code,
        "extra": error.extra,
    }


def show_error(error: LianpuError, hint: str | None = None) -> None:
    """Title, detail and what to do, on stderr."""
    to = console(err=True)
    to.print(f"[bold red]{t('错误', 'Error')}[/]: {escape(error.title(LANG))}")
    for line in detail_of(error).splitlines():
        to.print(f"  {escape(line)}")
    if hint:
        to.print(f"[dim]{t('怎么办', 'What to do')}[/]: {escape(hint)}")
