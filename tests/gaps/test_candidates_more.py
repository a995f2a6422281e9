"""Candidates for a link where something else is recorded besides the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.gaps.candidates import count_candidates
from graph.gaps.candidates.fit import fit
from graph.gaps.counted import counted
from graph.gaps.panorama import cell_of
from graph.store import Store
from tests.gaps.candidate_sample import SEGMENT, asked_of, by_firm, part
from tests.support.chain_sample import node, relation


async def test_old_signs_alone_say_that_there_are_no_new_ones(store: Store, tmp_path: Path) -> None:
    old = node("project/b-old", {"name": "旧厂", "status": "producing", "status_date": "2010"})
    more = [old, relation("firm/b-narrow", "BUILDS", "project/b-old", {}),
            relation("project/b-old", "LOCATED_IN", "place/440300", {})]  # fmt: skip
    ask = await asked_of(store, tmp_path, more)
    sign = part(by_firm(await ask())["b-narrow"], "expansion")
    assert (sign.value, [f.key for f in sign.facts]) == (0.2, ["project/b-old"])


async def test_equals_stand_in_the_order_of_their_ids(store: Store, tmp_path: Path) -> None:
    twins = [node(f"firm/{name}", {"name": name, "products": ["动力电池电解液"]}) for name in ("zz", "aa")]
    answer = await (await asked_of(store, tmp_path, twins))()
    equal = [c.firm.id for c in answer.items if c.firm.id in ("firm/aa", "firm/d-text", "firm/zz")]
    assert equal == ["firm/aa", "firm/d-text", "firm/zz"]
    assert [c.rank for c in answer.items] == list(range(1, 14))


async def test_an_unfit_place_welcomes_nobody(store: Store, tmp_path: Path) -> None:
    """A chemical segment where chemical parks are on record, none of them here."""
    parks = [
        node(f"park/p{i}", {"name": f"化工园{i}", "type": "化工园区", "level": "recognised"})
        for i in range(20)
    ]
    segment = node("segment/new-energy/salt2", {"name": "盐", "nature": "material", "gb4754": ["2611"],
                                                "products": ["动力电池电解液"]})  # fmt: skip
    more = [*parks, segment, relation("chain/new-energy", "HAS_SEGMENT", segment.id, {})]
    ask = await asked_of(store, tmp_path, more)
    answer = await ask(segment.id)
    assert answer.unfit is not None and answer.unfit.value == "unfit"
    assert answer.items == [] and answer.excluded_counts["unfit"] > 0
    assert {e.reason for e in answer.excluded} == {"ceased", "merged", "unfit"}
    fits = await fit(ask.reader, ask.index, ask.rules, "place/360900", product="动力电池电解液")
    assert [(one.segment.id, one.role.value == "unfit") for one in fits.items] == [
        (SEGMENT, False),
        (segment.id, True),
    ]


async def test_a_park_may_be_the_place(store: Store, tmp_path: Path) -> None:
    park = node("park/yc", {"name": "宜春经开区", "level": "national"})
    more = [park, relation("park/yc", "LOCATED_IN", "place/360900", {}),
            relation("site/here", "IN_PARK", "park/yc", {})]  # fmt: skip
    answer = await (await asked_of(store, tmp_path, more))(place="park/yc")
    assert {e.firm.id for e in answer.excluded if e.reason == "here"} == {"firm/here"}
    found = by_firm(answer)
    assert "coming" in found  # recorded for the city: it may lie in the park or elsewhere in it
    assert found["coming"].notes
    assert found["h-work"].distance_km is not None
    assert answer.gap == "new-energy/electrolyte@park/yc"


async def test_a_maker_that_is_a_leading_firm_here_is_tied_to_itself(store: Store, tmp_path: Path) -> None:
    more = [relation("firm/lead", "MAKES", "product/wanted", {})]
    lead = by_firm(await (await asked_of(store, tmp_path, more))())["lead"]
    assert (part(lead, "relation").value, lead.paths[0].steps, lead.paths[0].leader) == (1.0, [], True)
    assert part(lead, "proximity").value == 1.0  # its site is in the city
    assert lead.notes


async def test_other_firms_of_the_chain_here_count_for_less(store: Store, tmp_path: Path) -> None:
    """One relation to the firm that is at work here and leads nothing."""
    more = [relation("firm/b-narrow", "COOPERATES_WITH", "firm/here", {"what": "研发"}),
            relation("firm/c-broad", "COOPERATES_WITH", "firm/here", {"what": "研发"})]  # fmt: skip
    found = by_firm(await (await asked_of(store, tmp_path, more))())
    assert part(found["c-broad"], "relation").value == 0.6
    assert [p.to.id for p in found["b-narrow"].paths] == ["firm/lead", "firm/here"]
    assert part(found["b-narrow"], "relation").value == 0.7


async def test_a_relation_that_is_over_ties_nobody(store: Store, tmp_path: Path) -> None:
    more = [relation("firm/l-site", "SUPPLIES", "firm/lead", {"what": "溶剂", "valid_to": "2020"})]
    found = by_firm(await (await asked_of(store, tmp_path, more))())
    assert part(found["l-site"], "relation").value is None


async def test_a_place_without_the_chain_leaves_ties_and_synergy_unknown(
    store: Store, tmp_path: Path
) -> None:
    answer = await (await asked_of(store, tmp_path))(place="place/440300")
    assert {part(c, "relation").value for c in answer.items} == {None}
    assert {part(c, "synergy").value for c in answer.items} == {None}
    assert by_firm(answer)["a-maker"].origin == "province"  # its province is that of the place
    assert by_firm(answer)["b-narrow"].origin == "elsewhere"


async def test_more_firms_than_are_scored_are_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that promise most are scored, and the firm that is asked about, whatever it promises."""
    monkeypatch.setattr("graph.gaps.candidates.answer.MOST_SCORED", 3)
    ask = await asked_of(store, tmp_path)
    answer = await ask(asked="firm/m-similar")
    assert set(by_firm(answer)) == {"a-maker", "b-narrow", "d-text", "m-similar"}
    assert not answer.complete and answer.notes
    assert answer.found == 11 + 4


