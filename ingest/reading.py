"""From rows to assertions: cells cleaned by their property types, relation columns spread out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from graph.errors import BadInput
from graph.facts import Assertion
from graph.model import relation_id
from graph.ontology import EntityClass, Ontology, Property, RelationClass
from graph.values import ValueFault, clean_cell
from graph.values.date_text import says_more
from ingest.faults import Fault
from ingest.headings import plain
from ingest.rows import Row

#: An assertion, and the headings under which its ends stand.
Stated = tuple[Assertion, str, str]


class Resolver(Protocol):
    """Answers for cells that hold no id."""

    def id_of(self, text: str, classes: tuple[str, ...]) -> str | None:
        """The id of the one entity of ``classes`` that goes by ``text``, else ``None``."""

    def hint(self, text: str, classes: tuple[str, ...]) -> tuple[str, str]:
        """What ends a fault about ``text`` that none goes by: which names are near, zh and en."""

    def choices(self, text: str, classes: tuple[str, ...]) -> list[tuple[str, str]]:
        """Ids that all go by ``text``, each with how it is written to be told apart, if it can be."""


@dataclass(slots=True)
class Reading:
    """What a row states. ``named``: a cell holds a name, and nobody was there to answer for it."""

    stated: list[Stated] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    named: bool = False


def minted(cls: EntityClass, dataset: str, row: Row) -> str:
    """The id of an entity whose row gives none: the same for the same dataset, class and identity.

    It is a hash (SHA-256, 16 hex digits) of the dataset's name and the cells that the class names as its
    ``identity``, read without regard to spaces, width and case.
    """
    words = [plain(row.cells.get(name, "")) for name in cls.identity]
    digest = hashlib.sha256(json.dumps([dataset, cls.name, words], ensure_ascii=False).encode())
    return f"{cls.prefix}/u-{digest.hexdigest()[:16]}"


class RowReader:
    """Reads rows of ``dataset``. Without a ``resolver`` rows with names instead of ids are left for later."""

    def __init__(self, dataset: str, ontology: Ontology, resolver: Resolver | None = None) -> None:
        self.dataset, self.ontology, self.resolver = dataset, ontology, resolver
        common = dict(ontology.common)
        #: The note, which differs from row to row, and the other common columns, which mostly do not.
        self.note = _plan({name: common.pop(name) for name in ("note",) if name in common})
        self.common, self.common_names = _plan(common), tuple(common)
        #: What is common to rows, by the cells of ``common_names``.
        self.commons: dict[tuple[str | None, ...], _Common] = {}
        #: Ids of sources by the cell that cites them.
        self.cited: dict[str, tuple[str, ...]] = {}
        self._plans: dict[str, _Plan] = {}
        self._targets: dict[tuple[str, str], tuple[str, ...]] = {}

    def plan(self, cls: EntityClass | RelationClass) -> _Plan:
        """The properties of a class, each with the values of cells met before."""
        found = self._plans.get(cls.name)
        if found is None:
            found = self._plans[cls.name] = _plan(cls.properties)
        return found

    def targets(self, cls: RelationClass, source: str) -> tuple[str, ...]:
        """Classes at which a relation that starts at an entity of the class ``source`` may end."""
        found = self._targets.get((cls.name, source))
        if found is None:
            start = "Site" if source == "Firm" and "Firm" not in cls.source else source
            found = self._targets[cls.name, source] = cls.targets_of(start)
        return found

    def read(self, row: Row) -> Reading:
        """What ``row`` states; with faults, nothing of it counts."""
        one = _One(row, self)
        try:
            stated = one.stated()
        except _NeedsNamesError:
            return Reading(named=True)
        return Reading([] if one.faults else stated, one.faults)


#: Sources, seen at, valid from, valid to, standing and confidence, as an assertion has them.
_Common = tuple[tuple[str, ...], str | None, str | None, str | None, str, float | None]
#: Properties with the values of cells met before.
_Plan = list[tuple[str, Property, dict[str, Any]]]
#: Things of one name that a fault tells.
_CHOICES = 4
#: Cells of a property whose values are kept. Most columns hold the same few texts again and again.
_KEPT = 5000


def _plan(properties: dict[str, Property]) -> _Plan:
    return [(name, prop, {}) for name, prop in properties.items()]


class _NeedsNamesError(Exception):
    """A cell holds a name and there is no resolver."""


class _One:
    """One row being read."""

    def __init__(self, row: Row, reader: RowReader) -> None:
        self.row, self.reader, self.ontology = row, reader, reader.ontology
        self.faults: list[Fault] = []

    def stated(self) -> list[Stated]:
        row, cls = self.row, self.row.cls
        common = self._common()
        note = self._clean(self.reader.note).get("note")
        props = self._clean(self.reader.plan(cls))
        note = self._with_dates_as_given(note, (*self.reader.plan(cls), *self.reader.common))
        if isinstance(cls, RelationClass):
            source = self._id("from", row.cells.get("from", ""), cls.source)
            target = self._id("to", row.cells.get("to", ""), self._targets(cls, source))
            if source and target:
                return [self._relation(cls, (source, target), props, (common, note), ("from", "to"))]
            return []
        text = row.cells.get("id", "")
        key = self._id("id", text, (cls.name,)) if text else minted(cls, self.reader.dataset, row)
        if key is None:
            return []
        reader = self.reader
        a = Assertion(reader.dataset, row.table, row.line, cls.name, key, None, None, props, *common, note)
        return [(a, "", ""), *self._relation_columns(cls, key, common)]

    def _relation_columns(self, cls: EntityClass, key: str, common: _Common) -> Iterator[Stated]:
        for name, column in cls.columns.items():
            cell = self.row.cells.get(name)
            if cell is None:
                continue
            relation = self.ontology.relations[column.relation]
            for text in filter(None, (t.strip() for t in cell.split("|"))):
                other = self._id(name, text, column.ends)
                if other is not None:
                    ends = (other, key) if column.reverse else (key, other)
                    at = (name, "id") if column.reverse else ("id", name)
                    yield self._relation(relation, ends, {}, (common, None), at)

    def _relation(
        self,
        cls: RelationClass,
        ends: tuple[str, str],
        props: dict[str, Any],
        common: tuple[_Common, str | None],
        at: tuple[str, str],
    ) -> Stated:
        row, (source, target), (shared, note) = self.row, ends, common
        rid = relation_id(cls.name, source, target, [props.get(p) for p in cls.key])
        dataset, table, line = self.reader.dataset, row.table, row.line
        a = Assertion(dataset, table, line, cls.name, rid, source, target, props, *shared, note)
        return a, row.heading(at[0]), row.heading(at[1])

    def _common(self) -> _Common:
        reader = self.reader
        cells = tuple(map(self.row.cells.get, reader.common_names))
        known = reader.commons.get(cells)
        if known is None:
            values = self._clean(reader.common)
            known = (
                self._sources(values.get("sources", ())),
                values.get("seen_at"),
                values.get("valid_from"),
                values.get("valid_to"),
                values.get("standing", "unverified"),
                values.get("confidence"),
            )
            if not self.faults and len(reader.commons) < _KEPT:
                reader.commons[cells] = known
        return known

    def _sources(self, texts: Sequence[str]) -> tuple[str, ...]:
        if not texts:
            return ()
        cell, cited = self.row.cells["sources"], self.reader.cited
        known = cited.get(cell)
        if known is None:
            found = [self._id("sources", text, ("Source",)) for text in texts]
            known = tuple(dict.fromkeys(s for s in found if s is not None))
            if None not in found and len(cited) < _KEPT:
                cited[cell] = known
        return known

    def _clean(self, plan: _Plan) -> dict[str, Any]:
        values: dict[str, Any] = {}
        cells = self.row.cells
        for name, prop, known in plan:
            raw = cells.get(name)
            if raw is None:
                if prop.required:
                    self._fault(name, "", "必填", "a value (the column is required)")
                continue
            if raw in known:
                values[name] = known[raw]
                continue
            try:
                value = values[name] = clean_cell(prop, raw)
            except ValueFault as e:
                self._fault(name, e.found, e.expected_zh, e.expected_en)
                continue
            if len(known) < _KEPT:
                known[raw] = value
        return values

    def _with_dates_as_given(
        self, note: str | None, plan: Iterable[tuple[str, Property, object]]
    ) -> str | None:
        """The note, with the texts of dates that say more than is kept of them: 状态日期：2024年6月底."""
        given = [
            f"{prop.label.zh}：{raw.strip()}"
            for name, prop, _ in plan
            if prop.type == "date" and (raw := self.row.cells.get(name)) is not None and says_more(raw)
        ]
        return "；".join([*([note] if note else []), *given]) or None

    def _id(self, column: str, text: str, classes: tuple[str, ...]) -> str | None:
        """``text`` if it is an id of one of ``classes``, or the id of the one that goes by this name.

        A firm may stand for its only site.
        """
        try:
            cls = self.ontology.entity_of_id(text).name
        except BadInput:
            return self._named(column, text, classes, self._wanted(classes))
        if cls in classes or (cls == "Firm" and "Site" in classes and column != "id"):
            return text
        wanted = self._wanted(classes)
        zh, en = f"编号（{wanted}），而不是 {cls} 的编号", f"an id such as {wanted}, not of class {cls}"
        self._fault(column, text, zh, en)
        return None

    def _wanted(self, classes: tuple[str, ...]) -> str:
        return " | ".join(f"{self.ontology.entities[c].prefix}/…" for c in classes)

    def _named(self, column: str, text: str, classes: tuple[str, ...], wanted: str) -> str | None:
        """The id of what ``text`` names, else a fault that says what may be meant."""
        if column == "id" or not text:
            self._fault(column, text, f"编号（{wanted}）", f"an id such as {wanted}")
            return None
        resolver = self.reader.resolver
        if resolver is None:
            raise _NeedsNamesError
        allowed = (*classes, "Firm") if "Site" in classes and "Firm" not in classes else classes
        found = resolver.id_of(text, allowed)
        if found is None and (choices := resolver.choices(text, allowed)):
            self._ambiguous(column, text, choices)
        elif found is None:
            zh, en = resolver.hint(text, allowed)
            names = "、".join(self.ontology.entities[c].label.zh for c in classes[:3])
            kinds = ", ".join(classes[:3])
            if len(classes) > 3:
                first = wanted.split(" | ", maxsplit=1)[0]
                names, kinds, wanted = f"{names}等的", f"{kinds}, …", f"{first} | …"
            tables = "、".join(f"「{self.ontology.entities[c].table.zh}」" for c in classes[:3])
            add_zh, add_en = (
                (f"；还没有的，先写进{tables}表", "; what is new stands in its own table first")
                if len(classes) <= 2 and not zh else ("", "")
            )  # fmt: skip
            self._fault(column, text, f"已有的{names}名称，或编号（{wanted}）{zh}{add_zh}",
                        f"the name of a known {kinds}, or an id such as {wanted}{en}{add_en}")  # fmt: skip
        return found

    def _ambiguous(self, column: str, text: str, choices: list[tuple[str, str]]) -> None:
        """The fault of a name that several go by: which they are, and how to write each."""
        count, shown = len(choices), choices[:_CHOICES]
        zh_each = "；".join(f"「{written}」或 {key}" if written else key for key, written in shown)
        en_each = "; ".join(f"{written!r} or {key}" if written else key for key, written in shown)
        (zh, en) = (" 等", ", …") if count > _CHOICES else ("", "")
        self._fault(
            column, text,
            f"同名的 {count} 个之一，写成「名称（类别）」「名称（地区）」或写编号：{zh_each}{zh}",
            f"one of the {count} of this name, written with its class or place in brackets, or as an id: "
            f"{en_each}{en}",
        )  # fmt: skip

    def _targets(self, cls: RelationClass, source: str | None) -> tuple[str, ...]:
        if source is None:
            return cls.target
        return self.reader.targets(cls, self.ontology.entity_of_id(source).name)

    def _fault(self, column: str, found: str, zh: str, en: str) -> None:
        row = self.row
        self.faults.append(Fault(row.file, row.line, row.heading(column), found, zh, en, row.sheet))
