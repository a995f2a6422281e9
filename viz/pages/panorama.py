"""The 全景图: every segment of a chain in a place as a card with its verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graph.errors import BadInput
from graph.gaps.gap_ids import gap_id
from graph.gaps.models import Cell, Panorama
from graph.gaps.panorama import is_gap
from graph.repository.models import Ref
from viz.pages.asked import Asked, slug
from viz.show import Show
from viz.sources import SourceList
from viz.verdicts import STATUSES, Mark, mark, risks, roles, statuses

POSITIONS = ("upstream", "midstream", "downstream", "support", "unknown")
#: The columns of the board; the others are bands below it.
COLUMNS = POSITIONS[:3]
#: The longest column is drawn twice as wide if it has more segments than this.
LONG = 16
#: What the cards may be filtered by.
FILTERS = (*STATUSES, "risk", "building")


@dataclass(frozen=True, slots=True)
class Card:
    """A segment: the cell with its marks, and whether the filter lets it be seen.

    ``gap`` leads to its candidates; ``also`` are further groups that it is part of.
    """

    cell: Cell
    anchor: str
    status: Mark
    role: Mark
    risks: list[Mark]
    shown: bool
    also: list[Ref]
    gap: str | None
    is_gap: bool
    map: str


@dataclass(slots=True)
class Block:
    """Cards of one position below one group: ``path`` names the group, ``head`` is its card where it is of
    this position itself, ``anchor`` leads to that card where it stands elsewhere."""

    path: list[Ref] = field(default_factory=list)
    head: Card | None = None
    anchor: str | None = None
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Column:
    """A position with its blocks; ``total`` counts the leaf segments."""

    position: str
    label: str
    blocks: list[Block]
    total: int


def panorama_context(asked: Asked, panorama: Panorama, chosen: str) -> dict[str, Any]:
    """What ``panorama.html`` needs besides the form above it.

    ``chosen``: what the cards are filtered by, one of ``FILTERS``; empty for all, others raise ``BadInput``.
    """
    if chosen and chosen not in FILTERS:
        raise BadInput(
            f"筛选 {chosen[:40]!r} 应为 {'、'.join(FILTERS)} 之一 · one of these is expected",
            found=chosen[:40], expected=list(FILTERS),
        )  # fmt: skip
    show = asked.show
    columns = board(asked, panorama, chosen)
    counts = {code: panorama.counts.get(code, 0) for code in STATUSES}
    counts["partly_unknown"] = sum(c.status.value == "partly_unknown" for c in panorama.cells if not c.leaf)
    return {
        "p": panorama,
        "tab": "panorama",
        "marks": asked.mark,
        "src": SourceList(show, dict(panorama.cited)),
        "columns": [c for c in columns if c.position in COLUMNS],
        "long": _long(columns),
        "bands": [c for c in columns if c.position not in COLUMNS],
        "chosen": chosen,
        "filters": _filters(asked, panorama, counts, chosen),
        "legend": {"status": statuses(show.lang), "risk": risks(show.lang), "role": roles(show.lang)},
        "common_role": _common_role(show, panorama),
        "leaves": sum(counts[s] for s in STATUSES if s != "partly_unknown"),
        "nothing": not any(_says_something(c) for c in panorama.cells)
        and not any(said.reach == "here" for said in panorama.chain_wide),
    }


def board(asked: Asked, panorama: Panorama, chosen: str) -> list[Column]:
    """The cells by position and group, in the order of the panorama; positions without any are left out."""
    cells = {c.segment.id: c for c in panorama.cells}
    cards = {key: card(asked, cell, cells, chosen) for key, cell in cells.items()}
    blocks: dict[str, dict[str | None, Block]] = {position: {} for position in POSITIONS}
    for key, cell in cells.items():
        owner = next((p for p in cell.parents if p in cells), None) if cell.leaf else key
        at = _position(cell)
        if owner not in blocks[at]:
            group = cells.get(owner) if owner else None
            elsewhere = group is not None and _position(group) != at
            blocks[at][owner] = Block(
                path=_path(cells, owner), anchor=anchor(owner) if owner and elsewhere else None
            )
        if cell.leaf:
            blocks[at][owner].cards.append(cards[key])
        else:
            blocks[at][owner].head = cards[key]
    return [
        Column(
            position,
            asked.show.t(f"chain.position_{position}"),
            list(found.values()),
            sum(len(b.cards) for b in found.values()),
        )
        for position, found in blocks.items()
        if found
    ]


def card(asked: Asked, cell: Cell, cells: dict[str, Cell], chosen: str = "") -> Card:
    """One segment's card; ``cells`` are those that it may be part of."""
    first = next((p for p in cell.parents if p in cells), None)
    lang, links, day = asked.show.lang, asked.links, asked.as_of
    gap = gap_id(cell.segment.id, cell.place.id)
    return Card(
        cell=cell,
        anchor=anchor(cell.segment.id),
        status=mark("status", cell.status.value, lang),
        role=mark("role", cell.role.value, lang),
        risks=[mark("risk", r.value, lang) for r in cell.risks],
        shown=matches(cell, chosen),
        also=[cells[p].segment for p in cell.parents if p in cells and p != first],
        gap=links.gap(gap, as_of=day) if is_gap(cell) or cell.leaf else None,
        is_gap=is_gap(cell),
        map=links.map(chain=slug(cell.chain.id), segment=cell.segment.id, as_of=day),
    )


