"""The data check: each finding is found where it is, and only there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.ontology import load_ontology
from graph.truth import TruthStore
from ingest.check import CheckReport, check_data
from ingest.check.duplicates import core_name
from ingest.load import commit_load, plan_load
from tests.support.folders import SMALL, write_folder

FIGURES = [("actual", "100亿元"), ("actual", "120亿元"), ("target", "300亿元")]
TABLES = {
    **SMALL,
    "firms": [
        *SMALL["firms"],
        {"id": "firm/three", "name": "江西三号有限公司", "place": "place/360900", "sources": "source/a",
         "stock_code": "600362.SH", "seen_at": "2026-01"},
        {"id": "firm/four", "name": "三号股份有限公司", "place": "place/360900", "sources": "source/a",
         "seen_at": "2019"},
        {"id": "firm/four", "name": "三号股份公司", "sources": "source/c"},
    ],
    "products": [{"id": "product/lonely", "name": "孤品", "sources": "source/a"}],
    "observations": [
        {"id": f"observation/{i}", "name": f"营收{i}", "metric": "revenue", "kind": kind, "value": value,
         "period": "2022", "about": "chain/x", "sources": "source/a"}
        for i, (kind, value) in enumerate(FIGURES)
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> CheckReport:
    folder = tmp_path_factory.mktemp("check")
    truth = TruthStore(folder / "truth.sqlite")
    ontology = load_ontology()
    commit_load(plan_load(write_folder(folder / "small", TABLES), truth, ontology), truth)
    made = check_data(truth, ontology, today=date(2026, 11, 1))
    truth.close()
    return made


def ids(report: CheckReport, finding: str, cls: str | None = None) -> set[object]:
    (found,) = [f for f in report.findings if f.id == finding]
    return {i["id"] for i in found.items if cls in (None, i.get("cls"))}


def test_counts_by_standing_and_grade(report: CheckReport) -> None:
    assert report.standing["WORKS_IN"] == {"verified": 1, "unverified": 1}
    assert report.grade["Firm"] == {"A": 3, "C": 1}
    assert report.grade["Place"] == {"none": 2}


def test_the_findings(report: CheckReport) -> None:
    assert ids(report, "unsourced", "Segment") == {"segment/x/salt", "segment/x/cell"}
    assert ids(report, "unsourced", "Firm") == set()
    assert ids(report, "firms-without-identifier") == {"firm/one", "firm/two", "firm/four"}
    assert ids(report, "orphans") == {"product/lonely"}
    assert ids(report, "segments-without-input") == {"segment/x/salt"}
    assert ids(report, "segments-without-firm") == set()
    assert ids(report, "stale") == {"firm/four", "site/four"}


def test_a_suspected_duplicate_says_why(report: CheckReport) -> None:
    (found,) = [f for f in report.findings if f.id == "suspected-duplicates"]
    pairs = {(i["id"], i["other"]): i["reasons"] for i in found.items}
    assert pairs == {
        ("firm/four", "firm/three"): ["same core of the name in the same place: 三号 place/360900"]
    }


def test_contradictions_show_each_value_with_its_sources(report: CheckReport) -> None:
    (found,) = [f for f in report.findings if f.id == "contradictions"]
    assert [(i["id"], i["property"], i["values"]) for i in found.items if i["id"] == "firm/four"] == [
        ("firm/four", "name", {"三号股份公司": ["source/c"], "三号股份有限公司": ["source/a"]})
    ]
    (figures,) = [f for f in report.findings if f.id == "contradicting-figures"]
    assert [set(i["values"]) for i in figures.items] == [{"observation/0", "observation/1"}]  # type: ignore[call-overload]


def test_what_was_corrected_or_suppressed_contradicts_no_longer(tmp_path: Path) -> None:
    truth, ontology = TruthStore(tmp_path / "truth.sqlite"), load_ontology()
    commit_load(plan_load(write_folder(tmp_path / "small", TABLES), truth, ontology), truth)
    truth.decide("correct", {"key": "firm/four", "property": "name", "value": "四号"}, reason="", user="u")
    corrected = check_data(truth, ontology, today=date(2026, 11, 1))
    truth.close()
    assert "firm/four" not in ids(corrected, "contradictions")


def test_the_json_bounds_items_but_not_counts(report: CheckReport) -> None:
    whole, bounded = report.as_json(), report.as_json(limit=1)
    assert [f["count"] for f in whole["findings"]] == [f["count"] for f in bounded["findings"]]
    assert max(len(f["items"]) for f in bounded["findings"]) == 1


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("江西铜业股份有限公司", "铜业"),
        ("江西铜业集团有限公司", "铜业"),
        ("宜春时代新能源科技有限公司", "时代新能源科技"),
        ("德福科技(九江)股份有限公司", "德福科技"),
        ("江西", "江西"),
    ],
)
def test_core_names(name: str, core: str) -> None:
    assert core_name(name) == core
