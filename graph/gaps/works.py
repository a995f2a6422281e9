"""Sites at work, put together from their rows and from what is known of firms and parks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from graph.gaps.facts import GONE, FirmFact, ParkFact, Work
from graph.gaps.rows import common, places_of, span_at
from graph.repository.reader import Row

_UNKNOWN: Final = "unknown"


def work(row: Row, day: str, firms: Mapping[str, FirmFact], parks: Mapping[str, ParkFact]) -> Work | None:
    """A row of ``gap_works`` as it was on ``day``; ``None`` for one of another time.

    A site stands in its own places, else where its park does, else where its firms do. It has ceased where
    all its firms have.
    """
    site, link = row["site"], row["link"]
    shared = common(link, day, "as_of")
    closed = span_at(site, "valid_to")
    if shared is None or (closed is not None and closed.last < day):
        return None
    operators, standing_in = tuple(sorted(row["firms"])), tuple(sorted(row["parks"]))
    places = tuple(sorted(row["places"])) or places_of(standing_in, parks) or _homes(operators, firms)
    known = [firms[f] for f in operators if f in firms]
    gone = bool(known) and all(f.status in GONE for f in known)
    return Work(
        **shared,
        site=site["id"],
        site_name=site["caption"],
        segment=row["segment"],
        firms=operators,
        product=link.get("product"),
        role=link.get("role"),
        capacity=link.get("capacity"),
        status="ceased" if gone else link.get("status") or _UNKNOWN,
        places=places,
        parks=standing_in,
    )


def _homes(operators: Iterable[str], firms: Mapping[str, FirmFact]) -> tuple[str, ...]:
    return tuple(sorted({p for f in operators if f in firms for p in firms[f].places}))
