"""全景: every segment of a chain in a place with its verdicts, and the gaps among them. Pure, no queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from graph.gaps.action import actions_of
from graph.gaps.basis import Grounds
from graph.gaps.building import projects_of
from graph.gaps.chain_wide import chain_wide, cut_notes
from graph.gaps.gap_ids import gap_id
from graph.gaps.groups import decide
from graph.gaps.index import Index
from graph.gaps.models import (
    Cell,
    Gap,
    Panorama,
    PlaceCount,
    Priority,
    RiskVerdict,
    RoleVerdict,
    StatusVerdict,
)
from graph.gaps.panorama_notes import notes_of
from graph.gaps.presence import presence_of
from graph.gaps.priority import priority_of
from graph.gaps.risk import risks_of
from graph.gaps.role import role_of
from graph.gaps.rules import Rules
from graph.gaps.status import status_of

_LACKING: Final = ("missing", "weak")
_OPEN: Final = ("unknown", "recorded")
#: First step of the order of gaps: what the place is positioned for, and last what may not be built there.
_ROLES: Final = {"main": 0, "support": 1, "listed": 1, "none": 1, "unfit": 2}


def panorama_of(index: Index, rules: Rules, chain: str, place: str) -> Panorama:
    """The chain in the place (a place, park or zone) on the day of the facts.

    ``cells`` stand in the order of the chain's segments; gaps, and leaves that are unknown or undecided, have
    a priority. ``findings`` and ``cited`` are empty: they are read from the graph.
    """
    cells = [cell_of(index, rules, segment, place, chain=chain) for segment in index.segments_of(chain)]
    counts = Counter(cell.status.value for cell in cells if cell.leaf)
    wide, counts_wide = chain_wide(index, chain, place)
    return Panorama(
        chain=index.ref(chain),
        place=index.ref(place),
        as_of=index.day,
        cells=cells,
        counts=dict(sorted(counts.items())),
        below=places_below(index, chain, place),
        chain_wide=wide,
        chain_wide_counts=counts_wide,
        notes=[*notes_of(index, cells, place, wide), *cut_notes(wide, counts_wide)],
    )


def cell_of(index: Index, rules: Rules, segment: str, place: str, *, chain: str | None = None) -> Cell:
    """One segment in one place; ``chain``: the one of its chains that the answer is about."""
    status = status_of(index, rules, segment, place)
    role = role_of(index, rules, segment, place)
    risks = risks_of(index, rules, segment, place)
    known = index.facts.segments.get(segment)
    chains = index.chains_of(segment)
    of = chain if chain is not None or not chains else chains[0]
    return Cell(
        segment=index.ref(segment),
        chain=index.ref(of or segment),
        parents=[] if known is None else list(known.parents),
        position=None if known is None else known.position,
        leaf=index.is_leaf(segment),
        place=index.ref(place),
        status=status,
        role=role,
        risks=risks,
        actions=actions_of(index, rules, segment, place, status=status, role=role, risks=risks),
        building=projects_of(index, rules, segment, place),
        presence=presence_of(index, rules, segment, place),
        priority=_priority(Grounds(index, rules, segment, place), status, role, risks),
    )


def _priority(
    grounds: Grounds, status: StatusVerdict, role: RoleVerdict, risks: list[RiskVerdict]
) -> Priority | None:
    """Of a gap, and of a leaf that is unknown or undecided; of a group lacking something only where that is
    said of the group itself."""
    index, rules, segment, place = grounds.index, grounds.rules, grounds.segment, grounds.place
    lacking = status.value in _LACKING
    if index.is_leaf(segment):
        wanted = lacking or status.value in _OPEN
    else:
        wanted = lacking and not decide(index, rules, segment, place).step.startswith("group-")
    if not wanted and not risks:
        return None
    return priority_of(index, rules, segment, place, status=status, role=role, risks=risks)


def gap_cells(panorama: Panorama) -> list[Cell]:
    """The cells that are gaps: missing, weak or at risk; a group only by what is said of it or needs it."""
    return [cell for cell in panorama.cells if is_gap(cell)]


def is_gap(cell: Cell) -> bool:
    """Whether a cell is a gap."""
    return cell.priority is not None and (bool(cell.risks) or cell.status.value in _LACKING)


def ranked(cells: Iterable[Cell]) -> list[Gap]:
    """The gaps in their order: what the place is positioned for (主攻) first, what is unfit last; then by
    priority, known share, segment and place. A segment of two chains stands once."""
    once: dict[str, Cell] = {}
    for cell in cells:
        once.setdefault(gap_id(cell.segment.id, cell.place.id), cell)
    order = sorted(
        once.items(), key=lambda item: (*urgency_key(item[1]), item[1].segment.id, item[1].place.id)
    )
    return [Gap(id=key, rank=rank, cell=cell) for rank, (key, cell) in enumerate(order, 1)]


def urgency_key(cell: Cell) -> tuple[int, float, float, float]:
    """Sorts cells: by role, then those with the higher priority first; where too little is known for one,
    by what the known parts weigh."""
    priority = cell.priority
    if priority is None:
        return _ROLES[cell.role.value], 1.0, 0.0, 0.0
    value = -1.0 if priority.value is None else priority.value
    weight = sum(part.weight * part.value for part in priority.parts if part.value is not None)
    return _ROLES[cell.role.value], -value, -weight, -priority.known


def places_below(index: Index, chain: str, place: str) -> list[PlaceCount]:
    """Sites and firms at work in the chain, by the places directly below; last those 未落到下级.

    Each site is counted once: one that is recorded in several places below counts as not told lower.
    """
    below = set(index.areas.children(place))
    if not below:
        return []
    spots: dict[str, set[str]] = defaultdict(set)
    makers: dict[str, set[str]] = defaultdict(set)
    for segment in index.segments_of(chain):
        for work in index.at_work(segment, place):
            spots[work.site] |= below & index.areas.of(work.places, work.parks)
            makers[work.site].update(index.firms([work]))
    sites: dict[str | None, list[str]] = defaultdict(list)
    for site, found in spots.items():
        sites[next(iter(found)) if len(found) == 1 else None].append(site)
    return [
        PlaceCount(
            place=None if key is None else index.ref(key),
            sites=len(found),
            firms=len({firm for site in found for firm in makers[site]}),
        )
        for key, found in sorted(sites.items(), key=lambda item: (item[0] is None, item[0] or ""))
    ]
