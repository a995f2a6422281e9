"""Which entity a cell means that holds a name or a bare code instead of an id."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from rapidfuzz import process

from graph.facts import Assertion
from graph.ontology import EntityClass, Ontology
from graph.truth import View
from ingest.headings import plain
from ingest.places import Gazetteer, ParkRecord, PlaceRecord, place_of
from ingest.reading import minted
from ingest.rows import Row
from ingest.telling import Telling, parts_of

_NAMES = ("name", "short_name", "aliases", "former_names")
_CODES = ("code", "uscc", "stock_code")
#: Names shown where none fits, and how alike they must be (0–100).
_NEAREST, _ALIKE = 3, 50.0
#: Names compared for hints in one load: some seconds' work. Faults after that come without near names.
_MOST_COMPARED = 2_000_000
#: Names of which near ones are looked for.
_MOST_NAMES = 200_000
_FORM = re.compile(r"(?:集团|股份|有限责任|有限)*公司$")

Names = dict[str, set[str]]


class NameIndex:
    """Entities by their names, codes and the last part of their ids.

    What the input itself states answers before what is known already; of several that go by one name none
    does, but one that is told apart in brackets: 锂电项目（高安市）. An address answers for the county or the
    park in it.

    Parameters
    ----------
    view : what is known, and what was read of the input.
    dataset : the dataset being read.
    waiting : rows of the input that are not among those assertions, since they wait for names themselves or
        were refused.
    asked : the words (``ingest.headings.plain``) that will be asked for, if they are known: no others are
        kept in memory.

    moved : ids that are merged into others, which then go by their names too.

    A class is read when it is first asked for.
    """

    def __init__(
        self,
        view: View,
        dataset: str,
        ontology: Ontology,
        waiting: Sequence[Row] = (),
        *,
        asked: Set[str] | None = None,
        moved: Mapping[str, str] | None = None,
    ) -> None:
        self._moved = moved or {}
        self._read, self._dataset, self._ontology, self._waiting = view.of_class, dataset, ontology, waiting
        self._apart = Telling(view, ontology, self._rows_by_id(), self._plainly, self._moved)
        self._bracketed: dict[tuple[str, tuple[str, ...]], str | None] = {}
        self._choices: dict[tuple[str, tuple[str, ...]], list[tuple[str, str]]] = {}
        self._own: dict[str, Names] = {}
        self._known: dict[str, Names] = {}
        #: All names of a class in their order, or None where they are too many.
        self._all: dict[str, dict[str, None] | None] = {}
        self._places: Gazetteer | None = None
        self._telling: dict[tuple[str, ...], dict[str, str]] = {}
        self._compared = 0
        self._asked = asked

    def id_of(self, text: str, classes: tuple[str, ...]) -> str | None:
        """The id of the one entity of ``classes`` that goes by ``text``, else ``None``."""
        if self._candidates(plain(text), classes):
            return self._plainly(text, classes)
        return self._in_brackets(plain(text), classes) or self._plainly(text, classes)

    def _plainly(self, text: str, classes: tuple[str, ...]) -> str | None:
        """``id_of`` without a look into brackets."""
        found = self._candidates(plain(text), classes)
        if len(found) == 1:
            return next(iter(found))
        return None if found else self._located(text, classes)

    def _in_brackets(self, word: str, classes: tuple[str, ...]) -> str | None:
        """The one of a name that fits what stands in brackets behind it, else ``None``."""
        parts, at = parts_of(word), (word, classes)
        if parts is None:
            return None
        if at not in self._bracketed:
            some = (self._apart.fitting(self._goes_by(parts[0], classes, own), parts[1]) for own in (0, 1))
            self._bracketed[at] = next((found.pop() for found in some if len(found) == 1), None)
        return self._bracketed[at]

    def choices(self, text: str, classes: tuple[str, ...]) -> list[tuple[str, str]]:
        """Ids that all go by ``text``, or by its part before brackets, and how to write each: 名称（类别）.

        What is written is empty where only the id tells one apart. Nothing where none or one goes by it.
        """
        name, found = text.strip(), self._candidates(plain(text), classes)
        if not found and (parts := parts_of(plain(text))):
            name = text[: max(text.rfind("（"), text.rfind("("))].strip()
            found = self._candidates(parts[0], classes)
        if len(found) < 2:
            return []
        at = (name, classes)
        if at not in self._choices:
            told = self._apart.choices(found)
            self._choices[at] = [(key, word and f"{name}（{word}）") for key, word in told]
        return self._choices[at]

    def hint(self, text: str, classes: tuple[str, ...]) -> tuple[str, str]:
        """Which names are near ``text``, as the end of a fault."""
        names = self._told(classes)
        self._compared += len(names)
        if not names or self._compared > _MOST_COMPARED:
            return "", ""
        near = process.extract(_telling(plain(text)), names, limit=_NEAREST, score_cutoff=_ALIKE)
        if not near:
            return "", ""
        words = [str(name) for _, _, name in near]
        return f"；相近的有 {'、'.join(words)}", f"; near it: {', '.join(words)}"

    def _told(self, classes: tuple[str, ...]) -> dict[str, str]:
        """The telling part of each name of some classes, by the name; nothing where they are too many."""
        if classes not in self._telling:
            telling: dict[str, str] = {}
            self._telling[classes] = telling
            for cls in classes:
                self._of(cls)
                names = self._all[cls]
                if names is None or len(telling.keys() | names.keys()) > _MOST_NAMES:
                    telling.clear()
                    break
                telling.update((name, _telling(name)) for name in names)
        return self._telling[classes]

    def _candidates(self, word: str, classes: tuple[str, ...]) -> set[str]:
        """Whom a word means: those of the input before others; of a firm and its own site, the firm."""
        return self._goes_by(word, classes, 0) or self._goes_by(word, classes, 1)

    def _goes_by(self, word: str, classes: tuple[str, ...], which: int) -> set[str]:
        """Those of the input (0) or of what is known (1) that go by ``word``."""
        found = set().union(*(self._of(cls)[which].get(word, set()) for cls in classes))
        own = {f"site/{id.removeprefix('firm/')}" for id in found if id.startswith("firm/")}
        return found - own if "Firm" in classes and len(found - own) == 1 else found

    def _of(self, cls: str) -> tuple[Names, Names]:
        if cls not in self._own:
            asked = self._asked
            own: Names = defaultdict(set)
            known: Names = defaultdict(set)
            every: dict[str, None] | None = {}
            for a in self._read(cls):
                names = own if a.dataset == self._dataset else known
                words = self._words(a)
                for word in words if asked is None else words & asked:
                    names[word].add(self._moved.get(a.key, a.key))
                every = _with(every, words)
            for row in self._waiting:
                if row.cls.name == cls and isinstance(row.cls, EntityClass):
                    key = self._key(row.cls, row)
                    words = _row_words(row)
                    for word in words:
                        own[word].add(key)
                    every = _with(every, words)
            self._own[cls], self._known[cls], self._all[cls] = dict(own), dict(known), every
        return self._own[cls], self._known[cls]

    def _key(self, cls: EntityClass, row: Row) -> str:
        return row.cells.get("id") or minted(cls, self._dataset, row)

    def _rows_by_id(self) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._waiting:
            if isinstance(row.cls, EntityClass):
                rows[self._key(row.cls, row)].append(row)
        return rows

    def _words(self, a: Assertion) -> set[str]:
        slug = a.key.partition("/")[2]
        texts = {slug, slug.rpartition("/")[2]}
        for name in (*_NAMES, *_CODES):
            texts.update(_texts(a.props.get(name)))
        return {plain(text) for text in texts} - {""}

    def _located(self, text: str, classes: tuple[str, ...]) -> str | None:
        """The place or park that an address names."""
        if not {"Place", "Park"} & set(classes):
            return None
        answer = place_of(text, self._gazetteer())
        if answer.doubts:
            return None
        if "Park" in classes and answer.park is not None:
            return answer.park
        return f"place/{answer.code}" if "Place" in classes and answer.code is not None else None

    def _gazetteer(self) -> Gazetteer:
        if self._places is None:
            places = [
                PlaceRecord(
                    _code(a), str(a.props.get("name", "")), aliases=tuple(_texts(a.props.get("aliases")))
                )
                for a in self._read("Place")
            ]
            parks = [
                ParkRecord(a.key, str(a.props.get("name", "")), tuple(_texts(a.props.get("aliases"))))
                for a in self._read("Park")
            ]
            self._places = Gazetteer.build(places, parks)
        return self._places


def _with(names: dict[str, None] | None, more: Iterable[str]) -> dict[str, None] | None:
    """``names`` with ``more`` of them; ``None`` once they are too many."""
    if names is not None:
        names.update(dict.fromkeys(more))
        if len(names) > _MOST_NAMES:
            return None
    return names


def _telling(name: str) -> str:
    """A name without the words that thousands of firms share."""
    return _FORM.sub("", name) or name


def words_in(rows: Iterable[Row]) -> set[str]:
    """All words that rows may ask for."""
    words = {plain(t) for row in rows for cell in row.cells.values() for t in (cell, *cell.split("|"))}
    return words | {parts[0] for word in words if (parts := parts_of(word))}


def _row_words(row: Row) -> set[str]:
    cells = (row.cells.get(name, "") for name in (*_NAMES, *_CODES))
    return {plain(text) for cell in cells for text in cell.split("|")} - {""}


def _code(a: Assertion) -> str:
    return a.key.partition("/")[2]


def _texts(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)] if value else []
