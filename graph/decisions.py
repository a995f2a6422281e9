"""Decisions: what people settled about entities and single facts, and how assertions read under them.

A decision is data with its user and time; it can be undone and survives new versions of a dataset.

========== =====================================  ====================================================
kind       payload                                effect on the assertions that are projected
========== =====================================  ====================================================
merge      ``{"keep": id, "retire": id}``          ``retire`` reads as ``keep`` wherever it stands
correct    ``{"key": id, "property": p, "value"}`` every assertion of ``key`` states ``value`` for ``p``
suppress   ``{"key": id}`` or with ``"property"``  the fact, or that property of it, is left out
distinct   ``{"a": id, "b": id}``                   none: the two are not the same, and are not asked of again
target     ``{"target": key, "firm", "gap" …}``     none: an entry of the target list, see ``graph.targets``
========== =====================================  ====================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from graph.errors import BadInput
from graph.facts import Assertion
from graph.gaps.gap_ids import ends_of
from graph.model import relation_id
from graph.ontology import Ontology

KINDS: dict[str, frozenset[str]] = {
    "merge": frozenset({"keep", "retire"}),
    "correct": frozenset({"key", "property", "value"}),
    "suppress": frozenset({"key"}),
    "distinct": frozenset({"a", "b"}),
    "target": frozenset({"target", "firm", "gap", "status"}),
}
#: Parts of a payload that are ids.
_IDS = ("keep", "retire", "key", "a", "b", "firm")
#: Parts of a target's payload that are ids as well.
_LINKED = ("park", "project")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as stored; ``undone_at`` is ``None`` while it holds.

    ``visibility`` is an index into ``graph.truth.VISIBILITIES``; ``load`` is the load that made it, ``None``
    where a person did.
    """

    id: int
    kind: str
    payload: dict[str, Any]
    reason: str
    user: str
    created_at: str
    undone_at: str | None = None
    visibility: int = 0
    load: int | None = None
    undone_by: str | None = None

    def names(self) -> list[str]:
        """The ids of the entities and relations that it speaks of."""
        return [self.payload[part] for part in _IDS if part in self.payload]

    def rests_on(self) -> list[str]:
        """What must be seen for it to be seen: ``names``, of a target also what it is for and links to."""
        if self.kind != "target":
            return self.names()
        linked = [self.payload[part] for part in _LINKED if part in self.payload]
        return [*self.names(), *ends_of(self.payload["gap"]), *linked]


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
    if kind == "target":
        ends_of(payload["gap"])
    if kind == "merge":
        _check_merge(payload["keep"], payload["retire"], redirects(d for d in earlier if d.undone_at is None))


def _check_merge(keep: str, retire: str, moved: dict[str, str]) -> None:
    if keep.partition("/")[0] != retire.partition("/")[0]:
        raise BadInput(
            f"{retire} 不能并入 {keep}：它们是两个类别 · "
            f"{retire!r} cannot be merged into {keep!r}: they are of two classes",
            found=retire,
        )
    if keep.startswith("source/"):
        raise BadInput(
            f"{retire} 不能并入 {keep}：来源不合并，引用它的事实靠它定级 · "
            f"{retire!r} cannot be merged into {keep!r}: sources are not merged, "
            "facts that cite them rest on their grade",
            found=retire,
        )
    if retire in moved:
        raise BadInput(
            f"{retire} 已并入 {moved[retire]} · {retire!r} is merged into {moved[retire]!r} already",
            found=retire,
        )
    if moved.get(keep, keep) == retire:
        raise BadInput(
            f"{retire} 不能并入 {keep}：会绕成一圈 · "
            f"{retire!r} cannot be merged into {keep!r}: that would be a circle",
            found=retire,
        )


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


class Held:
    """The decisions that hold, made ready for reading assertions under them.

    Attributes
    ----------
    moved : retired id → the id that answers for it.
    clusters : id that answers → itself and all ids that are merged into it.
    """

    def __init__(self, decisions: Iterable[Decision], ontology: Ontology) -> None:
        held = [d for d in decisions if d.undone_at is None]
        self._ontology = ontology
        self.moved = redirects(held)
        self.clusters: dict[str, set[str]] = {}
        for old, new in self.moved.items():
            self.clusters.setdefault(new, {new}).add(old)
        self._corrections: dict[str, dict[str, Any]] = {}
        for d in held:
            if d.kind == "correct":
                self._corrections.setdefault(d.payload["key"], {})[d.payload["property"]] = d.payload["value"]
        suppressed = [(d.payload["key"], d.payload.get("property")) for d in held if d.kind == "suppress"]
        #: Ids of facts that are left out whole.
        self.suppressed = frozenset(key for key, prop in suppressed if prop is None)
        self._left_out: dict[str, set[str]] = {}
        for key, prop in suppressed:
            if prop is not None:
                self._left_out.setdefault(key, set()).add(prop)
        #: Ids of facts that read otherwise than they are stated.
        self.touched = frozenset({*self._corrections, *self._left_out, *self.suppressed})

    def read(self, assertions: Iterable[Assertion]) -> Iterator[Assertion]:
        """The assertions as they read under the decisions, in the order given.

        What was decided of a fact holds on where a merge has moved it: a decision goes by the id that the
        fact had, and by the one that it has. A relation that a merge leads back to its own start is none.
        """
        for a in assertions:
            b = self.place(a) if self.moved else a
            if b is not a and b.source is not None and b.source == b.target and a.source != a.target:
                continue
            if a.key not in self.touched and b.key not in self.touched:
                yield b
                continue
            props, held = dict(b.props), True
            for key in dict.fromkeys((a.key, b.key)):
                held = held and key not in self.suppressed
                left_out = self._left_out.get(key, set())
                props = {p: v for p, v in props.items() if p not in left_out} | self._corrections.get(key, {})
            if held:
                yield replace(b, props=props)

    def place(self, a: Assertion) -> Assertion:
        """The assertion where it stands after the merges."""
        return _moved(a, self.moved, self._ontology)

    def concerns(self, a: Assertion) -> bool:
        """Whether the assertion, or an entity that it names, takes part in a merge."""
        ids = (a.key,) if a.source is None else (a.source, a.target)
        return any(i in self.moved or i in self.clusters for i in ids)


def under_decisions(
    assertions: Iterable[Assertion], decisions: Iterable[Decision], ontology: Ontology
) -> Iterator[Assertion]:
    """The assertions as they read under the decisions that hold, in the order given."""
    return Held(decisions, ontology).read(assertions)


def _moved(a: Assertion, moved: dict[str, str], ontology: Ontology) -> Assertion:
    if a.source is None or a.target is None:
        return replace(a, key=moved[a.key]) if a.key in moved else a
    source, target = moved.get(a.source, a.source), moved.get(a.target, a.target)
    if (source, target) == (a.source, a.target):
        return a
    key = relation_id(a.cls, source, target, [a.props.get(p) for p in ontology.relations[a.cls].key])
    return replace(a, key=key, source=source, target=target)
