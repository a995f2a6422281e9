"""Facts written by hand for tests of verdicts: in a city, of 2024, unless said otherwise."""

from __future__ import annotations

from typing import Any

from graph.gaps.facts import Declaration, Facts, Remark, Work
from graph.gaps.index import Index
from graph.gaps.rules import load_rules
from graph.gaps.status import status_of
from tests.gaps.strategies import CHAIN, DAY, PARKS, PLACES, SEGMENTS, ZONES, span

RULES = load_rules()
A, GROUP, SMALL = "segment/t/a", "segment/t/g", "segment/t/h"
PROVINCE, CITY, COUNTY, OTHER = "place/36", "place/3601", "place/360101", "place/3602"


def world(**facts: Any) -> Facts:
    return Facts(DAY, {CHAIN: "链"}, PLACES, SEGMENTS, parks=PARKS, zones=ZONES, **facts)


def work(key: str = "w", date: str | None = "2024", **fields: Any) -> Work:
    own = {
        "site": f"site/{key}",
        "segment": A,
        "status": "operating",
        "places": (CITY,),
        "firms": (f"firm/{key}",),
    }
    return Work(key, span(date) if date else None, **{**own, **fields})


def remark(key: str, kind: str, date: str | None = "2023", **fields: Any) -> Remark:
    what = {"kind": "strength"} if kind == "strength" else {"kind": "gap", "gap_kind": kind}
    own = {"subject_kind": "place", "places": (CITY,), "segments": (A,), "text": f"说{key}", **what}
    return Remark(key, span(date) if date else None, **{**own, **fields})


def declared(date: str | None = "2025-01", **fields: Any) -> Declaration:
    own = {"complete": True, "segments": (A,), "places": (CITY,), "by": "某市工信局"}
    return Declaration("coverage/d", span(date) if date else None, **{**own, **fields})


def value(facts: Facts, segment: str = A, place: str = CITY) -> str:
    return status_of(Index(facts), RULES, segment, place).value
