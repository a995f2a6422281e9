"""A small graph of two chains in a province with two cities, for what the facts of verdicts are read from.

Every fact is of 2024 unless it says otherwise. Names are invented.
"""

from __future__ import annotations

from typing import Any

from graph.model import Node, Relation
from graph.store import Store
from tests.support.chain_sample import STAMP, node, relation, store_members

_SEEN = {"seen_first": "2024", "seen_last": "2024"}

_NODES: list[tuple[str, dict[str, Any]]] = [
    ("source/press", {"name": "某报", "grade": "A"}),
    ("place/360000", {"name": "江西省", "code": "360000", "level": "province"}),
    ("place/360900", {"name": "宜春市", "code": "360900", "level": "city", "lon": 114.4, "lat": 27.8}),
    ("place/360902", {"name": "袁州区", "code": "360902", "level": "county"}),
    ("place/360600", {"name": "鹰潭市", "code": "360600", "level": "city"}),
    ("place/360700", {"name": "赣州市", "code": "360700", "level": "city"}),
    ("place/360731", {"name": "于都县", "code": "360731", "level": "county"}),
    ("zone/west", {"name": "西部板块"}),
    ("park/etdz", {"name": "宜春经济技术开发区", "level": "national", "aliases": ["宜春经开区"]}),
    ("park/etdz-chem", {"name": "宜春经开区化工园", "level": "recognised", "type": "化工园区"}),
    ("chain/new-energy", {"name": "新能源产业链", "short_name": "新能源"}),
    ("chain/nonferrous", {"name": "有色金属产业链", "short_name": "有色金属"}),
    ("segment/new-energy/lithium", {"name": "锂电", "position": "midstream"}),
    ("segment/new-energy/cell", {"name": "电芯", "position": "midstream", "products": ["动力电池"]}),
    ("segment/new-energy/electrolyte", {"name": "电解液", "position": "upstream", "nature": "material"}),
    ("segment/nonferrous/copper", {"name": "铜"}),
    ("segment/nonferrous/copper-foil", {"name": "铜箔"}),
    ("segment/nonferrous/tin", {"name": "锡"}),
    ("firm/cell", {"name": "某电池有限公司", "short_name": "某电池", "status": "operating",
                   "stock_code": ["300750.SZ"]}),
    ("firm/foil", {"name": "某铜箔有限公司"}),
    ("firm/closed", {"name": "某停业有限公司", "status": "ceased", "valid_to": "2023"}),
    ("firm/partner", {"name": "某伙伴有限公司"}),
    ("firm/builder", {"name": "某建设有限公司"}),
    ("firm/stranger", {"name": "某外来有限公司"}),
    ("site/cell", {"name": "电池基地"}),
    ("site/foil", {"name": "铜箔基地"}),
    ("site/closed", {"name": "停业基地"}),
    ("site/joint", {"name": "合营基地"}),
    ("site/over", {"name": "旧基地", "valid_to": "2022"}),
    ("project/cell-2", {"name": "电池二期", "status": "building", "status_date": "2024-03",
                        "capacity": "10GWh", "investment": "20亿元"}),
    ("project/later", {"name": "后来的项目", "status": "signed", "status_date": "2025-02"}),
    ("statement/electrolyte", {"name": "电解液薄弱", "kind": "gap", "gap_kind": "weak",
                               "text": "电解液依赖外购", "subject_kind": "place", "period": "2023",
                               "filled_by": "某项目",
                               "filled_on": "2025-01"}),
    ("statement/west", {"name": "西部强项", "kind": "strength", "seen_first": "2023",
                        "seen_last": "2026-01"}),
    ("statement/other", {"name": "锡的表述", "kind": "gap", "gap_kind": "missing"}),
    ("statement/over", {"name": "旧表述", "kind": "gap", "gap_kind": "missing", "valid_to": "2020"}),
    ("coverage/cell", {"name": "宜春电芯企业名单", "by": "宜春市工信局", "complete": True,
                       "as_of": "2024-05"}),
    ("observation/rate", {"name": "电芯本地配套率", "metric": "local_rate", "kind": "actual",
                          "value": "60%", "period": "2023"}),
    ("observation/output", {"name": "电芯产量", "metric": "output", "kind": "actual", "value": "10GWh",
                            "period": "2023"}),
    ("title/firm", {"name": "某电池 单项冠军", "kind": "单项冠军", "level": "国家级", "status": "recognised",
                    "year": "2022"}),
    ("title/site", {"name": "电池基地 绿色工厂", "kind": "绿色工厂", "level": "省级",
                    "status": "recognised"}),
    ("title/out", {"name": "某电池 高新技术企业", "kind": "高新技术企业", "year": "2018",
                   "validity": "2021-12"}),
]  # fmt: skip

