"""Gaps and what to ask, as CSV files that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.gaps.look import Look
from graph.gaps.models import Basis, Gap, Task, Worklist
from graph.gaps.tasks import worklist_sheet
from graph.repository.models import Ref, SourceView
from viz.pages.csv_file import csv_text
from viz.show import Show
from viz.verdicts import mark

GAP_COLUMNS = (
    "rank", "id", "chain", "segment", "place", "status", "risk", "role", "action", "rule", "basis",
    "elsewhere", "needed_by", "priority", "parts", "known", "candidates", "as_of", "sources",
)  # fmt: skip
TASK_COLUMNS = ("chain", "segment", "place", "status", "reason", "ask", "whom", "as_of")


def gaps_csv(show: Show, gaps: Iterable[Gap], cited: Mapping[str, SourceView]) -> str:
    """One line for each gap. An empty cell is one of which nothing is known."""
    return _csv(show, GAP_COLUMNS, (_gap(show, gap, cited) for gap in gaps))


def worklist_csv(show: Show, worklist: Worklist, chains: Mapping[str, Sequence[str]]) -> str:
    """One line for each question; ``chains``: the names of the chains of each segment."""
    return _csv(show, TASK_COLUMNS, (_task(show, task, worklist, chains) for task in worklist.items))


def chains_of(look: Look) -> dict[str, list[str]]:
    """The names of the chains that were looked at, by the ids of their segments."""
    found: dict[str, list[str]] = {}
    for chain in look.chains:
        for segment in look.index.segments_of(chain):
            found.setdefault(segment, []).append(look.index.ref(chain).caption)
    return found


def sheet_csv(show: Show, worklist: Worklist) -> str:
    """The questions as rows of the table of coverage declarations, to be filled in and loaded back."""
    sheet = worklist_sheet(worklist.items, show.lang)
    return csv_text(sheet.headings, sheet.rows)


def _csv(show: Show, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return csv_text([show.t(f"gaps.col_{c}") for c in columns], rows)


def _gap(show: Show, gap: Gap, cited: Mapping[str, SourceView]) -> list[str]:
    cell, priority = gap.cell, gap.cell.priority
    bases = [cell.status.basis, *(r.basis for r in cell.risks)]
    known = [p for p in priority.parts if p.value is not None] if priority else []
    return [
        str(gap.rank),
        gap.id,
        cell.chain.caption,
        cell.segment.caption,
        cell.place.caption,
        mark("status", cell.status.value, show.lang).word,
        _joined(show, (mark("risk", r.value, show.lang).word for r in cell.risks)),
        mark("role", cell.role.value, show.lang).word,
        _joined(show, (a.label.text(show.lang) for a in cell.actions)),
        _joined(show, dict.fromkeys(b.rule for b in bases)),
        " ".join(b.because.text(show.lang) for b in bases),
        _captions(show, (p for r in cell.risks for p in r.elsewhere)),
        _captions(show, (p for r in cell.risks for p in r.needed_by)),
        f"{priority.value:.2f}" if priority and priority.value is not None else "",
        _joined(show, (f"{p.label.text(show.lang)} {p.value:.2f}×{p.weight:g}" for p in known)),
        f"{priority.known:.0%}" if priority else "",
        "" if gap.candidates is None else str(gap.candidates),
        cell.status.basis.as_of,
        _joined(show, (cited[s].name if s in cited else s for s in _sources(bases))),
    ]


def _task(show: Show, task: Task, worklist: Worklist, chains: Mapping[str, Sequence[str]]) -> list[str]:
    texts = (t.text(show.lang) for t in (task.reason, task.ask, task.whom))
    return [
        _joined(show, chains.get(task.segment.id, ())),
        task.segment.caption,
        task.place.caption,
        mark("status", task.status.value, show.lang).word,
        *texts,
        worklist.as_of,
    ]


def _sources(bases: Sequence[Basis]) -> list[str]:
    """The sources of the facts, each once, in order."""
    return list(dict.fromkeys(s for b in bases for f in b.facts for s in f.sources))


def _captions(show: Show, refs: Iterable[Ref]) -> str:
    return _joined(show, dict.fromkeys(r.caption for r in refs))


def _joined(show: Show, texts: Iterable[str]) -> str:
    return show.t("common.list_comma").join(texts)


def file_name(kind: str, place: Ref, chain: Ref | None) -> str:
    """An ASCII file name such as ``gaps-new-energy-360900.csv``."""
    ids = [r.id.partition("/")[2].replace("/", "-") for r in (chain, place) if r is not None]
    return "-".join([kind, *ids]) + ".csv"
