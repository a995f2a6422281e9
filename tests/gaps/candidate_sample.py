"""A link with nobody to spare, and firms that could fill it, each found in another way.

宜春 has a leading cell maker that needs electrolyte, one firm at work in it and one that is building.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.gaps.candidate_models import Candidate, CandidateList, CandidatePart
from graph.gaps.candidates import candidates
from graph.gaps.index import Index
from graph.gaps.load import load_facts
from graph.gaps.rules import Rules, load_rules
from graph.limits import Limits
from graph.model import Node, Relation
from graph.ontology import load_ontology
from graph.repository.reader import Reader
from graph.search import LiveSearch, SearchIndex
from graph.store import Store
from tests.support.chain_sample import STAMP, node, relation, store_members

DAY = "2024-07-01"
SEGMENT, CELL = "segment/new-energy/electrolyte", "segment/new-energy/cell"
YICHUN, YINGTAN = (114.4, 27.8), (117.0, 28.2)

NODES: list[tuple[str, dict[str, Any]]] = [
    ("source/press", {"name": "某报", "publisher": "某社", "date": "2024-06-01", "grade": "A"}),
    ("place/100000", {"name": "中国", "level": "country"}),
    ("place/360000", {"name": "江西省", "level": "province"}),
    ("place/360900", {"name": "宜春市", "level": "city", "lon": YICHUN[0], "lat": YICHUN[1]}),
    ("place/360902", {"name": "袁州区", "level": "county"}),
    ("place/360600", {"name": "鹰潭市", "level": "city", "lon": YINGTAN[0], "lat": YINGTAN[1]}),
    ("place/440000", {"name": "广东省", "level": "province"}),
    ("place/440300", {"name": "深圳市", "level": "city"}),
    ("place/810000", {"name": "香港", "level": "province"}),
    ("place/jp", {"name": "日本", "level": "country"}),
    ("chain/new-energy", {"name": "新能源产业链"}),
    (SEGMENT, {"name": "电解液环节", "nature": "material", "products": ["动力电池电解液"]}),
    (CELL, {"name": "电芯环节"}),
    ("segment/new-energy/salt", {"name": "锂盐环节"}),
    ("segment/petrochem/solution", {"name": "电子化学品环节"}),
    ("product/wanted", {"name": "动力电池电解液"}),
    ("product/narrow", {"name": "固液混合配方"}),
    ("product/broad", {"name": "锂电化学品"}),
    ("firm/lead", {"name": "龙头电池"}),
    ("firm/here", {"name": "在本地的"}),
    ("firm/coming", {"name": "在本地建设的"}),
    ("firm/mother", {"name": "某集团"}),
    ("firm/a-maker", {"name": "甲", "stock_code": ["600000.SH"]}),
    ("firm/b-narrow", {"name": "乙"}),
    ("firm/c-broad", {"name": "丙"}),
    ("firm/d-text", {"name": "丁", "products": ["动力电池电解液"]}),
    ("firm/e-ends", {"name": "戊", "products": ["高压动力电池电解液"]}),
    ("firm/f-head", {"name": "己", "products": ["电池电解液"]}),
    ("firm/g-contains", {"name": "庚", "products": ["动力电池电解液添加剂"]}),
    ("firm/h-work", {"name": "辛"}),
    ("firm/i-other", {"name": "壬"}),
    ("firm/j-ceased", {"name": "癸", "status": "ceased"}),
    ("firm/k-merged", {"name": "子", "status": "merged"}),
    ("firm/l-site", {"name": "丑"}),
    ("firm/m-similar", {"name": "卯", "products": ["动力锂电池电解液体"]}),
    ("firm/n-later", {"name": "寅"}),
    ("firm/z-fridge", {"name": "某家电", "products": ["冰箱"]}),
    ("title/h", {"name": "辛 单项冠军", "level": "国家级", "status": "recognised", "year": "2022"}),
    ("title/h-applied", {"name": "辛 申报", "level": "省级", "status": "applied"}),
    ("project/h-new", {"name": "深圳新厂", "status": "started", "status_date": "2023-05"}),
    ("project/h-old", {"name": "深圳旧厂", "status": "producing", "status_date": "2015"}),
]  # fmt: skip
_SITES = ("lead", "here", "coming", "h-work", "i-other", "l-site")

RELATIONS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("place/360000", "WITHIN", "place/100000", {}),
    ("place/440000", "WITHIN", "place/100000", {}),
    ("place/810000", "WITHIN", "place/100000", {}),
    ("place/360900", "WITHIN", "place/360000", {}),
    ("place/360600", "WITHIN", "place/360000", {}),
    ("place/360902", "WITHIN", "place/360900", {}),
    ("place/440300", "WITHIN", "place/440000", {}),
    *(("chain/new-energy", "HAS_SEGMENT", s, {}) for s in (SEGMENT, CELL, "segment/new-energy/salt")),
    ("segment/new-energy/salt", "INPUT_TO", SEGMENT, {"input": "锂盐", "criticality": "required"}),
    (SEGMENT, "INPUT_TO", CELL, {"input": "电解液", "criticality": "required"}),
    (SEGMENT, "MAKES", "product/wanted", {}),
    ("segment/petrochem/solution", "MAKES", "product/wanted", {}),
    ("product/narrow", "KIND_OF", "product/wanted", {}),
    ("product/wanted", "KIND_OF", "product/broad", {}),
    *((f"firm/{s}", "OPERATES", f"site/{s}", {}) for s in _SITES),
    ("site/lead", "LOCATED_IN", "place/360902", {}),
    ("site/here", "LOCATED_IN", "place/360902", {}),
    ("site/coming", "LOCATED_IN", "place/360900", {}),
    ("site/h-work", "LOCATED_IN", "place/360600", {}),
    ("site/lead", "WORKS_IN", CELL, {"status": "operating"}),
    ("site/here", "WORKS_IN", SEGMENT, {"status": "operating"}),
    ("site/coming", "WORKS_IN", SEGMENT, {"status": "under_construction"}),
    ("site/h-work", "WORKS_IN", SEGMENT, {"status": "suspended", "product": "电解液", "capacity": "5万吨"}),
    ("site/i-other", "WORKS_IN", "segment/petrochem/solution", {"status": "operating"}),
    ("firm/lead", "FLAGSHIP_IN", "chain/new-energy", {"called": "龙头"}),
    *((f"firm/{f}", "MAKES", "product/wanted", {}) for f in ("a-maker", "j-ceased", "k-merged")),
    ("firm/n-later", "MAKES", "product/wanted", {"valid_from": "2025-01"}),
    ("firm/b-narrow", "MAKES", "product/narrow", {}),
    ("firm/c-broad", "MAKES", "product/broad", {}),
    ("site/l-site", "MAKES", "product/wanted", {}),
    ("firm/a-maker", "LOCATED_IN", "place/440300", {}),
    ("firm/b-narrow", "LOCATED_IN", "place/360600", {}),
    ("firm/c-broad", "LOCATED_IN", "place/jp", {}),
    ("firm/e-ends", "LOCATED_IN", "place/810000", {}),
    ("firm/f-head", "LOCATED_IN", "place/360000", {}),
    ("firm/a-maker", "SUPPLIES", "firm/lead", {"what": "添加剂"}),
    ("firm/b-narrow", "SUBSIDIARY_OF", "firm/mother", {}),
    ("firm/mother", "SUPPLIES", "firm/lead", {"what": "设备"}),
    ("firm/lead", "SUCCESSOR_OF", "firm/k-merged", {}),
    ("title/h", "ABOUT", "firm/h-work", {}),
    ("title/h-applied", "ABOUT", "firm/h-work", {}),
    ("firm/h-work", "BUILDS", "project/h-new", {}),
    ("firm/h-work", "BUILDS", "project/h-old", {}),
    ("project/h-new", "LOCATED_IN", "place/440300", {}),
    ("project/h-old", "LOCATED_IN", "place/440300", {}),
]  # fmt: skip


class Asked:
    """Candidates over the sample and ``more``, in an emptied store."""

    def __init__(self, store: Store, folder: Path, index: Index, reader: Reader) -> None:
        self.store, self.index, self.reader = store, index, reader
        self.search = LiveSearch(SearchIndex(folder / "search.sqlite", load_ontology()), store)
        self.rules: Rules = load_rules()

    async def __call__(
        self, segment: str = SEGMENT, place: str = "place/360900", **options: Any
    ) -> CandidateList:
        chosen = {"search": self.search, **options}
        return await candidates(self.reader, self.index, self.rules, segment, place, DAY, **chosen)


async def asked_of(
    store: Store, folder: Path, more: Iterable[Node | Relation] = (), limits: Limits | None = None
) -> Asked:
    """Write the sample and ``more`` into an empty store."""
    await store.bootstrap()
    await store.set_meta(STAMP)
    sites: list[tuple[str, dict[str, Any]]] = [(f"site/{s}", {"name": f"{s}基地"}) for s in _SITES]
    nodes = [node(key, props) for key, props in [*NODES, *sites]]
    await store_members(store, [*nodes, *(relation(*row) for row in RELATIONS), *more])
    reader = Reader(store, load_ontology(), limits or Limits())
    return Asked(store, folder, Index(await load_facts(reader, ["chain/new-energy"], DAY)), reader)


def by_firm(answer: CandidateList) -> dict[str, Candidate]:
    """The items by the slug of the firm."""
    return {c.firm.id.removeprefix("firm/"): c for c in answer.items}


def part(candidate: Candidate, name: str) -> CandidatePart:
    """The part of that name."""
    return next(p for p in candidate.parts if p.name == name)
