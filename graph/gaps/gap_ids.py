"""Ids of gaps: ``<segment slug>@<place slug>``, the slugs being the ids without their prefix.

A place keeps none, a park or zone does: ``new-energy/electrolyte@360900``, ``…@park/xiaolan``.
"""

from __future__ import annotations

import re
from typing import Final

from graph.errors import BadInput

_SEGMENT: Final = "segment/"
_PLACE: Final = "place/"
_AREAS: Final = (_PLACE, "park/", "zone/")
_SLUG: Final = r"[a-z0-9-]+(?:/[a-z0-9-]+)*"
_ID: Final = re.compile(rf"({_SLUG})@({_SLUG})", re.ASCII)
#: No id is longer than this.
_MOST: Final = 300


def gap_id(segment: str, place: str) -> str:
    """The id of the gap of a segment in a place, park or zone, both by their ids."""
    return f"{segment.removeprefix(_SEGMENT)}@{place.removeprefix(_PLACE)}"


def ends_of(gap: str) -> tuple[str, str]:
    """The ids of segment and place of a gap; ``BadInput`` for a text that is no id of one."""
    found = _ID.fullmatch(gap) if len(gap) <= _MOST else None
    if found is None:
        raise _no_gap(gap)
    segment, place = found.groups()
    return _SEGMENT + segment, place if place.startswith(_AREAS[1:]) else _PLACE + place


def halves_of(typed: str) -> tuple[str, str]:
    """What is typed for segment and place (``电解液@宜春市``); ``BadInput`` without an ``@`` between them."""
    segment, _, place = (part.strip() for part in typed[:_MOST].replace("＠", "@").rpartition("@"))
    if not segment or not place:
        raise _no_gap(typed)
    return segment, place


def _no_gap(typed: str) -> BadInput:
    shown = typed[:80]
    return BadInput(
        f"缺口 {shown!r} 应如 new-energy/electrolyte@360900 或 电解液@宜春市 · a gap such as "
        "new-energy/electrolyte@360900, or SEGMENT@PLACE by their names, is expected",
        found=shown,
        expected="new-energy/electrolyte@360900",
    )
