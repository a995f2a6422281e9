"""Filling the index from the members of a graph."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass, field

from graph.model import Node, Relation
from graph.ontology import Ontology
from graph.search.names import Name, names_of, weight
from graph.search.normal import grams, normal
from graph.search.pinyin import has_sound, syllables, tails
from graph.search.schema import FORM, Stamp, recreate


@dataclass(slots=True)
class _Entry:
    id: str
    cls: str
    caption: str
    name: str | None
    standing: str | None
    grade: str | None
    names: list[Name]


@dataclass(slots=True)
class Collected:
    """What the index needs of a graph: of each entity its names, and how many relations it has."""

    ontology: Ontology
    entries: list[_Entry] = field(default_factory=list)
    degrees: Counter[str] = field(default_factory=Counter)

    def add(self, member: Node | Relation) -> None:
        """Take in one member of the graph."""
        if isinstance(member, Relation):
            self.degrees[member.source] += 1
            self.degrees[member.target] += 1
            return
        props = member.props
        self.entries.append(
            _Entry(
                id=member.id,
                cls=member.cls,
                caption=str(props.get("caption") or member.id),
                name=_text(props.get("name")),
                standing=_text(props.get("standing")),
                grade=_text(props.get("grade")),
                names=list(dict.fromkeys(names_of(self.ontology.entity(member.cls), props))),
            )
        )


def fill(db: sqlite3.Connection, collected: Collected, stamp: Stamp) -> None:
    """Replace the index's content, inside the transaction of the caller; the stamp is written last."""
    recreate(db)
    number = 0
    for n, entry in enumerate(sorted(collected.entries, key=lambda e: e.id), start=1):
        db.execute(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                n, entry.id, entry.cls, entry.caption, entry.name, entry.standing, entry.grade,
                weight(entry.cls), collected.degrees[entry.id],
            ),
        )  # fmt: skip
        for name in entry.names:
            text = normal(name.text)
            if text:
                number += 1
                _insert(db, number, n, name, text)
    db.execute("INSERT INTO stamp VALUES (?, ?, ?, ?)", (stamp.store_id, stamp.revision, stamp.token, FORM))


def _insert(db: sqlite3.Connection, number: int, entity: int, name: Name, text: str) -> None:
    parts = syllables(text) if name.kind != "made" and has_sound(text) else ()
    sounds, initials = [p.sound for p in parts], [p.initial for p in parts]
    db.execute(
        "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number, entity, name.field, name.kind, name.text, text,
            "".join(sounds) or None, "".join(initials) or None,
        ),
    )  # fmt: skip
    one, two = grams(text)
    db.execute(
        "INSERT INTO gram (rowid, one, two, sound, initials) VALUES (?, ?, ?, ?, ?)",
        (
            number,
            " ".join(dict.fromkeys(one)),
            " ".join(two),
            " ".join(tails(sounds)),
            " ".join(tails(initials)),
        ),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
