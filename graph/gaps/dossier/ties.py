"""Whom the firm deals with here: recorded relations, one step or two, to parties in the areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from graph.gaps.candidate_models import PathStep, RelationPath
from graph.gaps.candidates.ties import Tie, ties_around
from graph.gaps.dossier.areas import Areas
from graph.gaps.dossier.models import Dealing
from graph.gaps.index import Index
from graph.repository.models import Ref
from graph.repository.reader import Reader

#: Parties one step away from which a second is taken, and dealings told.
MOST_MIDDLE: Final = 200
MOST_TOLD: Final = 20
_AT_ONCE: Final = 500


async def read_dealings(reader: Reader, index: Index, areas: Areas, firm: Ref) -> list[Dealing]:
    """The shortest path to each party in the areas, leading firms first, then the nearest."""
    first = await ties_around(reader, {firm.id: firm}, index.day)
    middle = {tie.far.id: tie.far for tie in first}
    second = await ties_around(reader, dict(sorted(middle.items())[:MOST_MIDDLE]), index.day)
    paths: dict[str, tuple[Ref, list[PathStep]]] = {}
    for tie in first:
        paths.setdefault(tie.far.id, (tie.far, [tie.step]))
    by_end: dict[str, Tie] = {}
    for tie in first:
        by_end.setdefault(tie.far.id, tie)
    for tie in second:
        if tie.far.id != firm.id:
            paths.setdefault(tie.far.id, (tie.far, [by_end[tie.near].step, tie.step]))
    where = await _where(reader, index.day, areas, paths)
    leaders = {lead.firm for lead in index.facts.leads}
    found = [
        Dealing(path=RelationPath(to=end, leader=end.id in leaders, steps=steps), area=where[key])
        for key, (end, steps) in paths.items()
        if key in where
    ]
    order = {key: at for at, key in enumerate(areas.ids)}
    return sorted(
        found,
        key=lambda d: (len(d.path.steps), not d.path.leader, order[d.area.id], d.path.to.id),
    )


async def _where(reader: Reader, day: str, areas: Areas, paths: Mapping[str, object]) -> dict[str, Ref]:
    """In which area each party lies, those that lie in one."""
    found: dict[str, Ref] = {}
    for some in _batches(sorted(paths)):
        rows = await reader.rows("dossier_here", {"ids": some, "day": day, "limit": _AT_ONCE})
        for row in rows:
            if (area := areas.of(row["places"], row["parks"])) is not None:
                found[row["id"]] = area
    return found


def _batches(ids: Sequence[str]) -> Iterable[list[str]]:
    return (list(ids[at : at + _AT_ONCE]) for at in range(0, len(ids), _AT_ONCE))
