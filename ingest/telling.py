"""What tells apart things of one name: ``建筑陶瓷（环节）``, ``锂电项目（高安市）``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice

import sqlalchemy as sa

from graph.errors import BadInput
from graph.facts import Assertion
from graph.ontology import EntityClass, Ontology
from graph.truth import View
from graph.truth import schema as t
from ingest.headings import plain
from ingest.rows import Row

_NAMES = ("name", "short_name")
#: Relations that say where a thing belongs: those that lead there, and those that lead from there to it.
_THERE, _FROM_THERE = ("LOCATED_IN", "WITHIN", "IN_PARK"), ("HAS_SEGMENT", "OPERATES", "BUILDS")
_NEAR = (*_THERE, *_FROM_THERE)
#: How many of them are looked at for one thing.
_MOST = 200
#: That which goes on: what lies in 高安市 is in 宜春市.
_UP = "WITHIN"
_QUALIFIED = re.compile(r"(.+)\(([^()]+)\)")


def parts_of(word: str) -> tuple[str, str] | None:
    """The name and what stands in brackets behind it, of a text as ``plain`` gives it; else ``None``."""
    match = _QUALIFIED.fullmatch(word)
    return (match[1], match[2]) if match else None


def differing(one: Row, other: Row) -> list[str]:
    """The headings of what rows of one entity class belong to where both say it, and not the same."""
    assert isinstance(one.cls, EntityClass)
    names = [name for name, column in one.cls.columns.items() if column.relation in _NEAR]
    cells = ((name, one.cells.get(name), other.cells.get(name)) for name in names)
    return [one.heading(name) for name, a, b in cells if a and b and plain(a) != plain(b)]


class Telling:
    """The words by which things of one name are told apart.

    Parameters
    ----------
    view : all that is known and read. waiting : rows that are not in it yet, by the ids of their things.
    id_of : the id that a name in such a row means, brackets not looked into.
    moved : ids that are merged into others.
    """

    def __init__(
        self,
        view: View,
        ontology: Ontology,
        waiting: Mapping[str, Sequence[Row]],
        id_of: Callable[[str, tuple[str, ...]], str | None],
        moved: Mapping[str, str],
    ) -> None:
        self._view, self._ontology, self._waiting = view, ontology, waiting
        self._id_of, self._moved = id_of, moved

    def fitting(self, ids: Iterable[str], told: str) -> set[str]:
        """Those of ``ids`` whose class, place, park, chain or firm goes by ``told``."""
        return {key for key, words in self._words(ids).items() if told in map(plain, words)}

    def choices(self, ids: Iterable[str]) -> list[tuple[str, str]]:
        """Each id with the word that only it has among ``ids``, empty where it has none; sorted by id."""
        words = self._words(ids)
        bearers: dict[str, set[str]] = defaultdict(set)
        for key, some in words.items():
            for word in some:
                bearers[plain(word)].add(key)
        return [
            (key, next((w for w in some if len(bearers[plain(w)]) == 1), ""))
            for key, some in sorted(words.items())
        ]

    def _words(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """The words of each id: those of its class, then the names of what it belongs to, nearest first."""
        near = {key: self._near(key) for key in ids}
        names = self._names({n for some in near.values() for n in some})
        found = {}
        for key, some in near.items():
            cls = self._ontology.entity_of_id(key)
            words = [cls.label.zh, cls.table.zh, cls.label.en, cls.name]
            found[key] = list(dict.fromkeys([*words, *(name for n in some for name in names.get(n, ()))]))
        return found

    def _names(self, ids: Set[str]) -> dict[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for a in self._view.of_keys(sorted(ids)):
            aliases = a.props.get("aliases") or ()
            names[a.key] += map(str, filter(None, [*(a.props.get(name) for name in _NAMES), *aliases]))
        for key in ids & self._waiting.keys():
            cells = (row.cells.get(name, "") for row in self._waiting[key] for name in (*_NAMES, "aliases"))
            names[key] += [text.strip() for cell in cells for text in cell.split("|") if text.strip()]
        return names

    def _near(self, key: str) -> list[str]:
        """Ids of what ``key`` belongs to, in the order of ``_NEAR``, then of the places around."""
        by_relation: dict[str, list[str]] = defaultdict(list)
        c = t.assertion.c
        for a in self._first(c.cls.in_(_THERE), c.source == key):
            by_relation[a.cls].append(str(a.target))
        for a in self._first(c.cls.in_(_FROM_THERE), c.target == key):
            by_relation[a.cls].append(str(a.source))
        for relation in _NEAR:
            by_relation[relation] += self._waiting_ends(key, relation)
        near = dict.fromkeys(one for relation in _NEAR for one in by_relation[relation])
        level = [one for one in near if one.startswith("place/")]
        while level:
            level = [one for one in self._above(level) if one not in near]
            near.update(dict.fromkeys(level))
        return list(dict.fromkeys(self._moved.get(one, one) for one in near if one != key))

    def _first(self, *conditions: sa.ColumnElement[bool]) -> Iterator[Assertion]:
        return islice(self._view.where(sa.and_(*conditions)), _MOST)

    def _above(self, places: list[str]) -> list[str]:
        c = t.assertion.c
        stated = self._first(c.cls == _UP, c.source.in_(places))
        waiting = (above for place in places for above in self._waiting_ends(place, _UP))
        return list(dict.fromkeys([*(str(a.target) for a in stated), *waiting]))

    def _waiting_ends(self, key: str, relation: str) -> Iterator[str]:
        """What rows of ``key`` that wait name in the columns of a relation."""
        for row in self._waiting.get(key, ()):
            assert isinstance(row.cls, EntityClass)
            for name, column in row.cls.columns.items():
                if column.relation == relation:
                    for text in filter(None, map(str.strip, row.cells.get(name, "").split("|"))):
                        found = text if self._is_id(text) else self._id_of(text, column.ends)
                        if found:
                            yield found

    def _is_id(self, text: str) -> bool:
        try:
            self._ontology.entity_of_id(text)
        except BadInput:
            return False
        return True
