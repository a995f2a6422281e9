"""The questions about links: panorama, gaps, worklist, what if; by names and on days."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput, NotFound
from graph.gaps.gaps import Gaps
from graph.gaps.models import Status
from graph.gaps.rules import load_rules
from graph.gaps.whatif import Supposed
from graph.limits import Limits
from graph.ontology import Ontology
from graph.store import Store
from lianpu.session import open_session
from lianpu.settings import load_settings
from tests.support.chain_sample import STAMP, node, relation, store_members
from tests.support.gap_sample import store_gap_sample

TODAY = date(2024, 7, 1)
ELECTROLYTE = "new-energy/electrolyte@360900"


@pytest.fixture(scope="module")
def gaps(gap_store: Store, ontology: Ontology) -> Gaps:
    """The questions over the sample graph."""
    return Gaps(gap_store, ontology, today=lambda: TODAY)


async def statuses(gaps: Gaps, place: str, **more: Any) -> dict[str, Status]:
    answer = await gaps.panorama("new-energy", place, **more)
    return {c.segment.id.rpartition("/")[2]: c.status.value for c in answer.cells if c.leaf}


@pytest.mark.parametrize("chain", ["new-energy", "chain/new-energy", "新能源", "新能源产业链"])
@pytest.mark.parametrize("place", ["宜春", "360900", "place/360900"])
async def test_chain_and_place_by_id_code_or_name(gaps: Gaps, chain: str, place: str) -> None:
    answer = await gaps.panorama(chain, place)
    assert (answer.chain.id, answer.chain.caption, answer.place.id, answer.place.caption, answer.as_of) == (
        "chain/new-energy", "新能源", "place/360900", "宜春市", "2024-07-01",
    )  # fmt: skip
    assert {c.segment.id for c in answer.cells} == {
        "segment/new-energy/lithium", "segment/new-energy/cell", "segment/new-energy/electrolyte",
    }  # fmt: skip
    assert answer.counts == {"strong": 1, "weak": 1}
    assert set(answer.cited) == {"source/press"}


async def test_verdicts_by_the_table(gaps: Gaps) -> None:
    """The chain's leader works in 宜春 (grade A), electrolyte is cited as weak; of 鹰潭 nothing is said."""
    assert await statuses(gaps, "宜春市") == {"cell": "strong", "electrolyte": "weak"}
    assert await statuses(gaps, "鹰潭市") == {"cell": "unknown", "electrolyte": "unknown"}
    assert (await statuses(gaps, "赣州"))["electrolyte"] == "recorded"
    assert (await statuses(gaps, "宜春经开区"))["cell"] == "strong"


@pytest.mark.parametrize(
    ("day", "electrolyte", "cell"),
    [
        ("2022-06", "unknown", "recorded"),  # a firm that closed in 2023
        ("2024-07", "weak", "strong"),
        ("2025-02", "unknown", "strong"),  # filled in 2025-01
    ],
)
async def test_later_facts_are_not_used(gaps: Gaps, day: str, electrolyte: str, cell: str) -> None:
    found = await statuses(gaps, "宜春", as_of=day)
    assert (found["electrolyte"], found["cell"]) == (electrolyte, cell)


async def test_facts_without_a_date_are_told_of_an_earlier_day(gaps: Gaps) -> None:
    async def told(as_of: str | None) -> list[str]:
        notes = (await gaps.panorama("新能源", "宜春", as_of=as_of)).notes
        return [note.zh for note in notes if "没有日期" in note.zh]

    assert await told(None) == await told("2024-07-01") == await told("2025") == []
    (note,) = await told("2024-06-30")
    assert "到 2024-06-30 是否" in note


async def test_gaps_of_a_place_in_one_chain_and_in_all(gaps: Gaps) -> None:
    one, every = await gaps.gaps("宜春", chain="新能源"), await gaps.gaps("宜春")
    assert [(g.id, g.rank, g.cell.status.value) for g in one.items] == [(ELECTROLYTE, 1, "weak")]
    assert one.chain is not None
    assert (one.chain.id, every.chain) == ("chain/new-energy", None)
    assert [g.id for g in every.items] == [ELECTROLYTE]
    assert set(one.cited) == {"source/press"}


@pytest.mark.parametrize(
    ("chosen", "total"),
    [
        ({"status": "weak"}, 1),
        ({"status": "missing"}, 0),
        ({"rule": "status"}, 1),
        ({"rule": "risk-single"}, 0),
        ({"status": "weak", "rule": "role"}, 1),
    ],
)
async def test_gaps_are_chosen_by_status_and_rule(gaps: Gaps, chosen: dict[str, Any], total: int) -> None:
    answer = await gaps.gaps("宜春", **chosen)
    assert (answer.total, len(answer.items)) == (total, total)


