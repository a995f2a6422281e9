"""What the workbook says to those who fill it: the note of a heading, and the sheet that explains."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

import yaml

from graph.ontology import EntityClass, Ontology, Property, RelationClass
from graph.values import VALUE_TYPES
from ingest.lines import EXAMPLE
from ingest.template.sheets import SheetColumn

_WORDS = {
    "required": ("必填。", "Required. "),
    "many": ("多个用 | 隔开。", "Several are joined by |. "),
    "marks": ("没有 | 时，{} 也隔开（括号里的不算）。", "Without |, {} part them too (not in brackets). "),
    "reference": (
        "写名称：{}。还没有收录的，先在它的表里写一行。",
        "The name of: {}. One not yet recorded needs a row in its own sheet. ",
    ),
    "unit": (
        "只写数字就按「{0}」读；也可带单位写。",
        "A bare number is read in {0}; a unit may be written too. ",
    ),
    "values": ("可填：{}", "One of: {}"),
}


def _say(lang: str, key: str, *parts: str) -> str:
    return _WORDS[key][lang == "en"].format(*parts)


def note_of(column: SheetColumn, ontology: Ontology, lang: str) -> str:
    """The note of a heading: help, form of the values, whether required, units and values."""
    spec = column.spec
    lines = [spec.help.text(lang)] if spec.help and column.name not in ("from", "to", "sources") else []
    facts = _say(lang, "required") if column.required else ""
    if column.ends:
        labels = [ontology.entities[end].label.text(lang) for end in column.ends[:8]]
        facts += _say(lang, "reference", (", " if lang == "en" else "、").join(labels))
    if column.many:
        facts += _say(lang, "many")
        if isinstance(spec, Property) and spec.separators:
            facts += _say(lang, "marks", " ".join(spec.separators))
    lines.append(facts)
    if isinstance(spec, Property) and not column.ends:
        kind = VALUE_TYPES[spec.type]
        if spec.values:
            labels = [value.en if lang == "en" else value.zh for value in spec.values]
            lines.append(_say(lang, "values", (", " if lang == "en" else "、").join(labels)))
        else:
            lines.append(kind.help_en if lang == "en" else kind.help_zh)
        if spec.unit and spec.type == "quantity":
            lines.append(_say(lang, "unit", spec.unit))
    return "\n".join(line for line in lines if line)


def explanation(lang: str) -> list[tuple[str, str]]:
    """The paragraphs of the explaining sheet, as (heading, text)."""
    text = files("ingest.template").joinpath("explanation.yml").read_text("utf-8")
    paragraphs: dict[str, str] = yaml.safe_load(text)[lang]
    return [(heading, words.replace("{mark}", EXAMPLE)) for heading, words in paragraphs.items()]


def contents(classes: Sequence[EntityClass | RelationClass], lang: str) -> list[tuple[str, str]]:
    """(sheet, what it is for) of each sheet."""
    return [(cls.table.en if lang == "en" else cls.table.zh, cls.help.text(lang)) for cls in classes]
