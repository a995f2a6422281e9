"""The table of all statuses, read by counting, against the same decided from every fact read one by one."""

from __future__ import annotations

from datetime import date

import pytest

from graph.gaps.gaps import Gaps
from graph.gaps.index import Index
from graph.gaps.load import load_facts
from graph.gaps.presence import presence_of
from graph.gaps.status import status_of
from graph.ontology import Ontology
from graph.repository.reader import Reader
from graph.store import Store

TODAY = date(2024, 7, 1)
CHAINS = ("chain/new-energy", "chain/nonferrous")
Cell = tuple[str, str]


@pytest.fixture(scope="module")
def gaps(gap_store: Store, ontology: Ontology) -> Gaps:
    """The questions over the sample graph."""
    return Gaps(gap_store, ontology, today=lambda: TODAY)


async def one_by_one(reader: Reader, day: str) -> tuple[list[str], dict[Cell, tuple[str, int, int]]]:
    """Status, firms at work and firms operating of every segment in every place, park and zone."""
    index = Index(await load_facts(reader, CHAINS, day))
    facts = index.facts
    places = sorted([*facts.places.nodes, *facts.parks, *facts.zones])
    rules = Gaps(reader.store, reader.ontology).rules
    segments = {s for chain in CHAINS for s in index.segments_of(chain)}
    cells = [(segment, place) for segment in segments for place in places]
    found = {}
    for cell in cells:
        there = presence_of(index, rules, *cell)
        found[cell] = (status_of(index, rules, *cell).value, there.firms, there.operating)
    return places, found


@pytest.mark.parametrize("day", ["2024-07-01", "2021-06-30", "2025-12-31", "2022-06-01"])
async def test_counting_tells_what_the_facts_one_by_one_tell(gaps: Gaps, reader: Reader, day: str) -> None:
    """With sites that stand by their park or firm alone, firms that are gone, and moves to other places."""
    places, expected = await one_by_one(reader, day)
    table = (await gaps.statuses(places, as_of=day)).table
    found = {(row.segment, row.place): (row.status, row.firms, row.operating) for row in table.itertuples()}
    assert len(found) == len(table)
    assert {cell: found.get(cell, ("unknown", 0, 0)) for cell in expected} == expected
    assert any(status == "recorded" for status, _, _ in expected.values())


async def test_work_of_which_no_status_turns_is_not_read_one_by_one(gaps: Gaps) -> None:
    """Nothing is said of copper foil, nor is its maker a leader of new energy."""
    found = await gaps.statuses(["place/360000"], chain="new-energy")
    assert found.index.facts.chains == {"chain/new-energy": "新能源"}
    assert {w.site for w in found.index.facts.works} == {"site/cell", "site/closed"}
    assert "segment/new-energy/electrolyte" in set(found.table["segment"])


async def test_the_table_is_kept_while_the_graph_stays_as_it_is(gaps: Gaps) -> None:
    one, other = [await gaps.statuses(["place/360900"], chain="new-energy") for _ in range(2)]
    assert one is other
    elsewhere = await gaps.statuses(["place/360700"], chain="new-energy")
    assert set(one.table["place"]) == {"place/360900"}
    assert set(elsewhere.table["place"]) == {"place/360700"}
