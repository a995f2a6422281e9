"""Decisions: what people settled about entities and single facts, and how assertions read under them.

A decision is data with its user and time; it can be undone and survives new versions of a dataset.

========== =====================================  ====================================================
kind       payload                                effect on the assertions that are projected
========== =====================================  ====================================================
merge      ``{"keep": id, "retire": id}``          ``retire`` reads as ``keep`` wherever it stands
correct    ``{"key": id, "property": p, "value"}`` every assertion of ``key`` states ``value`` for ``p``
suppress   ``{"key": id}`` or with ``"property"``  the fact, or that property of it, is left out
========== =====================================  ====================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from graph.errors import BadInput
from graph.facts import Assertion
from graph.model import relation_id
from graph.ontology import Ontology

KINDS: dict[str, frozenset[str]] = {
    "merge": frozenset({"keep", "retire"}),
    "correct": frozenset({"key", "property", "value"}),
    "suppress": frozenset({"key"}),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as stored; ``undone_at`` is ``None`` while it holds."""

    id: int
    kind: str
    payload: dict[str, Any]
    reason: str
    user: str
    created_at: str
    undone_at: str | None = None


def check_decision(kind: str, payload: dict[str, Any], earlier: Iterable[Decision]) -> None:
    """See that a new decision is well formed and goes with the ``earlier`` ones.

    Raises
    ------
    BadInput
        An unknown kind; a payload without its keys, or with an id or property that is no text; a merge of two
        classes, of an id that is merged already, or one that would lead in a circle.
    """
    wanted = KINDS.get(kind)
    if wanted is None:
        raise BadInput(f"decision kind {kind!r}; expected one of {', '.join(sorted(KINDS))}", found=kind)
    missing = wanted - payload.keys()
    if missing:
        raise BadInput(f"decision {kind!r} lacks {', '.join(sorted(missing))}", found=sorted(payload))
    for name in payload.keys() - {"value"}:
        if not isinstance(payload[name], str):
            raise BadInput(f"decision {kind!r}: {name} is {payload[name]!r}; expected text", found=name)
    if kind == "merge":
        _check_merge(payload["keep"], payload["retire"], redirects(d for d in earlier if d.undone_at is None))


def _check_merge(keep: str, retire: str, moved: dict[str, str]) -> None:
    if keep.partition("/")[0] != retire.partition("/")[0]:
        raise BadInput(f"{retire!r} cannot be merged into {keep!r}: they are of two classes", found=retire)
    if retire in moved:
        raise BadInput(f"{retire!r} is merged into {moved[retire]!r} already", found=retire)
    if moved.get(keep, keep) == retire:
        raise BadInput(f"{retire!r} cannot be merged into {keep!r}: that would be a circle", found=retire)


def redirects(decisions: Iterable[Decision]) -> dict[str, str]:
    """Retired id → the id that answers for it, chains of merges followed to their end."""
    step: dict[str, str] = {d.payload["retire"]: d.payload["keep"] for d in decisions if d.kind == "merge"}

    def follow(start: str) -> str:
        seen = {start}
        here = step[start]
        while here in step:
            if here in seen:
                raise BadInput(f"merges lead in a circle through {here!r}", found=here)
            seen.add(here)
            here = step[here]
        return here

    return {old: follow(old) for old in step}


def under_decisions(
    assertions: Iterable[Assertion], decisions: Iterable[Decision], ontology: Ontology
) -> Iterator[Assertion]:
    """The assertions as they read under the decisions that hold, in the order given."""
    held = [d for d in decisions if d.undone_at is None]
    moved = redirects(held)
    corrections = {
        (d.payload["key"], d.payload["property"]): d.payload["value"] for d in held if d.kind == "correct"
    }
    suppressed = {(d.payload["key"], d.payload.get("property")) for d in held if d.kind == "suppress"}
    touched = {key for key, _ in corrections} | {key for key, _ in suppressed}
    for a in assertions:
        b = _moved(a, moved, ontology) if moved else a
        if b.key not in touched:
            yield b
            continue
        if (b.key, None) in suppressed:
            continue
        props = {p: v for p, v in b.props.items() if (b.key, p) not in suppressed}
        props |= {p: v for (key, p), v in corrections.items() if key == b.key}
        yield replace(b, props=props)


def _moved(a: Assertion, moved: dict[str, str], ontology: Ontology) -> Assertion:
    if a.source is None or a.target is None:
        return replace(a, key=moved[a.key]) if a.key in moved else a
    source, target = moved.get(a.source, a.source), moved.get(a.target, a.target)
    if (source, target) == (a.source, a.target):
        return a
    key = relation_id(a.cls, source, target, [a.props.get(p) for p in ontology.relations[a.cls].key])
    return replace(a, key=key, source=source, target=target)
