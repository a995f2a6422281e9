"""A list of candidates as text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from graph.gaps.candidate_models import Asked, Candidate, CandidateList, Group
from graph.gaps.candidates.words import (
    AFFILIATE,
    GROUP_LABELS,
    ORIGIN_LABELS,
    PART_LABELS,
    REASON_LABELS,
)
from lianpu.i18n import t
from lianpu.out import cell, table
from lianpu.render.candidate_rows import path_text
from lianpu.render.gaps import as_of, fact_line, show_notes
from lianpu.render.words import heading, joined, named, text

#: Candidates of a group told in full, and facts under each part.
_TOLD, _FACTS = 5, 3


def show_candidates(answer: CandidateList, out: Console) -> None:
    """The candidates as a table for each group, the first of each in full, and who is kept out.

    Where a firm was asked about, the answer on it alone.
    """
    out.print(f"[bold]{named(answer.segment)} · {named(answer.place)}[/]  {as_of(answer.as_of)}")
    out.print(f"[dim]{t('排序', 'Order')}: {text(answer.ordered)}[/]")
    if answer.asked is not None:
        _asked(answer.asked, out)
        return
    if answer.unfit is not None:
        out.print(f"[red]{text(answer.unfit.label)}[/]: {text(answer.unfit.basis.because)}")
    if answer.items:
        counts = (f"{text(ORIGIN_LABELS[o])} {n}" for o, n in sorted(answer.origins.items()))
        out.print(t(f"共 {answer.total} 家", f"{answer.total} in all") + f": {joined(counts, t('，', ', '))}")
    else:
        none = t("没有候选", "No candidates")
        wanted = t("、", ", ").join(answer.wanted)
        out.print(f"{none}: {t('要的是', 'wanted are')} {escape(wanted)}")
    for group in GROUP_LABELS:
        _group(answer, group, out)
    _kept_out(answer, out)
    show_notes(answer.notes, out)


def _group(answer: CandidateList, group: Group, out: Console) -> None:
    items = [one for one in answer.items if one.group == group]
    if not items:
        return
    total = answer.groups[group]
    more = t(f"，列出 {len(items)} 家", f", {len(items)} listed") if len(items) < total else ""
    out.print(heading(text(GROUP_LABELS[group])) + t(f" {total} 家{more}", f" {total}{more}"))
    _grid(items, out)
    for one in items[:_TOLD]:
        _candidate(one, out)


def _grid(items: Sequence[Candidate], out: Console) -> None:
    grid = table(
        "", "#" + t("名次", "Rank"), t("企业", "Firm"), t("来源地", "Origin"), t("所在地", "Place"),
        "#" + t("居中分", "Middle"), "#" + t("总分", "Score"), "#" + t("已知", "Known"),
        "#" + t("可能", "Range"), *("#" + text(label) for label in PART_LABELS.values()),
    )  # fmt: skip
    for one in items:
        places = [place.caption for place in one.places]
        grid.add_row(
            str(one.rank), cell(one.firm.caption), text(one.origin_label), cell(places),
            f"{one.middle:.2f}", _figure(one.score), f"{one.known:.0%}", f"{one.low:.2f}–{one.high:.2f}",
            *(_figure(part.value) for part in one.parts),
        )  # fmt: skip
    out.print(grid)


def _figure(value: float | None) -> str:
    return t("未知", "unknown") if value is None else f"{value:.2f}"


def _candidate(one: Candidate, out: Console) -> None:
    out.print(heading(f"{one.rank} {one.firm.caption}") + f" [dim]{escape(one.firm.id)}[/]")
    for part in one.parts:
        out.print(f"  {text(part.label)} {_figure(part.value)} × {part.weight:g} — {text(part.because)}")
        for fact in part.facts[:_FACTS]:
            out.print(f"    · {fact_line(fact)}")
    for path in one.affiliates:
        out.print(f"  {text(AFFILIATE)}: {escape(path_text(path))}")
    for path in one.other_paths:
        out.print(f"  {t('关系', 'Tie')}: {escape(path_text(path))}")
    for note in one.notes:
        out.print(f"  [dim]{text(note)}[/]")


def _kept_out(answer: CandidateList, out: Console) -> None:
    if not answer.excluded:
        return
    counts = (f"{text(REASON_LABELS[r])} {n}" for r, n in answer.excluded_counts.items())
    out.print(heading(t("被排除的", "Kept out")) + f" {joined(counts, t('，', ', '))}")
    for firm in answer.excluded:
        out.print(f"  {named(firm.firm)}: {text(firm.because)}")


def _asked(asked: Asked, out: Console) -> None:
    out.print(f"[bold]{named(asked.firm)}[/]: {text(asked.because)}")
    if asked.candidate is not None:
        _candidate(asked.candidate, out)
    elif asked.excluded is not None:
        for fact in asked.excluded.facts[:_FACTS]:
            out.print(f"  · {fact_line(fact)}")
