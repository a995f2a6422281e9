"""Placements: what a gathered row says of a firm in a segment, and whom it lets be called a flagship."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.ontology import load_ontology
from tools.gather.csvfile import write_csv
from tools.gather.gathered import Gathered
from tools.gather.parts import placements
from tools.gather.schema import load_schema
from tools.gather.tables import Tables

SOURCE = ["id", "title", "publisher", "date", "url", "kind", "read", "note", "grade", "link"]
FIRM = ["id", "name", "short_name", "aliases"]
PLACED = ["firm", "segment", "product", "role", "capacity", "as_of", "status", "source", "evidence"]


def placed(folder: Path, **cells: str) -> Tables:
    """The tables of one firm placed once, by a source of grade A."""
    press = folder / "press"
    press.mkdir()
    write_csv(press / "sources.csv", SOURCE, [{"id": "paper", "date": "2024", "grade": "A"}])
    write_csv(press / "firms.csv", FIRM, [{"id": "a", "name": "甲"}])
    row = {"firm": "a", "segment": "steel/plate", "role": "leader", "status": "operating", "source": "paper"}
    write_csv(press / "firm_segments.csv", PLACED, [row | cells])
    tables = Tables(load_schema(load_ontology()))
    placements.build(tables, Gathered(folder))
    return tables


@pytest.mark.parametrize(
    ("evidence", "called", "standing"),
    [("省内龙头", "龙头", "verified"), ("落户的头部企业", "头部", "verified"), ("主产品", "", "unverified")],
)
def test_only_who_is_called_so_is_a_verified_flagship(
    tmp_path: Path, evidence: str, called: str, standing: str
) -> None:
    (row,) = placed(tmp_path, evidence=evidence).rows["flagship_in"]
    assert (row.cells.get("called", ""), row.cells["standing"]) == (called, standing)


@pytest.mark.parametrize(
    ("told", "capacity"),
    [("5万吨/年(规划)", "5万吨/年(规划)"), ("2024年收入3亿元", ""), ("40年累计加工1.30亿吨", "")],
)
def test_revenue_and_output_are_no_capacity(tmp_path: Path, told: str, capacity: str) -> None:
    (row,) = placed(tmp_path, capacity=told).rows["works_in"]
    assert row.cells.get("capacity", "") == capacity
    assert (told in row.cells.get("note", "")) is not bool(capacity)
