"""Files read by the text of a mapping."""

from __future__ import annotations

from pathlib import Path

from graph.ontology import load_ontology
from ingest.faults import Fault
from ingest.mapping import load_mapping, read_mapped
from ingest.rows import Row

ONTOLOGY = load_ontology()


def read(folder: Path, mapping: str, path: Path | None = None) -> tuple[list[Row], list[Fault]]:
    """Rows and faults of ``path`` (default: the folder) read by the text of a mapping."""
    file = folder / "mapping.yml"
    file.write_text(mapping, encoding="utf-8")
    items = list(read_mapped(path or folder, load_mapping(file), ONTOLOGY))
    return [i for i in items if isinstance(i, Row)], [i for i in items if isinstance(i, Fault)]


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """Write a file of the folder."""
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path
