"""Gaps and what to ask, as CSV files that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.gaps.gap_table import COLUMNS, gap_rows
from graph.gaps.look import Look
from graph.gaps.models import Gap, Task, Worklist
from graph.gaps.tasks import worklist_sheet
from graph.ontology import Ontology
from graph.repository.models import Ref, SourceView
from viz.pages.csv_file import csv_text
from viz.show import Show
from viz.verdicts import mark

TASK_COLUMNS = ("chain", "segment", "place", "status", "reason", "ask", "whom", "as_of")


def gaps_csv(show: Show, gaps: Iterable[Gap], cited: Mapping[str, SourceView]) -> str:
    """One line for each gap; see ``graph.gaps.gap_table``."""
    headings = [label.text(show.lang) for label in COLUMNS.values()]
    return csv_text(headings, gap_rows(gaps, cited, show.lang))


def worklist_csv(show: Show, worklist: Worklist, chains: Mapping[str, Sequence[str]]) -> str:
    """One line for each question; ``chains``: the names of the chains of each segment."""
    headings = [show.t(f"gaps.col_{name}") for name in TASK_COLUMNS]
    return csv_text(headings, (_task(show, task, worklist, chains) for task in worklist.items))


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


def _joined(show: Show, texts: Iterable[str]) -> str:
    return show.t("common.list_comma").join(texts)


def sheet_name(ontology: Ontology, place: Ref, chain: Ref | None) -> str:
    """The sheet to fill under the name by which it is loaded: ``覆盖声明（纺织服装 于都县）.csv``."""
    told = " ".join(r.caption for r in (chain, place) if r is not None)
    return f"{ontology.entity('Coverage').table.zh}（{told}）.csv"


def file_name(kind: str, place: Ref, chain: Ref | None) -> str:
    """An ASCII file name such as ``gaps-new-energy-360900.csv``."""
    ids = [r.id.partition("/")[2].replace("/", "-") for r in (chain, place) if r is not None]
    return "-".join([kind, *ids]) + ".csv"
