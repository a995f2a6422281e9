"""What is wrong in a mapping file, told with file, line, key, found and expected."""

from __future__ import annotations

import types
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from graph.errors import BadInput
from ingest.mapping.model import Mapping

_MOST = 10


def wrong(file: str, key: str, found: str, expected_zh: str, expected_en: str, *, line: int = 0) -> BadInput:
    """The error for ``file`` at the dotted ``key`` (empty: the file itself)."""
    found = found if len(found) <= 120 else found[:119] + "…"
    at_zh = f"第{line}行 " if line else ""
    at_en = f"line {line} " if line else ""
    detail = (
        f"{file}：{at_zh}{key}：读到 {found!r}；应为{expected_zh} · "
        f"{file}: {at_en}{key}: found {found!r}; expected {expected_en}"
    )
    return BadInput(
        detail, file=file, line=line, key=key, found=found, expected=expected_en, expected_zh=expected_zh
    )


def nearest(text: str, known: Iterable[str]) -> tuple[str, str]:
    """What ends a message about a misspelt word: the nearest that is known, in both languages."""
    near = get_close_matches(text, list(known), n=1, cutoff=0.5)
    return (f"；是否「{near[0]}」？", f"; did you mean {near[0]!r}?") if near else ("", "")


def told(file: str, node: yaml.Node, error: ValidationError) -> BadInput:
    """``error`` as one ``BadInput``: all that is wrong, line by line, at most ten."""
    found = error.errors()
    parts = {e["loc"][:length] for e in found for length in range(len(e["loc"]))}
    wrongs = [
        _one(file, node, e) for e in found if e["loc"] not in parts
    ]  # not what only follows from a part
    first = wrongs[0]
    if len(wrongs) == 1:
        return first
    lines = [w.detail for w in wrongs[:_MOST]]
    return BadInput("\n".join(lines), **first.extra, wrongs=[w.extra for w in wrongs])


def _one(file: str, node: yaml.Node, error: Any) -> BadInput:
    loc = error["loc"]
    key = ".".join(str(part) for part in loc)
    line = line_of(node, loc)
    found = error["input"]
    shown = found if isinstance(found, str) else type(found).__name__
    kind = error["type"]
    if kind == "extra_forbidden":
        known = _keys(Mapping, loc[:-1])
        zh, en = nearest(str(loc[-1]), known)
        listed = ", ".join(known)
        return wrong(
            file, key, str(loc[-1]), f"这些键之一：{listed}{zh}", f"one of the keys {listed}{en}", line=line
        )
    if kind == "missing":
        return wrong(file, key, "", f"必有的键 {loc[-1]}", f"the key {loc[-1]}", line=line)
    zh = _ZH.get(kind, error["msg"])
    return wrong(file, key, shown, zh.format(**error.get("ctx", {})), error["msg"], line=line)


_ZH = {
    "string_type": "一个值，而不是列表或键值",
    "string_too_short": "不空的文字",
    "string_too_long": "一个字符",
    "string_pattern_mismatch": "符合 {pattern} 的文字",
    "dict_type": "键和值",
    "model_type": "键和值",
    "tuple_type": "列表（每项以 - 开头）",
    "bool_parsing": "true 或 false",
    "float_parsing": "数字",
    "int_parsing": "整数",
    "literal_error": "{expected} 之一",
    "too_short": "至少一项",
    "too_long": "至多 {max_length} 项",
    "missing_argument": "两项",
    "greater_than_equal": "不小于 {ge} 的数",
    "less_than_equal": "不大于 {le} 的数",
}


def line_of(node: yaml.Node, loc: tuple[int | str, ...]) -> int:
    """The 1-based line of the part of the file at ``loc``, or of the nearest part around it."""
    line = node.start_mark.line + 1
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == part), None)
            if found is None:
                return int(line)
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return int(line)


def _keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand at ``loc``, as the file writes them."""
    current: Any = model
    for part in loc:
        if isinstance(current, type) and issubclass(current, BaseModel):
            fields = current.model_fields.items()
            current = next((_bare(f.annotation) for n, f in fields if (f.alias or n) == part), None)
        elif get_origin(current) in (tuple, dict):
            current = _bare(get_args(current)[0 if get_origin(current) is tuple else 1])
    if isinstance(current, type) and issubclass(current, BaseModel):
        hidden = {"origin", "lines"}
        return [f.alias or n for n, f in current.model_fields.items() if n not in hidden]
    return []


def _bare(annotation: Any) -> Any:
    """``annotation`` without what is ``Annotated`` or may be ``None``."""
    if hasattr(annotation, "__metadata__"):
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return _bare(next(arg for arg in get_args(annotation) if arg is not type(None)))
    return annotation
