"""Random small facts: a province with two cities, counties, parks and a zone; a chain with a group or two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from graph.gaps.facts import (
    Declaration,
    Facts,
    FirmFact,
    Input,
    Lead,
    ParkFact,
    Positioned,
    ProjectFact,
    Remark,
    SegmentFact,
    Span,
    TitleFact,
    Work,
)
from graph.gaps.places import PlaceFact, PlaceTree
from graph.values import date_max, date_min

DAY = "2025-06-30"
CHAIN, OTHER_CHAIN = "chain/t", "chain/u"
PLACES = PlaceTree(
    {
        "place/cn": PlaceFact("place/cn", "中国", "country"),
        "place/36": PlaceFact("place/36", "省", "province", "place/cn"),
        "place/3601": PlaceFact("place/3601", "甲市", "city", "place/36"),
        "place/3602": PlaceFact("place/3602", "乙市", "city", "place/36"),
        "place/360101": PlaceFact("place/360101", "甲县", "county", "place/3601"),
        "place/360102": PlaceFact("place/360102", "丙县", "county", "place/3601"),
        "place/44": PlaceFact("place/44", "外省", "province", "place/cn"),
    }
)
PARKS = {
    "park/a": ParkFact("park/a", "甲园", "national", None, ("place/360101",), ()),
    "park/sub": ParkFact("park/sub", "甲园化工区", "recognised", "化工园区", ("place/360101",), ("park/a",)),
    "park/b": ParkFact("park/b", "乙园", "provincial", None, ("place/3602",), ()),
    "park/wide": ParkFact("park/wide", "跨县园", None, None, ("place/360101", "place/360102"), ()),
}
ZONES = {"zone/z": ("place/3601",)}
#: Segments: a group of two leaves, in it a smaller group, a leaf of its own, and one of another chain.
SEGMENTS = {
    s.id: s
    for s in (
        SegmentFact("segment/t/g", "组", "upstream", chains=(CHAIN,)),
        SegmentFact("segment/t/a", "甲件", "upstream", chains=(CHAIN,), parents=("segment/t/g",)),
        SegmentFact("segment/t/h", "小组", "upstream", chains=(CHAIN,), parents=("segment/t/g",)),
        SegmentFact("segment/t/b", "乙件", "midstream", chains=(CHAIN,), parents=("segment/t/h",)),
        SegmentFact("segment/t/c", "丙件", "downstream", chains=(CHAIN,)),
        SegmentFact("segment/u/x", "外件", chains=(OTHER_CHAIN,)),
    )
}
LEAVES = ("segment/t/a", "segment/t/b", "segment/t/c", "segment/u/x")
AREAS = (*PLACES.nodes, *PARKS, *ZONES)
FIRMS = tuple(f"firm/{i}" for i in range(5))


def span(text: str) -> Span:
    """A date as the facts have it."""
    return Span(text, date_min(text), date_max(text))


#: Dates of all precisions not after ``DAY``, and none.
dates = st.sampled_from([None, *map(span, ("2019", "2023", "2023-05", "2023-06-01", "2024", "2024-12-31"))])
#: The same, and some that begin after ``DAY``.
any_dates = dates | st.sampled_from([span("2025-07-01"), span("2026")])
#: Many facts are of one leaf and one city, or what is around them, so that they meet.
_segment = st.just("segment/t/a") | st.just("segment/t/a") | st.sampled_from(tuple(SEGMENTS))
_few = st.lists(_segment, min_size=1, max_size=2, unique=True).map(tuple)
_place = (
    st.just("place/3601") | st.sampled_from(("place/3601", "place/36")) | st.sampled_from(tuple(PLACES.nodes))
)
_where = st.lists(_place, min_size=1, max_size=2, unique=True).map(tuple)


def _some(values: tuple[str, ...], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


def _fact(key: str, when: st.SearchStrategy[Span | None] = dates) -> dict[str, Any]:
    return {
        "key": st.just(key),
        "date": when,
        "standing": st.just("verified"),
        "grade": st.sampled_from([None, "A", "B", "C"]),
        "sources": st.just(("source/s",)),
    }


def works(number: int) -> st.SearchStrategy[Work]:
    """One piece of work; sites may be shared by several."""
    site = number % len(_SITES)
    places, parks = _SITES[site]
    return st.builds(
        Work,
        **_fact(f"works/{number}"),
        site=st.just(f"site/{site}"),
        site_name=st.just(f"基地{site}"),
        segment=st.just("segment/t/a") | st.sampled_from((*LEAVES, "segment/t/g")),
        firms=_some(FIRMS),
        status=st.sampled_from(
            ["operating", "operating", "unknown", "suspended", "ceased", "planned", "under_construction"]
        ),
        capacity=st.sampled_from([None, "10万吨"]),
        places=st.just(places),
        parks=st.just(parks),
    )


#: Where the sites stand: in a county, a city, a park with and without a place told, the province,
#: elsewhere, and where is not told.
_SITES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("place/360101",), ()),
    (("place/3601",), ()),
    (("place/3601",), ("park/sub",)),
    ((), ("park/a",)),
    (("place/36",), ()),
    (("place/3602",), ("park/b",)),
    (("place/44",), ()),
    ((), ()),
)


def remarks(number: int) -> st.SearchStrategy[Remark]:
    """One statement of any kind, about places, firms or the nation."""
    return st.builds(
        Remark,
        **_fact(f"statement/{number}"),
        name=st.just("表述"),
        kind=st.sampled_from(["gap", "gap", "strength"]),
        gap_kind=st.sampled_from(["missing", "weak", "filled", "external", "factor", None]),
        subject_kind=st.sampled_from(["place", "place", "place", "firm", "nation", None]),
        filled_by=st.sampled_from([None, None, None, "某企业"]),
        filled_on=st.sampled_from([None, None, None, span("2024"), span("2026")]),
        segments=_few,
        places=_where,
        parks=_some(tuple(PARKS), 1),
        zones=_some(tuple(ZONES), 1),
        firms=_some(FIRMS, 1),
    )


def declarations(number: int) -> st.SearchStrategy[Declaration]:
    """One coverage declaration, of a segment, a group or the whole chain, that may be too old or too new."""
    return st.builds(
        Declaration,
        **_fact(f"coverage/{number}", any_dates),
        name=st.just("声明"),
        by=st.just("某局"),
        complete=st.sampled_from([True, True, True, False, None]),
        segments=_few,
        chains=_some((CHAIN,), 1),
        places=_where,
    )


def _leads(number: int) -> st.SearchStrategy[Lead]:
    return st.builds(
        Lead,
        **{
            **_fact(f"lead/{number}"),
            "standing": st.sampled_from(["verified", "verified", "unverified", None]),
        },
        called=st.sampled_from([None, None, "领军企业"]),
        cls=st.sampled_from(["DESIGNATED_CHAIN_LEADER", "FLAGSHIP_IN"]),
        firm=st.sampled_from(FIRMS),
        about=st.sampled_from((CHAIN, *SEGMENTS)),
    )


def _titles(number: int) -> st.SearchStrategy[TitleFact]:
    return st.builds(
        TitleFact,
        **_fact(f"title/{number}"),
        name=st.just("称号"),
        firm=st.sampled_from(FIRMS),
        level=st.sampled_from(["国家级", "省级", "市级", None]),
        status=st.sampled_from(["recognised", "reviewed", "announced", "called", "revoked", None]),
    )


def _inputs(number: int) -> st.SearchStrategy[Input]:
    return st.builds(
        Input,
        **_fact(f"input/{number}"),
        source=st.sampled_from(LEAVES),
        target=st.sampled_from(LEAVES),
        criticality=st.sampled_from(["required", "required", "common", None]),
        group=st.sampled_from([None, None, "任一"]),
    )


def _projects(number: int) -> st.SearchStrategy[ProjectFact]:
    return st.builds(
        ProjectFact,
        **_fact(f"project/{number}"),
        name=st.just("项目"),
        status=st.sampled_from(["signed", "started", "building", "producing", None]),
        segments=_few,
        places=_some(tuple(PLACES.nodes), 1),
    )


def _positions(number: int) -> st.SearchStrategy[Positioned]:
    return st.sampled_from((*PLACES.nodes, *PARKS)).flatmap(
        lambda subject: st.builds(
            Positioned,
            **_fact(f"position/{number}"),
            subject=st.just(subject),
            subject_name=st.just("此地"),
            about=st.sampled_from((CHAIN, *SEGMENTS)),
            role=st.sampled_from(["primary", "main", "support", "listed", None]),
            places=st.just(PARKS[subject].places if subject in PARKS else (subject,)),
        )
    )


def _up_to(count: int, make: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    each = [make(i) for i in range(count)]
    return st.integers(0, count).flatmap(lambda n: st.tuples(*each[:n]))


def _firms() -> st.SearchStrategy[dict[str, FirmFact]]:
    status = st.sampled_from(["operating", None, None, "ceased", "merged"])
    codes = st.sampled_from([(), (), ("600000.SH",)])
    each = {f: st.builds(FirmFact, st.just(f), st.just(f), status, stock_codes=codes) for f in FIRMS}
    return st.fixed_dictionaries(each)


_own: dict[str, Any] = {
    "day": st.just(DAY),
    "chains": st.just({CHAIN: "链"}),
    "places": st.just(PLACES),
    "segments": st.just(SEGMENTS),
    "firms": _firms(),
    "parks": st.just(PARKS),
    "zones": st.just(ZONES),
    "works": _up_to(8, works),
    "remarks": _up_to(4, remarks),
    "declarations": _up_to(2, declarations),
    "leads": _up_to(2, _leads),
    "titles": _up_to(3, _titles),
}
#: Random facts on ``DAY``, small enough to read: what 现状 rests on.
status_facts = st.builds(Facts, **_own)
#: The same with inputs, projects and positions.
facts = st.builds(
    Facts, **_own, inputs=_up_to(3, _inputs), projects=_up_to(2, _projects), positions=_up_to(2, _positions)
)
#: What 现状 rests on, with lists that are complete for the chain in a city, and nothing else said.
declared_facts = status_facts.map(
    lambda f: replace(
        f,
        remarks=(),
        declarations=(
            *f.declarations,
            Declaration(
                "coverage/d", span("2024-06-01"), chains=(CHAIN,), places=("place/3601",), complete=True
            ),
        ),
    )
)
segments = _segment
areas = (
    st.just("place/3601") | st.sampled_from(("place/3601", "place/360101", "park/a")) | st.sampled_from(AREAS)
)
cells = st.tuples(segments, areas)
