"""Checking the ids and the ends of relations that a mapping makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.errors import BadInput
from graph.ontology import Ontology, RelationClass
from ingest.mapping.model import Key, Statement
from ingest.mapping.patterns import pattern_faults
from ingest.mapping.template import is_template
from ingest.mapping.told import nearest

Wrong = tuple[str, str, str, str]
_KINDS = ("ref", "column", "text", "hash", "value")


def entities_of(rows: Sequence[Statement]) -> dict[str, Statement]:
    """The entities of a file's rows by the name that relations use for them."""
    return {row.name: row for row in rows if row.entity is not None and row.name is not None}


def end_faults(
    at: str, statement: Statement, cls: RelationClass, rows: Sequence[Statement], ontology: Ontology
) -> Iterator[Wrong]:
    """What is wrong with ``from`` and ``to`` of a relation."""
    for name, key in (("id", statement.id), ("as", statement.name)):
        if key is not None:
            yield f"{at}.{name}", name, "没有这个键（relation 没有编号）", "no such key: a relation has no id"
    named = entities_of(rows)
    ends: list[str | None] = []
    for name, end, allowed in (("from", statement.source, cls.source), ("to", statement.target, cls.target)):
        if end is None:
            yield f"{at}.{name}", "", f"必有的键 {name}", f"the key {name}"
            ends.append(None)
            continue
        wrongs = list(key_faults(f"{at}.{name}", end, with_firms(allowed), list(named), ref=True))
        yield from wrongs
        ends.append(None if wrongs else end_class(end, with_firms(allowed), named, ontology))
        if not wrongs and ends[-1] is not None and ends[-1] not in with_firms(allowed):
            classes = ", ".join(allowed)
            yield f"{at}.{name}", str(ends[-1]), f"{cls.label.zh}的一端（{classes}）", f"one of {classes}"
            ends[-1] = None
    source, target = ends
    if source and target and not _allowed(cls, source, target):
        targets = ", ".join(cls.targets_of(source) or cls.targets_of("Site"))
        yield f"{at}.to", target, f"从 {source} 出发的终点（{targets}）", f"a target of {source} ({targets})"


def key_faults(
    at: str, key: Key, allowed: Sequence[str], named: Sequence[str], *, ref: bool
) -> Iterator[Wrong]:
    """What is wrong with one id or end; ``named`` are the entities that a ``ref`` may mean."""
    given = [kind for kind in _KINDS if getattr(key, kind) is not None]
    kinds = _KINDS if ref else _KINDS[1:]
    if len(given) != 1 or given[0] not in kinds:
        listed = ", ".join(kinds)
        yield at, ", ".join(given), f"{listed} 中恰有一个", f"exactly one of {listed}"
        return
    if key.ref is not None and key.ref not in named:
        zh, en = nearest(key.ref, named)
        listed = ", ".join(named)
        yield (
            at,
            key.ref,
            f"同一行实体的 as 之一（{listed}）{zh}",
            f"the as of an entity of the row ({listed}){en}",
        )
    if (key.space is None) != (key.hash is None):
        yield f"{at}.space", key.space or "", "hash 与 space 一起写，如 space: ckg", "hash and space together"
    yield from pattern_faults(f"{at}.extract", key.extract)
    if key.text is not None and not is_template(key.text):
        yield f"{at}.text", key.text, "含 {列名} 的文字", "a text with {column} in it"
    if key.cls is not None and key.cls not in allowed:
        zh, en = nearest(key.cls, allowed)
        listed = ", ".join(allowed)
        yield f"{at}.class", key.cls, f"{listed} 之一{zh}", f"one of {listed}{en}"
    if (key.text is not None or key.hash is not None) and key.cls is None and len(allowed) > 1:
        listed = ", ".join(allowed)
        yield f"{at}.class", "", f"注明类别：{listed}", f"the class: one of {listed}"


def end_class(
    key: Key, allowed: Sequence[str], named: dict[str, Statement], ontology: Ontology
) -> str | None:
    """The class of the entity that an end means; ``None`` where only the cells will tell."""
    if key.ref is not None:
        return named[key.ref].entity if key.ref in named else None
    if key.value is not None:
        try:
            return ontology.entity_of_id(key.value).name
        except BadInput:
            return None
    if key.cls is not None:
        return key.cls
    return allowed[0] if len(allowed) == 1 else None


def with_firms(allowed: Sequence[str]) -> tuple[str, ...]:
    """``allowed`` and, where a site may stand, the firm that stands for its only one."""
    return (*allowed, "Firm") if "Site" in allowed and "Firm" not in allowed else tuple(allowed)


def _allowed(cls: RelationClass, source: str, target: str) -> bool:
    starts = [source] + (["Site"] if source == "Firm" and "Firm" not in cls.source else [])
    ends = [target] + (["Site"] if target == "Firm" and "Firm" not in cls.target else [])
    return any(cls.allows(s, t) for s in starts for t in ends)
