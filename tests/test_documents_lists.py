"""The facts of the lists, asked of the engine: what is in the place and known by the day, nothing else."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from itertools import product
from typing import Any, cast

import pytest

from graph.decisions import Decision
from graph.engine import EngineConfig
from graph.gaps.gaps import Gaps
from graph.gaps.list_models import Lists
from graph.gaps.list_projects import project_lines
from graph.limits import Limits
from graph.ontology import Ontology
from graph.repository.reader import Reader
from graph.store import Store, open_store
from graph.targets import Book, Entry, entry_payload, names_of
from tests.gaps.strategies import CHAIN as WORLD_CHAIN
from tests.gaps.worlds import CITY as WORLD_CITY
from tests.gaps.worlds import A, project, world
from tests.support.chain_sample import STAMP, node, relation, store_members
from tests.support.databases import empty
from tests.support.gap_sample import gap_members
from viz.documents.gather import AT_ONCE, gather

CHAIN, CITY, OTHER = "chain/new-energy", "place/360900", "place/360600"
CELL = "segment/new-energy/cell"
_MORE_NODES: list[tuple[str, dict[str, Any]]] = [
    ("source/list", {"name": "某名单", "grade": "B"}),
    ("firm/sub", {"name": "某子公司", "uscc": "91360000X12430120H", "products": ["模组"]}),
    ("site/sub", {"name": "子公司基地"}),
    ("cluster/here", {"name": "本地集群", "level": "provincial", "status": "recognised"}),
    ("cluster/above", {"name": "全省目标", "status": "target"}),
    ("cluster/elsewhere", {"name": "外地集群", "status": "recognised"}),
    ("cluster/later", {"name": "后来的集群", "status": "recognised", "year": "2025",
                       "year_min": "2025-01-01"}),
    ("title/cluster", {"name": "本地集群 称号", "kind": "省级产业集群", "status": "recognised",
                       "year": "2021", "sources": ["source/list"]}),
    ("title/applied", {"name": "申报", "kind": "国家级集群", "status": "applied", "year": "2023"}),
    ("observation/count", {"name": "企业数", "metric": "firm_count", "kind": "actual", "value": "12家",
                           "period": "2022", "scope": "规上"}),
    ("observation/goal", {"name": "目标", "metric": "revenue", "kind": "target", "value": "500亿元"}),
    ("observation/next", {"name": "明年", "metric": "revenue", "kind": "actual", "value": "9亿元",
                          "period": "2025"}),
    ("policy/chain", {"name": "锂电政策", "doc_no": "某发〔2023〕1号", "issued": "2023-05",
                      "issued_min": "2023-05-01", "issuer": "某省政府", "means": "贴息",
                      "validity_max": "2024-06-30"}),
    ("policy/any", {"name": "通用政策"}),
    ("policy/other-chain", {"name": "铜的政策"}),
    ("policy/other-place", {"name": "外地政策"}),
    ("problem/here", {"name": "缺工", "kind": "single", "status": "open", "date": "2024-03",
                      "severity": "medium", "impact": "停一条线", "deadline": "2024-06"}),
    ("problem/common", {"name": "招工难"}),
    ("problem/elsewhere", {"name": "外地缺电"}),
    ("problem/project", {"name": "用地未批", "status": "open"}),
    ("problem/settled", {"name": "已通水", "status": "resolved"}),
    ("organisation/hr", {"name": "某市人社局"}),
    ("post/mayor", {"name": "某市副市长"}),
    ("application/ev", {"name": "电动车"}),
    ("application/other", {"name": "水管"}),
    ("technology/solid", {"name": "固态电池"}),
]  # fmt: skip
_MORE: list[tuple[str, str, str, dict[str, Any]]] = [
    ("firm/sub", "OPERATES", "site/sub", {}),
    ("site/sub", "LOCATED_IN", "place/360902", {}),
    ("site/sub", "WORKS_IN", CELL, {"status": "suspended", "as_of": "2024-01", "standing": "unverified"}),
    ("firm/sub", "SUBSIDIARY_OF", "firm/cell", {"what": "全资", "sources": ["source/list"]}),
    *((c, "ABOUT", CHAIN, {}) for c, _ in _MORE_NODES if c.startswith("cluster/")),
    ("cluster/here", "LOCATED_IN", "place/360902", {}),
    ("cluster/later", "LOCATED_IN", CITY, {}),
    ("cluster/above", "LOCATED_IN", "place/360000", {}),
    ("cluster/elsewhere", "LOCATED_IN", OTHER, {}),
    ("title/cluster", "ABOUT", "cluster/here", {}),
    ("title/applied", "ABOUT", "cluster/here", {}),
    *((o, "ABOUT", "cluster/here", {}) for o, _ in _MORE_NODES if o.startswith("observation/")),
    ("policy/chain", "LOCATED_IN", "place/360000", {}),
    ("policy/chain", "ABOUT", "segment/new-energy/lithium", {}),
    ("policy/any", "LOCATED_IN", CITY, {}),
    ("policy/other-chain", "LOCATED_IN", CITY, {}),
    ("policy/other-chain", "ABOUT", "chain/nonferrous", {}),
    ("policy/other-place", "LOCATED_IN", OTHER, {}),
    ("problem/here", "ABOUT", CELL, {}),
    ("problem/here", "RAISED_BY", "firm/sub", {}),
    ("problem/here", "GROUPED_INTO", "problem/common", {}),
    ("problem/here", "ASSIGNED_TO", "organisation/hr", {}),
    ("problem/elsewhere", "ABOUT", CELL, {}),
    ("problem/elsewhere", "RAISED_BY", OTHER, {}),
    ("problem/project", "ABOUT", "project/cell-2", {}),
    ("problem/settled", "ABOUT", "project/cell-2", {}),
    ("organisation/hr", "RESPONSIBLE_FOR", "project/cell-2", {"role": "responsible"}),
    ("post/mayor", "GUIDES", "project/cell-2", {}),
    ("application/ev", "ABOUT", CELL, {}),
    ("application/other", "ABOUT", "segment/nonferrous/copper", {}),
    ("technology/solid", "ABOUT", CELL, {"valid_from": "2025"}),
]  # fmt: skip


@pytest.fixture(scope="module")
async def gaps(engine_config: EngineConfig, ontology: Ontology) -> AsyncIterator[Gaps]:
    """The questions, asked of the sample graph with the lists' own facts added."""
    await empty(engine_config)
    async with open_store(engine_config, ontology) as store:
        await _fill(store)
        yield Gaps(store, ontology)


