"""The map: a segment's 现状 in every city or county, or how many segments of a chain have a verdict there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

import pandas as pd
from pydantic import Field

from graph.errors import BadInput, NotFound
from graph.gaps.index import Index
from graph.repository.models import Ref
from viz.map import Shade, Spot, draw_map, spots
from viz.pages.asked import Asked, ChainQuery, Word, slug
from viz.pages.panorama import anchor
from viz.verdicts import Mark, statuses

LEVELS: Final = ("city", "county")
#: What may be counted of a whole chain: a status, or segments with somebody at work.
COUNTED: Final = ("at_work", "missing", "weak", "strong", "recorded")
#: A number of segments is shaded by the step that it reaches.
STEPS: Final = (1, 3, 6, 11)


class MapQuery(ChainQuery):
    """Which map: of a segment, or of a whole chain by what is counted; by city or by county."""

    segment: Annotated[str, Field(max_length=200)] = ""
    level: Word = "city"
    counted: Word = "at_work"

    def check(self) -> None:
        """Raises ``BadInput`` for a level or a count that there is none of."""
        for name, value, known in (("level", self.level, LEVELS), ("counted", self.counted, COUNTED)):
            if value not in known:
                raise BadInput(
                    f"{name} {value!r} 应为 {'、'.join(known)} 之一 · one of these is expected",
                    field=name,
                    found=value,
                    expected=list(known),
                )


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in the list beside the map: firms of the segment, or segments counted; ``status`` is set where
    one segment is shown."""

    name: str
    shade: Shade
    number: int
    status: Mark | None


def map_context(
    asked: Asked, index: Index, table: pd.DataFrame, chain: Ref, wanted: MapQuery
) -> dict[str, Any]:
    """What ``map.html`` needs besides the form above it.

    Parameters
    ----------
    index : of the chain.
    table : as ``graph.gaps.matrix.statuses`` gives it for Jiangxi's cities and counties.

    Raises ``NotFound`` for a segment that the chain does not have, and ``BadInput``.
    """
    wanted.check()
    segments = [index.ref(s) for s in index.segments_of(chain.id)]
    segment = next((s for s in segments if wanted.segment in (s.id, slug(s.id))), None)
    if wanted.segment and segment is None:
        raise NotFound(
            f"{chain.caption} 没有环节 {wanted.segment[:80]!r} · the chain has no such segment",
            found=wanted.segment[:80],
        )
    if segment is None:
        rows = _counted(asked, table[table["segment"].isin([s.id for s in segments])], wanted.counted)
    else:
        rows = _of_segment(asked, table[table["segment"] == segment.id], segment)
    of_level = {key: row for key, row in rows.items() if spots()[key].level == wanted.level}
    shades = {key: row.shade for key, row in rows.items()}
    return {
        "chain": chain,
        "segment": segment,
        "segments": segments,
        "groups": {s.id for s in segments if not index.is_leaf(s.id)},
        "wanted": wanted,
        "map": draw_map(shades, asked.show.lang, by_city=wanted.level == "city"),
        "rows": _sorted(of_level),
        "legend": statuses(asked.show.lang) if segment else _steps(),
        "levels": LEVELS,
        "counts": COUNTED,
        "tab": "map",
    }


def _of_segment(asked: Asked, table: pd.DataFrame, segment: Ref) -> dict[str, PlaceRow]:
    """Every city and county with the status of one segment; unknown where the table has no row."""
    columns = (table["place"].tolist(), table["status"].tolist(), table["firms"].tolist())
    known = {place: (status, int(firms)) for place, status, firms in zip(*columns, strict=True)}
    found = {}
    for key, spot in spots().items():
        code, firms = known.get(key, ("unknown", 0))
        verdict = asked.mark("status", code)
        name = _name(asked, spot)
        says = asked.show.t("map.says_status", place=name, status=verdict.word, firms=firms)
        href = f"{_there(asked, key)}#{anchor(segment.id)}"
        found[key] = PlaceRow(name, Shade(f"t-{code}", verdict.letter, says, href), firms, verdict)
    return found


def _counted(asked: Asked, table: pd.DataFrame, counted: str) -> dict[str, PlaceRow]:
    """Every city and county with the number of leaf segments that are counted."""
    leaves = table[table["leaf"]]
    chosen = leaves[leaves["firms"] > 0] if counted == "at_work" else leaves[leaves["status"] == counted]
    numbers = chosen.groupby("place").size()
    found = {}
    for key, spot in spots().items():
        n = int(numbers.get(key, 0))
        name, what = _name(asked, spot), asked.show.t(f"map.counted_{counted}")
        says = asked.show.t("map.says_number", place=name, n=n, counted=what)
        found[key] = PlaceRow(name, Shade(f"n-{_step(n)}", str(n), says, _there(asked, key)), n, None)
    return found


def _name(asked: Asked, spot: Spot) -> str:
    return spot.name if asked.show.lang == "zh" else spot.name_en


def _there(asked: Asked, place: str) -> str:
    return asked.links.panorama(chain=asked.chain, place=place, as_of=asked.as_of)


def _sorted(rows: dict[str, PlaceRow]) -> list[PlaceRow]:
    """By status, what asks for something first; then the greatest number first; then by code."""

    def key(item: tuple[str, PlaceRow]) -> tuple[int, int, str]:
        place, row = item
        return row.status.order if row.status else 0, -row.number, place

    return [row for _, row in sorted(rows.items(), key=key)]


def _step(n: int) -> int:
    return sum(n >= step for step in STEPS)


def _steps() -> list[tuple[int, str]]:
    """The steps of the shading with the numbers that they stand for."""
    ends = [*(step - 1 for step in STEPS[1:]), None]
    texts = [
        f"{start}" if start == end else f"{start}–{end}" if end else f"≥{start}"
        for start, end in zip(STEPS, ends, strict=True)
    ]
    return [(0, "0"), *enumerate(texts, 1)]
