"""The table of gaps, what there is to ask, and one gap with its candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from graph.errors import BadInput
from graph.gaps.models import Cell, Gap, GapList, Panorama, Worklist
from graph.repository.models import Cited
from viz.dates import show_date
from viz.pages.asked import Asked, PlaceQuery, Word, slug
from viz.pages.panorama import Card, card
from viz.show import Show
from viz.sources import SourceList
from viz.verdicts import ACTIONS, AXES, ROLES, STATUSES, Mark, mark

#: Columns by which the table may be sorted, and which of them begin with the greatest.
SORTS = ("rank", "segment", "status", "risk", "role", "action", "priority", "candidates")
_GREATEST_FIRST = ("risk", "priority", "candidates")
#: The columns that may be filtered, each with the words that it may be filtered by.
FILTERS = AXES


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap with its marks and addresses."""

    gap: Gap
    card: Card
    actions: list[Mark]
    href: str
    panorama: str


@dataclass(frozen=True, slots=True)
class GapTable:
    """The gaps there are, those that fit the filters, sorted, and the first of them, with their sources."""

    found: GapList
    fitting: Sequence[Gap]
    shown: Sequence[Gap]
    cited: Cited

    def counted(self, show: Show) -> str:
        """How many are shown, how many fit, and how many there are."""
        shown, fits = len(self.shown), len(self.fitting)
        looked, total = len(self.found.items), self.found.total
        if shown == total:
            return show.t("gaps.count", shown=shown)
        if looked < total:
            return show.t("gaps.count_looked", shown=shown, fits=fits, looked=looked, total=total)
        if fits in (shown, total):
            return show.t("gaps.count_of", shown=shown, total=total)
        return show.t("gaps.count_fits", shown=shown, fits=fits, total=total)


class GapsQuery(PlaceQuery):
    """Parameters of the table.

    Filters by column; ``q``: a text that a row has; ``sort``: the column to sort by (after ``-`` the other
    way); ``tab``: ``worklist`` for what to ask.
    """

    tab: Word = ""
    status: Word = ""
    risk: Word = ""
    role: Word = ""
    action: Word = ""
    q: Annotated[str, Field(max_length=100)] = ""
    sort: Word = "rank"

    def filters(self) -> dict[str, str]:
        """The words that columns are filtered by. Raises ``BadInput`` for what no column has."""
        wanted: dict[str, str] = {name: getattr(self, name) for name in FILTERS}
        for name, value in wanted.items():
            if value:
                _one_of(name, value, FILTERS[name])
        return wanted

    def sorted_by(self) -> tuple[str, bool]:
        """The column, and whether the greatest come first. Raises ``BadInput`` for what is no column."""
        name = self.sort.removeprefix("-")
        _one_of("sort", name, SORTS)
        return name, (name in _GREATEST_FIRST) != self.sort.startswith("-")

    def query(self) -> dict[str, str]:
        """The same as parameters of an address, without chain, place and day."""
        return {**self.filters(), "q": self.q, "sort": "" if self.sort == "rank" else self.sort}


def gaps_context(
    asked: Asked, table: GapTable, panorama: Panorama | None, wanted: GapsQuery
) -> dict[str, Any]:
    """What ``gaps.html`` needs besides the form above it; ``panorama`` has what was found besides."""
    lang = asked.show.lang
    sources = SourceList(asked.show, dict(table.cited))
    if panorama is not None:
        sources.learn(panorama.cited)
    return {
        "found": table.found,
        "p": panorama,
        "rows": [_row(asked, gap) for gap in table.shown],
        "counted": table.counted(asked.show),
        "wanted": wanted,
        "filters": wanted.filters(),
        "src": sources,
        "options": {name: [mark(name, code, lang) for code in codes] for name, codes in FILTERS.items()},
        "headings": [_heading(asked, name, wanted) for name in SORTS],
        "csv": asked.links.gaps_csv(**asked.query(), **wanted.query()),
        "whole_chain": True,
        "tab": "gaps",
    }


