"""Facts for the tests of the pages about gaps: a weak and a missing segment in a city, a maker in another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.facts import Assertion
from graph.model import relation_id
from graph.ontology import Ontology
from tests.support.pages_sample import LINK, rows

WEAK, MISSING = "=弱项表述", "铜箔缺失"
PLACE, CHAIN = "place/360900", "electronics"
BOARD, FOIL, PHONE, PANEL = (f"segment/electronics/{s}" for s in ("board", "foil", "phone", "panel"))
AT = f"chain={CHAIN}&place={PLACE}"
GAP = "/gaps/electronics/foil@360900"
PAGES = (
    f"/panorama?{AT}", "/panorama", f"/panorama?chain={CHAIN}&place=park/yc", f"/gaps?{AT}",
    f"/gaps?place={PLACE}",
    f"/gaps?tab=worklist&{AT}", GAP, "/gaps/electronics/panel@360900", f"/map?chain={CHAIN}",
    f"/map?chain={CHAIN}&segment={BOARD}", f"/map?chain={CHAIN}&segment={BOARD}&level=county",
    f"/map?chain={CHAIN}&level=county&counted=weak", f"/panorama?chain=none&place={PLACE}",
)  # fmt: skip

_ENTITIES: list[tuple[str, dict[str, Any]]] = [
    ("place/360902", {"name": "袁州区", "level": "county"}),
    ("place/360600", {"name": "鹰潭市", "level": "city"}),
    ("park/yc", {"name": "宜春园区"}),
    (PANEL, {"name": "显示屏", "position": "midstream"}),
    ("segment/electronics/materials", {"name": "电子材料", "position": "upstream"}),
    ("statement/weak", {"name": WEAK, "kind": "gap", "gap_kind": "weak", "subject_kind": "place",
                        "text": LINK, "period": "2024-05"}),
    ("statement/gone", {"name": MISSING, "kind": "gap", "gap_kind": "missing", "subject_kind": "place",
                        "text": "本地没有铜箔", "period": "2024-05"}),
    ("statement/whole", {"name": "整链", "kind": "gap", "gap_kind": "weak", "subject_kind": "place",
                         "text": "电子信息链条短", "period": "2024-05"}),
    ("site/foil", {"name": "鹰潭铜箔基地"}),
    ("firm/foil", {"name": "鹰潭铜箔有限公司", "products": ["电子铜箔"]}),
]  # fmt: skip
_RELATIONS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("place/360902", "WITHIN", PLACE, {}),
    ("place/360600", "WITHIN", "place/360000", {}),
    ("park/yc", "LOCATED_IN", PLACE, {}),
    ("chain/electronics", "HAS_SEGMENT", "segment/electronics/materials", {}),
    ("chain/electronics", "HAS_SEGMENT", PANEL, {}),
    (FOIL, "PART_OF", "segment/electronics/materials", {}),
    ("statement/weak", "ABOUT", PLACE, {}),
    ("statement/weak", "ABOUT", BOARD, {}),
    ("statement/weak", "ABOUT", PHONE, {}),
    ("statement/gone", "ABOUT", PLACE, {}),
    ("statement/gone", "ABOUT", FOIL, {}),
    ("statement/whole", "ABOUT", PLACE, {}),
    ("statement/whole", "ABOUT", "chain/electronics", {}),
    ("firm/foil", "OPERATES", "site/foil", {}),
    ("site/foil", "LOCATED_IN", "place/360600", {}),
    ("site/foil", "WORKS_IN", FOIL, {"product": "电子铜箔", "status": "operating"}),
    (PLACE, "POSITIONED_FOR", "chain/electronics", {"role": "primary"}),
]


def facts(ontology: Ontology) -> Iterable[Assertion]:
    """The sample of the pages, with a weak and a missing segment in a city and a maker in another."""
    yield from rows(ontology)
    common: dict[str, Any] = {"sources": ("source/plan",), "standing": "verified", "seen_at": "2024-06"}
    for key, props in _ENTITIES:
        cls = ontology.entity_of_id(key).name
        yield Assertion("test", cls, 2, cls, key, props=props, **common)
    for source, cls, target, props in _RELATIONS:
        rid = relation_id(cls, source, target, [props.get(k) for k in ontology.relation(cls).key])
        yield Assertion("test", cls, 2, cls, rid, source, target, props, **common)