async def _fill(store: Store) -> None:
    await store.bootstrap()
    await store.set_meta(STAMP)
    more = [*(node(*row) for row in _MORE_NODES), *(relation(*row) for row in _MORE)]
    await store_members(store, [*gap_members(), *more])


@pytest.fixture(scope="module")
async def lists(gaps: Gaps) -> Lists:
    """The lists of the city at the end of 2024."""
    return await gaps.lists(CHAIN, CITY, as_of="2024")


def test_firms_are_those_at_work_in_the_place_leaders_first(lists: Lists) -> None:
    assert "firm/foil" not in {line.key for line in lists.firms}
    leader = lists.firms[0]
    assert leader.key == "firm/cell"
    assert leader.chain_leader
    assert leader.stock_codes == ["300750.SZ"]
    assert set(leader.titles) == {"单项冠军（国家级，认定）", "绿色工厂（省级，认定）"}
    assert [(w.product, w.capacity, w.status) for w in leader.works] == [("动力电池", "5GWh", "operating")]
    sub = next(line for line in lists.firms if line.key == "firm/sub")
    assert (sub.uscc, sub.standing, sub.date) == ("91360000X12430120H", "unverified", "2024-01")
    assert [(w.segment.id, w.status) for w in sub.works] == [(CELL, "suspended")]
    (tie,) = sub.ties
    assert (tie.label.zh, tie.leader.id, tie.what) == ("隶属", "firm/cell", "全资")
    assert "source/list" in sub.sources
    assert {"source/list", "source/press"} <= set(lists.cited)


