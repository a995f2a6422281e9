"""Small folders of tables for tests."""

from __future__ import annotations

import csv
from pathlib import Path

#: A firm with one place, a firm with two sites, a chain with two segments, a post and who holds it.
SMALL: dict[str, list[dict[str, str]]] = {
    "sources": [
        {"id": "source/a", "name": "省报", "grade": "A", "date": "2024-06-27"},
        {"id": "source/c", "name": "转载", "grade": "C", "date": "2020"},
    ],
    "places": [
        {"id": "place/360000", "name": "江西省", "level": "province", "code": "360000"},
        {"id": "place/360900", "name": "宜春市", "level": "city", "code": "360900", "within": "place/360000"},
    ],
    "chains": [{"id": "chain/x", "name": "新能源", "sources": "source/a", "standing": "verified"}],
    "segments": [
        {"id": "segment/x/salt", "name": "锂盐", "chain": "chain/x", "position": "upstream"},
        {"id": "segment/x/cell", "name": "电芯", "chain": "chain/x", "position": "midstream"},
    ],
    "input_to": [
        {"from": "segment/x/salt", "to": "segment/x/cell", "input": "碳酸锂", "criticality": "required"},
    ],
    "firms": [
        {"id": "firm/one", "name": "一号公司", "place": "place/360900", "sources": "source/a"},
        {"id": "firm/two", "name": "二号集团", "place": "place/360000", "sources": "source/c"},
    ],
    "sites": [
        {"id": "site/two-a", "name": "甲基地", "firm": "firm/two", "place": "place/360900"},
        {"id": "site/two-b", "name": "乙基地", "firm": "firm/two", "place": "place/360000"},
    ],
    "works_in": [
        {"from": "firm/one", "to": "segment/x/cell", "product": "动力电池", "status": "operating",
         "sources": "source/a", "standing": "verified", "seen_at": "2024-06"},
        {"from": "site/two-b", "to": "segment/x/salt", "product": "碳酸锂", "sources": "source/c"},
    ],
}  # fmt: skip


def write_folder(folder: Path, tables: dict[str, list[dict[str, str]]]) -> Path:
    """Write ``tables`` (name → rows; columns are the union of the rows' keys) as CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(key for row in rows for key in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def with_rows(name: str, *rows: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """``SMALL`` with rows added to one table."""
    return {**SMALL, name: [*SMALL.get(name, []), *rows]}
