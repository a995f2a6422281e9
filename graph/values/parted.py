"""Parting a cell that holds several values."""

from __future__ import annotations

#: What joins several values in one cell, and its full-width form.
SEPARATOR, _WIDE = "|", "｜"
_OPEN, _CLOSE = "（([【《「『“〔", "）)]】》」』”〕"


def parted(raw: str, marks: str = "") -> list[str]:
    """The values in ``raw``: between ``|``; where there is none, between any of ``marks`` outside brackets.

    So ``铜、铝`` is two and ``电子（照明、终端）`` one; a single value with a mark in it ends with ``|``.
    """
    raw = raw.replace(_WIDE, SEPARATOR)
    if SEPARATOR in raw or not any(mark in raw for mark in marks):
        return raw.split(SEPARATOR)
    found, start, depth = [], 0, 0
    for at, char in enumerate(raw):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth -= 1
        elif depth == 0 and char in marks:
            found.append(raw[start:at])
            start = at + 1
    return [*found, raw[start:]] if depth == 0 else [raw]  # brackets that do not match tell nothing
