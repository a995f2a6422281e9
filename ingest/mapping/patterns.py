"""The regular expressions that a mapping brings: what is wrong with one, and using it in bounded time.

They go by the ``regex`` package, which reads what ``re`` reads and can be told how long a search may take: a
pattern such as ``(a|aa)+$`` may need longer than anybody waits on one cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import regex

from graph.errors import BadInput

#: Seconds that one search in a cell may take, and how many cells may take longer before all is given up.
LIMIT_S, MOST_SLOW = 1.0, 5
#: What a search gave: a match as of ``re``, or ``None``.
Found = Any


class CellFault(Exception):
    """A cell that a mapping cannot use: the column, what was found, what was expected."""

    def __init__(self, column: str, found: str, zh: str, en: str) -> None:
        super().__init__(found)
        self.column, self.found, self.zh, self.en = column, found, zh, en


def pattern_faults(at: str, pattern: str | None) -> Iterator[tuple[str, str, str, str]]:
    """What keeps ``pattern`` from being a regular expression: key, found, expected in Chinese, in English."""
    try:
        regex.compile(pattern or "")
    except (regex.error, RecursionError, OverflowError) as error:
        yield at, pattern or "", f"正则表达式（{error}）", f"a regular expression ({error})"


def searching(pattern: str, column: str) -> Callable[[str], Found]:
    """Looks for the first match of ``pattern`` in the cells of ``column``; raises as ``fitting`` does."""
    return _bounded(regex.compile(pattern).search, pattern, column)


def fitting(pattern: str, column: str) -> Callable[[str], Found]:
    """Matches whole cells of ``column``.

    What is returned raises ``CellFault`` where a cell takes longer than ``LIMIT_S``, and ``BadInput`` where
    more than ``MOST_SLOW`` cells did: the pattern is at fault then, not they.
    """
    return _bounded(regex.compile(pattern).fullmatch, pattern, column)


def _bounded(run: Callable[..., Found], pattern: str, column: str) -> Callable[[str], Found]:
    slow = 0

    def bounded(text: str) -> Found:
        nonlocal slow
        try:
            return run(text, timeout=LIMIT_S)
        except TimeoutError as error:
            slow += 1
            if slow > MOST_SLOW:
                raise BadInput(
                    f"正则表达式 {pattern} 太慢：列“{column}”已有 {slow} 格超过 {LIMIT_S:g} 秒；"
                    "改写它（如去掉重复里的重复）· "
                    f"the regular expression {pattern} is too slow: {slow} cells of the column {column!r} "
                    f"took more than {LIMIT_S:g} s; write it without repetition in a repetition",
                    column=column,
                    pattern=pattern,
                ) from error
            zh = f"{LIMIT_S:g} 秒内能用正则表达式 {pattern} 判断的文字"
            en = f"text on which the regular expression {pattern} takes at most {LIMIT_S:g} s"
            raise CellFault(column, text, zh, en) from error

    return bounded
