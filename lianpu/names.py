"""What ids are called, as the facts state it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.facts import Assertion
from graph.truth import TruthStore, View


def called(stated: Iterable[Assertion]) -> dict[str, str]:
    """The names that assertions state, by id; of several of one id the first."""
    names: dict[str, str] = {}
    for a in stated:
        if a.source is None and a.props.get("name"):
            names.setdefault(a.key, str(a.props["name"]))
    return names


def names_of(truth: TruthStore, ids: Iterable[str]) -> dict[str, str]:
    """What the current facts call some entities, each by the id that its own rows have; the unknown lack."""
    with truth.looking() as db:
        return called(View(db).of_keys(sorted(set(ids))))


def both(key: str, names: Mapping[str, str]) -> str:
    """Name and id; the id alone of what has no name."""
    return f"{names[key]} {key}" if key in names else key
