"""What the lines of all lists take from the stored properties of an entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from graph.gaps.index import Index
from graph.gaps.list_models import Amount
from graph.repository.models import Ref
from graph.values import date_max


class Evidence(TypedDict):
    """The part of a line that says from where it is known."""

    key: str
    standing: str | None
    grade: str | None
    sources: list[str]


def evidence_of(node: Mapping[str, Any], *, extra: Iterable[str] = ()) -> Evidence:
    """Id, standing, grade and sources of an entity; ``extra``: sources of what the line tells besides."""
    return {
        "key": str(node["id"]),
        "standing": node.get("standing"),
        "grade": node.get("grade") or None,
        "sources": list(dict.fromkeys([*(node.get("sources") or ()), *extra])),
    }


def date_of(node: Mapping[str, Any], *own: str) -> str | None:
    """As of when an entity is known: its own date, else from when it holds, else when it was seen last."""
    return next((str(d) for key in (*own, "valid_from", "seen_last") if (d := node.get(key))), None)


def ref_of(node: Mapping[str, Any]) -> Ref:
    """An entity named in passing."""
    return Ref(id=str(node["id"]), cls=str(node["cls"]), caption=str(node["caption"]))


def refs_of(nodes: Iterable[Mapping[str, Any]]) -> list[Ref]:
    """Several, by id."""
    return sorted((ref_of(node) for node in nodes), key=lambda ref: ref.id)


def amount_of(node: Mapping[str, Any], name: str) -> Amount | None:
    """The quantity ``name`` of an entity; ``None`` where none is recorded."""
    given = node.get(name)
    if given is None:
        return None
    return Amount(
        given=str(given),
        value=node.get(f"{name}_value"),
        unit=node.get(f"{name}_unit"),
        qualifier=node.get(f"{name}_qualifier"),
    )


def newest(dates: Iterable[str | None]) -> str | None:
    """The latest of some dates of any precision."""
    return max((d for d in dates if d), key=date_max, default=None)


def refs(index: Index, ids: Iterable[str]) -> list[Ref]:
    """The entities ``ids`` by their names, each once, in their order."""
    return [index.ref(key) for key in dict.fromkeys(ids)]
