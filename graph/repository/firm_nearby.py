"""What a firm's segments need and feed, and which other firms work in all of them nearby."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from graph.repository.canvas import Canvas
from graph.repository.firm_models import Nearby, PlaceLevel
from graph.repository.models import LinkView, NodeView, Ref, Text
from graph.repository.reader import Reader, Row, ref
from graph.repository.segment_tree import AT_WORK

LEVELS: Final[tuple[PlaceLevel, ...]] = ("county", "city", "province")
_Kind = Literal["own", "need", "feed"]
_KINDS: Final[tuple[_Kind, ...]] = ("own", "need", "feed")
_FIRM_ROLE: Final = {"need": "upstream_firm", "feed": "downstream_firm"}
_PEER_ROLE: Final = ("peer_county", "peer_city", "peer_province")
_LABEL: Final = {
    "own": Text(zh="同环节企业", en="firms in the same segments"),
    "need": Text(zh="所需环节的企业", en="firms in segments it needs"),
    "feed": Text(zh="所供环节的企业", en="firms in segments it feeds"),
}


@dataclass(frozen=True, slots=True)
class Own:
    """The segments a firm works in and the places where it and its sites are."""

    segments: list[str]
    places: list[str]


async def nearby(
    reader: Reader, canvas: Canvas, firm_id: str, own: Own, *, day: str, level: PlaceLevel, limit: int
) -> list[Nearby]:
    """Put what the firm needs and feeds, and the firms there, on the canvas; and count those firms.

    Parameters
    ----------
    level : the widest level whose firms are named; counts are of all three.
    limit : inputs, outputs, and firms a segment.
    """
    needs, feeds, home = await asyncio.gather(
        reader.incoming(own.segments, "INPUT_TO", day=day),
        reader.outgoing(own.segments, "INPUT_TO", day=day),
        _home(reader, own.places),
    )
    need = _flow(reader, canvas, needs, "need", limit)
    feed = _flow(reader, canvas, feeds, "feed", limit)
    captions = {n.id: Ref(id=n.id, cls=n.cls, caption=n.caption) for n in canvas.nodes}
    kinds: dict[str, _Kind] = {}
    for kind, ids in zip(_KINDS, (own.segments, need, feed), strict=True):
        for segment in ids:
            kinds.setdefault(segment, kind)
    if not kinds or not any(home.values()):
        return [Nearby(segment=captions[s], relation=k, **dict.fromkeys(_COUNTS)) for s, k in kinds.items()]
    params: dict[str, Any] = {"id": firm_id, "at_work": list(AT_WORK), "day": day}
    params |= {"counties": home["county"], "cities": home["city"]}
    groups = [{"key": s, "segments": [s]} for s in kinds]
    groups += [{"key": k, "segments": [s for s, of in kinds.items() if of == k]} for k in _KINDS]
    within = [p for name in LEVELS[: LEVELS.index(level) + 1] for p in home[name]]
    depth = reader.limits.depth
    counted, named = await asyncio.gather(
        reader.rows("peer_counts", {**params, "groups": groups, "provinces": home["province"]}, DEPTH=depth),
        reader.rows(
            "peers", {**params, "segments": list(kinds), "places": within, "limit": limit}, DEPTH=depth
        ),
    )
    counts = {r["key"]: r for r in counted}
    _firms(reader, canvas, named, kinds)
    found = [_counted(captions[s], k, counts.get(s), home) for s, k in kinds.items()]
    totals = {k: int(counts[k][level]) for k in _KINDS if k in counts}
    _close(canvas, named, kinds, totals)
    return found


_COUNTS: Final = tuple(f"{level}{suffix}" for level in LEVELS for suffix in ("", "_at_work"))


async def _home(reader: Reader, places: Sequence[str]) -> dict[PlaceLevel, list[str]]:
    """The counties, cities and provinces that the places are or lie within."""
    home: dict[PlaceLevel, list[str]] = {level: [] for level in LEVELS}
    if places:
        rows = await reader.rows("place_ancestors", {"ids": list(places)}, DEPTH=reader.limits.depth)
        for props in {r["node"]["id"]: r["node"] for r in rows}.values():
            level = props.get("level")
            if level in home:
                home[level].append(props["id"])
    return home


def _flow(
    reader: Reader, canvas: Canvas, rows: list[Row], kind: Literal["need", "feed"], limit: int
) -> list[str]:
    """Draw the first ``limit`` segments on the other side of INPUT_TO, and tell which they are."""
    others = list(dict.fromkeys(r["node"]["id"] for r in rows))
    shown = set(others[:limit])
    links = []
    for row in rows:
        if row["node"]["id"] not in shown:
            continue
        canvas.place(reader.node_view(row["node"]), "upstream" if kind == "need" else "downstream")
        ends = (row["node"]["id"], row["id"]) if kind == "need" else (row["id"], row["node"]["id"])
        links.append(reader.link_view("INPUT_TO", row["link"], *ends))
        canvas.join(links[-1])
    label = (
        Text(zh="所需环节", en="segments it needs")
        if kind == "need"
        else Text(zh="所供环节", en="segments it feeds")
    )
    if others:
        canvas.section(f"{kind}s", label, links, shown=len(shown), total=len(others))
    return others[:limit]


def _firms(reader: Reader, canvas: Canvas, rows: list[Row], kinds: dict[str, _Kind]) -> None:
    for row in rows:
        firm: NodeView = reader.node_view(row["firm"])
        canvas.place(firm, _FIRM_ROLE.get(kinds[row["segment"]], _PEER_ROLE[row["distance"]]))
        canvas.join(_work(reader, row))


def _work(reader: Reader, row: Row) -> LinkView:
    return reader.link_view("WORKS_IN", row["link"], row["firm"]["id"], row["segment"], ref(row["site"]))


def _counted(segment: Ref, kind: _Kind, row: Row | None, home: dict[PlaceLevel, list[str]]) -> Nearby:
    counts = {
        f"{level}{suffix}": ((row or {}).get(f"{level}{suffix}", 0) if home[level] else None)
        for level in LEVELS
        for suffix in ("", "_at_work")
    }
    return Nearby(segment=segment, relation=kind, **counts)


def _close(canvas: Canvas, rows: list[Row], kinds: dict[str, _Kind], totals: dict[_Kind, int]) -> None:
    """One section for each kind, of distinct firms within the level that was asked for."""
    by_rid = {link.rid: link for link in canvas.edges}
    for kind in _KINDS:
        here = [r for r in rows if kinds[r["segment"]] == kind]
        if here:
            shown = len({r["firm"]["id"] for r in here})
            links = [by_rid[r["link"]["rid"]] for r in here]
            canvas.section(f"{kind}_firms", _LABEL[kind], links, shown=shown, total=totals[kind])
