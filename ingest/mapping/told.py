"""What is wrong in a mapping file, told with file, line, key, found and expected."""

from __future__ import annotations

import types
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from graph.errors import BadInput
from ingest.mapping.model import Mapping
from ingest.mapping.places import line_at

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


def told(file: str, lines: dict[str, int], error: ValidationError) -> BadInput:
    """``error`` as one ``BadInput``: what is wrong, at most ten; ``lines`` as ``part_lines`` gives them."""
    found = error.errors()
    parts = {e["loc"][:length] for e in found for length in range(len(e["loc"]))}
    wrongs = [
        _one(file, lines, e) for e in found if e["loc"] not in parts
    ]  # not what only follows from a part
    first = wrongs[0]
    if len(wrongs) == 1:
        return first
    detail = "\n".join(w.detail for w in wrongs[:_MOST])
    return BadInput(detail, **first.extra, wrongs=[w.extra for w in wrongs])


def _one(file: str, lines: dict[str, int], error: Any) -> BadInput:
    loc = error["loc"]
    key = ".".join(str(part) for part in loc)
    line = line_at(lines, key)
    found = error["input"]
    shown = found if isinstance(found, str) else "[…]" if isinstance(found, (list, tuple)) else "{…}"
    kind = error["type"]
    if kind == "extra_forbidden":
        known = _keys(Mapping, loc[:-1])
        zh, en = nearest(str(loc[-1]), known)
        listed = ", ".join(known)
        return wrong(
            file, key, str(loc[-1]), f"这些键之一：{listed}{zh}", f"one of the keys {listed}{en}", line=line
        )
    if kind == "missing" and isinstance(loc[-1], int):  # of a list of a certain length
        n = loc[-1] + 1
        return wrong(file, key, "", f"第 {n} 项", f"an item {n}", line=line)
    if kind == "missing":
        return wrong(file, key, "", f"必有的键 {loc[-1]}", f"the key {loc[-1]}", line=line)
    zh, en = _expected(kind, error.get("ctx", {}))
    return wrong(file, key, shown, zh, en, line=line)


#: Kind of fault → what is expected, in Chinese and English.
_WORDS = {
    "string_type": ("一个值，而不是列表或键值", "one value, no list and no keys"),
    "string_too_short": ("不空的文字", "a text that is not empty"),
    "string_too_long": ("至多 {max_length} 个字符", "at most {max_length} character(s)"),
    "string_pattern_mismatch": ("符合 {pattern} 的文字", "a text that fits {pattern}"),
    "dict_type": ("键和值", "keys and values"),
    "model_type": ("键和值", "keys and values"),
    "tuple_type": ("列表（每项以 - 开头）", "a list (each item after a -)"),
    "bool_type": ("true 或 false", "true or false"),
    "bool_parsing": ("true 或 false", "true or false"),
    "int_type": ("整数", "a whole number"),
    "int_parsing": ("整数", "a whole number"),
    "int_parsing_size": ("整数", "a whole number"),
    "float_type": ("数", "a number"),
    "float_parsing": ("数", "a number"),
    "decimal_type": ("数", "a number"),
    "decimal_parsing": ("数", "a number"),
    "finite_number": ("有限的数", "a finite number"),
    "too_short": ("至少 {min_length} 项", "at least {min_length} item(s)"),
    "too_long": ("至多 {max_length} 项", "at most {max_length} item(s)"),
    "greater_than": ("大于 {gt} 的数", "a number above {gt}"),
    "greater_than_equal": ("不小于 {ge} 的数", "a number of at least {ge}"),
    "less_than_equal": ("不大于 {le} 的数", "a number of at most {le}"),
}


def _expected(kind: str, ctx: dict[str, Any]) -> tuple[str, str]:
    """What is expected where pydantic found a fault of this kind."""
    if kind == "literal_error":
        words = str(ctx["expected"])
        return f"{words.replace(' or ', '、').replace(', ', '、')} 之一", f"one of {words}"
    zh, en = _WORDS.get(kind, ("另一种值", "another kind of value"))
    return zh.format(**ctx), en.format(**ctx)


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
