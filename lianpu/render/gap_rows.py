"""Rows of a panorama and of a worklist for CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.gaps.models import Cell, Panorama, Worklist
from graph.repository import Text
from lianpu.i18n import LANG, t

#: Positions in the order of a chain.
POSITIONS = {
    "upstream": ("上游", "Upstream"),
    "midstream": ("中游", "Midstream"),
    "downstream": ("下游", "Downstream"),
    "support": ("配套", "Supporting"),
    "": ("位置未明", "Position not recorded"),
}
#: Columns of the tables for other programs.
CELL_COLUMNS = (
    ("环节", "Segment"), ("环节编号", "Segment id"), ("位置", "Position"), ("现状", "Status"),
    ("风险", "Risks"), ("定位", "Role"), ("对策", "Actions"), ("企业数", "Firms"),
    ("在产企业数", "Operating"), ("在建", "Projects"), ("规则", "Rule"), ("依据", "Basis"),
    ("来源", "Sources"), ("截至", "As of"),
)  # fmt: skip
TASK_COLUMNS = (
    ("环节", "Segment"), ("环节编号", "Segment id"), ("地区", "Place"), ("现状", "Status"), ("为什么", "Why"),
    ("问什么", "What to ask"), ("问谁", "Whom to ask"), ("截至", "As of"),
)  # fmt: skip


def cell_rows(answer: Panorama) -> Iterable[Sequence[object]]:
    """The rows of ``CELL_COLUMNS``."""
    for one in answer.cells:
        yield (
            one.segment.caption, one.segment.id, t(*POSITIONS.get(one.position or "", POSITIONS[""])),
            plain(one.status.label), _plain_risks(one), plain(one.role.label), _plain_actions(one),
            one.presence.firms, one.presence.operating, len(one.building), _rules(one),
            plain(one.status.basis.because), " ".join(sources_of(one)), answer.as_of,
        )  # fmt: skip


def task_rows(answer: Worklist) -> Iterable[Sequence[object]]:
    """The rows of ``TASK_COLUMNS``."""
    for task in answer.items:
        yield (
            task.segment.caption, task.segment.id, task.place.caption, plain(task.status.label),
            plain(task.reason), plain(task.ask), plain(task.whom), answer.as_of,
        )  # fmt: skip


def sources_of(one: Cell) -> list[str]:
    """The sources that the status and the risks of a cell rest on."""
    bases = [one.status.basis, *(risk.basis for risk in one.risks)]
    return sorted({s for basis in bases for fact in basis.facts for s in fact.sources})


def plain(value: Text) -> str:
    """A text in the language of this run, without markup."""
    return value.text(LANG)


def _rules(one: Cell) -> str:
    return " ".join([one.status.basis.rule, *(risk.basis.rule for risk in one.risks)])


def _plain_risks(one: Cell) -> str:
    return t("、", ", ").join(plain(risk.label) for risk in one.risks)


def _plain_actions(one: Cell) -> str:
    return t("、", ", ").join(plain(action.label) for action in one.actions)
