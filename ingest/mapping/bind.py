"""Checking a mapping against the ontology: classes, columns, ends of relations, constants."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator

from graph.errors import BadInput
from graph.ontology import EntityClass, Ontology, RelationClass
from graph.values import ValueFault, clean_cell
from ingest.mapping.bind_ends import end_faults, key_faults
from ingest.mapping.columns import conditions_of, refers
from ingest.mapping.model import Cell, Check, Condition, FileSpec, Filter, Mapping, Statement
from ingest.mapping.patterns import pattern_faults
from ingest.mapping.table import class_of, column_names, stated, stated_names
from ingest.mapping.template import is_template
from ingest.mapping.told import nearest, wrong

#: (key, found, expected in Chinese, in English)
Wrong = tuple[str, str, str, str]
_MOST = 10


def bind(mapping: Mapping, ontology: Ontology) -> None:
    """Check that all of ``mapping`` fits ``ontology``.

    Raises
    ------
    BadInput
        Tells file, line, key, what was found and expected, with the nearest name; ten, all in ``extra``.
    """
    file = mapping.origin or "mapping"
    wrongs = [wrong(file, *one, line=mapping.line_of(one[0])) for one in _wrongs(mapping, ontology)]
    if len(wrongs) == 1:
        raise wrongs[0]
    if wrongs:
        detail = "\n".join(w.detail for w in wrongs[:_MOST])
        raise BadInput(detail, **wrongs[0].extra, wrongs=[w.extra for w in wrongs])


def _wrongs(mapping: Mapping, ontology: Ontology) -> Iterator[Wrong]:
    yield from _stated(mapping, ontology)
    yield from _common("common", mapping.common, ontology)
    for number, spec in enumerate(mapping.files):
        at = f"files.{number}"
        yield from _file(at, spec)
        yield from _common(f"{at}.common", spec.common, ontology)
        yield from _filter(f"{at}.filter", spec.filter)
        for index, check in enumerate(spec.checks):
            yield from _check(f"{at}.checks.{index}", check, mapping.files[:number])
        for index, statement in enumerate(spec.rows):
            yield from _statement(f"{at}.rows.{index}", statement, spec.rows, ontology)


def _stated(mapping: Mapping, ontology: Ontology) -> Iterator[Wrong]:
    for number, (name, cells) in enumerate(stated(mapping)):
        beyond = number - len(mapping.sources)
        at = f"sources.{number}" if beyond < 0 else f"entities.{beyond}"
        if name not in ontology.entities:
            zh, en = nearest(name, ontology.entities)
            listed = ", ".join(ontology.entities)
            yield f"{at}.class", name, f"类别名（{listed}）{zh}", f"a class of the ontology ({listed}){en}"
            continue
        cls = ontology.entities[name]
        known = stated_names(cls, ontology)
        for column, text in cells.items():
            if column not in known:
                yield from _column(f"{at}.{column}", column, cls, ontology)
            yield from _constant(f"{at}.{column}", column, text, cls, ontology)
        for needed in ("id", *(prop.name for prop in cls.properties.values() if prop.required)):
            if needed not in {known.get(column) for column in cells}:
                yield f"{at}.{needed}", "", f"必有的键 {needed}", f"the key {needed}"


def _common(at: str, cells: dict[str, Cell], ontology: Ontology) -> Iterator[Wrong]:
    for name, cell in cells.items():
        if name not in ontology.common:
            zh, en = nearest(name, ontology.common)
            listed = ", ".join(ontology.common)
            yield (
                f"{at}.{name}",
                name,
                f"共有的列之一：{listed}{zh}",
                f"one of the common columns {listed}{en}",
            )
        else:
            yield from _cell(f"{at}.{name}", name, cell, None, ontology)


def _file(at: str, spec: FileSpec) -> Iterator[Wrong]:
    if "/" in spec.file or "\\" in spec.file:
        yield (
            f"{at}.file",
            spec.file,
            "文件夹里的文件名或 *.csv 这样的式样",
            "a file name or a pattern like *.csv",
        )
    if spec.encoding is not None:
        try:
            "".encode(spec.encoding)
        except LookupError:
            yield (
                f"{at}.encoding",
                spec.encoding,
                "编码名，如 gb18030",
                "the name of an encoding, e.g. gb18030",
            )
    if not spec.rows and not spec.checks:
        yield f"{at}.rows", "", "rows 或 checks 至少写一样", "rows or checks"


def _filter(at: str, filters: Filter) -> Iterator[Wrong]:
    for column, condition in filters.items():
        yield from _condition(f"{at}.{column}", condition)
        if not conditions_of(condition):
            yield f"{at}.{column}", "", "至少一个条件", "a condition"


def _condition(at: str, condition: Condition) -> Iterator[Wrong]:
    for name, pattern in (("matches", condition.matches), ("not_matches", condition.not_matches)):
        yield from pattern_faults(f"{at}.{name}", pattern)


def _check(at: str, check: Check, before: tuple[FileSpec, ...]) -> Iterator[Wrong]:
    yield from _filter(f"{at}.when", check.when)
    yield from _condition(at, check)
    named = conditions_of(check) + (["exists"] if check.exists else [])
    if named and check.column is None:
        yield (
            f"{at}.column",
            "",
            f"必有的键 column（{named[0]} 说的是哪一列）",
            f"the key column, of {named[0]}",
        )
    if not named and check.unique is None and check.different is None:
        yield at, "", "要检查什么（empty、matches、unique……）", "what to check (empty, matches, unique …)"
    if check.exists is not None and not any(refers(check, spec) for spec in before):
        known = [spec.file for spec in before]
        zh, en = nearest(check.exists.file, known)
        yield (
            f"{at}.exists.file",
            check.exists.file,
            f"写在前面的文件（{', '.join(known)}）{zh}",
            f"a file that stands before this one ({', '.join(known)}){en}",
        )


def _statement(
    at: str, statement: Statement, rows: Iterable[Statement], ontology: Ontology
) -> Iterator[Wrong]:
    yield from _filter(f"{at}.filter", statement.filter)
    if (statement.entity is None) == (statement.relation is None):
        yield at, "", "entity 或 relation，恰有一个", "either entity or relation"
        return
    try:
        cls = class_of(statement, ontology)
    except BadInput:
        kind = "entity" if statement.entity is not None else "relation"
        name = statement.entity or statement.relation or ""
        known = ontology.entities if kind == "entity" else ontology.relations
        zh, en = nearest(name, known)
        listed = ", ".join(sorted(known))
        yield f"{at}.{kind}", name, f"类别名（{listed}）{zh}", f"a class of the ontology ({listed}){en}"
        return
    for name, cell in statement.properties.items():
        yield from _column(f"{at}.properties.{name}", name, cls, ontology)
        yield from _cell(f"{at}.properties.{name}", name, cell, cls, ontology)
    names = {column_names(cls, ontology).get(name) for name in statement.properties}
    for prop in cls.properties.values():
        if prop.required and prop.name not in names:
            yield (
                f"{at}.properties.{prop.name}",
                "",
                f"必填的「{prop.label.zh}」",
                f"{prop.name}, which is required",
            )
    if isinstance(cls, EntityClass):
        yield from _entity(at, statement, cls)
    else:
        yield from end_faults(at, statement, cls, list(rows), ontology)


def _entity(at: str, statement: Statement, cls: EntityClass) -> Iterator[Wrong]:
    for name, end in (("from", statement.source), ("to", statement.target)):
        if end is not None:
            yield f"{at}.{name}", name, "没有这个键（entity 没有两端）", "no such key: an entity has no ends"
    if statement.id is not None:
        yield from key_faults(f"{at}.id", statement.id, (cls.name,), [], ref=False)


def _column(at: str, name: str, cls: EntityClass | RelationClass, ontology: Ontology) -> Iterator[Wrong]:
    known = column_names(cls, ontology)
    if name not in known:
        zh, en = nearest(name, known)
        listed = ", ".join(dict.fromkeys(known.values()))
        yield at, name, f"{cls.label.zh}的列之一（{listed}）{zh}", f"a column of {cls.name} ({listed}){en}"


def _cell(
    at: str, name: str, cell: Cell, cls: EntityClass | RelationClass | None, ontology: Ontology
) -> Iterator[Wrong]:
    origins = [key for key in ("column", "text", "value") if getattr(cell, key) is not None]
    if len(origins) > 1 or (not origins and cell.default is None):
        found = ", ".join(origins)
        yield at, found, "column、text、value 中恰有一个", "exactly one of column, text, value"
    if cell.text is not None and not is_template(cell.text):
        yield f"{at}.text", cell.text, "含 {列名} 的文字", "a text with {column} in it"
    yield from pattern_faults(f"{at}.extract", cell.extract)
    constants = [("value", cell.value), ("default", cell.default)]
    constants += [(f"translate.{k}", v) for k, v in (cell.translate or {}).items()]
    if not (cell.append or cell.prepend):
        for key, text in constants:
            if text:
                yield from _constant(f"{at}.{key}", name, text, cls, ontology)


def _constant(
    at: str, name: str, text: str, cls: EntityClass | RelationClass | None, ontology: Ontology
) -> Iterator[Wrong]:
    column = column_names(cls, ontology).get(name, name) if cls is not None else name
    prop = (ontology.common if cls is None else cls.properties | ontology.common).get(column)
    if prop is None:
        return
    try:
        clean_cell(prop, text)
    except ValueFault as error:
        yield at, text, error.expected_zh, error.expected_en


def matches_file(spec: FileSpec, name: str) -> bool:
    """Whether a file of this name is one that ``spec`` means."""
    return name == spec.file or fnmatch.fnmatchcase(name.lower(), spec.file.lower())