_RELATIONS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("place/360900", "WITHIN", "place/360000", {}),
    ("place/360600", "WITHIN", "place/360000", {}),
    ("place/360700", "WITHIN", "place/360000", {}),
    ("place/360902", "WITHIN", "place/360900", {}),
    ("place/360731", "WITHIN", "place/360700", {}),
    ("zone/west", "COVERS", "place/360900", {}),
    ("zone/west", "COVERS", "place/360700", {}),
    ("park/etdz", "LOCATED_IN", "place/360902", {}),
    ("park/etdz-chem", "PART_OF", "park/etdz", {}),
    *((f"chain/{s.split('/')[1]}", "HAS_SEGMENT", s, {}) for s, _ in _NODES if s.startswith("segment/")),
    ("segment/new-energy/cell", "PART_OF", "segment/new-energy/lithium", {}),
    ("segment/new-energy/electrolyte", "PART_OF", "segment/new-energy/lithium", {}),
    ("segment/nonferrous/copper-foil", "PART_OF", "segment/nonferrous/copper", {}),
    ("segment/new-energy/electrolyte", "INPUT_TO", "segment/new-energy/cell",
     {"input": "电解液", "criticality": "required"}),
    ("segment/nonferrous/copper-foil", "INPUT_TO", "segment/new-energy/cell",
     {"input": "铜箔", "criticality": "required", "alternative_group": "集流体"}),
    ("firm/cell", "OPERATES", "site/cell", {}),
    ("firm/foil", "OPERATES", "site/foil", {}),
    ("firm/closed", "OPERATES", "site/closed", {}),
    ("firm/closed", "OPERATES", "site/joint", {}),
    ("firm/partner", "OPERATES", "site/joint", {}),
    ("firm/partner", "OPERATES", "site/cell", {"valid_to": "2021"}),
    ("firm/foil", "LOCATED_IN", "place/360600", {}),
    ("site/cell", "IN_PARK", "park/etdz-chem", {}),
    ("site/closed", "LOCATED_IN", "place/360902", {}),
    ("site/joint", "LOCATED_IN", "place/360900", {"valid_to": "2021"}),
    ("site/joint", "LOCATED_IN", "place/360700", {"valid_from": "2022"}),
    ("site/cell", "WORKS_IN", "segment/new-energy/cell",
     {"product": "动力电池", "role": "leader", "status": "operating", "as_of": "2024-02",
      "capacity": "5GWh"}),
    ("site/cell", "WORKS_IN", "segment/new-energy/cell", {"product": "固态电池", "status": "planned",
     "as_of": "2025-06"}),
    ("site/foil", "WORKS_IN", "segment/nonferrous/copper-foil", {"product": "铜箔", **_SEEN}),
    ("site/closed", "WORKS_IN", "segment/new-energy/cell", {"status": "operating", "as_of": "2021"}),
    ("site/joint", "WORKS_IN", "segment/new-energy/electrolyte", {"status": "operating"}),
    ("site/over", "WORKS_IN", "segment/new-energy/cell", {"status": "operating"}),
    ("firm/builder", "BUILDS", "project/cell-2", {}),
    ("project/cell-2", "FILLS", "segment/new-energy/cell", {}),
    ("project/cell-2", "FILLS", "segment/nonferrous/tin", {}),
    ("project/cell-2", "IN_PARK", "park/etdz", {}),
    ("project/later", "FILLS", "segment/new-energy/cell", {}),
    ("firm/cell", "DESIGNATED_CHAIN_LEADER", "chain/new-energy", {"authority": "某厅", **_SEEN}),
    ("firm/foil", "FLAGSHIP_IN", "segment/nonferrous/copper", {"called": "龙头"}),
    ("place/360900", "POSITIONED_FOR", "chain/new-energy", {"role": "primary"}),
    ("park/etdz-chem", "POSITIONED_FOR", "segment/new-energy/electrolyte", {"role": "main"}),
    ("zone/west", "POSITIONED_FOR", "chain/new-energy", {"role": "listed", "text": "锂电"}),
    ("statement/electrolyte", "ABOUT", "segment/new-energy/electrolyte", {}),
    ("statement/electrolyte", "ABOUT", "chain/new-energy", {}),
    ("statement/electrolyte", "ABOUT", "place/360900", {}),
    ("statement/west", "ABOUT", "segment/new-energy/cell", {}),
    ("statement/west", "ABOUT", "zone/west", {}),
    ("statement/west", "ABOUT", "site/cell", {}),
    ("statement/other", "ABOUT", "segment/nonferrous/tin", {}),
    ("statement/over", "ABOUT", "segment/new-energy/cell", {}),
    ("coverage/cell", "COVERS", "segment/new-energy/cell", {}),
    ("coverage/cell", "COVERS", "place/360900", {}),
    ("observation/rate", "ABOUT", "segment/new-energy/cell", {}),
    ("observation/rate", "ABOUT", "place/360900", {}),
    ("observation/output", "ABOUT", "segment/new-energy/cell", {}),
    ("title/firm", "ABOUT", "firm/cell", {}),
    ("title/site", "ABOUT", "site/cell", {}),
    ("title/out", "ABOUT", "firm/cell", {}),
]  # fmt: skip


def gap_members() -> list[Node | Relation]:
    """The members of the graph."""
    return [*(node(*row) for row in _NODES), *(relation(*row) for row in _RELATIONS)]


async def store_gap_sample(store: Store) -> None:
    """Write the graph, stamped, into an empty store."""
    await store.bootstrap()
    await store.set_meta(STAMP)
    await store_members(store, gap_members())
