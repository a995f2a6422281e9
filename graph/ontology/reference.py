"""The class reference, written from the ontology (``python -m graph.ontology.reference`` prints it)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from graph.ontology.loader import load_ontology
from graph.ontology.model import Column, EntityClass, RelationClass
from graph.ontology.ontology import Ontology
from graph.values import VALUE_TYPES, EnumValue, Property

_HEAD = """\
# 类别参考 · Class reference

本文由 `python -m graph.ontology.reference` 从 `graph/ontology/*.yml` 生成，请改那些文件，不要改本文。
`python -m graph.ontology.reference` writes this file from `graph/ontology/*.yml`; change those, not this.

每类一张表，表名中英文均可（`firms.csv` 或 `企业.csv`），表头用英文名或中文标签。
多个值用 `|` 隔开，空格子是未知。类型后面的标点（如 `、；;`）在没有 `|` 的格子里、括号之外也隔开。
Each class has a table, named in either language; headers are the English names or the Chinese labels. Several
values are joined by `|`; an empty cell is unknown. Marks behind a type (`、；;`) part the values too in
a cell without `|`, outside brackets."""


def reference(ontology: Ontology) -> str:
    """The whole reference as Markdown, Chinese and English side by side."""
    blocks = [
        _HEAD,
        _section("取值类型", "Value types", _types()),
        _section("各表共有的列", "Columns of every table", _common(ontology)),
        *(_group(ontology, group) for group in ontology.lists["class_group"]),
        _section("关系", "Relations", _relations(ontology)),
    ]
    return "\n\n".join(blocks) + "\n"


def _section(zh: str, en: str, lines: Iterable[str]) -> str:
    return "\n".join([f"## {zh} · {en}", "", *lines])


def _types() -> Iterator[str]:
    yield from _table(
        ("type", "说明", "Meaning"), ((k.name, k.help_zh, k.help_en) for k in VALUE_TYPES.values())
    )


def _common(ontology: Ontology) -> Iterator[str]:
    yield "`id` 只在实体表，`from`、`to` 只在关系表。"
    yield "`id` is in tables of entities, `from` and `to` in those of relations."
    yield ""
    yield from _properties([*ontology.keys.values(), *ontology.common.values()])


def _group(ontology: Ontology, group: EnumValue) -> str:
    members = [cls for cls in ontology.entities.values() if cls.group == group.value]
    lines = [line for cls in members for line in (*_entity(ontology, cls), "")]
    return _section(group.zh, group.en, lines[:-1])


def _entity(ontology: Ontology, cls: EntityClass) -> Iterator[str]:
    yield from _title(cls)
    yield f"- 编号 id: `{cls.prefix}/…`"
    yield f"- 显示 caption: {_codes(cls.caption)}；查找 find: {_codes(cls.search) or '—'}"
    for words, relations in (
        ("出 out", [r.name for r in ontology.relations.values() if cls.name in r.source]),
        ("入 in", [r.name for r in ontology.relations.values() if cls.name in r.target]),
    ):
        yield f"- {words}: {_codes(relations)}"
    yield ""
    yield from _properties(cls.properties.values())
    if cls.columns:
        yield ""
        yield from _columns(cls.columns.values())


def _relations(ontology: Ontology) -> Iterator[str]:
    every = len(ontology.entities)
    for number, cls in enumerate(ontology.relations.values()):
        if number:
            yield ""
        yield from _title(cls)
        yield f"- 反向 inverse: {cls.inverse.zh} · {cls.inverse.en}"
        pairs = cls.pairs.items() if cls.pairs else [(_ends(cls.source, every), cls.target)]
        for source, targets in pairs:
            yield f"- {source} → {_ends(targets, every)}"
        if cls.key:
            yield f"- 区分 key: {_codes(cls.key)}"
        if cls.tree:
            yield "- 不得成环 no cycles"
        if cls.properties:
            yield ""
            yield from _properties(cls.properties.values())


def _title(cls: EntityClass | RelationClass) -> Iterator[str]:
    yield f"### {cls.name} {cls.label.zh} · {cls.label.en}"
    yield ""
    yield f"{cls.help.zh}。{cls.help.en}."
    yield ""
    yield f"- 表 table: `{cls.table.zh}` / `{cls.table.en}`"


def _ends(names: Sequence[str], every: int) -> str:
    return "任何实体 any" if len(names) == every else " | ".join(names)


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _properties(properties: Iterable[Property]) -> Iterator[str]:
    rows = ((f"`{p.name}`", p.label.zh, p.label.en, _type(p), _notes(p)) for p in properties)
    yield from _table(("列 column", "标签", "Label", "类型 type", "说明 notes"), rows)


def _type(prop: Property) -> str:
    marks = ("*" if prop.required else "") + ("[]" if prop.many else "")
    unit = f" ({prop.unit})" if prop.unit else ""
    return prop.type + marks + unit + (f" {prop.separators}" if prop.separators else "")


def _notes(prop: Property) -> str:
    values = "; ".join(f"`{v.value}` {v.zh} {v.en}{_meant(v)}" for v in prop.values)
    words = f"{prop.help.zh} · {prop.help.en}" if prop.help else ""
    return "<br>".join(part for part in (words, values) if part)


def _meant(value: EnumValue) -> str:
    return f"（不写 {'、'.join(value.also)}）" if value.also else ""


def _columns(columns: Iterable[Column]) -> Iterator[str]:
    rows = (
        (f"`{c.name}`", c.label.zh, c.label.en, f"{'←' if c.reverse else '→'} {c.relation}",
         "任何实体 any" if len(c.ends) > 12 else ", ".join(c.ends))
        for c in columns
    )  # fmt: skip
    yield from _table(
        ("关系列 relation column", "标签", "Label", "关系 relation", "编号的类别 classes of the ids"), rows
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"


if __name__ == "__main__":
    sys.stdout.buffer.write(reference(load_ontology()).encode())
