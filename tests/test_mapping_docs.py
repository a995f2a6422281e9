"""docs/mapping.md: its example is read as it says, and every key of a mapping is in it."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel

from graph.ontology import load_ontology
from ingest.faults import Fault
from ingest.mapping import load_mapping, read_mapped, shipped_mappings
from ingest.mapping.model import Cell, Check, Condition, FileSpec, Key, Mapping, Statement
from ingest.rows import Row

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "mapping.md").read_text("utf-8")


def test_the_example_gives_what_the_page_says(tmp_path: Path) -> None:
    table = PAGE.split("`名单.csv`：")[1].split("`名单.yml`")[0]
    (tmp_path / "名单.csv").write_text(
        "".join(f"{line.strip()}\n" for line in table.splitlines() if line.strip()), encoding="utf-8"
    )
    mapping = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)[0]
    (tmp_path / "名单.yml").write_text(mapping, encoding="utf-8")
    items = list(read_mapped(tmp_path, load_mapping(tmp_path / "名单.yml"), load_ontology()))
    assert not [i for i in items if isinstance(i, Fault)]
    rows = [i for i in items if isinstance(i, Row)]
    assert [(r.cls.name, r.line) for r in rows[1:]] == [
        ("Firm", 3),
        ("Firm", 3),
        ("SUPPLIES", 3),
        ("Firm", 4),
    ]
    maker, supplier, supplies, cell = (r.cells for r in rows[1:])
    assert re.fullmatch(r"firm/sample-[0-9a-f]{16}", maker["id"])
    assert (maker["status"], maker["products"], maker["note"]) == (
        "operating",
        "磷酸铁锂|碳酸锂",
        "年产3万吨",
    )
    assert (supplies["from"], supplies["to"]) == (supplier["name"], maker["id"])
    assert "products" not in cell


def test_every_key_is_explained_in_both_languages() -> None:
    zh, en = PAGE.split("## English")
    models: tuple[type[BaseModel], ...] = (Mapping, FileSpec, Statement, Cell, Key, Condition, Check)
    keys = {f.alias or name for model in models for name, f in model.model_fields.items() if not f.exclude}
    assert {
        key for key in keys if f"`{key}`" not in zh and f"{{{key}:" not in zh and f", {key}:" not in zh
    } == set()
    assert {key for key in keys if f"`{key}`" not in en} == set()


def test_every_shipped_mapping_is_named() -> None:
    assert {name for name in shipped_mappings() if f"`{name}`" not in PAGE} == set()
