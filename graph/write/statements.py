"""From changes to statements with rows: the forms that both engines run right and fast.

Rows are short lists, and a statement builds the whole property set from a row: unlike ``SET n += map`` that
takes away what is no longer there, and the names of the properties travel once, not in every row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cypher import load_query
from graph.model import Node, Relation
from graph.ontology import Ontology
from graph.write.batches import by_class
from graph.write.changes import RemoveNode, RemoveRelation
from graph.write.columns import Columns

Row = list[Any]
Statement = tuple[str, Mapping[str, Any]]
#: So many relations of a batch between the same two entities are written together.
REPEATED = 8


#: How a pattern names a relation from ``a`` to ``b``: from its source, or from its target.
FORWARDS = {"NEAR": "a", "IN": "", "OUT": ">", "FAR": "b"}
BACKWARDS = {"NEAR": "b", "IN": "<", "OUT": "", "FAR": "a"}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Relations of one class between pairs of entities that have many of them.

    An engine finds a relation by looking through all those of the pair, so that each pair is gone through
    once, to learn which are there; these are overwritten and the others created.
    """

    cls: str
    columns: list[str]
    rows: list[Row]
    way: Mapping[str, str]

    def known(self) -> Statement:
        """The question for the ``rid`` of those that are there."""
        query = load_query("pair_relations").fill(REL=self.cls, **self.way)
        return query, {"pairs": _by_pair(self.rows, named=True)}

    def statements(self, known: set[str]) -> list[Statement]:
        """What writes the rows, when the relations ``known`` are there."""
        new = [row for row in self.rows if row[2] not in known]
        old = [row for row in self.rows if row[2] in known]
        found: list[Statement] = []
        if old:
            words: dict[str, Any] = {"REL": self.cls, "PROPERTIES": self.columns, **self.way}
            found.append((load_query("set_pair_relations").fill(**words), {"pairs": _by_pair(old)}))
        if new:
            query = load_query("create_relations").fill(REL=self.cls, PROPERTIES=self.columns)
            found.append((query, {"rows": new}))
        return found


class Statements:
    """Makes the statements of batches for one engine.

    Parameters
    ----------
    ontology : Ontology
    from_low_degree : bool
        Whether the engine finds a relation by looking through those of the end that a pattern names first:
        then that is to be the end with fewer.
    """

    def __init__(self, ontology: Ontology, *, from_low_degree: bool) -> None:
        self._ontology = ontology
        self._columns = Columns(ontology)
        self._degrees: Counter[str] | None = Counter() if from_low_degree else None

    def removed_relations(self, batch: Sequence[RemoveRelation]) -> list[Statement]:
        """One statement a class; each source is gone through once."""
        found: list[Statement] = []
        for cls, members in by_class(batch):
            sources: dict[str, dict[str, bool]] = defaultdict(dict)
            for change in members:
                sources[change.source][change.rid] = True
            rows = [[source, rids] for source, rids in sources.items()]
            found.append((load_query("remove_relations").fill(REL=cls), {"sources": rows}))
        return found

    def removed_nodes(self, batch: Sequence[RemoveNode]) -> list[Statement]:
        """One statement."""
        return [(load_query("remove_nodes").text, {"rows": [change.id for change in batch]})]

    def nodes(self, batch: Sequence[Node]) -> list[Statement]:
        """One statement a class."""
        found: list[Statement] = []
        for cls, members in by_class(batch):
            columns = self._columns.of(cls, "id", (n.props for n in members))
            query = load_query("merge_nodes").fill(CLASS=cls, PROPERTIES=columns)
            found.append((query, {"rows": [[n.id, *map(n.props.get, columns[1:])] for n in members]}))
        return found

    def relations(self, batch: Sequence[Relation]) -> tuple[list[Statement], list[Pairs]]:
        """At most two statements a class, and the relations of pairs that have many of a class."""
        found: list[Statement] = []
        pairs: list[Pairs] = []
        for cls, members in by_class(batch):
            columns = self._columns.of(cls, "rid", (r.props for r in members))
            rows = [[r.source, r.target, r.rid, *map(r.props.get, columns[1:])] for r in members]
            for way, part in self._by_way(rows):
                few, many = _apart(part) if self._ontology.relation(cls).key else (part, [])
                if few:
                    words: dict[str, Any] = {"REL": cls, "PROPERTIES": columns, **way}
                    found.append((load_query("merge_relations").fill(**words), {"rows": few}))
                if many:
                    pairs.append(Pairs(cls, columns, many, way))
        return found, pairs

    def _by_way(self, rows: list[Row]) -> list[tuple[Mapping[str, str], list[Row]]]:
        """The rows to be written from their sources, and those to be written from their targets."""
        degrees = self._degrees
        if degrees is None:
            return [(FORWARDS, rows)]
        degrees.update(row[0] for row in rows)
        degrees.update(row[1] for row in rows)
        backwards = [row for row in rows if degrees[row[0]] > degrees[row[1]]]
        forwards = [row for row in rows if degrees[row[0]] <= degrees[row[1]]]
        return [(FORWARDS, forwards), (BACKWARDS, backwards)]


def _apart(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of pairs with few rows, and those of pairs with many."""
    numbers = Counter((row[0], row[1]) for row in rows)
    if max(numbers.values(), default=0) < REPEATED:
        return rows, []
    few = [row for row in rows if numbers[row[0], row[1]] < REPEATED]
    return few, [row for row in rows if numbers[row[0], row[1]] >= REPEATED]


def _by_pair(rows: list[Row], *, named: bool = False) -> list[list[Any]]:
    """``[source, target, {rid: row}]`` for each pair; with ``named`` just ``True`` for the row."""
    pairs: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for row in rows:
        pairs[row[0], row[1]][row[2]] = True if named else row
    return [[source, target, members] for (source, target), members in pairs.items()]
