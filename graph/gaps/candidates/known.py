"""Whether a segment and a place are among the facts, and firms in the graph; what is near, where not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz.process import extract

from graph.errors import NotFound
from graph.gaps.index import Index
from graph.repository.reader import Reader

_NEAR = 5


def check_asked(index: Index, segment: str, place: str) -> None:
    """Raises ``NotFound`` that names what is near, for a segment or place that is not among the facts."""
    segments = {key: s.name for key, s in index.facts.segments.items()}
    if segment not in segments:
        raise _missing(segment, segments, "环节", "segment")
    places = {key: p.name for key, p in index.facts.places.nodes.items()}
    places |= {key: p.name for key, p in index.facts.parks.items()}
    if place not in places and place not in index.facts.zones:
        raise _missing(place, places, "地区或园区", "place or park")


async def check_firms(reader: Reader, ids: Iterable[str]) -> None:
    """Raises ``NotFound`` that names those of ``ids`` that are the id of no firm."""
    listed = sorted(set(ids))
    rows = await reader.rows("entities", {"ids": listed}, reader.limits.facts) if listed else []
    known = {row["node"]["id"] for row in rows if row["node"]["cls"] == "Firm"}
    if missing := [key[:80] for key in listed if key not in known]:
        told = ", ".join(missing[:_NEAR])
        raise NotFound(f"没有企业 {told} · there is no firm {told}", found=missing, expected="firm/…")


def _missing(asked: str, known: Mapping[str, str], zh: str, en: str) -> NotFound:
    shown = asked[:80]
    by_id = extract(shown, list(known), limit=_NEAR)
    by_name = extract(shown, known, limit=_NEAR)
    best = sorted(
        [(score, key) for key, score, _ in by_id] + [(score, key) for _, score, key in by_name], reverse=True
    )
    near = list(dict.fromkeys(key for _, key in best))[:_NEAR]
    named = ", ".join(f"{known[key]} ({key})" for key in near)
    return NotFound(
        f"没有{zh} {shown!r}，相近的有 {named} · there is no {en} {shown!r}; near it: {named}",
        found=shown,
        near=near,
    )
