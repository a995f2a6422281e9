"""The number of candidates that a gap has is that of its list: over the built-in data, product names too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bench.graphs import builtin_graph
from graph.engine import EngineConfig
from graph.gaps.candidates import candidates_of_gap
from graph.gaps.gaps import Gaps
from graph.model import Node, Relation
from graph.ontology import Ontology
from graph.search import LiveSearch, SearchIndex
from graph.store import open_store
from graph.write import write_changes
from tests.support.chain_sample import STAMP
from tests.support.databases import empty

DAY = "2026-11-24"


@pytest.fixture(scope="module")
async def asking(
    engine_config: EngineConfig, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Gaps, LiveSearch]]:
    """The questions over the built-in data."""
    graph = builtin_graph()
    members: list[Node | Relation] = [*graph.nodes.values(), *graph.relations.values()]
    folder: Path = tmp_path_factory.mktemp("builtin")
    await empty(engine_config)
    async with open_store(engine_config, ontology) as store:
        await store.bootstrap()
        await write_changes(store, ontology, members, len(members))
        await store.set_meta(STAMP)
        search = LiveSearch(SearchIndex(folder / "search.sqlite", ontology), store)
        yield Gaps(store, ontology, today=lambda: date.fromisoformat(DAY), search=search), search


@pytest.mark.parametrize(("chain", "place"), [("新能源", "宜春市"), ("有色金属", "江西省")])
async def test_each_gap_counts_what_its_list_has(
    asking: tuple[Gaps, LiveSearch], chain: str, place: str
) -> None:
    gaps, search = asking
    found = (await gaps.gaps(place, chain=chain)).items
    assert len(found) > 3
    lists = [await candidates_of_gap(gaps, search, gap.id, limit=1) for gap in found]
    assert [gap.candidates for gap in found] == [answer.total for answer in lists]
    assert any(answer.total for answer in lists)
    for gap, answer in zip(found, lists, strict=True):
        assert answer.total == sum(answer.groups.values())
        assert gap.cell.priority is not None
        part = next(p for p in gap.cell.priority.parts if p.name == "availability")
        assert part.because.zh == f"候选 {answer.total} 家"


async def test_who_is_in_the_city_is_not_to_be_attracted(asking: tuple[Gaps, LiveSearch]) -> None:
    """赣锋锂业 of 新余 owns 宜春赣锋, which is in 宜春: from outside, and marked."""
    gaps, search = asking
    answer = await candidates_of_gap(gaps, search, "new-energy/battery-recycling@360900", limit=50)
    found = {one.firm.id: one for one in answer.items}
    assert found["firm/ganfeng-lithium"].group == "outside"
    assert [path.to.caption for path in found["firm/ganfeng-lithium"].affiliates] == ["宜春赣锋"]
    in_city = {key for key, one in found.items() if any(p.id.startswith("place/3609") for p in one.places)}
    assert in_city and all(found[key].group == "local" for key in in_city)
