"""From rows to assertions: cells cleaned by their property types, relation columns spread out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graph.errors import BadInput
from graph.facts import Assertion
from graph.model import relation_id
from graph.ontology import EntityClass, Ontology, Property, RelationClass
from graph.values import ValueFault, clean_cell
from ingest.faults import Fault
from ingest.rows import Row
from ingest.suggest import Suggest


def to_assertions(
    rows: Iterable[Row], dataset: str, ontology: Ontology, suggest: Suggest | None = None
) -> tuple[list[Assertion], list[Fault]]:
    """All assertions that the rows make, and the faults of their cells; a row with a fault makes none.

    ``suggest`` knows which id a name or slug may stand for; without it nothing is suggested.
    """
    assertions: list[Assertion] = []
    faults: list[Fault] = []
    for row in rows:
        reading = _Reading(row, dataset, ontology, suggest)
        made = list(reading.assertions())
        faults.extend(reading.faults)
        if not reading.faults:
            assertions.extend(made)
    return assertions, faults


class _Reading:
    """One row being read."""

    def __init__(self, row: Row, dataset: str, ontology: Ontology, suggest: Suggest | None) -> None:
        self.row, self.dataset, self.ontology, self.suggest = row, dataset, ontology, suggest
        self.faults: list[Fault] = []

    def assertions(self) -> Iterator[Assertion]:
        cls = self.row.cls
        common = self._common()
        props = self._clean(cls.properties)
        if isinstance(cls, RelationClass):
            source = self._id("from", self.row.cells.get("from", ""), cls.source)
            target = self._id("to", self.row.cells.get("to", ""), self._targets(cls, source))
            if source and target:
                yield self._relation(cls, source, target, props, common)
            return
        key = self._id("id", self.row.cells.get("id", ""), (cls.name,))
        if key is None:
            return
        yield self._assertion(cls.name, key, props=props, **common)
        yield from self._relation_columns(cls, key, common)

    def _relation_columns(self, cls: EntityClass, key: str, common: dict[str, Any]) -> Iterator[Assertion]:
        for name, column in cls.columns.items():
            relation = self.ontology.relations[column.relation]
            for text in filter(None, (t.strip() for t in self.row.cells.get(name, "").split("|"))):
                other = self._id(name, text, column.ends)
                if other is not None:
                    source, target = (other, key) if column.reverse else (key, other)
                    yield self._relation(relation, source, target, {}, common | {"note": None})

    def _relation(
        self, cls: RelationClass, source: str, target: str, props: dict[str, Any], common: dict[str, Any]
    ) -> Assertion:
        rid = relation_id(cls.name, source, target, [props.get(p) for p in cls.key])
        return self._assertion(cls.name, rid, source=source, target=target, props=props, **common)

    def _assertion(self, cls: str, key: str, **fields: Any) -> Assertion:
        return Assertion(self.dataset, self.row.file, self.row.line, cls, key, **fields)

    def _common(self) -> dict[str, Any]:
        values = self._clean(self.ontology.common)
        sources = tuple(values.pop("sources", ()))
        for source in sources:
            self._id("sources", source, ("Source",))
        return {**values, "sources": sources, "standing": values.get("standing", "unverified")}

    def _clean(self, properties: dict[str, Property]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, prop in properties.items():
            raw = self.row.cells.get(name)
            if raw is None:
                if prop.required:
                    self._fault(name, "", "必填", "a value (the column is required)")
                continue
            try:
                values[name] = clean_cell(prop, raw)
            except ValueFault as e:
                self._fault(name, e.found, e.expected_zh, e.expected_en)
        return values

    def _id(self, column: str, text: str, classes: tuple[str, ...]) -> str | None:
        """``text`` if it is a well-formed id of one of ``classes`` (a firm may stand for its only site)."""
        wanted = " | ".join(f"{self.ontology.entities[c].prefix}/…" for c in classes)
        try:
            cls = self.ontology.entity_of_id(text).name
        except BadInput:
            self._no_id(column, text, classes, f"编号（{wanted}）", f"an id such as {wanted}")
            return None
        if cls in classes or (cls == "Firm" and "Site" in classes and column != "id"):
            return text
        not_zh, not_en = f"，而不是 {cls} 的编号", f", not of class {cls}"
        self._no_id(column, text, classes, f"编号（{wanted}）{not_zh}", f"an id such as {wanted}{not_en}")
        return None

    def _no_id(self, column: str, text: str, classes: tuple[str, ...], zh: str, en: str) -> None:
        """A fault where an id was meant, with the id of the entity that goes by ``text`` if just one does."""
        near = None
        if self.suggest is not None and column != "id" and text:
            near = self.suggest.id_of(text, (*classes, "Firm") if "Site" in classes else classes)
        if near is not None:
            zh, en = f"{zh}；是否 {near}？", f"{en}; did you mean {near}?"
        self._fault(column, text, zh, en)

    def _targets(self, cls: RelationClass, source: str | None) -> tuple[str, ...]:
        if source is None:
            return cls.target
        start = self.ontology.entity_of_id(source).name
        return cls.targets_of("Site" if start == "Firm" and "Firm" not in cls.source else start)

    def _fault(self, column: str, found: str, zh: str, en: str) -> None:
        self.faults.append(Fault(self.row.file, self.row.line, self.row.heading(column), found, zh, en))
