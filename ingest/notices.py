"""What a load does to things already known, told before it is done. A notice never refuses anything."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from graph.facts import Assertion
from graph.members import Members, place_of
from graph.ontology import EntityClass, Ontology, Property
from graph.truth import View
from graph.truth import schema as t
from graph.truth.scratch import staged
from graph.truth.view import chunks, stated
from graph.values import flatten_value, show_value
from ingest.identity import REASONS, exact_tokens
from ingest.tables import class_of_table

_S = staged.c
#: New entities that are looked up among the known ones by their exact names.
MOST_NEW = 50_000
#: Kind of notice → what it says, in Chinese and English.
KINDS = {
    "not-taken": ("与现有说法不同，不采用", "differs from what is known and is not taken"),
    "possible-duplicate": ("可能重复", "possibly a duplicate"),
    "contradicts-itself": ("同一条目在两行里说法不同", "two rows say different things of one entry"),
    "coverage-old": ("截至太早，载入后不起作用", "dated too long ago, without effect once loaded"),
    "coverage-idle": ("没有填全，载入后不起作用", "not filled in, without effect once loaded"),
    "replaces": ("同名的数据集来自别处，将被替换", "replaces the dataset of this name from elsewhere"),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before loading.

    Attributes
    ----------
    kind : one of ``KINDS``.
    file, row : where it stands; empty and 0 where the whole load is meant.
    key, caption : the entity or relation spoken of, or the dataset.
    what_zh, what_en : label of the property, or in what the two agree.
    found : what the table says.
    known : what holds already: a value, an id, an origin.
    """

    kind: str
    file: str
    row: int
    key: str
    caption: str
    what_zh: str
    what_en: str
    found: str
    known: str

    def says(self, lang: str = "zh") -> str:
        """What the kind says, in ``lang`` (``zh`` or ``en``)."""
        return KINDS[self.kind][lang == "en"]

    def what(self, lang: str = "zh") -> str:
        """The property or the point of agreement, in ``lang``."""
        return self.what_en if lang == "en" else self.what_zh

    def as_json(self) -> dict[str, object]:
        """JSON-ready."""
        return asdict(self)


def notices_of(db: sa.Connection, dataset: str, after: Members, ontology: Ontology) -> Iterator[Notice]:
    """What differs and is not taken, which new entities may be known already, and what one row says against
    another.

    Parameters
    ----------
    db : with the scratch file attached that holds what ``dataset`` states and what that touches.
    after : the graph with the load.
    """
    others = View(db, versions={dataset: None})
    known = others.first()
    if known:
        yield from _not_taken(db, dataset, others, after, ontology)
    yield from _contradictions(db, dataset, ontology)
    if known:
        yield from _possible_duplicates(db, dataset, others, ontology)


def replaces(dataset: str, origin: str, datasets: Iterable[dict[str, Any]]) -> list[Notice]:
    """A notice if the current version of ``dataset`` was read from a folder other than ``origin``."""
    for known in datasets:
        current = [v for v in known["versions"] if v["number"] == known["current_version"]]
        if known["id"] == dataset and current and current[0]["origin"] not in (origin, dataset):
            return [
                Notice("replaces", "", 0, dataset, dataset, "来处", "origin", origin, current[0]["origin"])
            ]
    return []


def _not_taken(
    db: sa.Connection, dataset: str, others: View, after: Members, ontology: Ontology
) -> Iterator[Notice]:
    known = sa.exists().where(others.holds(), t.assertion.c.key == _S.key).correlate(staged)
    for some in chunks(stated(db, dataset, known, sa.func.length(_S.props) > 2)):
        said: dict[str, set[str]] = defaultdict(set)
        for other in others.of_keys({a.key for a in some}):
            said[other.key].update(other.props)
        members = after.of({place_of(after.held.place(a)) for a in some})
        for a in some:
            member = members.get(after.held.place(a).key)
            if member is None:
                continue
            properties = _class_of(a.cls, ontology)
            for name in sorted(a.props.keys() & said[a.key]):
                prop, value = properties[name], a.props[name]
                held = member.props.get(name)
                if value in (None, "", []) or held is None or _agrees(prop, value, member.props):
                    continue
                caption = str(member.props.get("caption", a.key))
                found, known_value = show_value(prop, value), _shown(prop, held)
                yield Notice("not-taken", a.table, a.row, a.key, caption, prop.label.zh, prop.label.en,
                             found, known_value)  # fmt: skip


