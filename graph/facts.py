"""An assertion: what one row of one dataset says, with its sources."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from graph.compact_json import object_json, quoted, texts_json, value_json

#: Standings from strongest to weakest: 已核实, 待核实, 候选.
STANDINGS = ("verified", "unverified", "candidate")
#: Grades of a source from strongest to weakest; ``""`` is an ungraded or absent source.
GRADES = ("A", "B", "C", "")


@dataclass(frozen=True, slots=True)
class Assertion:
    """A fact as stated: an entity or a relation with properties.

    Attributes
    ----------
    dataset, table, row : where it stands; ``row`` is the 1-based line of the file (header is 1).
    cls : class in the ontology.
    key : entity id, or relation id (``graph.model.relation_id``).
    source, target : ids of a relation's ends, ``None`` for an entity.
    props : cleaned values by property name (JSON values, as ``graph.values`` gives them).
    sources : ids of the sources cited.
    seen_at, valid_from, valid_to : ISO dates of year, month or day precision.
    standing : one of ``STANDINGS``. confidence : 0–1 or ``None``.
    """

    dataset: str
    table: str
    row: int
    cls: str
    key: str
    source: str | None = None
    target: str | None = None
    props: dict[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    seen_at: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    standing: str = "unverified"
    confidence: float | None = None
    note: str | None = None

    def content_hash(self) -> bytes:
        """16 bytes that are equal for equal statements, wherever the row stands in its table."""
        return self._hash(f'"table":{quoted(self.table)},')

    def statement_hash(self) -> bytes:
        """16 bytes that are equal for equal statements, whatever table they stand in."""
        return self._hash("")

    def _hash(self, table: str) -> bytes:
        """Hash of the JSON object of what is stated, keys sorted; ``table`` is that part of it.

        It is kept in truth stores: written otherwise, every statement would seem new.
        """
        text = (
            f'{{"cls":{quoted(self.cls)},"confidence":{value_json(self.confidence)},"key":{quoted(self.key)},'
            f'"note":{value_json(self.note)},"props":{object_json(self.props)},'
            f'"seen_at":{value_json(self.seen_at)},"source":{value_json(self.source)},'
            f'"sources":{texts_json(self.sources)},"standing":{quoted(self.standing)},{table}'
            f'"target":{value_json(self.target)},"valid_from":{value_json(self.valid_from)},'
            f'"valid_to":{value_json(self.valid_to)}}}'
        )
        return hashlib.sha256(text.encode()).digest()[:16]
