"""Questions of identity and people's answers to them, as a table that can be filled in and read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadInput
from graph.safe_text import visible
from graph.spreadsheets import as_text
from ingest.faults import Fault, refuse
from ingest.grid import Grid, GridNote, read_grids
from ingest.headings import plain
from ingest.identify import Question

#: Headings of the table: ours, the firm asked about, the candidate, and where the answer is written.
HEADINGS = (
    "编号 id",
    "企业 firm",
    "候选编号 candidate",
    "候选 name",
    "分数 score",
    "理由 reasons",
    "答案 answer",
)
YES = frozenset({"是", "同", "同一家", "yes", "y", "same", "1"})
NO = frozenset({"否", "不是", "不同", "no", "n", "different", "0"})


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the firm ``id`` is the known firm ``candidate``."""

    id: str
    candidate: str
    same: bool


def as_table(questions: Iterable[Question]) -> str:
    """The questions as CSV, one row a candidate, the answers left empty. No cell becomes a live formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for question in questions:
        name = str(question.firm.props.get("name", ""))
        for c in question.candidates:
            reasons = "；".join(r.zh for r in c.reasons)
            row = (question.firm.key, name, c.id, question.names.get(c.id, ""), f"{c.score:.2f}", reasons, "")
            writer.writerow([as_text(visible(cell)) for cell in row])
    return "\ufeff" + out.getvalue()


def read_answers(path: Path) -> list[Answer]:
    """The rows of a filled-in table that have an answer.

    Raises ``BadInput`` where the file is no such table, an answer is no yes or no, or one firm is said to be
    two.
    """
    faults: list[Fault] = []
    answers = list(_answers(path, faults))
    same: dict[str, str] = {}
    for one in answers:
        if one.same and same.setdefault(one.id, one.candidate) != one.candidate:
            there = same[one.id]
            zh, en = f"只是一家：已答 {there}", f"one firm only: {there} was answered"
            faults.append(Fault(path.name, 0, HEADINGS[6], one.candidate, zh, en))
    refuse(faults, str(path))
    return answers


def _answers(path: Path, faults: list[Fault]) -> Iterator[Answer]:
    if not path.is_file():
        raise BadInput(f"{path}：没有这个文件 · {path}: no such file", file=str(path))
    for grid in read_grids(path):
        if isinstance(grid, Fault):
            faults.append(grid)
            continue
        yield from _of_grid(grid, faults)


def _of_grid(grid: Grid, faults: list[Fault]) -> Iterator[Answer]:
    at: Sequence[int] | None = None
    for item in grid.items():
        if isinstance(item, GridNote):
            continue
        if isinstance(item, Fault):
            faults.append(item)
            continue
        cells = item.cells
        if at is None:
            names = [plain(cell) for cell in cells]
            wanted = [plain(HEADINGS[i]) for i in (0, 2, 6)]
            if not set(wanted) <= set(names):
                faults.append(grid.fault("、".join(cells[:7]), f"标题 {'、'.join(HEADINGS)}",
                                         f"the headings {', '.join(HEADINGS)}", item.number))  # fmt: skip
                return
            at = [names.index(w) for w in wanted]
            continue
        one, other, said = (cells[i] if i < len(cells) else "" for i in at)
        if not said:
            continue
        word = plain(said)
        if word not in YES | NO:
            faults.append(
                grid.fault(said, "是 或 否，或留空", "yes or no, or nothing", item.number, HEADINGS[6])
            )
            continue
        yield Answer(one, other, word in YES)