def test_projects_have_who_answers_and_what_is_in_the_way(lists: Lists) -> None:
    (project,) = lists.projects
    assert project.key == "project/cell-2"
    assert project.investment is not None
    assert project.investment.given == "20亿元"
    assert (project.status_date, project.date) == ("2024-03", "2024-03")
    assert project.responsible == ["某市人社局"]
    assert project.guides == ["某市副市长"]
    assert project.problems == ["用地未批"]
    assert [s.id for s in project.segments] == [CELL]


async def test_of_many_projects_the_largest_and_then_the_latest_are_listed() -> None:
    given: list[tuple[str, str | None, str | None]] = [
        ("project/a", None, "2024"), ("project/b", "约20.5亿元", "2023"), ("project/c", "0.3万亿元", "2020"),
        ("project/d", "3000万美元", "2025"), ("project/e", "20.5亿元", "2024-06"),
        ("project/f", "9亿元", None),
    ]  # fmt: skip
    projects = [
        project(
            key.removeprefix("project/"),
            "building",
            day,
            investment=much,
            segments=(A,),
            places=(WORLD_CITY,),
        )
        for key, much, day in given
    ]
    index = world(projects=tuple(projects))
    asked: list[str] = []

    class Reading:
        async def rows(self, _: str, params: dict[str, Any]) -> list[dict[str, Any]]:
            asked.extend(params["ids"])
            nodes = [{"id": key, "cls": "Project", "caption": key} for key in sorted(params["ids"])]
            return [{"node": node, "responsible": [], "guides": [], "problems": []} for node in nodes]

        def word(self, *_: object) -> None:
            return None

    listed, total = await project_lines(cast("Reader", Reading()), index, WORLD_CHAIN, WORLD_CITY, most=4)
    assert [line.key for line in listed] == ["project/c", "project/e", "project/b", "project/f"]
    assert total == len(given)
    assert sorted(asked) == ["project/b", "project/c", "project/e", "project/f"]


def test_clusters_lie_in_the_place_or_around_it(lists: Lists) -> None:
    assert [line.key for line in lists.clusters] == ["cluster/here", "cluster/above"]
    here, above = lists.clusters
    assert here.recognised == ["2021（省级产业集群，认定）"]
    assert [(f.value, f.period, f.scope) for f in here.firm_counts] == [("12家", "2022", "规上")]
    assert here.revenues == []
    assert "source/list" in here.sources
    assert above.status is not None
    assert (above.status.zh, above.recognised) == ("目标", [])


def test_policies_are_of_the_chain_or_of_none(lists: Lists) -> None:
    assert [line.key for line in lists.policies] == ["policy/chain", "policy/any"]
    about, general = lists.policies
    assert (about.in_force, about.date, about.props["doc_no"]) == (False, "2023-05", "某发〔2023〕1号")
    assert (about.props["issuer"], about.props["means"], "payer" in about.props) == (
        "某省政府",
        "贴息",
        False,
    )
    assert (general.in_force, general.about) == (None, [])


def test_problems_are_those_raised_in_the_place(lists: Lists) -> None:
    found = {line.key: line for line in lists.problems}
    assert set(found) == {"problem/here", "problem/project", "problem/settled"}
    here = found["problem/here"]
    assert here.kind is not None
    assert here.kind.zh == "个性问题"
    assert [r.id for r in here.raised_by] == ["firm/sub"]
    assert here.severity is not None
    assert (here.severity.zh, here.props["impact"], here.props["deadline"]) == ("中", "停一条线", "2024-06")
    assert (here.groups, [a.caption for a in here.assigned]) == (["招工难"], ["某市人社局"])


async def test_fields_are_those_of_the_chain_known_by_the_day(gaps: Gaps, lists: Lists) -> None:
    assert [(f.key, f.segments) for f in lists.applications] == [("application/ev", [CELL])]
    assert lists.technologies == []
    later = await gaps.lists(CHAIN, CITY, as_of="2026")
    assert [f.key for f in later.technologies] == ["technology/solid"]
    assert "cluster/later" in {line.key for line in later.clusters}


