"""JSON of small values, as ``json.dumps`` writes it without escapes and spaces, several times as fast.

Facts are hashed by their JSON, and a load writes two such texts for each of millions: an encoder made for
every single one takes longer than what it encodes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

#: A text as a JSON string; nothing but quotes, backslashes and control characters is escaped.
quoted = encode_basestring
_sorted = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_as_given = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def value_json(value: Any) -> str:
    """Any JSON value, keys of objects sorted."""
    if type(value) is str:
        return quoted(value)
    if value is None:
        return "null"
    if type(value) is list:
        return texts_json(value)
    return _sorted(value)


def texts_json(values: Sequence[Any]) -> str:
    """A list, mostly of texts."""
    return "[" + ",".join([value_json(value) for value in values]) + "]"


def object_json(values: Mapping[str, Any]) -> str:
    """An object whose keys are plain words, keys sorted."""
    if not values:
        return "{}"
    return "{" + ",".join([f'"{name}":{value_json(values[name])}' for name in sorted(values)]) + "}"


def stored_json(values: Mapping[str, Any]) -> str:
    """An object whose keys are plain words, in the order given."""
    if not values:
        return "{}"
    pairs = [f'"{k}":{quoted(v) if type(v) is str else _as_given(v)}' for k, v in values.items()]
    return "{" + ",".join(pairs) + "}"
