"""The target list 招商目标 as a board, a funnel and a file."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from pydantic import BaseModel, Field

from graph.errors import BadInput, UsageError
from graph.gaps.gap_ids import gap_id
from graph.gaps.models import Cell
from graph.repository.models import Ref
from graph.targets import STATUSES, Book, Names, Target, funnel_of, names_of
from graph.targets.entry import FIELDS, MOST_BY
from graph.targets.funnel import By
from graph.targets.table import COLUMNS, target_rows
from viz.pages.asked import Word
from viz.pages.csv_file import csv_text
from viz.pages.service import Desk, Service
from viz.show import Show

BYS: tuple[By, ...] = get_args(By)
#: The status apart from the order of the work.
LOST = "lost"
_SLUG = re.compile(r"[a-z0-9-]+", re.ASCII)


class TargetsQuery(BaseModel):
    """Filters of the board; ``by``: the groups of the funnel."""

    chain: Annotated[str, Field(max_length=200)] = ""
    status: Word = ""
    overdue: bool = False
    by: By = "month"

    def chosen(self, book: Book, day: str) -> list[Target]:
        """Those that fit, what is overdue on ``day`` first, then by their time.

        Raises ``BadInput`` for a status that is none.
        """
        if self.status and self.status not in STATUSES:
            detail = f"状态 {self.status!r} 应为 {'、'.join(STATUSES)} 之一 · one of these is expected"
            raise BadInput(detail, field="status", found=self.status, expected=list(STATUSES))
        slug = self.chain.removeprefix("chain/")
        found = book.chosen(
            chain=slug or None, status=self.status or None, late_on=day if self.overdue else None
        )
        return sorted(found, key=lambda one: (not one.entry.overdue(day), one.entry.due or "9", one.key))

    def query(self) -> dict[str, str]:
        """The filters as parameters of an address."""
        return {"chain": self.chain, "status": self.status, "overdue": "1" if self.overdue else ""}


@dataclass(frozen=True, slots=True)
class TargetCard:
    """An entry as the board shows it: firm, segment and place by name, the addresses, whether it is late.

    ``gone``: what of the three is no longer recorded; shown is what it was last called. ``gap``: its address,
    ``None`` where it is gone.
    """

    target: Target
    firm: Ref
    segment: Ref
    place: Ref
    park: Ref | None
    project: Ref | None
    overdue: bool
    gone: list[Ref]
    href: str
    gap: str | None


@dataclass(frozen=True, slots=True)
class Lane:
    """The cards of one status."""

    status: str
    label: str
    cards: list[TargetCard]


async def book_of(service: Service) -> Book:
    """The target list as it is now."""
    return Book(await asyncio.to_thread(service.truth.decisions))


def desk_of(service: Service) -> Desk:
    """Where the list is changed. ``UsageError`` where it is read only."""
    if service.desk is None:
        raise UsageError("这个服务只读 · this server only reads")
    return service.desk


async def made_from(service: Service, entity: Ref) -> list[Ref]:
    """The targets that a project was made from, by their keys and firms."""
    if entity.cls != "Project":
        return []
    found = [one for one in (await book_of(service)).all() if one.entry.project == entity.id]
    names = await names_of(service.repository, found)
    return [Ref(id=one.key, cls="", caption=names.caption(one.entry.firm)) for one in found]


def listing(show: Show, book: Book, cell: Cell, *, can_enter: bool) -> dict[str, Any]:
    """What a gap's candidates need to be entered: the gap, and the status of those that are, by firm."""
    gap = gap_id(cell.segment.id, cell.place.id)
    here = [one for one in book.all() if one.entry.gap == gap]
    return {
        "gap_key": gap,
        "can_enter": can_enter,
        "targets": {one.entry.firm: one.key for one in here},
        "target_words": {one.entry.firm: STATUSES[one.entry.status].text(show.lang) for one in here},
    }


def target_card(show: Show, target: Target, names: Names, day: str) -> TargetCard:
    """One card; ``day``: on which it may be overdue (ISO)."""
    assert show.links is not None
    entry = target.entry
    firm, segment, place = map(names.ref, target.ends)
    gone = names.gone(target)
    return TargetCard(
        target=target,
        firm=firm,
        segment=segment,
        place=place,
        park=names.ref(entry.park) if entry.park else None,
        project=names.ref(entry.project) if entry.project else None,
        overdue=entry.overdue(day),
        gone=[ref for ref in (firm, segment, place) if ref.id in gone],
        href=show.links.target(target.key),
        gap=None if {segment.id, place.id} & set(gone) else show.links.gap(entry.gap),
    )


def board_context(
    show: Show, service: Service, book: Book, wanted: TargetsQuery, *, names: Names, day: str
) -> dict[str, Any]:
    """What ``targets.html`` needs."""
    assert show.links is not None
    every = book.all()
    chosen = wanted.chosen(book, day)
    shown = chosen[: service.limits.list_max]
    cards = [target_card(show, one, names, day) for one in shown]
    lanes = [
        Lane(status, label.text(show.lang), [c for c in cards if c.target.entry.status == status])
        for status, label in STATUSES.items()
    ]
    funnel = funnel_of(chosen, wanted.by, service.ontology, names)
    chains = sorted({one.entry.chain for one in every})
    return {
        "wanted": wanted,
        "every": len(every),
        "chosen": len(chosen),
        "shown": len(shown),
        "late": sum(one.entry.overdue(day) for one in every),
        "lanes": [lane for lane in lanes if lane.status != LOST],
        "lost": next(lane for lane in lanes if lane.status == LOST),
        "chains": [{"id": c, "name": names.ref(f"chain/{c}").caption} for c in chains],
        "statuses": [{"id": s, "name": label.text(show.lang)} for s, label in STATUSES.items()],
        "funnel": funnel.rows,
        "bys": [{"by": by, "href": show.links.targets(**wanted.query(), by=by)} for by in BYS],
        "csv": show.links.targets_csv(**wanted.query()),
        "fields": {name: label.text(show.lang) for name, (label, _) in FIELDS.items()},
        "day": day,
        "by_most": MOST_BY,
        "can_change": service.desk is not None,
    }


def targets_csv(show: Show, targets: Iterable[Target], names: Names, day: str) -> str:
    """One line for each entry; see ``graph.targets.table``."""
    headings = [label.text(show.lang) for label in COLUMNS.values()]
    return csv_text(headings, target_rows(targets, names, day, show.lang))


def file_name(wanted: TargetsQuery) -> str:
    """An ASCII file name such as ``targets-new-energy.csv``."""
    chain = wanted.chain.removeprefix("chain/")
    return "-".join(["targets", chain] if _SLUG.fullmatch(chain) else ["targets"]) + ".csv"
