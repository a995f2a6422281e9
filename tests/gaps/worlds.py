"""Hand-made facts for the tests of risk, role, panorama, tasks, at places of ``tests.gaps.strategies``."""

from __future__ import annotations

from typing import Any

from graph.gaps.facts import Declaration, Facts, Input, Lead, Positioned, ProjectFact, Remark, Work
from graph.gaps.index import Index
from tests.gaps.strategies import CHAIN, DAY, PARKS, PLACES, SEGMENTS, ZONES, span

A, B, C, GROUP = "segment/t/a", "segment/t/b", "segment/t/c", "segment/t/g"
PROVINCE, CITY, COUNTY, COUNTY2, OTHER = (
    "place/36", "place/3601", "place/360101", "place/360102", "place/3602",
)  # fmt: skip


def world(**facts: Any) -> Index:
    """An index of the facts."""
    given = {"segments": SEGMENTS, "parks": PARKS, "zones": ZONES, **facts}
    return Index(Facts(DAY, {CHAIN: "链"}, PLACES, **given))


def work(key: str, segment: str = A, **fields: Any) -> Work:
    """Somebody operating in the city, of its own firm and site."""
    own = {"site": f"site/{key}", "site_name": f"基地{key}", "firms": (f"firm/{key}",), "places": (CITY,)}
    return Work(f"work-{key}", span("2024"), **{**own, "segment": segment, "status": "operating", **fields})


def need(source: str = A, target: str = C, **fields: Any) -> Input:
    """The target requires the source."""
    own = {"source": source, "target": target, "criticality": "required", **fields}
    return Input(f"input-{source}-{target}", **own)


def declared(*segments: str, date: str = "2025-01", **fields: Any) -> Declaration:
    """The list for the segments in the city is complete."""
    own = {"name": "名单", "complete": True, "segments": segments or (A,), "places": (CITY,), **fields}
    return Declaration("coverage/d", span(date), **own)


def said(gap_kind: str, segment: str = A, date: str = "2024", **fields: Any) -> Remark:
    """A statement about the city."""
    own = {"name": f"说{gap_kind}", "kind": "gap", "gap_kind": gap_kind, "subject_kind": "place"}
    own |= {"segments": (segment,), "places": (CITY,)}
    return Remark(f"statement/{gap_kind}", span(date), **{**own, **fields})


def project(key: str, status: str | None, date: str | None, **fields: Any) -> ProjectFact:
    """A project of segment A in the city."""
    own = {"name": f"项目{key}", "status": status, "segments": (A,), "places": (CITY,), **fields}
    return ProjectFact(f"project/{key}", span(date) if date else None, **own)


def positioned(subject: str, role: str | None, about: str = CHAIN, **fields: Any) -> Positioned:
    """A place, park or zone is positioned for the chain."""
    places = PARKS[subject].places if subject in PARKS else ZONES.get(subject, (subject,))
    own = {"subject": subject, "subject_name": subject, "about": about, "role": role, "places": places}
    return Positioned(f"position-{subject}-{about}", span("2024"), **{**own, **fields})


def lead(firm: str, about: str = CHAIN) -> Lead:
    """The firm is a flagship."""
    return Lead(
        f"lead-{firm}",
        span("2024"),
        cls="FLAGSHIP_IN",
        standing="verified",
        firm=firm,
        about=about,
        grade="A",
    )