def _agrees(prop: Property, value: Any, held: Mapping[str, Any]) -> bool:
    """Whether the graph says what ``value`` says: 15亿元 is 150000万元, and 2022-04-12 lies in 2022年4月."""
    flat, name = flatten_value(prop, value), prop.name
    if flat.get(name) == held.get(name):
        return True
    if prop.type == "quantity":
        numbers = [f"{name}_{part}" for part in ("value", "low", "high")]
        known = [(flat[n], held.get(n)) for n in numbers if n in flat]
        return (
            bool(known)
            and flat.get(f"{name}_unit") == held.get(f"{name}_unit")
            and all(
                isinstance(b, float) and math.isclose(float(a), b)
                for a, b in known
                if not isinstance(a, list)
            )
        )
    if prop.type == "date":
        ends = [
            flat.get(f"{name}_min"),
            held.get(f"{name}_min"),
            held.get(f"{name}_max"),
            flat.get(f"{name}_max"),
        ]
        return None not in ends and ends == sorted(map(str, ends))
    return False


def _contradictions(db: sa.Connection, dataset: str, ontology: Ontology) -> Iterator[Notice]:
    """One entity or relation of which two rows of the input say different things."""
    other = sa.alias(staged)
    again = sa.exists().where(other.c.key == _S.key, other.c.id != _S.id, other.c.props != _S.props)
    first: dict[tuple[str, str], tuple[Assertion, object]] = {}
    for a in stated(db, dataset, again.correlate(staged), _S.source.is_(None)):
        for name, value in a.props.items():
            before = first.setdefault((a.key, name), (a, value))
            prop = _class_of(a.cls, ontology)[name]
            if before[1] != value and not prop.many:
                there = before[0]
                known = f"{show_value(prop, before[1])} ({there.table}:{there.row})"
                caption = str(a.props.get("name", a.key))
                yield Notice("contradicts-itself", a.table, a.row, a.key, caption, prop.label.zh,
                             prop.label.en, show_value(prop, value), known)  # fmt: skip


def _possible_duplicates(
    db: sa.Connection, dataset: str, others: View, ontology: Ontology
) -> Iterator[Notice]:
    """New entities that share a name or code with a known one. Firms are matched with more care elsewhere."""
    known = sa.exists().where(others.holds(), t.assertion.c.key == _S.key).correlate(staged)
    fresh = stated(db, dataset, ~known, _S.source.is_(None), _S.cls != "Firm", limit=MOST_NEW)
    new = {a.key: a for a in reversed(fresh) if _of_table(a, ontology)}
    tokens: dict[tuple[str, str, str], list[Assertion]] = defaultdict(list)
    for cls in {a.cls for a in new.values()}:
        for other in others.of_class(cls):
            for reason, text in exact_tokens(other.props):
                tokens[cls, reason, text].append(other)
    for key, a in sorted(new.items()):
        told: set[str] = set()
        for reason, text in exact_tokens(a.props):
            for other in tokens.get((a.cls, reason, text), ()):
                if other.key not in told:
                    told.add(other.key)
                    zh, en = REASONS[reason]
                    caption = str(a.props.get("name", key))
                    yield Notice("possible-duplicate", a.table, a.row, key, caption, zh, en, text, other.key)


def _of_table(a: Assertion, ontology: Ontology) -> bool:
    """Whether an entity stands in a table of its own class (a firm's site may have been made)."""
    found = class_of_table(a.table, ontology) or class_of_table(Path(a.table).stem, ontology)
    return found is not None and found.name == a.cls


def _class_of(cls: str, ontology: Ontology) -> dict[str, Property]:
    found: EntityClass | None = ontology.entities.get(cls)
    return ontology.relations[cls].properties if found is None else found.properties


def _shown(prop: Property, held: object) -> str:
    """A value as the graph holds it, for a person."""
    if isinstance(held, list) or prop.type == "enum":
        return show_value(prop, held)
    return str(held)
