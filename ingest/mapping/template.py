"""Texts with ``{column}`` in them."""

from __future__ import annotations

import re

_HOLE = re.compile(r"\{([^{}]+)\}")


def columns_in(template: str) -> tuple[str, ...]:
    """The columns that ``template`` names, in order, each once."""
    return tuple(dict.fromkeys(name.strip() for name in _HOLE.findall(template)))


def parts_of(template: str) -> list[tuple[str, str]]:
    """``template`` as pairs (text before, column); the last pair's column is empty."""
    parts: list[tuple[str, str]] = []
    end = 0
    for match in _HOLE.finditer(template):
        parts.append((template[end : match.start()], match.group(1).strip()))
        end = match.end()
    return [*parts, (template[end:], "")]


def is_template(template: str) -> bool:
    """Whether braces are balanced and at least one column is named."""
    return bool(_HOLE.search(template)) and not re.search(r"[{}]", _HOLE.sub("", template))
