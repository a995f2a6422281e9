"""What answers to questions of identity were recorded, said with names; a hasty yes is pointed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from ingest.identify import Question
from ingest.settle import NewDecision
from lianpu.i18n import t
from lianpu.names import both
from lianpu.out import cell

#: A yes to a candidate below this score is pointed out.
_LIKELY = 0.5
#: Answers told one by one.
_MOST = 50


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer that was recorded.

    Attributes
    ----------
    firm, candidate : ids; same : whether they are said to be one.
    score : of the candidate, 0 to 1; ``None`` where it is asked of no more.
    better : another candidate of the firm with a higher score, and that score.
    """

    firm: str
    candidate: str
    same: bool
    score: float | None
    better: tuple[str, float] | None

    @property
    def doubtful(self) -> bool:
        """Whether a yes was given to a candidate that is not likely, or less so than another one."""
        return self.same and ((self.score is not None and self.score < _LIKELY) or self.better is not None)


def recorded(made: Iterable[NewDecision], questions: Sequence[Question]) -> list[Recorded]:
    """The answers about firms among the decisions ``made``; that of a site goes with its firm's."""
    scores = {(q.firm.key, c.id): c.score for q in questions for c in q.candidates}
    best: dict[str, tuple[str, float]] = {}
    for q in questions:
        first = max(q.candidates, key=lambda c: c.score)
        best[q.firm.key] = (first.id, first.score)
    found = []
    for kind, payload, _ in made:
        ends = ("retire", "keep") if kind == "merge" else ("a", "b")
        firm, candidate = (str(payload[end]) for end in ends)
        if not firm.startswith("firm/"):
            continue
        score, top = scores.get((firm, candidate)), best.get(firm)
        higher = top if score is not None and top is not None and top[1] > score else None
        found.append(Recorded(firm, candidate, kind == "merge", score, higher))
    return found


def as_json(one: Recorded, names: Mapping[str, str]) -> dict[str, Any]:
    """A recorded answer, JSON-ready."""
    return {
        "firm": one.firm,
        "name": names.get(one.firm),
        "candidate": one.candidate,
        "candidate_name": names.get(one.candidate),
        "same": one.same,
        "score": None if one.score is None else round(one.score, 3),
        "doubtful": one.doubtful,
    }


def show_recorded(some: list[Recorded], names: Mapping[str, str], out: Console) -> None:
    """The recorded answers, a line each, and a warning below each yes that is doubtful."""
    some = sorted(some, key=lambda one: (not one.doubtful, not one.same))  # what to look at comes first
    for one in some[:_MOST]:
        score = "" if one.score is None else f" ({one.score:.0%})"
        name, sign = names.get(one.firm, one.firm), "=" if one.same else "≠"
        out.print(f"  {cell(name)} {sign} {cell(both(one.candidate, names))}{score}")
        if one.doubtful:
            out.print(f"    [yellow]{t('注意', 'Note')}[/]: {cell(_doubt(one, names))}")
    if len(some) > _MOST:
        out.print(t(f"  ……共 {len(some)} 条", f"  … {len(some)} in all"))


def _doubt(one: Recorded, names: Mapping[str, str]) -> str:
    if one.better is None:
        why = t("您答“是”，但不太像", "you said yes, but it is not likely")
    else:
        other, score = names.get(one.better[0], one.better[0]), one.better[1]
        why = t(
            f"您答“是”，但另一候选更像：{other}（{score:.0%}）",
            f"you said yes, but another candidate is likelier: {other} ({score:.0%})",
        )
    return why + t(
        f"；答错了就分开：lianpu split {one.firm}",
        f"; if that was a slip, part them: lianpu split {one.firm}",
    )
