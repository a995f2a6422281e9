"""On which line of a mapping file each part of it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml


def part_lines(node: yaml.Node) -> dict[str, int]:
    """The 1-based line of every part by its dotted key (``files.0.rows.2``); the whole by the empty one."""
    return dict(_lines(node, node.start_mark.line + 1, ""))


def line_at(lines: Mapping[str, int], key: str) -> int:
    """The line of the part at ``key``, or of the nearest around it; 0 if none is known."""
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 0)


def _lines(node: yaml.Node, line: int, at: str) -> Iterator[tuple[str, int]]:
    yield at, line
    inside: Iterable[tuple[Any, yaml.Node, yaml.Node]] = ()
    if isinstance(node, yaml.MappingNode):
        inside = ((key.value, key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        inside = ((number, value, value) for number, value in enumerate(node.value))
    for part, start, value in inside:
        yield from _lines(value, start.start_mark.line + 1, f"{at}.{part}" if at else str(part))
