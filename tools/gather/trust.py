"""How far a gathered row is trusted: standing and the date as of which it was seen."""

import re
from collections.abc import Iterable
from functools import cache

from tools.gather.gathered import Gathered, GatheredRow

VERIFIED = "verified"
UNVERIFIED = "unverified"
_INFERRED = re.compile(
    r"推定|推断|推测|推算|据名称|据公司名|据公司主业|一般知识|常识|inferred|general knowledge", re.IGNORECASE
)


def standing(gathered: Gathered, row: GatheredRow, *, sources: Iterable[str] | None = None) -> str:
    """Standing of a row by the trust rule.

    Verified when a source of grade A or B is cited, no cell of evidence, note or basis says that the fact was
    inferred or is general knowledge, and the row does not itself say otherwise; else unverified.
    """
    cited = gathered.sources_of(row) if sources is None else list(sources)
    good = any(grade(gathered, source) in ("A", "B") for source in cited)
    inferred = any(_INFERRED.search(row.get(column)) for column in ("evidence", "note", "basis"))
    doubted = row.get("standing") == UNVERIFIED
    return VERIFIED if good and not inferred and not doubted else UNVERIFIED


def grade(gathered: Gathered, source: str) -> str:
    """The grade of the document that a raw source id stands for: the best that any copy of it got."""
    return _grades(gathered)[gathered.decisions.merged(source)]


@cache
def _grades(gathered: Gathered) -> dict[str, str]:
    best: dict[str, str] = {}
    for raw, row in gathered.sources.items():
        kept = gathered.decisions.merged(raw)
        best[kept] = min(best.get(kept, row["grade"]), row["grade"])
    return best


def seen_at(gathered: Gathered, row: GatheredRow, own: str = "") -> str:
    """Date as of which the row was seen: its own date, else the latest date of its sources, else ""."""
    if own:
        return own
    return max((dated(gathered, source) for source in gathered.sources_of(row)), default="")


def dated(gathered: Gathered, source: str) -> str:
    """The date of the document that a raw source id stands for, as the table of sources gives it."""
    return _dates(gathered)[gathered.decisions.merged(source)]


@cache
def _dates(gathered: Gathered) -> dict[str, str]:
    decisions = gathered.decisions
    copies: dict[str, list[str]] = {kept: [] for kept in map(decisions.merged, gathered.sources)}
    for raw in sorted(gathered.sources, key=lambda raw: (decisions.merged(raw) != raw, raw)):
        copies[decisions.merged(raw)].append(gathered.sources[raw]["date"])
    found = {kept: document_date(dates) for kept, dates in copies.items()}
    for right in decisions.corrections:
        if (right.table, right.column) == ("sources", "date"):
            found |= {kept: right.into for kept in found if decisions.final(kept) == right.row_id}
    return found


def document_date(dates: Iterable[str]) -> str:
    """The date of a document from those that its copies give, best copy first.

    It is the first one given, or one that gives the same more exactly: of 2021 and 2021-04-21 the latter.
    """
    given = [date for date in dates if date]
    return max((date for date in given if date.startswith(given[0])), key=len, default="")


def provenance(gathered: Gathered, row: GatheredRow, own: str = "") -> dict[str, str | list[str]]:
    """The common cells of a gathered row: sources, standing, seen_at (`own` is the row's own date)."""
    return {
        "sources": gathered.sources_of(row),
        "standing": standing(gathered, row),
        "seen_at": seen_at(gathered, row, own),
    }
