"""The members of the graph that generated tables make, straight from their cells.

For measuring by itself what comes after the projection: there are no checks and no truth store. Rows with a
fault are left out.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bench.generate import FAULTS_FILE
from graph.model import Node, Props, Relation, relation_id
from graph.ontology import EntityClass, Ontology, RelationClass
from graph.values import clean_cell, flatten_value

#: Columns whose cells are as a reader leaves them, and differ from row to row.
_AS_IS = frozenset({"name", "short_name", "uscc"})
_ENDS = frozenset({"id", "from", "to", "place", "sources", "standing", "seen_at"})


def members_of(folder: Path, ontology: Ontology) -> Iterator[Node | Relation]:
    """All nodes and relations of the tables in ``folder``, entities first, table by table."""
    reading = _Reading(folder, ontology)
    paths = sorted(folder.glob("*.csv"))
    classes = {path: ontology.table(path.stem) for path in paths}
    for path in sorted(paths, key=lambda p: classes[p].kind == "relation"):
        yield from reading.table(path, classes[path])


class _Reading:
    def __init__(self, folder: Path, ontology: Ontology) -> None:
        self._ontology = ontology
        self._faulty: dict[str, set[int]] = {}
        for line in (folder / FAULTS_FILE).read_text(encoding="utf-8").splitlines():
            fault = json.loads(line)
            self._faulty.setdefault(fault["file"], set()).add(fault["row"])
        with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
            self._grades = {row["id"]: row["grade"] for row in csv.DictReader(file)}
        self._flat = lru_cache(maxsize=200_000)(self._flatten)

    def table(self, path: Path, cls: EntityClass | RelationClass) -> Iterator[Node | Relation]:
        faulty = self._faulty.get(path.name, set())
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), start=2):
                if line in faulty:
                    continue
                common = self._common(row)
                if isinstance(cls, EntityClass):
                    key = row["id"]
                    named = {"id": key, "cls": cls.name, "caption": row.get("short_name") or row["name"]}
                    yield Node(key, cls.name, named | common | self._props(cls, row))
                    if row.get("place"):
                        yield self._relation("LOCATED_IN", key, row["place"], [], common)
                else:
                    keys = [row.get(name) or None for name in cls.key]
                    props = self._props(cls, row)
                    yield self._relation(cls.name, row["from"], row["to"], keys, props | common)

    def _relation(self, cls: str, source: str, target: str, keys: list[str | None], props: Props) -> Relation:
        rid = relation_id(cls, source, target, keys)
        return Relation(rid, cls, source, target, {"rid": rid} | props)

    def _props(self, cls: EntityClass | RelationClass, row: dict[str, str]) -> Props:
        props: Props = {}
        for name, cell in row.items():
            if cell and name in _AS_IS:
                props[name] = cell
            elif cell and name not in _ENDS:
                props |= self._flat(cls.name, name, cell)
        return props

    def _flatten(self, cls: str, name: str, cell: str) -> Props:
        known = self._ontology.entities if cls in self._ontology.entities else self._ontology.relations
        prop = known[cls].properties[name]
        return {**flatten_value(prop, clean_cell(prop, cell))}

    def _common(self, row: dict[str, str]) -> Props:
        props: Props = {"standing": row.get("standing") or "unverified"}
        if source := row.get("sources"):
            props |= {"grade": self._grades[source], "sources": [source]}
        if seen := row.get("seen_at"):
            props |= {"seen_first": seen, "seen_last": seen}
        return props
