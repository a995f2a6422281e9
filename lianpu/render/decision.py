"""A decision for a person and for a program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape

from graph.decisions import Decision
from graph.ontology import Property, load_ontology
from graph.targets import STATUSES
from graph.truth import VISIBILITIES
from graph.values import show_value
from lianpu.i18n import LANG, one_language, t
from lianpu.names import both
from lianpu.render.words import heading

KIND_WORDS = {
    "merge": ("合并", "merge"),
    "correct": ("更正", "correct"),
    "suppress": ("不显示", "suppress"),
    "distinct": ("不同", "distinct"),
    "target": ("招商目标", "target"),
}


def as_json(d: Decision) -> dict[str, Any]:
    """A decision, JSON-ready."""
    return {
        "id": f"d{d.id}",
        "kind": d.kind,
        "payload": d.payload,
        "reason": d.reason,
        "user": d.user,
        "at": d.created_at,
        "load": d.load,
        "visibility": VISIBILITIES[d.visibility],
        "undone_at": d.undone_at,
        "undone_by": d.undone_by,
    }


def said(d: Decision, names: Mapping[str, str] | None = None) -> str:
    """What a decision settles, in a line; the ids that ``names`` has a name for with that name."""
    return _said(d.kind, d.payload, names or {})


def show_decisions(some: list[dict[str, Any]], out: Console) -> None:
    """Decisions in their JSON form, a line each, under a heading; nothing where there are none."""
    if not some:
        return
    out.print(
        heading(
            t(
                "决定（以此为准，改变上面各行所说的）",
                "Decisions (these hold, against what the rows above state)",
            )
        )
    )
    for one in some:
        what = f"{one['id']} {t(*KIND_WORDS[one['kind']])}: {_said(one['kind'], one['payload'], {})}"
        why = f"{one_language(one['reason'])} · {one['user']} · {one['at'][:10]}"
        out.print(f"  {escape(what)}\n    [dim]{escape(why)}[/]")


def _said(kind: str, p: dict[str, Any], names: Mapping[str, str]) -> str:
    if kind == "merge":
        return f"{both(p['retire'], names)} → {both(p['keep'], names)}"
    if kind == "distinct":
        return f"{both(p['a'], names)} ≠ {both(p['b'], names)}"
    if kind == "target":
        firm = f"{names[p['firm']]} " if p["firm"] in names else ""
        return f"{firm}{p['target']}: {STATUSES[p['status']].text(LANG)}"
    key = both(str(p["key"]), names)
    if "property" not in p:
        return key
    prop = _property(str(p["key"]), str(p["property"]))
    where = f"{key} {p['property'] if prop is None else prop.label.text(LANG)}"
    if kind != "correct":
        return where
    value = p["value"]
    shown = json.dumps(value, ensure_ascii=False) if prop is None else show_value(prop, value, LANG)
    return f"{where} = {shown}"


def _property(key: str, name: str) -> Property | None:
    """The property of the class of an entity; of relations, whose ids tell no class, that of any class."""
    ontology = load_ontology()
    classes = [ontology.entity_of_id(key)] if "/" in key else list(ontology.relations.values())
    return next((cls.properties[name] for cls in classes if name in cls.properties), None)
