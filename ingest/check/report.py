"""The check report: counts by standing and grade, and the findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from graph.decisions import under_decisions
from graph.ontology import Ontology
from graph.projection import project
from graph.truth import TruthStore
from ingest.check import findings as f
from ingest.check.duplicates import suspected_duplicates
from ingest.check.frames import Frames, frames_of

#: After how many years a fact counts as old.
STALE_YEARS = 5

#: Chinese and English title of each kind of finding, in the order of the report.
TITLES = {
    "unsourced": ("没有来源的事实", "Facts without a source"),
    "firms-without-identifier": ("没有代码的企业", "Firms without an identifier"),
    "orphans": ("没有任何联系的条目", "Entries without any relation"),
    "segments-without-input": ("没有投入关系的环节", "Segments without an input"),
    "segments-without-firm": (
        "没有记录企业的环节(未知,不等于缺)",
        "Segments where no firm is recorded (unknown, not missing)",
    ),
    "suspected-duplicates": ("疑似重复", "Suspected duplicates"),
    "stale": ("超过{years}年未更新的事实", "Facts last seen over {years} years ago"),
    "contradictions": ("说法不一的属性", "Properties stated differently"),
    "contradicting-figures": ("互相矛盾的数字", "Figures that contradict"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of finding with what was found."""

    id: str
    title_zh: str
    title_en: str
    items: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Counts (class → standing → number, class → grade → number) and findings."""

    standing: dict[str, dict[str, int]]
    grade: dict[str, dict[str, int]]
    findings: list[Finding]

    def share_unverified(self) -> float:
        """Share of entities and relations whose standing is not verified, sources left out (0–1)."""
        rows = [row for cls, row in self.standing.items() if cls != "Source"]
        total = sum(sum(row.values()) for row in rows)
        return 1 - sum(row.get("verified", 0) for row in rows) / total if total else 0.0

    def as_json(self, limit: int | None = None) -> dict[str, Any]:
        """JSON-ready; ``limit`` bounds the items listed of each finding, never its count."""
        return {
            "share_unverified": round(self.share_unverified(), 4),
            "standing": self.standing,
            "grade": self.grade,
            "findings": [
                {
                    "id": x.id,
                    "title_zh": x.title_zh,
                    "title_en": x.title_en,
                    "count": len(x.items),
                    "items": x.items[:limit],
                }
                for x in self.findings
            ],
        }


def check_data(
    truth: TruthStore, ontology: Ontology, *, today: date, stale_years: int = STALE_YEARS
) -> CheckReport:
    """Check everything that is current in the truth store.

    ``today`` is the day from which age is counted; ``stale_years`` the age from which a fact is old.
    """
    assertions, decisions = list(truth.current()), truth.decisions()
    graph = project(assertions, decisions, ontology)
    frames = frames_of(graph)
    read = under_decisions(assertions, decisions, ontology)
    items = {
        "unsourced": f.unsourced(frames),
        "firms-without-identifier": f.firms_without_identifier(frames),
        "orphans": f.orphans(frames),
        "segments-without-input": f.segments_without_input(frames),
        "segments-without-firm": f.segments_without_firm(frames),
        "suspected-duplicates": suspected_duplicates(graph),
        "stale": f.stale(frames, today, stale_years),
        "contradictions": f.contradictions(frames, read, ontology),
        "contradicting-figures": f.contradicting_figures(frames),
    }
    found = [
        Finding(id_, zh.format(years=stale_years), en.format(years=stale_years), items[id_])
        for id_, (zh, en) in TITLES.items()
    ]
    return CheckReport(_counts(frames, "standing"), _counts(frames, "grade"), found)


def _counts(frames: Frames, column: str) -> dict[str, dict[str, int]]:
    both = pd.concat([frames.nodes[["cls", column]], frames.relations[["cls", column]]])
    table = pd.crosstab(both["cls"], both[column].replace("", "none"))
    return {str(cls): {str(value): int(n) for value, n in row.items() if n} for cls, row in table.iterrows()}
