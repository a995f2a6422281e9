"""The chain neighbourhood of a firm."""

from __future__ import annotations

import pytest

from graph.errors import BadInput, NotFound
from graph.repository import FirmNeighbourhood, PlaceLevel, Repository

CELL, LFP = "segment/new-energy/cell", "segment/new-energy/cathode-lfp"


async def around(
    questions: Repository,
    firm: str = "catl-yc",
    level: PlaceLevel = "province",
    as_of: str = "2024-07-01",
) -> FirmNeighbourhood:
    return await questions.firm_neighbourhood(firm, as_of=as_of, level=level)


def of(answer: FirmNeighbourhood, key: str) -> set[tuple[str, str]]:
    """(source, target) of the relations of one section."""
    (section,) = [s for s in answer.sections if s.key == key]
    edges = {e.rid: e for e in answer.edges}
    return {(edges[rid].source, edges[rid].target) for rid in section.links}


async def test_the_picture_is_closed_and_every_node_has_a_role(questions: Repository) -> None:
    answer = await around(questions)
    ids = {n.id for n in answer.nodes}
    assert {end for e in answer.edges for end in (e.source, e.target)} <= ids
    assert len(ids) == len(answer.nodes)
    assert len({e.rid for e in answer.edges}) == len(answer.edges)
    assert [n.id for n in answer.nodes if n.role == "focus"] == ["firm/catl-yc"]
    drawn = {rid for s in answer.sections for rid in s.links}
    assert drawn == {e.rid for e in answer.edges}
    assert set(answer.cited) == {"source/press"}


async def test_sites_segments_needs_and_feeds(questions: Repository) -> None:
    answer = await around(questions)
    assert of(answer, "sites") == {("firm/catl-yc", "site/catl-yc")}
    assert of(answer, "segments") == {("site/catl-yc", CELL)}
    products = {
        e.props["product"] for e in answer.edges if e.cls == "WORKS_IN" and e.source == "site/catl-yc"
    }
    assert products == {"动力电池", "储能电池"}
    assert of(answer, "needs") == {(LFP, CELL), ("segment/new-energy/cathode-ternary", CELL)}
    assert of(answer, "feeds") == {(CELL, "segment/new-energy/storage")}
    needs = {e.source: e.props for e in answer.edges if e.cls == "INPUT_TO" and e.target == CELL}
    assert {(p["criticality"], p["alternative_group"]) for p in needs.values()} == {("required", "cathode")}


async def test_firms_nearby_are_counted_by_level_and_by_what_is_at_work(questions: Repository) -> None:
    """Of four cathode firms two are in the county (one ceased), a third in the city, a fourth beyond it."""
    answer = await around(questions)
    counts = {
        n.segment.id: (
            n.relation,
            n.county,
            n.county_at_work,
            n.city,
            n.city_at_work,
            n.province,
            n.province_at_work,
        )
        for n in answer.nearby
    }
    assert counts == {
        CELL: ("own", 0, 0, 1, 1, 1, 1),
        LFP: ("need", 2, 1, 3, 2, 4, 3),
        "segment/new-energy/cathode-ternary": ("need", 0, 0, 0, 0, 0, 0),
        "segment/new-energy/storage": ("feed", 0, 0, 0, 0, 0, 0),
    }


@pytest.mark.parametrize(
    ("level", "firms"),
    [
        ("county", {"firm/lfp-yuanzhou", "firm/lfp-closed"}),
        ("city", {"firm/lfp-yuanzhou", "firm/lfp-closed", "firm/lfp-gaoan"}),
        ("province", {"firm/lfp-yuanzhou", "firm/lfp-closed", "firm/lfp-gaoan", "firm/lfp-yingtan"}),
    ],
)
async def test_the_level_bounds_the_firms_that_are_named(
    questions: Repository, level: PlaceLevel, firms: set[str]
) -> None:
    answer = await around(questions, level=level)
    assert of(answer, "need_firms") == {(f, LFP) for f in firms}
    (section,) = [s for s in answer.sections if s.key == "need_firms"]
    assert (section.total, section.shown, section.truncated) == (len(firms), len(firms), False)
    sites = {e.source: e.via.id for e in answer.edges if e.target == LFP and e.cls == "WORKS_IN" and e.via}
    assert sites["firm/lfp-yuanzhou"] == "site/lfp-yuanzhou"


async def test_those_nearest_and_at_work_are_named_first(questions: Repository) -> None:
    answer = await questions.firm_neighbourhood("catl-yc", level="province", limit=1)
    assert of(answer, "need_firms") == {("firm/lfp-yuanzhou", LFP)}
    (section,) = [s for s in answer.sections if s.key == "need_firms"]
    assert (section.total, section.shown, section.truncated, answer.truncated) == (4, 1, True, True)


async def test_ties_of_the_firm(questions: Repository) -> None:
    answer = await around(questions)
    assert of(answer, "parent") == {("firm/catl-yc", "firm/catl")}
    assert of(answer, "customers") == {("firm/catl-yc", "firm/ems")}
    assert of(answer, "suppliers") == {("firm/lfp-gaoan", "firm/catl-yc")}  # the other ended in 2022
    assert of(answer, "projects") == {("firm/catl-yc", "project/catl-1")}
    assert of(answer, "fills") == {("project/catl-1", CELL)}
    assert ("site/catl-yc", "park/yichun-etdz") in of(answer, "places")
    assert of(answer, "leads") == {("firm/catl-yc", CELL)}
    assert [(x.link.cls, x.about.id) for x in answer.leads] == [("FLAGSHIP_IN", CELL)]
    earlier = await around(questions, as_of="2022")
    assert of(earlier, "suppliers") == {
        ("firm/lfp-gaoan", "firm/catl-yc"),
        ("firm/lfp-yuanzhou", "firm/catl-yc"),
    }
    roles = {n.id: n.role for n in answer.nodes}
    assert roles["firm/catl"] == "owner"
    assert roles["firm/ems"] == "customer"
    assert roles["firm/gotion-yc"] == "peer_city"
    assert roles["firm/lfp-gaoan"] == "supplier"  # as near as the next, but tied to the firm itself
    assert roles["firm/lfp-yuanzhou"] == "upstream_firm"


async def test_where_no_county_is_known_its_firms_are_not_counted(questions: Repository) -> None:
    """The site of this firm is only known to be in the city."""
    answer = await around(questions, "gotion-yc")
    counts = {n.segment.id: (n.county, n.city, n.province) for n in answer.nearby}
    assert counts[LFP] == (None, 3, 4)


async def test_a_firm_of_which_nothing_more_is_known(questions: Repository) -> None:
    answer = await around(questions, "firm/jiangxi-copper")
    assert [n.id for n in answer.nodes] == ["firm/jiangxi-copper"]
    assert (answer.edges, answer.nearby, answer.chains, answer.truncated) == ([], [], [], False)


async def test_only_a_firm_has_one(questions: Repository) -> None:
    with pytest.raises(NotFound):
        await questions.firm_neighbourhood("nobody")
    for wrong in ("person/xia", "Ä", ""):
        with pytest.raises(BadInput):
            await questions.firm_neighbourhood(wrong)