def worklist_context(asked: Asked, found: Worklist) -> dict[str, Any]:
    """What ``gaps_worklist.html`` needs besides the form above it."""
    return {
        "found": found,
        "src": SourceList(asked.show, dict(found.cited)),
        "marks": asked.mark,
        "csv": asked.links.gaps_csv(tab="worklist", **asked.query()),
        "sheet": asked.links.gaps_csv(tab="sheet", **asked.query()),
        "whole_chain": True,
        "tab": "worklist",
    }


def gap_context(asked: Asked, cell: Cell, rank: int | None, sources: SourceList) -> dict[str, Any]:
    """What ``gaps_one.html`` needs of the link; ``rank`` among the gaps of its chain here if it is one."""
    made = card(asked, cell, {})
    return {
        "asked": asked,
        "card": made,
        "c": cell,
        "rank": rank,
        "src": sources,
        "marks": asked.mark,
        "day_text": show_date(cell.status.basis.as_of, asked.show.lang),
        "panorama": f"{asked.links.panorama(**asked.query())}#{made.anchor}",
        "tab": "",
    }


def chosen_gaps(items: Sequence[Gap], wanted: GapsQuery) -> list[Gap]:
    """The gaps that fit the filters, sorted; equal ones by rank, what is not known last."""
    filters = wanted.filters()
    name, greatest_first = wanted.sorted_by()
    kept = sorted((g for g in items if _fits(g, filters, wanted.q.strip())), key=lambda g: g.rank)
    known = [g for g in kept if _KEYS[name](g) is not None]
    return sorted(known, key=_KEYS[name], reverse=greatest_first) + [
        g for g in kept if _KEYS[name](g) is None
    ]


def _fits(gap: Gap, filters: Mapping[str, str], q: str) -> bool:
    cell = gap.cell
    held: dict[str, set[str]] = {
        "status": {cell.status.value},
        "risk": {r.value for r in cell.risks},
        "role": {cell.role.value},
        "action": {a.value for a in cell.actions},
    }
    if any(value and value not in held[name] for name, value in filters.items()):
        return False
    texts = (cell.segment.caption, cell.segment.id, cell.place.caption, *_reasons(cell))
    return not q or any(q.casefold() in text.casefold() for text in texts)


def _reasons(cell: Cell) -> list[str]:
    bases = [cell.status.basis, *(r.basis for r in cell.risks)]
    return [b.because.zh for b in bases] + [f.says.zh for b in bases for f in b.facts]


_KEYS: dict[str, Callable[[Gap], Any]] = {
    "rank": lambda g: g.rank,
    "segment": lambda g: (g.cell.chain.id, g.cell.segment.caption),
    "status": lambda g: STATUSES.index(g.cell.status.value),
    "risk": lambda g: len(g.cell.risks),
    "role": lambda g: ROLES.index(g.cell.role.value),
    "action": lambda g: [ACTIONS.index(a.value) for a in g.cell.actions],
    "priority": lambda g: g.cell.priority.value if g.cell.priority else None,
    "candidates": lambda g: g.candidates,
}


def _row(asked: Asked, gap: Gap) -> GapRow:
    cell, day = gap.cell, asked.as_of
    made = card(asked, cell, {})
    there = asked.links.panorama(chain=slug(cell.chain.id), place=cell.place.id, as_of=day)
    return GapRow(
        gap=gap,
        card=made,
        actions=[asked.mark("action", a.value) for a in cell.actions],
        href=asked.links.gap(gap.id, as_of=day),
        panorama=f"{there}#{made.anchor}",
    )


def _heading(asked: Asked, name: str, wanted: GapsQuery) -> dict[str, str]:
    """A column's heading: where its link leads, and how the table is sorted by it (``aria-sort``)."""
    column, down = wanted.sorted_by()
    other = f"-{name}" if column == name and not wanted.sort.startswith("-") else name
    return {
        "name": name,
        "href": asked.links.gaps(**asked.query(), **(wanted.query() | {"sort": other})),
        "sorted": ("descending" if down else "ascending") if column == name else "",
    }


def _one_of(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise BadInput(
            f"{name} {value[:40]!r} 应为 {'、'.join(known)} 之一 · one of these is expected",
            field=name,
            found=value[:40],
            expected=list(known),
        )
