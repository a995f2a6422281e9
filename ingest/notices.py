"""What a load does to things already known, told before it is done. A notice never refuses anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graph.errors import BadInput
from graph.facts import Assertion
from graph.model import Graph
from graph.ontology import EntityClass, Ontology, Property
from graph.values import flatten_value, show_value
from ingest.identity import REASONS, exact_tokens

#: Kind of notice → what it says, in Chinese and English.
KINDS = {
    "not-taken": ("与现有说法不同，不采用", "differs from what is known and is not taken"),
    "possible-duplicate": ("可能重复", "possibly a duplicate"),
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


def notices_of(
    assertions: Sequence[Assertion],
    others: Iterable[Assertion],
    before: Graph,
    after: Graph,
    ontology: Ontology,
) -> list[Notice]:
    """What differs and is not taken, and which new entities may be known already.

    Parameters
    ----------
    assertions : of the dataset being loaded.
    others : the current assertions of all other datasets.
    before, after : the graphs without and with the load.
    """
    return [
        *_not_taken(assertions, others, after, ontology),
        *_possible_duplicates(assertions, before, after, ontology),
    ]


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
    assertions: Sequence[Assertion], others: Iterable[Assertion], after: Graph, ontology: Ontology
) -> Iterator[Notice]:
    mine = {a.key for a in assertions if a.props}
    stated: dict[str, set[str]] = defaultdict(set)
    for other in others:
        if other.key in mine:
            stated[other.key].update(other.props)
    for a in assertions:
        member = after.nodes.get(a.key) or after.relations.get(a.key)
        if member is None or a.key not in stated:
            continue
        properties = _class_of(a.cls, ontology)
        for name in sorted(a.props.keys() & stated[a.key]):
            prop, value = properties[name], a.props[name]
            held = member.props.get(name)
            if value in (None, "", []) or held is None or flatten_value(prop, value).get(name) == held:
                continue
            yield Notice(
                "not-taken",
                a.table,
                a.row,
                a.key,
                _caption(a.key, after),
                prop.label.zh,
                prop.label.en,
                show_value(prop, value),
                _shown(prop, held),
            )


def _possible_duplicates(
    assertions: Sequence[Assertion], before: Graph, after: Graph, ontology: Ontology
) -> Iterator[Notice]:
    new = {
        a.key: a
        for a in reversed(assertions)
        if a.source is None and a.key not in before.nodes and a.key in after.nodes and _of_table(a, ontology)
    }
    if not new:
        return
    known: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    classes = {a.cls for a in new.values()}
    for node in before.nodes.values():
        if node.cls in classes:
            for reason, text in exact_tokens(node):
                known[node.cls, reason, text].append(node.id)
    for key, a in sorted(new.items()):
        told: set[str] = set()
        for reason, text in exact_tokens(after.nodes[key]):
            for other in known.get((a.cls, reason, text), ()):
                if other not in told:
                    told.add(other)
                    caption = _caption(key, after)
                    zh, en = REASONS[reason]
                    yield Notice("possible-duplicate", a.table, a.row, key, caption, zh, en, text, other)


def _of_table(a: Assertion, ontology: Ontology) -> bool:
    """Whether an entity stands in a table of its own class (a firm's site may have been made)."""
    try:
        return ontology.table(Path(a.table).stem).name == a.cls
    except BadInput:
        return False


def _class_of(cls: str, ontology: Ontology) -> dict[str, Property]:
    found: EntityClass | None = ontology.entities.get(cls)
    return ontology.relations[cls].properties if found is None else found.properties


def _shown(prop: Property, held: object) -> str:
    """A value as the graph holds it, for a person."""
    if isinstance(held, list) or prop.type == "enum":
        return show_value(prop, held)
    return str(held)


def _caption(key: str, graph: Graph) -> str:
    if key in graph.nodes:
        return str(graph.nodes[key].props["caption"])
    relation = graph.relations[key]
    return f"{_caption(relation.source, graph)} → {_caption(relation.target, graph)}"