async def test_an_unknown_rule_is_told_with_those_there_are(gaps: Gaps) -> None:
    with pytest.raises(NotFound, match="risk-single"):
        await gaps.gaps("宜春", rule="risk-nothing")


async def test_a_list_is_cut_at_its_limit_and_says_how_many_there_are(
    store: Store, ontology: Ontology
) -> None:
    await store_gap_sample(store)
    members: list[Any] = []
    for i in range(6):
        statement, segment = f"statement/s{i}", f"segment/nonferrous/s{i}"
        members += [
            node(segment, {"name": f"环节{i}"}),
            node(statement, {"name": f"缺{i}", "kind": "gap", "gap_kind": "missing", "period": "2024-01"}),
            relation("chain/nonferrous", "HAS_SEGMENT", segment, {}),
            relation(statement, "ABOUT", segment, {}),
            relation(statement, "ABOUT", "place/360600", {}),
        ]
    await store_members(store, members)
    asked = Gaps(store, ontology, Limits(list_size=4, export=5), today=lambda: TODAY)
    for limit, length in ((None, 4), (2, 2), (0, 1), (1000, 5)):
        answer = await asked.gaps("鹰潭", limit=limit)
        assert (answer.total, [g.rank for g in answer.items]) == (6, list(range(1, length + 1)))


async def test_a_gap_by_its_id(gaps: Gaps) -> None:
    gap = await gaps.gap(ELECTROLYTE)
    assert (gap.id, gap.rank, gap.cell.segment.caption) == (ELECTROLYTE, 1, "电解液")
    assert {f.key for f in gap.cell.status.basis.facts} >= {"statement/electrolyte"}


async def test_candidates_are_counted_and_make_a_part_of_the_priority(gaps: Gaps) -> None:
    """The partner makes electrolyte in 赣州; its other firm has ceased. Five candidates would be enough."""
    gap = await gaps.gap(ELECTROLYTE)
    assert gap.candidates == 1
    assert gap.cell.priority is not None
    assert {p.name: p.value for p in gap.cell.priority.parts}["availability"] == pytest.approx(1 / 5)


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        ("new-energy/cell@360900", "不是缺口"),
        ("new-energy/nothing@360900", "new-energy/nothing"),
        ("a@b@c", "a@b"),
        ("新能源@宜春", "新能源"),
        ("new-energy/electrolyte@360999", "360999"),
        ("new-energy/electrolyte@park/none", "park/none"),
    ],
)
async def test_what_is_no_gap_or_is_not_recorded(gaps: Gaps, gap: str, told: str) -> None:
    with pytest.raises(NotFound, match=told):
        await gaps.gap(gap)


@pytest.mark.parametrize("gap", ["", "electrolyte", "x" * 9999])
async def test_what_is_no_id_of_a_gap(gaps: Gaps, gap: str) -> None:
    with pytest.raises(BadInput):
        await gaps.gap(gap)


@pytest.mark.parametrize(
    ("gap", "place", "status"),
    [
        ("new-energy/cell@360900", "宜春市", "strong"),
        ("new-energy/cell@park/etdz", "宜春经济技术开发区", "strong"),
        ("new-energy/cell@zone/west", "西部板块", "strong"),
        ("nonferrous/copper-foil@360600", "鹰潭市", "strong"),
    ],
)
async def test_any_link_by_the_id_of_its_gap(gaps: Gaps, gap: str, place: str, status: str) -> None:
    cell = await gaps.cell(gap)
    assert (cell.place.caption, cell.status.value) == (place, status)


async def test_what_to_ask_whom(gaps: Gaps) -> None:
    """宜春's cells need copper foil, of which nothing is recorded here: asked, and not called missing."""
    answer = await gaps.worklist("宜春", chain="有色金属")
    assert [t.segment.id for t in answer.items] == ["segment/nonferrous/copper-foil"]
    assert (answer.items[0].status.value, answer.total) == ("unknown", 1)


@pytest.mark.parametrize("chain", ["新能", "nothing", "' OR 1=1"])
async def test_an_unknown_chain_is_told_with_those_there_are(gaps: Gaps, chain: str) -> None:
    for question in (gaps.panorama(chain, "宜春"), gaps.gaps("宜春", chain=chain)):
        with pytest.raises(NotFound, match="new-energy"):
            await question


async def test_an_unknown_place_is_told_with_near_ones(gaps: Gaps) -> None:
    with pytest.raises(NotFound, match="宜春市"):
        await gaps.panorama("新能源", "宜春县")


