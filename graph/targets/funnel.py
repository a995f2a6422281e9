"""The funnel 漏斗: how many targets came how far, with contracted and arrived capital kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Literal

from graph.office_time import office_day
from graph.ontology import Ontology, Property
from graph.repository.models import Model
from graph.targets.book import Target
from graph.targets.entry import STATUSES
from graph.targets.names import Names
from graph.values import clean_cell

By = Literal["month", "place", "chain"]


class FunnelRow(Model):
    """Targets of one group: a month (``name`` as ``group``), or a place or chain by its id and name.

    ``reached`` counts those that are at a status or beyond it (a lost one: where it was before it was lost).
    ``contracted`` and ``arrived`` are sums in 亿元 of what is written in a sum of money that reads as one
    number, ``None`` where nothing is; ``unread`` counts targets with another text there, which are in no sum.
    """

    group: str
    name: str
    targets: int
    reached: dict[str, int]
    lost: int
    contracted: float | None
    arrived: float | None
    unread: int


class Funnel(Model):
    """Rows by month of the first entry (by the clock of the office), by place or by chain."""

    by: By
    rows: list[FunnelRow]


def funnel_of(targets: Iterable[Target], by: By, ontology: Ontology, names: Names) -> Funnel:
    """The funnel of some targets; ``names``: of what they speak of."""
    groups: defaultdict[str, list[Target]] = defaultdict(list)
    for target in targets:
        groups[_GROUPS[by](target)].append(target)
    money = ontology.entity("Project").properties["paid_in"]
    rows = [_row(group, some, money) for group, some in sorted(groups.items())]
    named = [row.model_copy(update={"name": names.caption(row.group)}) for row in rows]
    return Funnel(by=by, rows=rows if by == "month" else named)


_GROUPS: dict[By, Callable[[Target], str]] = {
    "month": lambda target: office_day(target.since)[:7],
    "place": lambda target: target.ends[2],
    "chain": lambda target: f"chain/{target.entry.chain}",
}
_ORDER = [status for status in STATUSES if status != "lost"]


def _row(name: str, targets: list[Target], money: Property) -> FunnelRow:
    reached = dict.fromkeys(_ORDER, 0)
    for target in targets:
        far = _ORDER.index(_farthest(target))
        for status in _ORDER[: far + 1]:
            reached[status] += 1
    read: dict[str, list[float]] = {"contracted": [], "arrived": []}
    unread = 0
    for target in targets:
        values = {field: _amount(getattr(target.entry, field), money) for field in read}
        for field, value in values.items():
            read[field] += [] if value is None else [value]
        unread += any(values[field] is None and getattr(target.entry, field) for field in read)
    return FunnelRow(
        group=name,
        name=name,
        targets=len(targets),
        reached=reached,
        lost=sum(target.entry.status == "lost" for target in targets),
        contracted=_sum(read["contracted"]),
        arrived=_sum(read["arrived"]),
        unread=unread,
    )


def _farthest(target: Target) -> str:
    """The status now; of a lost target the last one before."""
    if target.entry.status != "lost":
        return target.entry.status
    before = [s.changed["status"][1] for s in target.history if "status" in s.changed and not s.undone]
    return next((status for status in reversed(before) if status in _ORDER), "lead")


def _amount(text: str | None, money: Property) -> float | None:
    if not text:
        return None
    value = clean_cell(money, text)
    return float(value["value"]) if "value" in value and value.get("unit") == "亿元" else None


def _sum(values: list[float]) -> float | None:
    return round(sum(values), 6) if values else None