@pytest.mark.parametrize(
    "bound",
    [
        "gather.MOST_MAKERS",
        "gather.MOST_SITES",
        "gather.MOST_PRODUCTS",
        "gather.MOST_KINDS",
        "lookup.MOST_SAME",
        "lookup.MOST_ALIKE",
    ],
)
async def test_a_bound_that_cuts_off_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(f"graph.gaps.candidates.{bound}", 1)
    answer = await (await asked_of(store, tmp_path))()
    assert not answer.complete and answer.notes
    assert answer.total > 0


async def test_one_gap_cut_off_leaves_the_counts_of_the_others(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bound holds for each segment as in its own list: two products in all, one of each segment."""
    monkeypatch.setattr("graph.gaps.candidates.gather.MOST_PRODUCTS", 2)
    other = "segment/new-energy/salt"
    more = [relation(other, "MAKES", "product/broad", {})]
    ask = await asked_of(store, tmp_path, more)
    cells = [(SEGMENT, "place/360900"), (other, "place/360900")]
    counts = await count_candidates(ask.reader, ask.index, ask.rules, cells, search=ask.search)
    lists = {cell: await ask(*cell) for cell in cells}
    assert {c: (n.number, n.at_least) for c, n in counts.items()} == {
        c: (found.total, not found.complete) for c, found in lists.items()
    }
    assert not any(count.at_least for count in counts.values())


async def test_a_count_that_is_cut_off_is_told_as_at_least(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the table of gaps and in the part 可得性 of the priority."""
    monkeypatch.setattr("graph.gaps.candidates.gather.MOST_PRODUCTS", 1)
    ask = await asked_of(store, tmp_path)
    cell = cell_of(ask.index, ask.rules, SEGMENT, "place/360900")
    (gap,) = await counted(ask.reader, ask.index, ask.rules, [cell], ask.search)
    total = (await ask()).total
    assert (gap.candidates, gap.candidates_told) == (total, f"≥{total}")
    assert gap.cell.priority is not None
    said = next(p.because for p in gap.cell.priority.parts if p.name == "availability")
    assert (said.zh, said.en) == (f"候选至少 {total} 家", f"Candidates: at least {total}")
