"""The README's headline on how far the built-in data can be trusted is what the check counts."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from graph.ontology import load_ontology
from graph.truth import TruthStore
from ingest.check import CheckReport, check_data
from ingest.load import BUILTIN, commit_load, plan_load

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> CheckReport:
    truth = TruthStore(tmp_path_factory.mktemp("quality") / "truth.sqlite")
    ontology = load_ontology()
    commit_load(plan_load(BUILTIN, truth, ontology), truth)
    made = check_data(truth, ontology, today=date(2026, 11, 24))
    truth.close()
    return made


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_headline_is_what_the_check_counts(report: CheckReport, name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    block = text.split("<!-- data-quality:begin -->")[1].split("<!-- data-quality:end -->")[0]
    facts = sum(sum(row.values()) for cls, row in report.standing.items() if cls != "Source")
    grades: Counter[str] = Counter()
    for cls, row in report.grade.items():
        if cls != "Source":
            grades.update(row)
    wanted = {f"{facts:,}", f"{report.share_unverified():.0%}"}
    wanted |= {f"{grades[g] / facts:.0%}" for g in ("A", "B", "C", "none")}
    found = set(re.findall(r"\d[\d,]*%?", block.replace("1269", "")))
    assert wanted <= found, f"the block should name {sorted(wanted)}"
