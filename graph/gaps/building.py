"""在建: projects that fill a segment in a place, under way or in reserve."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date
from typing import Final

from graph.gaps.basis import Grounds
from graph.gaps.facts import ProjectFact
from graph.gaps.index import Index
from graph.gaps.models import ProjectAtWork
from graph.gaps.rules import Rules
from graph.gaps.words import fact_ref, value_label

_RULE: Final = "building"


def projects_of(index: Index, rules: Rules, segment: str, place: str) -> list[ProjectAtWork]:
    """The projects that fill this very segment in ``place`` or below: under way first, then in reserve.

    Projects of another status, or of none recorded, are left out. One whose status date is older than
    ``stale_months`` is marked as to be updated, which does not mean that it has stalled.
    """
    grounds = Grounds(index, rules, segment, place)
    order = (*grounds.texts(_RULE, "under_way"), *grounds.texts(_RULE, "reserve"))
    months = int(grounds.number(_RULE, "stale_months"))
    under_way = grounds.texts(_RULE, "under_way")
    found = [project for project in index.projects(segment, place) if project.status in order]
    found.sort(key=lambda p: p.key)
    found.sort(key=lambda p: p.date.last if p.date is not None else "", reverse=True)
    found.sort(key=lambda p: p.status not in under_way)
    return [_shown(index, project, months) for project in found]


def _shown(index: Index, project: ProjectFact, months: int) -> ProjectAtWork:
    fact = fact_ref(index, project)
    return ProjectAtWork(
        project=index.ref(project.key),
        status=project.status,
        status_label=value_label("Project", "status", project.status) if project.status else None,
        status_date=project.date.given if project.date is not None else None,
        stale=project.date is not None and _after(project.date.last, months) < index.day,
        fact=fact,
    )


def _after(day: str, months: int) -> str:
    """The ISO day ``months`` later; the last day of a shorter month."""
    start = date.fromisoformat(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max.isoformat()
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).isoformat()
