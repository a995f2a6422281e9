"""The facts that verdicts rest on, read from the graph for some chains and a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.errors import ReadTooLarge
from graph.gaps.facts import Facts, Span, Work
from graph.gaps.index import Index
from graph.gaps.load import load_facts
from graph.limits import Limits
from graph.model import Node, Relation
from graph.ontology import Ontology
from graph.repository.reader import Reader
from graph.store import Store
from tests.support.chain_sample import node, relation, store_members
from tests.support.gap_sample import gap_members, store_gap_sample

NEW_ENERGY, NONFERROUS = "chain/new-energy", "chain/nonferrous"
CELL, ELECTROLYTE = "segment/new-energy/cell", "segment/new-energy/electrolyte"
COPPER, FOIL, TIN = (f"segment/nonferrous/{s}" for s in ("copper", "copper-foil", "tin"))


async def facts_on(reader: Reader, day: str = "2024-07-01", *chains: str) -> Facts:
    return await load_facts(reader, chains or (NEW_ENERGY,), day)


def works_of(facts: Facts) -> dict[tuple[str, str | None], Work]:
    return {(w.site, w.product): w for w in facts.works}


async def works_on(reader: Reader, day: str) -> dict[tuple[str, str | None], Work]:
    return works_of(await facts_on(reader, day))


async def test_segments_with_what_goes_in_and_the_groups_above(reader: Reader) -> None:
    facts = await facts_on(reader)
    assert facts.chains == {NEW_ENERGY: "新能源"}
    assert facts.other_chains == {NONFERROUS: "有色金属"}  # that of an input
    assert Index(facts).ref(NONFERROUS).caption == "有色金属"
    assert {s.id: set(s.parents) for s in facts.segments.values()} == {
        "segment/new-energy/lithium": set(),
        CELL: {"segment/new-energy/lithium"},
        ELECTROLYTE: {"segment/new-energy/lithium"},
        FOIL: {COPPER},
        COPPER: set(),  # a group above an input; tin is none of either
    }
    cell = facts.segments[CELL]
    assert (cell.name, cell.position, cell.products, cell.chains) == (
        "电芯", "midstream", ("动力电池",), (NEW_ENERGY,),
    )  # fmt: skip
    assert {(i.source, i.target, i.input, i.criticality, i.group) for i in facts.inputs} == {
        (ELECTROLYTE, CELL, "电解液", "required", None),
        (FOIL, CELL, "铜箔", "required", "集流体"),
    }


async def test_users_in_other_chains_are_among_the_segments(reader: Reader) -> None:
    facts = await facts_on(reader, "2024-07-01", NONFERROUS)
    assert set(facts.segments) == {COPPER, FOIL, TIN, CELL, "segment/new-energy/lithium"}
    assert {(i.source, i.target) for i in facts.inputs} == {(FOIL, CELL)}
    assert ("site/cell", "动力电池") in works_of(facts)
    assert {(x.firm, x.about) for x in facts.leads} == {("firm/cell", NEW_ENERGY), ("firm/foil", COPPER)}


async def test_two_chains_give_each_fact_once(reader: Reader) -> None:
    both = await facts_on(reader, "2024-07-01", NEW_ENERGY, NONFERROUS)
    for facts in (both.works, both.inputs, both.remarks, both.projects, both.leads, both.positions):
        keys = [f.key for f in facts]
        assert len(keys) == len(set(keys))
    assert {i.key for i in both.inputs} == {
        i.key for c in (NEW_ENERGY, NONFERROUS) for i in (await facts_on(reader, "2024-07-01", c)).inputs
    }


async def test_places_and_zones(reader: Reader) -> None:
    facts = await facts_on(reader)
    assert facts.places.chain("place/360902") == ("place/360902", "place/360900", "place/360000")
    assert facts.places.nodes["place/360731"].level == "county"
    city, county = (facts.places.nodes[f"place/{code}"] for code in ("360900", "360731"))
    assert [(one.lon, one.lat) for one in (city, county)] == [(114.4, 27.8), (None, None)]
    assert facts.zones == {"zone/west": ("place/360700", "place/360900")}


async def test_every_park_is_there_and_one_in_another_stands_where_that_does(reader: Reader) -> None:
    parks = (await facts_on(reader)).parks
    assert {(p.id, p.type, p.level, p.places, p.parents) for p in parks.values()} == {
        ("park/etdz", None, "national", ("place/360902",), ()),
        ("park/etdz-chem", "化工园区", "recognised", ("place/360902",), ("park/etdz",)),
    }


async def test_a_site_stands_in_its_place_else_its_park_s_else_its_firm_s(reader: Reader) -> None:
    works = works_of(await facts_on(reader))
    assert works["site/closed", None].places == ("place/360902",)
    cell, foil = works["site/cell", "动力电池"], works["site/foil", "铜箔"]
    assert (cell.places, cell.parks) == (("place/360902",), ("park/etdz-chem",))
    assert (foil.places, foil.parks) == (("place/360600",), ())


async def test_what_a_site_does_as_its_row_says(reader: Reader) -> None:
    work = works_of(await facts_on(reader))["site/cell", "动力电池"]
    assert replace(work, key="") == Work(
        key="",
        date=Span("2024-02", "2024-02-01", "2024-02-29"),
        standing="verified",
        grade="A",
        sources=("source/press",),
        site="site/cell",
        site_name="电池基地",
        segment=CELL,
        firms=("firm/cell",),  # the partner left in 2021
        product="动力电池",
        role="leader",
        capacity="5GWh",
        status="operating",
        places=("place/360902",),
        parks=("park/etdz-chem",),
    )


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2024-07-01", {("site/cell", "动力电池"), ("site/foil", "铜箔"), ("site/closed", None),
                        ("site/joint", None)}),
        ("2025-07-01", {("site/cell", "动力电池"), ("site/cell", "固态电池"), ("site/foil", "铜箔"),
                        ("site/closed", None), ("site/joint", None)}),
        ("2024-01-31", {("site/foil", "铜箔"), ("site/closed", None), ("site/joint", None)}),
        ("2022-06-30", {("site/closed", None), ("site/joint", None), ("site/over", None)}),
    ],
)  # fmt: skip
async def test_work_of_a_later_day_and_at_a_closed_site_is_left_out(
    reader: Reader, day: str, found: set[tuple[str, str | None]]
) -> None:
    assert set(works_of(await facts_on(reader, day))) == found


async def test_a_site_has_ceased_when_all_its_firms_have(reader: Reader) -> None:
    now, before = await works_on(reader, "2024-07-01"), await works_on(reader, "2022-06-30")
    assert now["site/closed", None].status == "ceased"
    assert before["site/closed", None].status == "operating"  # the firm closed in 2023
    assert now["site/joint", None].status == "operating"  # its partner goes on
    assert now["site/foil", "铜箔"].status == "unknown"


async def test_a_site_moves_and_changes_hands(reader: Reader) -> None:
    now, before = await works_on(reader, "2024-07-01"), await works_on(reader, "2021-06-30")
    assert now["site/joint", None].places == ("place/360700",)
    assert before["site/joint", None].places == ("place/360900",)
    assert before["site/joint", None].firms == ("firm/closed", "firm/partner")


async def test_firms_that_any_fact_names(reader: Reader) -> None:
    facts = await facts_on(reader)
    assert {(f.id, f.name, f.status) for f in facts.firms.values()} == {
        ("firm/cell", "某电池", "operating"),
        ("firm/foil", "某铜箔有限公司", None),
        ("firm/closed", "某停业有限公司", "ceased"),
        ("firm/partner", "某伙伴有限公司", None),
        ("firm/builder", "某建设有限公司", None),
    }
    assert facts.firms["firm/cell"].stock_codes == ("300750.SZ",)
    assert facts.firms["firm/foil"].places == ("place/360600",)


async def test_statements_with_all_they_are_about(reader: Reader) -> None:
    remarks = {r.key: r for r in (await facts_on(reader)).remarks}
    assert set(remarks) == {"statement/electrolyte", "statement/west"}
    weak, strong = remarks["statement/electrolyte"], remarks["statement/west"]
    assert (weak.kind, weak.gap_kind, weak.subject_kind, weak.text) == (
        "gap",
        "weak",
        "place",
        "电解液依赖外购",
    )
    assert (weak.segments, weak.chains, weak.places) == ((ELECTROLYTE,), (NEW_ENERGY,), ("place/360900",))
    assert weak.date == Span("2023", "2023-01-01", "2023-12-31")
    assert (strong.zones, strong.firms) == (("zone/west",), ("firm/cell",))  # of the site it names


@pytest.mark.parametrize(
    ("day", "filled_by", "given"), [("2024-07-01", None, None), ("2025-01-01", "某项目", "2025-01")]
)
async def test_a_gap_is_not_filled_before_the_day(
    reader: Reader, day: str, filled_by: str | None, given: str | None
) -> None:
    (weak,) = (r for r in (await facts_on(reader, day)).remarks if r.key == "statement/electrolyte")
    assert (weak.filled_by, weak.filled_on and weak.filled_on.given) == (filled_by, given)


@pytest.mark.parametrize(("day", "given"), [("2024-07-01", "2023"), ("2026-02-01", "2026-01")])
async def test_the_newest_sight_not_after_the_day_dates_a_fact(reader: Reader, day: str, given: str) -> None:
    (strong,) = (r for r in (await facts_on(reader, day)).remarks if r.key == "statement/west")
    assert strong.date is not None
    assert strong.date.given == given


async def test_declarations_projects_rates_titles(reader: Reader) -> None:
    facts = await facts_on(reader)
    (declared,), (project,), (rate,) = facts.declarations, facts.projects, facts.rates
    assert (declared.by, declared.complete, declared.segments, declared.places) == (
        "宜春市工信局", True, (CELL,), ("place/360900",),
    )  # fmt: skip
    assert declared.date == Span("2024-05", "2024-05-01", "2024-05-31")
    assert (project.key, project.status, project.investment, project.capacity) == (
        "project/cell-2", "building", "20亿元", "10GWh",
    )  # fmt: skip
    assert (project.segments, project.firms) == ((CELL, TIN), ("firm/builder",))
    assert (project.places, project.parks) == (("place/360902",), ("park/etdz",))
    assert (rate.key, rate.value, rate.segments, rate.places) == (
        "observation/rate", "60%", (CELL,), ("place/360900",),
    )  # fmt: skip
    assert {(t.key, t.firm, t.level) for t in facts.titles} == {
        ("title/firm", "firm/cell", "国家级"),
        ("title/site", "firm/cell", "省级"),
    }


async def test_leaders_and_positions(reader: Reader) -> None:
    facts = await facts_on(reader)
    assert {(x.cls, x.firm, x.about, x.called) for x in facts.leads} == {
        ("DESIGNATED_CHAIN_LEADER", "firm/cell", NEW_ENERGY, None),
        ("FLAGSHIP_IN", "firm/foil", COPPER, "龙头"),
    }
    assert {(p.subject, p.about, p.role, p.places) for p in facts.positions} == {
        ("place/360900", NEW_ENERGY, "primary", ("place/360900",)),
        ("park/etdz-chem", ELECTROLYTE, "main", ("place/360902",)),
        ("zone/west", NEW_ENERGY, "listed", ("place/360700", "place/360900")),
    }


@pytest.mark.parametrize("chains", [(), ("chain/nothing",)])
async def test_no_chain_gives_no_segment(reader: Reader, chains: tuple[str, ...]) -> None:
    facts = await load_facts(reader, chains, "2024-07-01")
    assert (facts.chains, facts.segments, facts.works) == ({}, {}, ())


async def test_a_date_before_all_facts_leaves_what_has_no_date(reader: Reader) -> None:
    facts = await facts_on(reader, "1949-10-01")
    assert set(works_of(facts)) == {("site/joint", None), ("site/over", None)}
    assert {r.key for r in facts.remarks} == {"statement/over"}
    assert (facts.declarations, facts.rates) == ((), ())


async def test_more_facts_than_the_limit_are_refused_and_not_cut(
    gap_store: Store, ontology: Ontology
) -> None:
    with pytest.raises(ReadTooLarge):
        await load_facts(Reader(gap_store, ontology, Limits(facts=3)), [NEW_ENERGY], "2024-07-01")


async def test_many_segments_and_sites_are_read_in_parts(store: Store, ontology: Ontology) -> None:
    """More segments and firms than one query names."""
    await store_gap_sample(store)
    many = 1205
    members: list[Node | Relation] = []
    link: Any = relation
    for i in range(many):
        segment, firm, site = f"segment/nonferrous/s{i}", f"firm/f{i}", f"site/f{i}"
        members += [node(segment, {"name": segment}), node(firm, {"name": firm}), node(site, {"name": site})]
        members += [
            link(NONFERROUS, "HAS_SEGMENT", segment, {}),
            link(firm, "OPERATES", site, {}),
            link(site, "WORKS_IN", segment, {"status": "operating"}),
        ]
    await store_members(store, members)
    facts = await load_facts(Reader(store, ontology, Limits()), [NONFERROUS], "2024-07-01")
    own = len([m for m in gap_members() if isinstance(m, Node) and m.id.startswith("segment/nonferrous/")])
    assert len([s for s in facts.segments if s.startswith("segment/nonferrous/")]) == own + many
    assert {w.firms for w in facts.works} >= {(f"firm/f{i}",) for i in range(many)}
    assert len(facts.firms) >= many


async def test_what_is_part_of_a_segment_belongs_to_its_chain(store: Store, ontology: Ontology) -> None:
    """A part without a chain of its own makes a group of its segment: who is at work in it counts there."""
    await store_gap_sample(store)
    link: Any = relation
    part, smaller, salt = (f"segment/new-energy/{key}" for key in ("salts", "lithium-salt", "brine"))
    await store_members(
        store,
        [
            *(node(key, {"name": key}) for key in (part, smaller, salt, "site/salt")),
            link(part, "PART_OF", ELECTROLYTE, {}),
            link(smaller, "PART_OF", part, {}),
            link(salt, "INPUT_TO", smaller, {"input": "卤水", "criticality": "required"}),
            link("site/salt", "WORKS_IN", smaller, {"status": "operating"}),
            link("site/salt", "LOCATED_IN", "place/360900", {}),
        ],
    )
    reader = Reader(store, ontology, Limits())
    index = Index(await load_facts(reader, [NEW_ENERGY], "2024-07-01"))
    assert {part, smaller} <= set(index.segments_of(NEW_ENERGY))
    assert index.leaves(ELECTROLYTE) == (smaller,)
    assert [w.site for w in index.at_work(smaller, "place/360900")] == ["site/salt"]
    assert [one.source for one in index.inputs(smaller)] == [salt]
    assert salt not in index.segments_of(NEW_ENERGY)
