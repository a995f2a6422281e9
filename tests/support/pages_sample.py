"""Facts for the tests of pages and pictures, through truth store and projection to the engine under test.

One provincial chain, one firm in the middle of it, two values that contradict each other, sources that may
and may not be linked, and names that would run as a script or break a page if they were not escaped.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from api import Service
from graph.apply import bring_up_to_date
from graph.engine import EngineConfig
from graph.facts import Assertion
from graph.gaps.gaps import Gaps
from graph.model import relation_id
from graph.ontology import Ontology
from graph.repository import Repository
from graph.search import LiveSearch, SearchIndex
from graph.store import open_store
from graph.truth import TruthStore
from tests.support.databases import empty

SCRIPT = "</script><img src=x onerror=alert(1)>"
LINK = '<a href="javascript:alert(2)">href</a>'
MET = "任某主持，未称链长"
FOCUS, PEERS, FLAGS = "firm/centre", 12, 19

_ENTITIES: list[tuple[str, dict[str, Any]]] = [
    (
        "source/plan",
        {
            "name": "行动计划",
            "publisher": "省政府",
            "date": "2023-07",
            "grade": "A",
            "link": True,
            "url": "https://example.org/plan",
        },
    ),
    (
        "source/press",
        {
            "name": "某报",
            "publisher": "某社",
            "date": "2024-06-27",
            "grade": "B",
            "link": False,
            "url": "https://example.org/hidden",
        },
    ),
    ("source/odd", {"name": SCRIPT, "grade": "C", "link": True, "url": "https://example.org/odd"}),
    ("place/360000", {"name": "江西省", "level": "province"}),
    ("place/360900", {"name": "宜春市", "level": "city"}),
    (
        "chain/electronics",
        {
            "name": "电子信息产业链",
            "short_name": "电子信息",
            "name_en": "Electronics",
            "level": "province",
            "kind": "key",
            "scheme": "2023",
        },
    ),
    ("segment/electronics/board", {"name": "印制电路板", "position": "midstream"}),
    ("segment/electronics/foil", {"name": "电子铜箔", "position": "upstream"}),
    ("segment/electronics/phone", {"name": "智能手机", "position": "downstream"}),
    ("firm/centre", {"name": "中心电路板有限公司", "short_name": "中心电路板"}),
    ("firm/odd", {"name": SCRIPT, "aliases": [LINK, "怪名"]}),
    ("firm/href", {"name": LINK}),
    ("site/centre", {"name": "中心基地"}),
    ("site/odd", {"name": "怪名基地"}),
    (
        "project/one",
        {
            "name": "=一期项目",
            "status": "building",
            "investment": {"given": "约135亿元", "value": 135.0, "unit": "亿元", "qualifier": "约"},
        },
    ),
    ("person/xia", {"name": "夏某"}),
    ("person/ren", {"name": "任某"}),
    ("post/presided", {"name": "主持调度会(未称链长)", "role": "presided", "level": "province"}),
    (
        "event/meeting",
        {"name": "产业链调度会", "kind": "coordination", "date": "2021-05-14"},
    ),
    (
        "post/chief",
        {"name": "电子信息产业链链长", "role": "chain_chief", "level": "province", "scheme": "2023"},
    ),
    (
        "observation/target",
        {
            "name": "2026年目标",
            "metric": "revenue",
            "kind": "target",
            "period": "2026",
            "scope": "规上",
            "value": {"given": "力争超过1万亿元", "low": 10000.0, "unit": "亿元", "qualifier": "力争"},
        },
    ),
    (
        "observation/actual",
        {
            "name": "2023年实绩",
            "metric": "revenue",
            "kind": "actual",
            "period": "2023",
            "scope": "全口径",
            "value": {"given": "8000亿元", "value": 8000.0, "unit": "亿元"},
        },
    ),
]

_RELATIONS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("place/360900", "WITHIN", "place/360000", {}),
    ("chain/electronics", "HAS_SEGMENT", "segment/electronics/board", {}),
    ("chain/electronics", "HAS_SEGMENT", "segment/electronics/foil", {}),
    ("chain/electronics", "HAS_SEGMENT", "segment/electronics/phone", {}),
    ("segment/electronics/foil", "INPUT_TO", "segment/electronics/board", {"input": "铜箔"}),
    ("segment/electronics/board", "INPUT_TO", "segment/electronics/phone", {"input": "主板"}),
    ("firm/centre", "OPERATES", "site/centre", {}),
    ("site/centre", "WORKS_IN", "segment/electronics/board", {"product": "HDI板", "status": "operating"}),
    ("site/centre", "LOCATED_IN", "place/360900", {}),
    ("firm/odd", "OPERATES", "site/odd", {}),
    ("site/odd", "WORKS_IN", "segment/electronics/board", {"product": SCRIPT}),
    ("site/odd", "LOCATED_IN", "place/360900", {}),
    ("firm/href", "SUPPLIES", "firm/centre", {"what": LINK}),
    ("firm/centre", "BUILDS", "project/one", {}),
    ("person/xia", "HOLDS", "post/chief", {"title": "副省长"}),
    ("post/chief", "CHIEF_OF", "chain/electronics", {}),
    ("person/ren", "HOLDS", "post/presided", {}),
    ("event/meeting", "ABOUT", "chain/electronics", {}),
    ("event/meeting", "ABOUT", "post/presided", {}),
    *((f"firm/flag-{n:02}", "FLAGSHIP_IN", "chain/electronics", {}) for n in range(FLAGS)),
    ("firm/odd", "FLAGSHIP_IN", "chain/electronics", {"called": "龙头"}),
    ("observation/target", "ABOUT", "chain/electronics", {}),
    ("observation/actual", "ABOUT", "chain/electronics", {}),
    *((f"firm/peer-{n:02}", "SUPPLIES", "firm/odd", {"what": "料"}) for n in range(PEERS)),
]  # fmt: skip


def rows(ontology: Ontology) -> Iterable[Assertion]:
    """The facts as rows of one dataset. The firm's founding year stands in two rows that disagree."""

    def entity(key: str, props: dict[str, Any], sources: tuple[str, ...], standing: str) -> Assertion:
        cls = ontology.entity_of_id(key).name
        return Assertion("test", cls, 2, cls, key, props=props, sources=sources, standing=standing)

    for key, props in _ENTITIES:
        sources = () if key.startswith("source/") else ("source/plan",)
        standing = "unverified" if key == "segment/electronics/foil" else "verified"
        made = entity(key, props, sources, standing)
        yield replace(made, sources=("source/press",), note=MET) if key == "event/meeting" else made
    yield entity(FOCUS, {"name": "中心电路板有限公司", "founded": "2010"}, ("source/plan",), "verified")
    yield entity(FOCUS, {"name": "中心电路板有限公司", "founded": "2011"}, ("source/press",), "unverified")
    yield entity(
        "firm/odd", {"name": SCRIPT, "products": [LINK]}, ("source/odd", "source/press"), "candidate"
    )
    for n in range(PEERS):
        yield entity(f"firm/peer-{n:02}", {"name": f"同行{n:02}"}, (), "unverified")
    for source, cls, target, props in _RELATIONS:
        rid = relation_id(cls, source, target, [props.get(k) for k in ontology.relation(cls).key])
        seen = {"seen_at": "2024-06-27"} if cls == "HOLDS" else {}
        yield Assertion(
            "test", cls, 2, cls, rid, source, target, props, ("source/press",), standing="verified", **seen
        )


@asynccontextmanager
async def sample_service(
    config: EngineConfig, ontology: Ontology, folder: Path, facts: Iterable[Assertion] | None = None
) -> AsyncIterator[Service]:
    """A service over these facts, or over others, in the emptied database of ``config``."""
    await empty(config)
    truth = TruthStore(folder / "truth.sqlite")
    truth.commit("test", "测试", list(rows(ontology) if facts is None else facts), "test")
    async with open_store(config, ontology) as store:
        async with store.writing("test", 10.0):
            await bring_up_to_date(store, truth, ontology)
        yield Service(
            repository=Repository(store, ontology, truth),
            search=LiveSearch(SearchIndex(folder / "search.sqlite", ontology), store),
            store=store,
            truth=truth,
            ontology=ontology,
            version="0",
            gaps=Gaps(store, ontology),
        )
    truth.close()
