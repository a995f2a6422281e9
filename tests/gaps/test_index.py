"""Look-ups over facts: segments as a tree, areas, who is where, and what is recorded no lower."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.gaps.facts import (
    Declaration,
    Facts,
    FirmFact,
    Input,
    Lead,
    ParkFact,
    ProjectFact,
    Rate,
    SegmentFact,
    TitleFact,
    Work,
)
from graph.gaps.index import Index
from graph.gaps.places import PlaceFact, PlaceTree
from tests.gaps import naive
from tests.gaps import strategies as made
from tests.gaps.strategies import CHAIN, DAY, OTHER_CHAIN, PARKS, PLACES, SEGMENTS, ZONES

A, GROUP, SMALL = "segment/t/a", "segment/t/g", "segment/t/h"
PROVINCE, CITY, COUNTY, OTHER_COUNTY = "place/36", "place/3601", "place/360101", "place/360102"


def index(**facts: Any) -> Index:
    return Index(Facts(DAY, {CHAIN: "链"}, PLACES, SEGMENTS, parks=PARKS, zones=ZONES, **facts))


def work(key: str, *places: str, parks: tuple[str, ...] = (), **fields: Any) -> Work:
    own = {"site": f"site/{key}", "segment": A, "status": "operating", "firms": (f"firm/{key}",)}
    return Work(key, places=places, parks=parks, **{**own, **fields})


def keys(works: Any) -> set[str]:
    return {w.key for w in works}


def test_segments_are_a_tree() -> None:
    i = index()
    assert [i.is_leaf(s) for s in (A, GROUP, SMALL)] == [True, False, False]
    assert set(i.leaves(GROUP)) == {A, "segment/t/b"}
    assert i.leaves(A) == (A,)
    assert set(i.below(GROUP)) == {GROUP, SMALL, A, "segment/t/b"}
    assert i.parents_all("segment/t/b") == (SMALL, GROUP)
    assert i.chains_of("segment/t/b") == (CHAIN,)
    assert i.chains_of("segment/u/x") == (OTHER_CHAIN,)
    assert i.segments_of(CHAIN) == (GROUP, A, SMALL, "segment/t/b", "segment/t/c")  # by position, parent, id
    assert i.segments_of("chain/none") == ()


def test_a_segment_of_two_groups_and_a_parent_that_is_not_known() -> None:
    segments = {
        s.id: s
        for s in (
            SegmentFact("segment/g", "组", chains=(CHAIN,)),
            SegmentFact("segment/h", "组", chains=(OTHER_CHAIN,), parents=("segment/gone",)),
            SegmentFact("segment/x", "件", parents=("segment/g", "segment/h")),
        )
    }
    i = Index(Facts(DAY, {CHAIN: "链"}, PLACES, segments))
    assert set(i.parents_all("segment/x")) == {"segment/g", "segment/h"}
    assert set(i.chains_of("segment/x")) == {CHAIN, OTHER_CHAIN}
    assert i.parents_all("segment/h") == ()
    assert i.parents_all("segment/nowhere") == ()


WORKS = (
    work("county", COUNTY),
    work("city", CITY),
    work("province", PROVINCE),
    work("park", COUNTY, parks=("park/sub",)),
    work("told-by-park", CITY, parks=("park/a",)),  # its park tells the county
    work("elsewhere", "place/3602", parks=("park/b",)),
    work("odd", OTHER_COUNTY, parks=("park/a",)),  # the park of another county tells nothing of the place
    work("nowhere"),
)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (COUNTY, {"county", "park", "told-by-park"}),
        (OTHER_COUNTY, {"odd"}),
        (CITY, {"county", "city", "park", "told-by-park", "odd"}),
        (PROVINCE, {"county", "city", "province", "park", "told-by-park", "elsewhere", "odd"}),
        ("park/a", {"park", "told-by-park", "odd"}),
        ("park/sub", {"park"}),
        ("zone/z", {"county", "city", "park", "told-by-park", "odd"}),
        ("place/44", set()),
        ("place/unheard", set()),
    ],
)
def test_work_counts_where_it_lies_and_in_all_around(place: str, expected: set[str]) -> None:
    assert keys(index(works=WORKS).works(A, place)) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (COUNTY, {"city", "province"}),
        (OTHER_COUNTY, {"city", "province"}),
        (CITY, {"province"}),
        (PROVINCE, set()),
        ("place/3602", {"province"}),
        ("park/a", {"county", "city", "province"}),  # not who is in another park
        ("park/sub", {"county", "city", "province", "told-by-park"}),
        ("zone/z", {"province"}),
    ],
)
def test_what_is_recorded_for_a_wider_place_may_be_here(place: str, expected: set[str]) -> None:
    assert keys(index(works=WORKS).possible(A, place)) == expected | {"nowhere"}


def test_what_is_planned_or_gone_is_not_possibly_here() -> None:
    works = (work("planned", CITY, status="planned"), work("gone", CITY, status="ceased"))
    assert index(works=(*works, work("shut", CITY, status="suspended"))).possible(A, COUNTY)[0].key == "shut"


@pytest.mark.parametrize(
    ("place", "expected"), [(PROVINCE, {"province"}), (CITY, {"city"}), (COUNTY, set()), ("place/cn", set())]
)
def test_what_is_recorded_in_no_lower_place(place: str, expected: set[str]) -> None:
    assert keys(index(works=WORKS).not_lower(A, place)) == expected


@settings(max_examples=100, deadline=None)
@given(made.status_facts, st.sampled_from(made.LEAVES), st.sampled_from(made.AREAS))
def test_where_work_is_agrees_with_plain_loops(facts: Facts, segment: str, area: str) -> None:
    i = Index(facts)
    here = [w for w in facts.works if w.segment == segment and naive.in_area(facts, w, area)]
    assert keys(i.works(segment, area)) == keys(here)
    assert keys(i.at_work(segment, area)) == keys(naive.at_work(facts, [segment], area))
    assert set(i.makers(i.at_work(segment, area))) == naive.makers(facts, i.at_work(segment, area))
    maybe = [w for w in facts.works if w.segment == segment and naive.maybe_in(facts, w, area)]
    assert keys(i.possible(segment, area)) == keys(w for w in maybe if i.is_present(w))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(made.AREAS), st.sampled_from(made.AREAS))
def test_what_is_around_agrees_with_plain_loops(outer: str, area: str) -> None:
    i = index()
    assert (outer in i.around(area)) == naive.holds(i.facts, outer, area)
    assert i.around(area)[0] == area


def test_around_goes_from_the_inside_out() -> None:
    assert index().around("park/sub") == (
        "park/sub", "park/a", COUNTY, CITY, PROVINCE, "place/cn", "zone/z",
    )  # fmt: skip
    assert index().around("park/wide") == (
        "park/wide",
        CITY,
        PROVINCE,
        "place/cn",
        "zone/z",
    )  # in two counties
    assert index().around("place/unheard") == ("place/unheard",)


def test_circles_in_the_facts_end() -> None:
    places = PlaceTree(
        {k: PlaceFact(k, k, "city", p) for k, p in (("place/1", "place/2"), ("place/2", "place/1"))}
    )
    parks = {k: ParkFact(k, k, parents=(p,)) for k, p in (("park/1", "park/2"), ("park/2", "park/1"))}
    segments = {
        k: SegmentFact(k, k, parents=(p,))
        for k, p in (("segment/1", "segment/2"), ("segment/2", "segment/1"))
    }
    i = Index(Facts(DAY, {}, places, segments, parks=parks, works=(work("w", "place/1", parks=("park/1",)),)))
    assert set(i.around("place/1")) == {"place/1", "place/2"}
    assert keys(i.works(A, "place/2")) == keys(i.works(A, "park/2")) == {"w"}
    assert set(i.below("segment/1")) == {"segment/1", "segment/2"}


def test_firms_that_are_gone_do_not_count() -> None:
    firms = {"firm/a": FirmFact("firm/a", "甲", "merged"), "firm/b": FirmFact("firm/b", "乙", "operating")}
    both = work("both", CITY, firms=("firm/a", "firm/b"))
    alone = work("alone", CITY, firms=("firm/a",))
    nobody = work("nobody", CITY, firms=())
    i = index(works=(both, alone, nobody), firms=firms)
    assert keys(i.at_work(A, CITY)) == {"both", "nobody"}
    assert i.firms(i.works(A, CITY)) == ["firm/b"]
    assert i.makers(i.works(A, CITY)) == ["firm/b", "site/nobody"]


def test_inputs_leads_titles_projects_rates_and_declarations_are_found() -> None:
    goes_in = Input("i", source="segment/u/x", target=A)
    leads = tuple(Lead(f"lead/{n}", cls="FLAGSHIP_IN", called="龙头", firm=f, about=a) for n, f, a in (
        (1, "firm/w", A), (2, "firm/w", CHAIN), (3, "firm/w", "segment/t/c"), (4, "firm/absent", A),
    ))  # fmt: skip
    title = TitleFact("title/1", firm="firm/w", name="称号")
    project = ProjectFact("project/1", segments=(A,), places=(COUNTY,), name="项目")
    rate = Rate("observation/1", segments=(A,), places=(CITY,), value="30%")
    for_group = Declaration("coverage/1", segments=(GROUP,), places=(CITY,))
    i = index(
        works=(work("w", COUNTY),), inputs=(goes_in,), leads=leads, titles=(title,), projects=(project,),
        rates=(rate,), declarations=(for_group,),
    )  # fmt: skip
    assert (list(i.inputs(A)), list(i.users("segment/u/x")), list(i.users(A))) == ([goes_in], [goes_in], [])
    assert {lead.key for lead in i.leads(A, CITY)} == {"lead/1", "lead/2"}
    assert i.leads(A, "place/3602") == []
    assert list(i.titles("firm/w")) == [title]
    assert (i.projects(A, CITY), i.projects(A, "place/3602"), i.projects(GROUP, CITY)) == ([project], [], [])
    assert (i.rates(A, CITY), i.rates(A, COUNTY)) == ([rate], [])
    assert i.declarations("segment/t/b") == [for_group]
    assert i.declarations("segment/t/c") == []


def test_names_and_classes_of_what_facts_name() -> None:
    i = index(
        works=(replace(work("w", CITY), site_name="一号基地"),),
        firms={"firm/w": FirmFact("firm/w", "某公司")},
    )
    named = {
        k: (i.ref(k).cls, i.ref(k).caption) for k in (CHAIN, A, CITY, "park/a", "site/w", "firm/w", "firm/q")
    }
    assert named == {
        CHAIN: ("Chain", "链"), A: ("Segment", "甲件"), CITY: ("Place", "甲市"), "park/a": ("Park", "甲园"),
        "site/w": ("Site", "一号基地"), "firm/w": ("Firm", "某公司"), "firm/q": ("Firm", "firm/q"),
    }  # fmt: skip
