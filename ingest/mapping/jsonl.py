"""JSON-lines as lines of cells: one object a line, columns named by dotted paths."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from ingest.faults import Fault
from ingest.grid import Line
from ingest.grid.marks import wrong_text
from ingest.grid.watch import Watch
from ingest.mapping.told import nearest

#: Longest line, in bytes.
MAX_LINE = 4_000_000
#: Keys of so many objects are kept, to name the nearest where a column is never found.
_LEARNT = 200


class _NoText(Exception):
    """A value that is neither a text, a number, a truth value nor a list of these."""


class _Wrong(Exception):
    """A line that cannot be used: what was found and expected."""

    def __init__(self, found: str, zh: str, en: str) -> None:
        super().__init__(found)
        self.found, self.zh, self.en = found, zh, en


def keys_of(path: Path, limit: int = _LEARNT) -> list[str]:
    """The keys of the first ``limit`` objects as dotted paths; those that hold objects are left out."""
    keys: dict[str, None] = {}
    with path.open("rb") as handle:
        for number, raw in islice(_raw_lines(handle), limit):
            data = _object(path.name, number, raw)
            if isinstance(data, dict):
                keys |= dict.fromkeys(_paths_in(data))
    return [key for key in keys if not any(other.startswith(f"{key}.") for other in keys)]


def read_jsonl(path: Path, columns: Sequence[str]) -> Iterator[Line | Fault]:
    """The lines of ``path``: the cells of ``columns`` in that order, and the faults between them.

    A column is a key, or keys joined by dots (``firm.address.city``); a key that itself has dots is found as
    it is. Numbers stay as written, ``null`` and absent keys are empty, the values of a list are joined by
    ``|``. A line that is no object, is no UTF-8, holds a NUL or is longer than ``MAX_LINE`` is a fault, and
    the next line is read.
    """
    paths = [(column, tuple(column.split("."))) for column in columns]
    seen = [False] * len(paths)
    keys: dict[str, None] = {}
    objects = 0
    try:
        watch = Watch(path)
        with path.open("rb") as handle:
            for number, raw in _raw_lines(handle):
                data = _object(path.name, number, raw)
                if data is None:
                    continue
                if isinstance(data, Fault):
                    yield data
                    continue
                if objects < _LEARNT:
                    keys |= dict.fromkeys(_paths_in(data))
                objects += 1
                yield _line(path.name, number, data, paths, seen)
        if fault := watch.changed():
            yield fault
    except OSError as error:
        yield Fault(path.name, 0, "", error.strerror or str(error), "可读的文件", "a file that can be read")
        return
    if not objects:
        yield Fault(path.name, 0, "", "", "每行一个 JSON 对象", "a JSON object on each line")
    for (column, _), found in zip(paths, seen, strict=True):
        if objects and not found:
            zh, en = nearest(column, keys)
            shown = "、".join(list(keys)[:12])
            yield Fault(path.name, 0, "", shown, f"键「{column}」{zh}", f"a key {column!r}{en}")


def _raw_lines(handle: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines by number; ``None`` for one that is too long, whose rest is passed over."""
    number = 0
    while raw := handle.readline(MAX_LINE + 1):
        number += 1
        if len(raw) <= MAX_LINE or raw.endswith(b"\n"):
            yield number, raw
            continue
        yield number, None
        while (raw := handle.readline(MAX_LINE)) and not raw.endswith(b"\n"):
            pass


def _object(file: str, number: int, raw: bytes | None) -> dict[str, Any] | Fault | None:
    """The object of a line, the fault of it, or ``None`` for a blank one."""
    text = ""
    try:
        if raw is None:
            raise _Wrong("…", f"至多 {MAX_LINE} 字节的一行", f"a line of at most {MAX_LINE} bytes")
        if b"\x00" in raw:
            raise _Wrong("NUL", "不含 NUL（U+0000）的文字", "text without NUL (U+0000)")
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        data = json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_constant) if text else None
        if data is not None and not isinstance(data, dict):
            zh = "一行一个 JSON 对象（{…}）；数组请先拆成 JSON-lines"
            raise _Wrong(text, zh, "one JSON object a line ({…}); turn an array into JSON-lines first")
    except _Wrong as wrong:
        return Fault(file, number, "", wrong.found[:80], wrong.zh, wrong.en)
    except UnicodeDecodeError as error:
        found = repr(error.object[error.start : error.end])
        return Fault(file, number, "", found, "UTF-8 文字", "UTF-8 text")
    except (ValueError, RecursionError) as error:
        return Fault(file, number, "", text[:80], f"有效的 JSON（{error}）", f"valid JSON ({error})")
    return data


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON number")


def _line(
    file: str, number: int, data: dict[str, Any], paths: list[tuple[str, tuple[str, ...]]], seen: list[bool]
) -> Line:
    line = Line(number, [])
    for at, (column, path) in enumerate(paths):
        value = data.get(column)
        if value is None and len(path) > 1:
            value = _follow(data, path)
        if not seen[at]:
            seen[at] = value is not None or _stands(data, column, path)
        try:
            text = value.strip() if isinstance(value, str) else _text(value)
            expected = wrong_text(text)
        except _NoText:
            text = json.dumps(value, ensure_ascii=False)[:80]
            expected = ("文字、数字或它们的列表", "a text, a number or a list of these")
        line.cells.append(text)
        if expected is not None:
            line.faults[at] = Fault(file, number, column, text[:200], *expected)
    return line


def _follow(data: Any, path: tuple[str, ...]) -> Any:
    """The value at ``path``; through a list, the values of all its objects."""
    for at, key in enumerate(path):
        if isinstance(data, list):
            found = [_follow(item, path[at:]) for item in data if isinstance(item, (dict, list))]
            return [value for value in found if value is not None] or None
        if not isinstance(data, dict):
            return None
        data = data.get(key)
    return data


def _stands(data: dict[str, Any], column: str, path: tuple[str, ...]) -> bool:
    """Whether the key is there, if only with ``null``."""
    if column in data:
        return True
    parent = _follow(data, path[:-1]) if len(path) > 1 else data
    return isinstance(parent, dict) and path[-1] in parent


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return "|".join(filter(None, map(_text, value)))
    raise _NoText


def _paths_in(data: dict[str, Any], before: str = "", depth: int = 3) -> Iterator[str]:
    for key, value in data.items():
        yield before + key
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, dict) and depth:
            yield from _paths_in(inner, f"{before}{key}.", depth - 1)
