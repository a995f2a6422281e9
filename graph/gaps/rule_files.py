"""Reading the YAML of rules and weights; what is wrong is told with file, key and value."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from typing import Any, Final

from graph.errors import BadInput, OntologyError
from graph.ontology.source import Document, read

_IN_YAML: Final = {"None": "null", "True": "true", "False": "false"}
#: Such a file is never larger than this, in bytes.
_MOST: Final = 100_000


def wrong(file: str, key: str, found: object, expected_zh: str, expected_en: str) -> BadInput:
    """The error for ``file`` at the dotted ``key`` (empty: the file itself)."""
    shown = found if isinstance(found, str) else _IN_YAML.get(str(found)) or reprlib.repr(found)
    shown = shown if len(shown) <= 120 else shown[:119] + "…"
    at = key or "(whole file)"
    detail = (
        f"{file}：{key or '整个文件'}：读到 {shown}；应为{expected_zh} · "
        f"{file}: {at}: found {shown}; expected {expected_en}"
    )
    return BadInput(detail, file=file, key=key, found=shown, expected=expected_en, expected_zh=expected_zh)


def unknown(file: str, key: str, found: str, known: Iterable[str]) -> BadInput:
    """The error for a name that is none of ``known``; the nearest of these is offered."""
    names = sorted(known)
    near = next(iter(get_close_matches(found, names, n=1, cutoff=0.5)), None)
    zh, en = (f"；是否「{near}」？", f"; did you mean {near!r}?") if near else ("", "")
    listed = ", ".join(names)
    error = wrong(file, key, found, f"其中之一：{listed}{zh}", f"one of {listed}{en}")
    error.extra["nearest"] = near
    return error


def read_rules(file: Traversable, shown: str) -> Document:
    """The mapping in ``file``, called ``shown`` in errors; ``BadInput`` where it cannot be read as one."""
    try:
        size = len(file.read_bytes()) if file.is_file() else None
    except OSError as error:
        raise wrong(
            shown, "", error.strerror or str(error), "可读的文件", "a file that can be read"
        ) from error
    if size is None:
        raise wrong(shown, "", "no such file", "YAML 文件", "a YAML file")
    if size > _MOST:
        raise wrong(shown, "", f"{size} bytes", f"至多 {_MOST} 字节", f"at most {_MOST} bytes")
    try:
        return read(file)
    except RecursionError as error:
        raise wrong(shown, "", "too deep", "层数不多的键值", "a mapping that is not so deep") from error
    except ValueError as error:  # a number that is too long to be one
        raise wrong(shown, "", str(error), "YAML 键值", "valid YAML") from error
    except OntologyError as error:
        found, expected = str(error.extra["found"]), str(error.extra["expected"])
        raise wrong(shown, str(error.extra["key"]), found, "YAML 键值", expected) from error


def mapping(file: str, key: str, value: object) -> Mapping[str, Any]:
    """``value`` as a mapping with text keys."""
    if not isinstance(value, dict):
        raise wrong(file, key, value, "键和值", "a mapping")
    return value


def number(
    file: str, key: str, value: object, low: float, high: float, *, whole: bool = False
) -> float | int:
    """``value`` as a finite number within bounds; true, false and quoted numbers are none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise wrong(file, key, value, "数字", "a number")
    if whole and value != int(value):
        raise wrong(file, key, value, "整数", "a whole number")
    if not low <= value <= high:
        raise wrong(file, key, value, f"{low:g} 到 {high:g} 的数", f"a number from {low:g} to {high:g}")
    return int(value) if whole else value


def text(file: str, key: str, value: object) -> str:
    """``value`` as text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise wrong(file, key, value, "不空的文字", "text that is not empty")
    return value


def texts(file: str, key: str, value: object) -> list[str]:
    """``value`` as a list of such texts, at least one."""
    if not isinstance(value, list) or not value:
        raise wrong(file, key, value, "至少一项的列表", "a list of at least one text")
    return [text(file, f"{key}.{i}", item) for i, item in enumerate(value)]
