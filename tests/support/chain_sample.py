"""A small graph with everything the questions ask about, written straight into a store.

Two provincial chains and a city's, segments on either side of one firm, posts of two schemes, and one of each
kind of thing that a chain card or a neighbourhood shows. Names are invented unless a test needs the real one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.model import Graph, Node, Relation, as_props, relation_id
from graph.ontology import load_ontology
from graph.store import MetaState, Store
from graph.values import date_max, date_min
from graph.write import write_changes

STAMP = MetaState("sample-store", 7, "whole", 1)
#: What a fact stands on where a test does not say otherwise.
KNOWN = {"standing": "verified", "grade": "A", "sources": ["source/press"]}

_NODES: list[tuple[str, dict[str, Any]]] = [
    ("source/press", {"name": "某报", "publisher": "某社", "date": "2024-06-27", "grade": "A",
                      "link": False}),
    ("source/plan", {"name": "行动计划", "publisher": "省政府", "date": "2023-07", "grade": "A", "link": True,
                     "url": "https://example.org/plan"}),
    ("place/360000", {"name": "江西省", "level": "province", "code": "360000"}),
    ("place/360900", {"name": "宜春市", "level": "city", "code": "360900"}),
    ("place/360902", {"name": "袁州区", "level": "county", "code": "360902"}),
    ("place/360983", {"name": "高安市", "level": "county", "code": "360983"}),
    ("place/360600", {"name": "鹰潭市", "level": "city", "code": "360600"}),
    ("chain/electronics", {"name": "电子信息产业链", "short_name": "电子信息", "level": "province"}),
    ("chain/new-energy", {"name": "新能源产业链", "short_name": "新能源", "level": "province"}),
    ("chain/yichun-lithium", {"name": "宜春锂电产业链", "level": "city"}),
    ("segment/new-energy/lithium", {"name": "锂电", "position": "midstream"}),
    ("segment/new-energy/cell", {"name": "锂离子电池", "position": "midstream"}),
    ("segment/new-energy/cathode-lfp", {"name": "磷酸铁锂正极", "position": "upstream"}),
    ("segment/new-energy/cathode-ternary", {"name": "三元正极", "position": "upstream"}),
    ("segment/new-energy/storage", {"name": "储能系统", "position": "downstream"}),
    ("plan/1269", {"name": "“1269”行动计划", "doc_no": "赣府字〔2023〕40号", "period": "2023-2026"}),
    ("plan/new-energy-action", {"name": "新能源行动方案"}),
    ("firm/catl", {"name": "宁德时代新能源科技股份有限公司", "short_name": "宁德时代",
                   "stock_code": ["300750.SZ"]}),
    ("firm/catl-yc", {"name": "宜春时代新能源科技有限公司", "short_name": "宜春时代"}),
    ("firm/gotion-yc", {"name": "宜春国轩电池有限公司"}),
    ("firm/lfp-gaoan", {"name": "高安磷酸铁锂有限公司"}),
    ("firm/lfp-yuanzhou", {"name": "袁州正极材料有限公司"}),
    ("firm/lfp-yingtan", {"name": "鹰潭正极材料有限公司"}),
    ("firm/lfp-closed", {"name": "停产正极材料有限公司"}),
    ("firm/jiangxi-copper", {"name": "江西铜业股份有限公司", "short_name": "江西铜业", "aliases": ["江铜"],
                             "stock_code": ["600362.SH"]}),
    ("firm/ems", {"name": "某整机有限公司"}),
    ("site/catl-yc", {"name": "宜春时代基地"}),
    ("site/gotion-yc", {"name": "国轩基地"}),
    ("site/lfp-gaoan", {"name": "高安基地"}),
    ("site/lfp-yuanzhou", {"name": "袁州基地"}),
    ("site/lfp-yingtan", {"name": "鹰潭基地"}),
    ("site/lfp-closed", {"name": "停产基地"}),
    ("park/yichun-etdz", {"name": "宜春经济技术开发区", "level": "national"}),
    ("cluster/lithium", {"name": "锂电和光伏新能源集群", "status": "target"}),
    ("project/catl-1", {"name": "电池基地一期", "status": "producing", "investment": "135亿元",
                        "investment_value": 135.0, "investment_unit": "亿元"}),
    ("project/lfp-1", {"name": "正极材料项目", "status": "building"}),
    ("person/xia", {"name": "夏文勇"}),
    ("person/wu", {"name": "吴某"}),
    ("person/ren", {"name": "任某"}),
    ("person/governor", {"name": "省长甲"}),
    ("person/mayor", {"name": "市长乙"}),
    ("post/electronics-2023", {"name": "电子信息产业链链长", "role": "chain_chief", "scheme": "2023",
                               "level": "province", "office": "江西省副省长"}),
    ("post/electronics-2020", {"name": "电子信息产业链链长(2020)", "role": "chain_chief", "scheme": "2020",
                               "level": "province", "valid_to": "2023-07"}),
    ("post/electronics-presided", {"name": "主持电子信息链调度会", "role": "presided", "scheme": "2020",
                                   "level": "province", "valid_to": "2023-07"}),
    ("post/new-energy-2023", {"name": "新能源产业链链长", "role": "chain_chief", "scheme": "2023",
                               "level": "province"}),
    ("post/yichun-lithium", {"name": "宜春锂电产业链链长", "role": "chain_chief", "scheme": "local",
                             "level": "city"}),
    ("post/general", {"name": "总链长", "role": "general_chain_chief", "scheme": "2023",
                      "level": "province"}),
    ("post/governor", {"name": "江西省省长", "role": "office", "scheme": "none", "level": "province"}),
    ("event/electronics-meeting", {"name": "电子信息产业链调度会", "kind": "coordination",
                                   "date": "2021-05-14", "note": "任某主持，未称链长"}),
    ("event/fair", {"name": "博览会", "kind": "promotion"}),
    ("organisation/miit", {"name": "江西省工业和信息化厅", "kind": "department"}),
    ("organisation/alliance", {"name": "锂电产业联盟", "kind": "alliance"}),
    ("organisation/association", {"name": "锂电促进会", "kind": "promotion_body"}),
    ("fund/lithium", {"name": "锂电产业基金"}),
    ("platform/lithium", {"name": "锂电创新中心", "kind": "创新中心"}),
    ("observation/ne-target", {"name": "新能源营收目标", "metric": "revenue", "kind": "target",
                               "value": "7000亿元", "period": "2026", "scope": "全产业链",
                               "seen_first": "2023-07"}),
    ("observation/ne-actual", {"name": "宜春锂电营收", "metric": "revenue", "kind": "actual",
                               "value": "1117亿元", "period": "2022", "scope": "规上工业"}),
    ("statement/lfp-gap", {"name": "磷酸铁锂短板", "kind": "gap", "gap_kind": "weak", "subject_kind": "place",
                           "period": "2023-07"}),
]  # fmt: skip

_RELATIONS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("place/360900", "WITHIN", "place/360000", {}),
    ("place/360600", "WITHIN", "place/360000", {}),
    ("place/360902", "WITHIN", "place/360900", {}),
    ("place/360983", "WITHIN", "place/360900", {}),
    ("chain/yichun-lithium", "PART_OF", "chain/new-energy", {}),
    ("chain/new-energy", "ALIGNS_WITH", "plan/new-energy-action", {}),
    ("plan/new-energy-action", "PART_OF", "plan/1269", {}),
    ("plan/1269", "COVERS", "chain/electronics", {}),
    *((f"chain/{s.split('/')[1]}", "HAS_SEGMENT", s, {}) for s, _ in _NODES if s.startswith("segment/")),
    ("segment/new-energy/cell", "PART_OF", "segment/new-energy/lithium", {}),
    ("segment/new-energy/cathode-lfp", "PART_OF", "segment/new-energy/lithium", {}),
    ("segment/new-energy/cathode-ternary", "PART_OF", "segment/new-energy/lithium", {}),
    ("segment/new-energy/cathode-lfp", "INPUT_TO", "segment/new-energy/cell",
     {"input": "磷酸铁锂", "criticality": "required", "alternative_group": "cathode"}),
    ("segment/new-energy/cathode-ternary", "INPUT_TO", "segment/new-energy/cell",
     {"input": "三元材料", "criticality": "required", "alternative_group": "cathode"}),
    ("segment/new-energy/cell", "INPUT_TO", "segment/new-energy/storage",
     {"input": "电芯", "criticality": "required"}),
    *((f"firm/{s}", "OPERATES", f"site/{s}", {}) for s in
      ("catl-yc", "gotion-yc", "lfp-gaoan", "lfp-yuanzhou", "lfp-yingtan", "lfp-closed")),
    ("site/catl-yc", "LOCATED_IN", "place/360902", {}),
    ("site/gotion-yc", "LOCATED_IN", "place/360900", {}),
    ("site/lfp-gaoan", "LOCATED_IN", "place/360983", {}),
    ("site/lfp-yuanzhou", "LOCATED_IN", "place/360902", {}),
    ("site/lfp-yingtan", "LOCATED_IN", "place/360600", {}),
    ("site/lfp-closed", "LOCATED_IN", "place/360902", {}),
    ("site/catl-yc", "WORKS_IN", "segment/new-energy/cell", {"product": "动力电池", "status": "operating"}),
    ("site/catl-yc", "WORKS_IN", "segment/new-energy/cell", {"product": "储能电池", "status": "operating"}),
    ("site/gotion-yc", "WORKS_IN", "segment/new-energy/cell", {"product": "动力电池"}),
    ("site/lfp-gaoan", "WORKS_IN", "segment/new-energy/cathode-lfp",
     {"product": "正极", "status": "operating"}),
    ("site/lfp-yuanzhou", "WORKS_IN", "segment/new-energy/cathode-lfp",
     {"product": "正极", "status": "operating"}),
    ("site/lfp-yingtan", "WORKS_IN", "segment/new-energy/cathode-lfp",
     {"product": "正极", "status": "operating"}),
    ("site/lfp-closed", "WORKS_IN", "segment/new-energy/cathode-lfp",
     {"product": "正极", "status": "ceased"}),
    ("site/catl-yc", "IN_PARK", "park/yichun-etdz", {}),
    ("firm/catl-yc", "SUBSIDIARY_OF", "firm/catl", {}),
    ("firm/lfp-gaoan", "SUPPLIES", "firm/catl-yc", {"what": "磷酸铁锂"}),
    ("firm/lfp-yuanzhou", "SUPPLIES", "firm/catl-yc", {"what": "正极", "valid_to": "2022"}),
    ("firm/catl-yc", "SUPPLIES", "firm/ems", {"what": "电池"}),
    ("firm/catl-yc", "BUILDS", "project/catl-1", {}),
    ("project/catl-1", "FILLS", "segment/new-energy/cell", {}),
    ("project/lfp-1", "FILLS", "segment/new-energy/cathode-lfp", {}),
    ("firm/catl-yc", "FLAGSHIP_IN", "segment/new-energy/cell", {"called": "龙头"}),
    ("firm/gotion-yc", "DESIGNATED_CHAIN_LEADER", "chain/new-energy", {"authority": "某厅"}),
    ("firm/gotion-yc", "SPONSORS", "fund/lithium", {}),
    ("firm/catl-yc", "CO_BUILDS", "platform/lithium", {}),
    ("firm/catl-yc", "IN_CLUSTER", "cluster/lithium", {"role": "core"}),
    ("cluster/lithium", "ABOUT", "chain/new-energy", {}),
    ("organisation/alliance", "IN_CLUSTER", "cluster/lithium", {}),
    ("organisation/association", "IN_CLUSTER", "cluster/lithium", {}),
    ("place/360900", "POSITIONED_FOR", "chain/new-energy", {"role": "primary"}),
    ("park/yichun-etdz", "POSITIONED_FOR", "segment/new-energy/cell", {"role": "primary"}),
    ("park/yichun-etdz", "LOCATED_IN", "place/360900", {}),
    ("organisation/miit", "RESPONSIBLE_FOR", "chain/new-energy", {"role": "lead", "scheme": "2023"}),
    ("organisation/miit", "RESPONSIBLE_FOR", "plan/1269", {"role": "organise", "scheme": "2023"}),
    ("organisation/miit", "LOCATED_IN", "place/360000", {}),
    ("post/electronics-2023", "CHIEF_OF", "chain/electronics", {}),
    ("post/electronics-2020", "CHIEF_OF", "chain/electronics", {}),
    ("event/electronics-meeting", "ABOUT", "chain/electronics", {}),
    ("event/electronics-meeting", "ABOUT", "post/electronics-presided", {}),
    ("event/electronics-meeting", "LOCATED_IN", "place/360000", {}),
    ("event/fair", "ABOUT", "chain/electronics", {}),
    ("event/fair", "ABOUT", "chain/new-energy", {}),
    ("post/new-energy-2023", "CHIEF_OF", "chain/new-energy", {}),
    ("post/yichun-lithium", "CHIEF_OF", "chain/yichun-lithium", {}),
    ("post/yichun-lithium", "LOCATED_IN", "place/360900", {}),
    ("post/yichun-lithium", "GUIDES", "firm/catl-yc", {}),
    ("post/general", "CHIEF_OF", "plan/1269", {}),
    ("post/governor", "EX_OFFICIO", "post/general", {}),
    ("person/xia", "HOLDS", "post/electronics-2023",
     {"title": "副省长", "seen_first": "2024-06-27", "seen_last": "2024-06-27"}),
    ("person/wu", "HOLDS", "post/electronics-2020", {"seen_first": "2020-12", "seen_last": "2020-12"}),
    ("person/ren", "HOLDS", "post/electronics-presided",
     {"seen_first": "2021-05-14", "seen_last": "2021-05-14"}),
    ("person/governor", "HOLDS", "post/governor", {"seen_first": "2024-01-23", "seen_last": "2026-01-27"}),
    ("person/mayor", "HOLDS", "post/yichun-lithium", {"valid_from": "2022", "valid_to": "2025-03"}),
    ("observation/ne-target", "ABOUT", "chain/new-energy", {}),
    ("observation/ne-actual", "ABOUT", "segment/new-energy/lithium", {}),
    ("observation/ne-actual", "ABOUT", "place/360900", {}),
    ("statement/lfp-gap", "ABOUT", "segment/new-energy/cathode-lfp", {}),
    ("statement/lfp-gap", "ABOUT", "place/360900", {}),
]  # fmt: skip


def sample_graph() -> Graph:
    """The graph as values."""
    nodes = [node(key, props) for key, props in _NODES]
    relations = [relation(*row) for row in _RELATIONS]
    return Graph({n.id: n for n in nodes}, {r.rid: r for r in relations})


def node(key: str, props: dict[str, Any]) -> Node:
    """An entity on a known source, with the caption that its names give."""
    cls = load_ontology().entity_of_id(key).name
    caption = props.get("short_name") or props["name"]
    return Node(key, cls, as_props({"id": key, "cls": cls, "caption": caption} | KNOWN | _with_days(props)))


def relation(source: str, cls: str, target: str, props: dict[str, Any]) -> Relation:
    """A relation on a known source, with its identity."""
    rid = relation_id(cls, source, target, [props.get(k) for k in load_ontology().relation(cls).key])
    return Relation(rid, cls, source, target, as_props({"rid": rid} | KNOWN | _with_days(props)))


async def store_sample(store: Store) -> Graph:
    """Write the graph, stamped, into an empty store."""
    graph = sample_graph()
    await store.bootstrap()
    await store.set_meta(STAMP)
    await store_members(store, [*graph.nodes.values(), *graph.relations.values()])
    return graph


async def store_members(store: Store, members: Iterable[Node | Relation]) -> None:
    """Write nodes, then relations; the ends of a relation must be there or among the nodes."""
    every = sorted(members, key=lambda m: (isinstance(m, Relation), m.cls))
    await write_changes(store, load_ontology(), every, len(every))


def _with_days(props: dict[str, Any]) -> dict[str, Any]:
    days = {}
    for name in ("valid_from", "valid_to", "as_of", "period", "status_date", "date"):
        if name in props:
            days |= {f"{name}_min": date_min(props[name]), f"{name}_max": date_max(props[name])}
    return props | days
