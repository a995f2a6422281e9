"""全景: cells, counts and places below; gaps, their ids and their order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.gaps.facts import Facts, Remark
from graph.gaps.gap_ids import ends_of, gap_id
from graph.gaps.index import Index
from graph.gaps.models import Panorama
from graph.gaps.panorama import cell_of, gap_cells, is_gap, panorama_of, places_below, ranked
from graph.gaps.panorama_notes import undated_notes
from graph.gaps.rules import load_rules
from tests.gaps import strategies as made
from tests.gaps.strategies import AREAS, CHAIN, DAY, PLACES
from tests.gaps.worlds import (
    CITY,
    COUNTY,
    COUNTY2,
    GROUP,
    OTHER,
    PROVINCE,
    A,
    B,
    C,
    declared,
    need,
    positioned,
    project,
    said,
    work,
    world,
)

RULES = load_rules()
SMALL = "segment/t/h"


def panorama(index: Index, place: str = CITY) -> Panorama:
    return panorama_of(index, RULES, CHAIN, place)


def below(index: Index, place: str) -> dict[str | None, tuple[int, int]]:
    found = places_below(index, CHAIN, place)
    return {one.place.id if one.place else None: (one.sites, one.firms) for one in found}


def test_every_segment_of_the_chain_with_all_its_axes() -> None:
    index = world(
        works=(work("1"), work("u", C)),
        inputs=(need(),),
        remarks=(said("external"),),
        positions=(positioned(CITY, "main"),),
        projects=(project("p", "building", "2025-01"),),
    )
    found = panorama(index)
    assert {cell.segment.id for cell in found.cells} == {A, B, C, SMALL, GROUP}
    assert (found.chain.id, found.place.id, found.as_of) == (CHAIN, CITY, DAY)
    assert found.counts == {"recorded": 2, "unknown": 1}
    (cell,) = [cell for cell in found.cells if cell.segment.id == A]
    assert (cell.leaf, cell.parents, cell.position) == (True, [GROUP], "upstream")
    assert (cell.status.value, cell.role.value) == ("recorded", "main")
    assert [risk.value for risk in cell.risks] == ["external"]
    assert [action.value for action in cell.actions] == ["verify", "secure"]
    assert [one.project.id for one in cell.building] == ["project/p"]
    assert (cell.presence.firms, cell.priority is not None) == (1, True)
    assert cell == cell_of(index, RULES, A, CITY, chain=CHAIN)


def test_sites_and_firms_by_the_places_below_and_those_not_told_lower() -> None:
    both = ("firm/both",)
    works = (
        work("1", A, places=(COUNTY,), firms=both),
        work("1b", B, places=(COUNTY,), site="site/1", firms=both),  # the same site in another segment
        work("2", A, places=(COUNTY2,), firms=both),
        work("3", A),
        work("4", A, places=(COUNTY, COUNTY2)),  # stands in two: not told of one
        work("5", A, places=(COUNTY,), status="suspended"),
        work("6", C, places=(OTHER,)),
        work("7", "segment/u/x", places=(COUNTY,)),
    )
    index = world(works=works)
    assert below(index, CITY) == {COUNTY: (1, 1), COUNTY2: (1, 1), None: (2, 2)}
    assert below(index, PROVINCE) == {CITY: (4, 3), OTHER: (1, 1)}
    assert below(index, COUNTY) == {}


@settings(max_examples=60, deadline=None)
@given(made.facts, st.sampled_from(tuple(PLACES.nodes)))
def test_a_place_has_the_sites_of_the_places_below_and_those_not_told_lower(facts: Facts, place: str) -> None:
    index = Index(facts)
    found = places_below(index, CHAIN, place)
    sites = {w.site for s in index.segments_of(CHAIN) for w in index.at_work(s, place)}
    if PLACES.children(place):
        assert sum(one.sites for one in found) == len(sites)
    for one in found:
        if one.place is not None:
            own = {w.site for s in index.segments_of(CHAIN) for w in index.at_work(s, one.place.id)}
            assert one.sites == len(own)


def test_an_empty_place_is_told_honestly() -> None:
    found = panorama(world())
    assert found.counts == {"unknown": 3}
    assert gap_cells(found) == []
    assert [note.zh[:6] for note in found.notes] == ["图里没有本地", "没有有效的覆"]
    assert panorama_of(world(), RULES, "chain/none", CITY).notes[0].zh.startswith("此链没有环节")


def test_notes_go_when_what_they_tell_of_is_there() -> None:
    near = work("near", places=(PROVINCE,))
    whole = declared(CHAIN, segments=(), chains=(CHAIN,))
    found = panorama(world(works=(work("1"), near), declarations=(whole,)))
    assert [note.zh for note in found.notes] == ["1 个基地没有记地点或只记到上级地区，可能在本地，没有计入"]


def test_how_many_segments_are_declared_is_told() -> None:
    (note,) = panorama(world(works=(work("1"),), declarations=(declared(),))).notes
    assert "只有 1 个有有效的覆盖声明" in note.zh


def test_what_is_said_of_the_whole_chain_stands_beside_the_cells() -> None:
    def whole(key: str, **fields: object) -> Remark:
        own = {"key": key, "chains": (CHAIN,), "segments": (), "text": f"说{key}", "sources": ("source/s",)}
        return replace(said("weak"), **{**own, **fields})

    remarks = (
        whole("wide", places=(PROVINCE,)),
        whole("lower", places=(), parks=("park/a",)),
        whole("here", standing="verified"),
        whole("too", kind="strength", gap_kind=None),
        whole("elsewhere", places=(OTHER,)),
        whole("other chain", chains=("chain/u",)),
        whole("a link", segments=(A,)),
    )
    found = panorama(world(remarks=remarks)).chain_wide
    assert [(one.key, one.reach) for one in found] == [
        ("here", "here"), ("too", "here"), ("wide", "around"), ("lower", "below"),
    ]  # fmt: skip
    assert (found[0].says.zh.endswith("说here"), found[0].sources) == (True, ["source/s"])
    bare = panorama(world(remarks=remarks[2:4]))
    assert {cell.status.value for cell in bare.cells} == {"unknown"}
    assert [note.zh[:6] for note in bare.notes] == ["没有有效的覆"]
    assert panorama(world(remarks=remarks[:2])).notes[0].zh.startswith("图里没有本地")


def test_more_said_of_the_whole_chain_than_is_shown_is_counted_and_noted() -> None:
    here = [replace(said("weak", chains=(CHAIN,)), key=f"here {n}", segments=()) for n in range(45)]
    wide = [
        replace(said("filled", chains=(CHAIN,)), key=f"wide {n}", segments=(), places=(PROVINCE,))
        for n in range(12)
    ]
    found = panorama(world(remarks=(*here, *wide)))
    assert len(found.chain_wide) == 50
    assert found.chain_wide_counts == {"here": 45, "around": 12}
    assert any("共 57 条，只列前 50 条" in note.zh for note in found.notes)
    assert {(one.reach, one.gap_kind, one.filled) for one in found.chain_wide} == {
        ("here", "weak", False), ("around", "filled", True),
    }  # fmt: skip
    few = panorama(world(remarks=(*here, *wide[:5])))
    assert not any("只列前" in note.zh for note in few.notes)


def undated(*facts: bool, earlier: bool) -> list[str]:
    """The notes where somebody is at work in the city by facts that are dated (true) or not."""
    works = tuple(
        work(str(n)) if dated else replace(work(str(n)), date=None) for n, dated in enumerate(facts)
    )
    index = world(works=works, inputs=(need(),))
    return [note.zh for note in undated_notes(index, panorama(index).cells, CITY, earlier=earlier)]


def test_how_many_facts_are_not_dated_is_told_for_an_earlier_day() -> None:
    (note,) = undated(True, False, False, earlier=True)
    assert note.startswith("所据的 3 条事实中有 2 条没有日期；") and f"到 {DAY} 是否" in note
    assert undated(True, False, False, earlier=False) == []
    assert undated(True, earlier=True) == undated(earlier=True) == []


def test_that_nothing_is_dated_is_told_for_any_day() -> None:
    assert undated(False, earlier=False) == ["所据的 1 条事实全都没有日期，说的是哪一天看不出来"]
    (note,) = undated(False, earlier=True)
    assert note.startswith("所据的 1 条事实全都没有日期") and note.endswith("没有依据")
    assert len(undated(*[False] * 30, earlier=True)) == 1
    assert "30 条" in undated(*[False] * 30, earlier=True)[0]  # more than a basis shows


# Gaps


def gaps(index: Index, place: str = CITY) -> list[str]:
    return [gap.id for gap in ranked(gap_cells(panorama(index, place)))]


def test_missing_weak_or_at_risk_makes_a_gap() -> None:
    assert gaps(world(works=(work("1"),))) == []
    assert gaps(world(remarks=(said("missing"),))) == ["t/a@3601"]
    assert gaps(world(remarks=(said("external"),))) == ["t/a@3601"]
    assert gaps(world(works=(work("1", status="suspended"),))) == ["t/a@3601"]


def test_a_group_is_a_gap_only_by_what_is_said_of_it() -> None:
    whole = declared(CHAIN, segments=(), chains=(CHAIN,))
    found = panorama(world(declarations=(whole,)))
    assert {c.segment.id: c.status.value for c in found.cells} == dict.fromkeys(
        (A, B, C, GROUP, SMALL), "missing"
    )
    assert {c.segment.id for c in gap_cells(found)} == {A, B, C}
    assert gaps(world(remarks=(said("weak", GROUP),))) == ["t/g@3601"]


def test_gaps_are_ranked_for_what_the_place_is_positioned_for_first() -> None:
    index = world(
        remarks=(said("missing", B), said("weak", A), said("external", C)),
        positions=(positioned(CITY, "main", A),),
    )
    found = ranked(gap_cells(panorama(index)))
    assert [(gap.rank, gap.id) for gap in found] == [(1, "t/a@3601"), (2, "t/c@3601"), (3, "t/b@3601")]
    again = ranked([*gap_cells(panorama(index)), *gap_cells(panorama(index))])
    assert again == found


@settings(max_examples=60, deadline=None)
@given(made.facts, st.sampled_from(AREAS))
def test_gaps_are_exactly_the_lacking_and_the_risky(facts: Facts, place: str) -> None:
    found = panorama(Index(facts), place)
    for cell in found.cells:
        lacking = cell.leaf and cell.status.value in ("missing", "weak")
        if lacking or cell.risks:
            assert is_gap(cell)
        if is_gap(cell):
            assert cell.risks or cell.status.value in ("missing", "weak")
    assert sum(found.counts.values()) == sum(cell.leaf for cell in found.cells)
    assert [gap.rank for gap in ranked(gap_cells(found))] == list(range(1, len(gap_cells(found)) + 1))


@settings(max_examples=60, deadline=None)
@given(made.facts, st.sampled_from(AREAS))
def test_without_declaration_and_statement_the_only_gaps_are_broken_supplies(
    facts: Facts, place: str
) -> None:
    bare = Facts(
        facts.day, facts.chains, facts.places, facts.segments, facts.firms, facts.parks, facts.zones,
        works=facts.works, inputs=facts.inputs, leads=facts.leads, titles=facts.titles,
    )  # fmt: skip
    for cell in gap_cells(panorama(Index(bare), place)):
        assert {risk.value for risk in cell.risks} == {"broken"}
        assert cell.status.value not in ("missing", "weak")


@pytest.mark.parametrize(
    ("segment", "place", "gap"),
    [
        ("segment/new-energy/electrolyte", "place/360900", "new-energy/electrolyte@360900"),
        ("segment/x", "park/xiaolan", "x@park/xiaolan"),
        ("segment/x", "zone/z", "x@zone/z"),
        ("segment/x", "place/us", "x@us"),
    ],
)
def test_the_id_of_a_gap_tells_segment_and_place(segment: str, place: str, gap: str) -> None:
    assert gap_id(segment, place) == gap
    assert ends_of(gap) == (segment, place)


@pytest.mark.parametrize(
    "text", ["", "x", "@", "x@", "@x", "a@b@c", "A@b", "a/@b", "甲@乙", "a@b\n", "a" * 400 + "@b"]
)
def test_what_is_no_id_of_a_gap_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        ends_of(text)
