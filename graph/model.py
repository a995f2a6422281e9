"""The graph as plain values: what a projection gives and an engine stores."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.compact_json import quoted

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
Scalar = str | int | float | bool
Stored = Scalar | list[str]
Props = dict[str, Stored]


@dataclass(frozen=True, slots=True)
class Node:
    """One entity: ``id``, class name ``cls`` and the flat properties the engine holds (``id`` among them)."""

    id: str
    cls: str
    props: Props


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of type ``cls`` from ``source`` to ``target`` with identity ``rid``."""

    rid: str
    cls: str
    source: str
    target: str
    props: Props


@dataclass(slots=True)
class Graph:
    """Nodes by id and relations by rid."""

    nodes: dict[str, Node] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)


def relation_id(cls: str, source: str, target: str, discriminators: Sequence[object] = ()) -> str:
    """The identity of a relation: 24 hex digits of SHA-256 over class, ends and key values.

    Parameters
    ----------
    cls, source, target : str
        Relation class and the ids of its ends.
    discriminators : sequence
        The values of the class's key properties, in the ontology's order (``None`` where unknown).
    """
    keys = ", ".join([quoted(d) if type(d) is str else _encode(d) for d in discriminators])
    text = f'["{cls}", {quoted(source)}, {quoted(target)}, [{keys}]]'
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def as_props(values: Mapping[str, Stored | None]) -> Props:
    """``values`` without the unknown ones (``None``, empty text, empty list): they are not stored."""
    return {k: v for k, v in values.items() if v is not None and v not in ("", [])}
