"""The target list 招商目标 as a board, a funnel and a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from pydantic import BaseModel, Field

from graph.errors import BadInput
from graph.gaps.gap_ids import ends_of, gap_id
from graph.gaps.models import Cell
from graph.repository.models import Ref
from graph.targets import STATUSES, Book, Target, funnel_of
from graph.targets.entry import FIELDS
from graph.targets.funnel import By
from viz.pages.asked import Word
from viz.pages.csv_file import csv_text
from viz.pages.service import Service
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
    """An entry as the board shows it: firm, segment and place by name, the addresses, whether it is late."""

    target: Target
    firm: Ref
    segment: Ref
    place: Ref
    park: Ref | None
    project: Ref | None
    overdue: bool
    href: str
    gap: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The cards of one status."""

    status: str
    label: str
    cards: list[TargetCard]


class Names:
    """Entities by id, as far as they are recorded; what is gone shows its id."""

    def __init__(self, refs: Mapping[str, Ref]) -> None:
        self._refs = refs

    def ref(self, entity_id: str) -> Ref:
        """The entity, or its id where it is not recorded any more."""
        return self._refs.get(entity_id) or Ref(id=entity_id, cls="", caption=entity_id)


async def names_of(service: Service, targets: Sequence[Target]) -> Names:
    """The names of all that some entries speak of, now and in their history."""
    ids: set[str] = set()
    for one in targets:
        segment, place = ends_of(one.entry.gap)
        ids |= {one.entry.firm, segment, place, f"chain/{one.entry.chain}"}
        for step in one.history:
            ids |= {v for name in ("park", "project") for v in step.changed.get(name, ()) if v}
    nodes = await service.repository.nodes(ids) if ids else []
    return Names({n.id: Ref(id=n.id, cls=n.cls, caption=n.caption) for n in nodes})


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
    segment, place = (names.ref(i) for i in ends_of(entry.gap))
    return TargetCard(
        target=target,
        firm=names.ref(entry.firm),
        segment=segment,
        place=place,
        park=names.ref(entry.park) if entry.park else None,
        project=names.ref(entry.project) if entry.project else None,
        overdue=entry.overdue(day),
        href=show.links.target(target.key),
        gap=show.links.gap(entry.gap),
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
    funnel = funnel_of(chosen, wanted.by, service.ontology)
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
        "groups": [(row, group_name(wanted.by, row.group, names)) for row in funnel.rows],
        "bys": [{"by": by, "href": show.links.targets(**wanted.query(), by=by)} for by in BYS],
        "csv": show.links.targets_csv(**wanted.query()),
        "fields": {name: label.text(show.lang) for name, (label, _) in FIELDS.items()},
        "day": day,
        "can_change": service.desk is not None,
    }


def targets_csv(show: Show, targets: Iterable[Target], names: Names, day: str) -> str:
    """One line for each entry; capital as it was given, contracted and arrived apart."""
    t = show.t
    fields = {name: label.text(show.lang) for name, (label, _) in FIELDS.items()}
    headings = [
        *(t(f"targets.{name}") for name in ("firm", "segment", "place")), *fields.values(),
        *(t(f"targets.{name}") for name in ("overdue", "since", "version", "key")),
    ]  # fmt: skip

    def row(one: Target) -> list[str]:
        card = target_card(show, one, names, day)
        values = {name: getattr(one.entry, name) or "" for name in fields}
        values["status"] = STATUSES[one.entry.status].text(show.lang)
        values["park"] = card.park.caption if card.park else ""
        values["project"] = card.project.caption if card.project else ""
        late = t("targets.overdue") if card.overdue else ""
        known = [ref.caption for ref in (card.firm, card.segment, card.place)]
        return [*known, *values.values(), late, one.since[:10], one.version, one.key]

    return csv_text(headings, map(row, targets))


def group_name(by: By, group: str, names: Names) -> str:
    """A group of the funnel by its name: a month as it is."""
    return group if by == "month" else names.ref(group).caption


def file_name(wanted: TargetsQuery) -> str:
    """An ASCII file name such as ``targets-new-energy.csv``."""
    chain = wanted.chain.removeprefix("chain/")
    return "-".join(["targets", chain] if _SLUG.fullmatch(chain) else ["targets"]) + ".csv"