def matches(cell: Cell, chosen: str) -> bool:
    """Whether the filter lets a cell be seen."""
    if chosen == "risk":
        return bool(cell.risks)
    if chosen == "building":
        return bool(cell.building)
    return not chosen or cell.status.value == chosen


def anchor(segment: str) -> str:
    """The id of a segment's card on the page."""
    return "cell-" + slug(segment).replace("/", "-")


def _filters(asked: Asked, panorama: Panorama, counts: dict[Any, int], chosen: str) -> list[dict[str, Any]]:
    """Links that filter the cards, each with how many it shows; one that shows none is left out."""
    extra = {
        "risk": sum(bool(c.risks) for c in panorama.cells),
        "building": sum(bool(c.building) for c in panorama.cells),
    }
    show = asked.show
    marks = {m.code: m for m in statuses(show.lang)}
    found = []
    for code in FILTERS:
        n = extra[code] if code in extra else counts[code]
        if n or code == chosen:
            found.append(
                {
                    "code": code,
                    "mark": marks.get(code),
                    "word": marks[code].word if code in marks else show.t(f"panorama.filter_{code}"),
                    "n": n,
                    "chosen": code == chosen,
                    "href": asked.links.panorama(**asked.query(), status="" if code == chosen else code),
                }
            )
    return found


def _long(columns: list[Column]) -> str:
    """The position of the column that deserves twice the width; empty if none does."""
    longest = max((c for c in columns if c.position in COLUMNS), key=lambda c: c.total, default=None)
    return longest.position if longest is not None and longest.total > LONG else ""


def _common_role(show: Show, panorama: Panorama) -> Mark | None:
    """The role that all cells have: said once and not on every card."""
    held = {c.role.value for c in panorama.cells}
    return mark("role", held.pop(), show.lang) if len(held) == 1 else None


def _position(cell: Cell) -> str:
    return cell.position if cell.position in POSITIONS else "unknown"


def _path(cells: dict[str, Cell], group: str | None) -> list[Ref]:
    """The groups from the outermost to ``group``."""
    found: list[Ref] = []
    seen: set[str] = set()
    while group is not None and group not in seen:
        seen.add(group)
        found.insert(0, cells[group].segment)
        group = next((p for p in cells[group].parents if p in cells), None)
    return found


def _says_something(cell: Cell) -> bool:
    """Whether anything is recorded of the place itself: what is said of a place around it is not."""
    here = cell.presence
    judged = cell.status.value not in ("unknown", "partly_unknown") or cell.risks
    return bool(judged or cell.building or here.firms or here.by_status or here.declared)