async def test_what_is_dated_after_the_day_is_in_no_list(gaps: Gaps) -> None:
    early = await gaps.lists(CHAIN, CITY, as_of="2010")
    assert {"firm/cell", "firm/sub"}.isdisjoint(line.key for line in early.firms)
    assert early.projects == []
    assert "problem/here" not in {line.key for line in early.problems}
    assert "policy/chain" not in {line.key for line in early.policies}


def booked(number: int, firm: str, at: str, undone: str | None = None, **more: str) -> Decision:
    """The firm is put on the target list for the cells of the city."""
    entry = Entry(firm=firm, gap="new-energy/cell@360900")
    return Decision(number, "target", {**entry_payload(entry), **more}, "", "u", at, undone)


async def listed(gaps: Gaps, decisions: list[Decision], as_of: str = "2024") -> dict[str, str]:
    """Ids of the firms on the target list of the documents, with their names."""
    made = await gather(
        gaps, CHAIN, CITY, made_at="2024", revision=1, visibility="公开", as_of=as_of, decisions=decisions
    )
    return {one.firm.id: one.firm.caption for one in made.booked}


async def test_a_firm_that_is_gone_stands_in_the_target_list_by_its_last_name(gaps: Gaps) -> None:
    day = "2024-01-01T00:00:00+00:00"
    decisions = [booked(1, "firm/gone", day, firm_name="来客公司"), booked(2, "firm/foil", day)]
    found = await listed(gaps, decisions)
    assert set(found) == {"firm/gone", "firm/foil"}
    assert found["firm/gone"] == "来客公司"


async def test_the_target_list_of_a_past_day_has_what_was_undone_later(gaps: Gaps) -> None:
    before, after = "2024-05-01T00:00:00+00:00", "2025-05-01T00:00:00+00:00"
    decisions = [
        booked(1, "firm/cell", before, undone=after),
        booked(2, "firm/sub", before, undone="2024-12-31T15:59:00+00:00"),
        booked(3, "firm/foil", before),
        Decision(4, "merge", {"keep": "firm/leader", "retire": "firm/foil"}, "", "u", before, after),
    ]
    assert set(await listed(gaps, decisions)) == {"firm/cell", "firm/leader"}
    assert set(await listed(gaps, decisions, "2026")) == {"firm/foil"}


async def test_more_names_than_one_read_may_have_are_asked_for(gaps: Gaps, ontology: Ontology) -> None:
    look = await gaps.look(CITY, chain=CHAIN, as_of="2024")
    few = Reader(gaps.reader.store, ontology, Limits(rows=2))
    firms = ("firm/cell", "firm/foil", "firm/sub")
    entries = Book(booked(n, firm, "2024-01-01T00:00:00+00:00") for n, firm in enumerate(firms)).all()
    named = await names_of(few, entries)
    assert [named.gone(one) for one in entries] == [[], [], []]
    assert named.caption("firm/sub") == "某子公司"
    assert named.caption(look.place.id) == look.place.caption


async def test_few_candidates_are_asked_for_at_a_time(gaps: Gaps, monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["viz.documents.gather"]
    real, counts = module.candidates, {"now": 0, "most": 0, "all": 0}

    async def counted(*args: Any, **options: Any) -> Any:
        counts["now"] += 1
        counts["all"] += 1
        counts["most"] = max(counts["most"], counts["now"])
        try:
            await asyncio.sleep(0.01)
            return await real(*args, **options)
        finally:
            counts["now"] -= 1

    monkeypatch.setattr(module, "candidates", counted)
    decisions = [
        Decision(
            n,
            "target",
            entry_payload(Entry(firm=firm, gap=f"new-energy/{segment}@360900")),
            "",
            "u",
            "2024-01-01T00:00:00+00:00",
        )
        for n, (firm, segment) in enumerate(
            product(("firm/cell", "firm/foil", "firm/sub"), ("cell", "lithium"))
        )
    ]
    content = await gather(
        gaps, CHAIN, CITY, made_at="2024", revision=1, visibility="公开", as_of="2024", decisions=decisions
    )
    assert len(content.fits) == len(decisions) == 6
    assert len(content.targets) + 6 == counts["all"]
    assert counts["most"] == AT_ONCE == 4
