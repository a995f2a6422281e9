"""The example row of a sheet: made-up things, clearly so, with real names where a list offers them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from graph.ontology import EntityClass, Ontology, Property, RelationClass
from ingest.lines import EXAMPLE
from ingest.template.names import Names
from ingest.template.sheets import SheetColumn


@cache
def _written() -> dict[str, dict[str, str]]:
    """What ``examples.yml`` says, by class and column; under ``known`` by class."""
    data: dict[str, dict[str, str]] = yaml.safe_load(
        files("ingest.template").joinpath("examples.yml").read_text("utf-8")
    )
    return data


@cache
def _choices() -> dict[str, dict[str, list[str]]]:
    data: dict[str, dict[str, list[str]]] = yaml.safe_load(
        files("ingest.template").joinpath("choices.yml").read_text("utf-8")
    )
    return data


def offered(cls: str, column: str) -> list[str]:
    """What the drop-down of a column of free text offers; empty if it has none."""
    return _choices().get(cls, {}).get(column, [])


def example_row(
    cls: EntityClass | RelationClass, columns: list[SheetColumn], names: Names, ontology: Ontology, lang: str
) -> list[str]:
    """The texts of the example row, by column; the first starts with 例：, so that it is not read."""
    written = _written().get(cls.name, {})
    cells = [
        _in(lang, column, text)
        if (text := written.get(column.name)) is not None and not text.startswith("=")
        else _made(column, names, ontology, lang, (text or "=").removeprefix("="))
        for column in columns
    ]
    return [EXAMPLE + cells[0], *cells[1:]]


def _in(lang: str, column: SheetColumn, text: str) -> str:
    """A value of a list in the language of the workbook; other texts as they are."""
    if lang == "zh" or not isinstance(column.spec, Property):
        return text
    words = {value.zh: value.en for value in column.spec.values} | {"是": "yes", "否": "no"}
    return words.get(text, text) if column.spec.type in ("enum", "boolean") else text


def _made(column: SheetColumn, names: Names, ontology: Ontology, lang: str, cls: str) -> str:
    """A text by the type of the column; for a reference the ``known`` thing of ``cls`` or its own class."""
    if column.name in ("note", "id"):
        return ""
    if column.name == "sources":
        return _written()["Source"]["name"]
    if column.ends:
        offered = names.of(column.ends)
        made_up = f"样例{ontology.entities[column.ends[0]].label.zh}"
        known = _written()["known"]
        wanted = [known[end] for end in ((cls,) if cls else column.ends) if end in known]
        chosen = [name for name in wanted if name in offered] or offered
        return chosen[0] if chosen and len(column.ends) < 5 else made_up
    spec = column.spec
    assert isinstance(spec, Property)
    if spec.values:
        return spec.values[0].en if lang == "en" else spec.values[0].zh
    plain = {
        "boolean": "yes" if lang == "en" else "是",
        "date": "2026-06",
        "quantity": "12.5",
        "integer": "1",
        "float": "0.5",
    }
    if spec.type == "name" and spec.required:
        return f"样例{spec.label.zh}"
    return plain.get(spec.type, "") if not (spec.type == "quantity" and not spec.unit) else "约300万元"
