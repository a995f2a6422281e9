"""Rows of a list of candidates for CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.gaps.candidate_models import Candidate, CandidateList, RelationPath
from graph.gaps.candidates.words import GROUP_LABELS, PART_LABELS
from lianpu.i18n import t
from lianpu.render.gap_rows import plain

_PARTS = tuple((label.zh, label.en) for label in PART_LABELS.values())
#: Columns of the table for other programs.
CANDIDATE_COLUMNS = (
    ("组别", "Group"), ("名次", "Rank"), ("企业", "Firm"), ("企业编号", "Firm id"), ("来源地", "Origin"),
    ("所在地", "Places"), ("总分", "Score"), ("已知份额", "Known share"), ("最低", "Least"),
    ("居中", "Middle"), ("最高", "Most"), *_PARTS, ("匹配", "Match"), ("理由", "Reasons"),
    ("与本地的关系", "Ties here"), ("已落户企业的关联方", "Affiliate here"),
    ("大圆距离(公里)", "Great circle (km)"), ("说明", "Notes"), ("来源", "Sources"), ("截至", "As of"),
    ("缺口编号", "Gap id"),
)  # fmt: skip


def candidate_rows(answer: CandidateList) -> Iterable[Sequence[object]]:
    """The rows of ``CANDIDATE_COLUMNS``."""
    for one in answer.items:
        best = one.matches[0]
        yield (
            plain(GROUP_LABELS[one.group]), one.rank, one.firm.caption, one.firm.id, plain(one.origin_label),
            t("、", ", ").join(place.caption for place in one.places),
            one.score, one.known, one.low, one.middle, one.high, *(part.value for part in one.parts),
            f"{plain(best.label)}: {best.found}", reasons(one),
            t("；", "; ").join(map(path_text, one.other_paths)),
            t("；", "; ").join(map(path_text, one.affiliates)),
            one.distance_km, t("；", "; ").join(plain(note) for note in one.notes),
            " ".join(sources_of(one)), answer.as_of, answer.gap,
        )  # fmt: skip


def reasons(one: Candidate) -> str:
    """What each known part rests on."""
    known = (part for part in one.parts if part.value is not None)
    return t("；", "; ").join(f"{plain(part.label)} {plain(part.because)}" for part in known)


def path_text(path: RelationPath) -> str:
    """``A —供货给→ B`` for each step."""
    if not path.steps:
        return path.to.caption
    steps = (f"{s.source.caption} —{plain(s.label)}→ {s.target.caption}" for s in path.steps)
    return t("，", ", ").join(steps)


def sources_of(one: Candidate) -> list[str]:
    """The sources of all facts that the candidate's parts and its mark as an affiliate rest on."""
    facts = [fact for part in one.parts for fact in part.facts]
    facts += [step.fact for path in one.affiliates for step in path.steps]
    return sorted({source for fact in facts for source in fact.sources})
