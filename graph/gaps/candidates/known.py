"""Whether a segment and a place are among the facts; what is near, where they are not."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz.process import extract

from graph.errors import NotFound
from graph.gaps.index import Index

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
