"""The four real cases from end to end, on the engine under test: chain, gaps, candidates, documents."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pandas as pd
import pytest

from bench.deliver import CASES
from bench.graphs import builtin_graph
from graph.engine import EngineConfig
from graph.gaps.gaps import Gaps
from graph.limits import Limits
from graph.model import Node, Relation
from graph.ontology import Ontology
from graph.search import LiveSearch, SearchIndex
from graph.store import open_store
from graph.write import write_changes
from tests.support.chain_sample import STAMP
from tests.support.databases import empty
from viz.documents import gather, write_documents
from viz.documents.content import Content

DAY = "2026-11-24"
#: Gaps that sources tell of, read by hand: what 宜春 says of its electrolyte.
CITED = {"chain/new-energy": {"电解液"}}


@pytest.fixture(scope="module")
async def asked(
    engine_config: EngineConfig, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Gaps, LiveSearch]]:
    """The questions, asked of the built-in data, and its search index."""
    await empty(engine_config)
    graph = builtin_graph()
    members: list[Node | Relation] = [*graph.nodes.values(), *graph.relations.values()]
    path = tmp_path_factory.mktemp("search") / "search.sqlite"
    async with open_store(engine_config, ontology) as store:
        await store.bootstrap()
        await write_changes(store, ontology, members, len(members))
        await store.set_meta(STAMP)
        yield Gaps(store, ontology), LiveSearch(SearchIndex(path, ontology, Limits()), store)


@pytest.mark.parametrize(("chain", "place"), CASES)
async def test_every_verdict_handed_in_has_its_rule_and_its_sources(
    asked: tuple[Gaps, LiveSearch], chain: str, place: str, tmp_path: Path
) -> None:
    gaps, search = asked
    panorama = await gaps.panorama(chain, place, as_of=DAY)
    found = await gaps.gaps(place, chain=chain, as_of=DAY, limit=1_000)
    content = await gather(
        gaps, chain, place, as_of=DAY, made_at=DAY, revision=1, visibility="公开", search=search
    )
    assert content.panorama == panorama
    assert content.gaps.items == found.items
    assert [one.gap for one in content.targets] == [gap.id for gap in found.items[:20]]
    await asyncio.to_thread(_check_written, tmp_path, content)


def _check_written(folder: Path, content: Content) -> None:
    made = write_documents(folder, content)
    assert sorted(made.files) == sorted(one.name for one in folder.iterdir())
    (book,) = folder.glob("*.xlsx")
    with book.open("rb") as handle:
        sheets = pd.read_excel(handle, sheet_name=None, header=2, dtype=object)
    explained, listed = sheets["数据说明"], sheets["缺口清单"]
    rules = set(explained[explained["类别"] == "规则"]["编号"])
    sources = explained[explained["类别"] == "来源"].set_index("编号")
    assert len(listed) == content.gaps.total
    assert CITED.get(content.panorama.chain.id, set()) <= set(listed["环节"])
    for (_, line), gap in zip(listed.iterrows(), content.gaps.items, strict=True):
        bases = [gap.cell.status.basis, *(risk.basis for risk in gap.cell.risks)]
        named = set(re.findall(r"（([a-z-]+)）", line["规则"]))
        assert named == {basis.rule for basis in bases} <= rules
        assert all(basis.because.zh in line["依据"] for basis in bases)
        cited = re.findall(r"(\[\d+\])([ABC])", line["来源"])
        assert cited
        assert all(sources.loc[number, "等级"] == grade for number, grade in cited)
        stated = {source for basis in bases for fact in basis.facts for source in fact.sources}
        assert stated
        names = {content.cited()[source].name for source in stated}
        assert names <= {sources.loc[number, "名称"] for number, _ in cited}