@pytest.mark.parametrize("as_of", ["20240", "yesterday", "2024-13"])
async def test_a_date_that_is_none_is_refused(gaps: Gaps, as_of: str) -> None:
    with pytest.raises(BadInput):
        await gaps.panorama("新能源", "宜春", as_of=as_of)


async def test_a_date_before_all_facts_knows_nothing_of_cells(gaps: Gaps) -> None:
    answer = await gaps.panorama("新能源", "鹰潭", as_of="1950")
    assert (answer.as_of, answer.counts) == ("1950-12-31", {"unknown": 2})
    assert (await gaps.gaps("鹰潭", as_of="1950")).total == 0


async def test_what_if_names_what_is_not_recorded(gaps: Gaps) -> None:
    answer = await gaps.what_if("新能源", "宜春", Supposed(firms=("firm/cell",)))
    assert [s.id for s in answer.lost] == ["segment/new-energy/cell"]
    with pytest.raises(NotFound, match="firm/none"):
        await gaps.what_if("新能源", "宜春", Supposed(firms=("firm/none",)))
    with pytest.raises(BadInput):
        await gaps.what_if("新能源", "宜春", Supposed(places=("firm/cell",)))
    assert (await gaps.resilience("新能源", "宜春")).links == 1


async def test_a_firm_of_no_fact_comes_under_its_name(gaps: Gaps) -> None:
    coming = Supposed(added=(("firm/stranger", "segment/new-energy/cell"),))
    answer = await gaps.what_if("新能源", "鹰潭", coming)
    assert [one.caption for one in answer.added] == ["某外来有限公司"]
    assert [(one.firms_before, one.firms_after) for one in answer.changed] == [(0, 1)]


async def test_the_user_s_thresholds_hold(gap_store: Store, ontology: Ontology, tmp_path: Path) -> None:
    """With declarations that expire after a day, that of 2024-05 holds no more on 2024-07-01."""
    own = tmp_path / "own.yml"
    own.write_text("thresholds:\n  coverage:\n    coverage_days: 1\n", encoding="utf-8")
    strict = Gaps(gap_store, ontology, today=lambda: TODAY, rules=load_rules(own))
    for asked, valid in ((Gaps(gap_store, ontology, today=lambda: TODAY), True), (strict, False)):
        cell = await asked.cell("new-energy/cell@360900")
        assert cell.presence.declared is not None
        assert cell.presence.declared_valid is valid


async def test_a_wrong_rules_file_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("thresholds:\n  status:\n    firms_for_strng: 4\n", encoding="utf-8")
    with pytest.raises(BadInput, match="firms_for_strong"):
        async with open_session(load_settings(home=tmp_path / "home", gap_rules=own)):
            pass
    assert not (tmp_path / "home").exists()


async def test_facts_are_read_once_while_the_graph_stays(store: Store, ontology: Ontology) -> None:
    await store_gap_sample(store)
    asked = Gaps(store, ontology, today=lambda: TODAY)
    first, second = await asyncio.gather(
        asked.look("宜春", chain="新能源"), asked.look("鹰潭", chain="新能源")
    )
    assert first.index is second.index
    assert (await asked.look("宜春", chain="新能源", as_of="2023")).index is not first.index
    assert await statuses(asked, "鹰潭") == {"cell": "unknown", "electrolyte": "unknown"}
    await store_members(
        store,
        [
            node("statement/new", {"name": "鹰潭缺电解液", "kind": "gap", "gap_kind": "missing",
                                   "period": "2024-06"}),
            relation("statement/new", "ABOUT", "segment/new-energy/electrolyte", {}),
            relation("statement/new", "ABOUT", "place/360600", {}),
        ],
    )  # fmt: skip
    await store.set_meta(replace(STAMP, revision=STAMP.revision + 1))
    assert (await statuses(asked, "鹰潭"))["electrolyte"] == "missing"


async def test_nothing_is_kept_while_the_graph_is_being_changed(store: Store, ontology: Ontology) -> None:
    await store_gap_sample(store)
    await store.set_meta(replace(STAMP, state="applying"))
    asked = Gaps(store, ontology, today=lambda: TODAY)
    first = await asked.look("宜春", chain="新能源")
    assert (await asked.look("宜春", chain="新能源")).index is not first.index


async def test_an_empty_graph_has_no_chain(store: Store, ontology: Ontology) -> None:
    await store.bootstrap()
    asked = Gaps(store, ontology, today=lambda: TODAY)
    with pytest.raises(NotFound):
        await asked.panorama("新能源", "宜春")
    with pytest.raises(NotFound):
        await asked.gaps("宜春")
