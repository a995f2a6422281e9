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


def check_payload(kind: str, payload: dict[str, Any]) -> None:
    """Refuse an unknown kind or a payload without its keys (``BadInput``)."""
    wanted = KINDS.get(kind)
    if wanted is None:
        raise BadInput(f"decision kind {kind!r}; expected one of {', '.join(sorted(KINDS))}", found=kind)
    missing = wanted - payload.keys()
    if missing:
        raise BadInput(f"decision {kind!r} lacks {', '.join(sorted(missing))}", found=sorted(payload))
    if kind == "merge" and payload["keep"] == payload["retire"]:
        raise BadInput("a merge needs two different ids", found=payload["keep"])


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
