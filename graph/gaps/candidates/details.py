"""What is recorded of candidates besides what they make: titles, work, projects, subsidiaries, successors."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graph.gaps import rows as made
from graph.gaps.candidates.citing import Evidence, both, of_common
from graph.gaps.facts import Span, TitleFact
from graph.gaps.models import FactRef
from graph.gaps.rows import common, span_at
from graph.gaps.words import value_label
from graph.repository.models import Ref, Text
from graph.repository.reader import Reader, Row

#: Rows of each kind that are read for all candidates together.
MOST_ROWS: Final = 10_000
_DEAD: Final = ("terminated", "suspended")


@dataclass(frozen=True, slots=True)
class WorkElsewhere:
    """A segment that a firm works in: its id and name."""

    segment: str
    name: str
    capacity: str | None
    status: str
    fact: Evidence


@dataclass(frozen=True, slots=True)
class Sign:
    """A project or subsidiary: ``date`` by which it is a sign of expansion, and ``places`` where it is."""

    date: Span | None
    places: tuple[str, ...]
    fact: Evidence


@dataclass(slots=True)
class Detail:
    """All of one firm."""

    titles: list[TitleFact] = field(default_factory=list)
    works: list[WorkElsewhere] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)


async def read_details(reader: Reader, ids: Iterable[str], day: str) -> dict[str, Detail]:
    """What is recorded on ``day`` of the firms with these ids."""
    listed = sorted(set(ids))
    params = {"ids": listed, "limit": MOST_ROWS}
    titles, works, projects, subsidiaries = await asyncio.gather(
        _rows(reader, "gap_titles", {"ids": listed}),
        _rows(reader, "candidate_works", params),
        _rows(reader, "candidate_projects", params),
        _rows(reader, "candidate_subsidiaries", params),
    )
    found: dict[str, Detail] = defaultdict(Detail)
    for row in titles:
        if title := made.title(row, row["holder"], day):
            found[row["holder"]].titles.append(title)
    for row in (row for answer in works for row in answer["works"]):
        if work := _work(row, day):
            found[row["firm"]].works.append(work)
    for row, make in (*((r, _project) for r in projects), *((r, _subsidiary) for r in subsidiaries)):
        if sign := make(row, day):
            found[row["firm"]].signs.append(sign)
    return dict(found)


async def read_successors(reader: Reader, ids: Sequence[str], day: str) -> dict[str, tuple[Ref, FactRef]]:
    """Who succeeded the firms with these ids, by the firm that was succeeded."""
    found: dict[str, tuple[Ref, FactRef]] = {}
    for row in await reader.incoming(list(ids), "SUCCESSOR_OF", most=reader.limits.rows):
        node = row["node"]
        after = Ref(id=node["id"], cls=node["cls"], caption=node["caption"])
        shared = common(row["link"], day)
        if shared is not None:
            says = Text(zh=f"{after.caption} 承继", en=f"succeeded by {after.caption}")
            found.setdefault(row["id"], (after, of_common(shared, "SUCCESSOR_OF", says, after)))
    return found


async def _rows(reader: Reader, name: str, params: dict[str, Any]) -> list[Row]:
    return await reader.rows(name, params, most=reader.limits.facts)


def _work(row: Row, day: str) -> WorkElsewhere | None:
    link = row["link"]
    shared = common(link, day, "as_of")
    if shared is None:
        return None
    status = link.get("status") or "unknown"

    def tell() -> FactRef:
        segment = Ref(id=row["segment"]["id"], cls="Segment", caption=row["segment"]["caption"])
        word = value_label("WORKS_IN", "status", status)
        parts = [p for p in (row["site"], segment.caption, link.get("product"), link.get("capacity")) if p]
        says = Text(zh="，".join((*parts, word.zh)), en=", ".join((*parts, word.en)))
        return of_common(shared, "WORKS_IN", says, segment)

    return WorkElsewhere(row["segment"]["id"], row["segment"]["caption"], link.get("capacity"), status, tell)


def _project(row: Row, day: str) -> Sign | None:
    node = row["node"]
    shared = common(node, day, "status_date")
    status = node.get("status")
    if shared is None or status in _DEAD:
        return None

    def tell() -> FactRef:
        about = Ref(id=node["id"], cls="Project", caption=node["caption"])
        word = value_label("Project", "status", status) if status else both("")
        zh, en = f"项目 {about.caption} {word.zh}", f"project {about.caption} {word.en}"
        return of_common(shared, "Project", Text(zh=zh.strip(), en=en.strip()), about)

    return Sign(span_at(node, "status_date"), tuple(sorted(row["places"] or row["parks"])), tell)


def _subsidiary(row: Row, day: str) -> Sign | None:
    """A subsidiary, dated by when it was founded, else by when it became one."""
    node, link = row["node"], row["link"]
    shared = common(link, day)
    date = span_at(node, "founded") or span_at(link, "valid_from")
    if shared is None or (date is not None and date.first > day):
        return None

    def tell() -> FactRef:
        about = Ref(id=node["id"], cls="Firm", caption=node["caption"])
        when = f"（{date.given}）" if date else ""
        says = Text(zh=f"子公司 {about.caption}{when}", en=f"subsidiary {about.caption}{when}")
        return of_common(shared, "SUBSIDIARY_OF", says, about)

    return Sign(date, tuple(sorted(row["places"])), tell)
