"""A small graph for what the rules with a query find: three chains in one city, and what is around it."""

from __future__ import annotations

from typing import Any

from graph.model import Node, Relation
from tests.support.chain_sample import node, relation

CHAIN, DAY = "chain/t", "2025-06-30"
#: A chain that has one segment, of which those of the other chain are parts.
OWN = "chain/u"
CITY, COUNTY, OTHER, PARK, SUB = "place/3601", "place/360101", "place/3602", "park/a", "park/sub"
HERE = [CITY, COUNTY]
SEGMENTS = ("cell", "salt", "foil", "film", "alt", "group", "late")
DEMANDS = ("open", "answered", "closed", "far", "later")
KNOWN = {"standing": "verified", "grade": "B", "sources": ["source/s"]}
GAP = {"kind": "gap", "gap_kind": "missing", "subject_kind": "place"}

#: A chain of links at which a site stood until the end of March 2025, and of one more for each in which a gap
#: was filled; by what it stood there.
MOVED = "chain/m"
STOOD = ("place", "park", "within", "firm", "home", "closed")
UNTIL = {"valid_to": "2025-03", "valid_to_min": "2025-03-01", "valid_to_max": "2025-03-31"}
BEFORE = "2025-02-28"

#: A chain of links of which it is said that something lacks, and in some year that it was filled.
FILLED = "chain/f"
FILLINGS = {"later": "2024", "same": "2023", "earlier": "2022", "to-come": "2026"}


def in_year(year: str) -> dict[str, str]:
    """The properties of a statement about a year."""
    return {"period": year, "period_min": f"{year}-01-01", "period_max": f"{year}-12-31"}


_NODES: list[tuple[str, dict[str, Any]]] = [
    ("source/s", {"name": "某报", "grade": "B"}),
    ("place/36", {"name": "某省", "level": "province"}),
    (CITY, {"name": "甲市", "level": "city"}),
    (COUNTY, {"name": "甲县", "level": "county"}),
    (OTHER, {"name": "乙市", "level": "city"}),
    (PARK, {"name": "甲园"}),
    (SUB, {"name": "甲园化工区"}),
    (CHAIN, {"name": "某链"}),
    (OWN, {"name": "自己的链"}),
    ("segment/u/top", {"name": "总环节"}),
    *((f"segment/t/{key}", {"name": f"环节{key}"}) for key in SEGMENTS),
    ("firm/lead", {"name": "龙头公司"}),
    ("firm/small", {"name": "小公司"}),
    ("firm/far", {"name": "远方公司"}),
    ("firm/stopped", {"name": "停了的公司"}),
    ("firm/half", {"name": "停了一半的公司"}),
    ("firm/gone", {"name": "没了的公司", "status": "ceased"}),
    ("firm/next", {"name": "后来的公司"}),
    ("site/gone", {"name": "没了的基地"}),
    ("site/next", {"name": "后来的基地"}),
    ("site/lead", {"name": "龙头基地"}),
    ("site/small", {"name": "小基地"}),
    ("site/far", {"name": "远方基地"}),
    ("site/home", {"name": "随企业的基地"}),
    ("site/stopped", {"name": "停了的基地"}),
    ("site/half", {"name": "停了一半的基地"}),
    (
        "statement/no-film",
        {"name": "无膜", **GAP, "period": "2024", "filled_on": "2025-09", "filled_on_min": "2025-09-01"},
    ),
    ("statement/film-made", {"name": "有膜", "kind": "gap", "gap_kind": "filled", "period": "2025-10"}),
    ("statement/no-alt", {"name": "无替代", **GAP, "period": "2024", "filled_by": "某企业"}),
    ("statement/weak-cell", {"name": "电芯弱", **GAP, "gap_kind": "weak", "period": "2023"}),
    ("statement/weak-group", {"name": "总体弱", **GAP, "gap_kind": "weak", "period": "2023"}),
    ("statement/weak-now", {"name": "电芯仍弱", **GAP, "gap_kind": "weak", "period": "2025-12"}),
    (
        "statement/salt-made",
        {"name": "有盐", **GAP, "gap_kind": "filled", "period": "2024", "filled_by": "某盐厂"},
    ),
    ("statement/no-foil", {"name": "无箔", **GAP, "period": "2015"}),
    ("statement/old-cell", {"name": "电芯强", "kind": "strength", "period": "2016"}),
    ("statement/new-cell", {"name": "电芯仍强", "kind": "strength", "period": "2025-01"}),
    ("statement/old-far", {"name": "远方旧说", **GAP, "period": "2015"}),
    ("demand/open", {"name": "求购膜", "kind": "sales", "date": "2025-03"}),
    ("demand/answered", {"name": "已应", "date": "2025-03"}),
    ("demand/closed", {"name": "已结束", "status": "closed"}),
    ("demand/far", {"name": "远方的", "status": "open"}),
    ("demand/later", {"name": "以后的", "status": "open", "date": "2025-09"}),
    (MOVED, {"name": "搬走的链"}),
    ("place/360198", {"name": "划走的县", "level": "county"}),
    ("demand/moved", {"name": "搬走的求购", "date": "2024-12"}),
    ("firm/moved-asking", {"name": "搬走的求购公司"}),
    ("segment/m/use", {"name": "用处"}),
    *((f"segment/m/{key}{end}", {"name": key}) for key in STOOD for end in ("", "-made")),
    *((f"firm/m-{key}", {"name": key}) for key in STOOD),
    *((f"site/m-{key}", {"name": key, **(UNTIL if key == "closed" else {})}) for key in STOOD),
    *((f"statement/m-no-{key}", {"name": key, **GAP, **in_year("2023")}) for key in STOOD),
    *(
        (f"statement/m-weak-{key}", {"name": key, **GAP, **in_year("2023"), "gap_kind": "weak"})
        for key in STOOD
    ),
    *(
        (f"statement/m-made-{key}", {"name": key, **GAP, **in_year("2023"), "gap_kind": "filled"})
        for key in STOOD
    ),
    (FILLED, {"name": "补上的链"}),
    ("firm/f", {"name": "在做的公司"}),
    ("site/f", {"name": "在做的基地"}),
    *((f"segment/f/{key}", {"name": key}) for key in FILLINGS),
    *(
        (f"statement/f-{kind}-{key}", {"name": key, **GAP, **in_year("2023"), "gap_kind": kind})
        for key in FILLINGS
        for kind in ("missing", "weak")
    ),
    *(
        (f"statement/f-made-{key}", {"name": key, **GAP, **in_year(year), "gap_kind": "filled"})
        for key, year in FILLINGS.items()
    ),
]

_WORKS = {"status": "operating", "as_of": "2024-05", "as_of_min": "2024-05-01"}
_RELATIONS: list[tuple[str, str, str, dict[str, Any]]] = [
    (CITY, "WITHIN", "place/36", {}),
    (OTHER, "WITHIN", "place/36", {}),
    (COUNTY, "WITHIN", CITY, {}),
    (PARK, "LOCATED_IN", COUNTY, {}),
    (SUB, "PART_OF", PARK, {}),
    *((CHAIN, "HAS_SEGMENT", f"segment/t/{key}", {}) for key in SEGMENTS),
    (OWN, "HAS_SEGMENT", "segment/u/top", {}),
    *((f"segment/t/{key}", "PART_OF", "segment/u/top", {}) for key in SEGMENTS if key != "cell"),
    ("segment/t/cell", "PART_OF", "segment/t/group", {}),
    ("segment/t/salt", "INPUT_TO", "segment/t/cell", {"input": "盐", "criticality": "required"}),
    ("segment/t/film", "INPUT_TO", "segment/t/cell", {"input": "膜", "criticality": "required"}),
    ("segment/t/foil", "INPUT_TO", "segment/t/cell",
     {"input": "箔", "criticality": "required", "alternative_group": "箔或替代"}),
    ("segment/t/alt", "INPUT_TO", "segment/t/cell",
     {"input": "替代", "criticality": "required", "alternative_group": "箔或替代"}),
    ("firm/lead", "OPERATES", "site/lead", {}),
    ("firm/small", "OPERATES", "site/small", {}),
    ("firm/far", "OPERATES", "site/far", {}),
    ("firm/small", "OPERATES", "site/home", {}),
    ("firm/small", "LOCATED_IN", COUNTY, {}),
    ("firm/far", "LOCATED_IN", OTHER, {}),
    ("site/lead", "IN_PARK", SUB, {}),
    ("site/small", "LOCATED_IN", CITY, {}),
    ("site/far", "LOCATED_IN", OTHER, {}),
    ("site/lead", "WORKS_IN", "segment/t/cell", _WORKS),
    ("site/small", "WORKS_IN", "segment/t/cell", _WORKS),
    ("site/home", "WORKS_IN", "segment/t/film", _WORKS),
    ("site/small", "WORKS_IN", "segment/t/alt", {"status": "unknown"}),
    ("site/small", "WORKS_IN", "segment/t/salt", {"status": "suspended"}),
    ("site/far", "WORKS_IN", "segment/t/salt", _WORKS),
    ("firm/stopped", "OPERATES", "site/stopped", {}),
    ("firm/half", "OPERATES", "site/half", {}),
    ("site/stopped", "LOCATED_IN", OTHER, {}),
    ("site/half", "LOCATED_IN", OTHER, {}),
    ("site/stopped", "WORKS_IN", "segment/t/salt", {"status": "suspended", "as_of": "2024-05"}),
    ("site/stopped", "WORKS_IN", "segment/t/film", {"status": "under_construction", "as_of": "2024-05"}),
    ("site/half", "WORKS_IN", "segment/t/salt", {"status": "suspended", "as_of": "2024-05"}),
    ("site/half", "WORKS_IN", "segment/t/film", _WORKS),
    ("firm/stopped", "SUPPLIES", "firm/lead", {"what": "盐"}),
    ("firm/stopped", "SUPPLIES", "firm/far", {"what": "盐"}),
    ("firm/half", "SUPPLIES", "firm/small", {"what": "盐"}),
    ("firm/gone", "OPERATES", "site/gone", {}),
    ("firm/next", "OPERATES", "site/next", {}),
    ("site/gone", "LOCATED_IN", CITY, {}),
    ("site/next", "LOCATED_IN", CITY, {}),
    ("site/gone", "WORKS_IN", "segment/t/salt", _WORKS),
    ("site/gone", "WORKS_IN", "segment/t/foil", _WORKS),
    ("site/next", "WORKS_IN", "segment/t/alt", _WORKS),
    ("site/next", "WORKS_IN", "segment/t/salt", {"status": "operating", "seen_first": "2025-09"}),
    ("site/next", "WORKS_IN", "segment/t/cell",
     {"status": "operating", "as_of": "2025-09", "as_of_min": "2025-09-01"}),
    ("firm/next", "FLAGSHIP_IN", CHAIN, {"called": "龙头"}),
    ("firm/small", "FLAGSHIP_IN", "segment/t/cell", {"called": "龙头", "valid_from": "2025-09"}),
    ("segment/t/late", "INPUT_TO", "segment/t/cell",
     {"input": "后来的", "criticality": "required", "valid_from": "2025-09"}),
    ("firm/lead", "FLAGSHIP_IN", "segment/t/group", {"called": "龙头"}),
    ("firm/lead", "FLAGSHIP_IN", "segment/t/cell", {"standing": "unverified"}),
    ("firm/far", "FLAGSHIP_IN", CHAIN, {}),
    ("statement/no-film", "ABOUT", CITY, {}),
    ("statement/no-film", "ABOUT", "segment/t/film", {}),
    ("statement/film-made", "ABOUT", CITY, {}),
    ("statement/film-made", "ABOUT", "segment/t/film", {}),
    ("statement/no-alt", "ABOUT", CITY, {}),
    ("statement/no-alt", "ABOUT", "segment/t/alt", {}),
    ("statement/weak-cell", "ABOUT", CITY, {}),
    ("statement/weak-cell", "ABOUT", "segment/t/cell", {}),
    ("statement/weak-group", "ABOUT", CITY, {}),
    ("statement/weak-group", "ABOUT", "segment/t/group", {}),
    ("statement/weak-now", "ABOUT", CITY, {}),
    ("statement/weak-now", "ABOUT", "segment/t/cell", {}),
    ("statement/salt-made", "ABOUT", CITY, {}),
    ("statement/salt-made", "ABOUT", "segment/t/salt", {}),
    ("statement/no-foil", "ABOUT", CITY, {}),
    ("statement/no-foil", "ABOUT", "segment/t/foil", {}),
    ("statement/old-cell", "ABOUT", CITY, {}),
    ("statement/old-cell", "ABOUT", "segment/t/cell", {}),
    ("statement/new-cell", "ABOUT", CITY, {}),
    ("statement/new-cell", "ABOUT", "segment/t/cell", {}),
    ("statement/old-far", "ABOUT", OTHER, {}),
    ("statement/old-far", "ABOUT", "segment/t/foil", {}),
    *((f"demand/{key}", "ABOUT", "segment/t/film", {}) for key in DEMANDS),
    *((f"demand/{key}", "POSTED_BY", "firm/lead", {}) for key in ("open", "answered", "closed", "later")),
    ("demand/far", "POSTED_BY", "firm/far", {}),
    ("demand/answered", "ANSWERED_BY", "firm/small", {}),
    ("demand/open", "ANSWERED_BY", "firm/small", {"valid_from": "2025-09"}),
    *((MOVED, "HAS_SEGMENT", f"segment/m/{key}{end}", {}) for key in STOOD for end in ("", "-made")),
    *((f"site/m-{key}", "WORKS_IN", f"segment/m/{key}", _WORKS) for key in STOOD),
    *((f"site/m-{key}", "WORKS_IN", f"segment/m/{key}-made", _WORKS) for key in STOOD),
    *((f"statement/m-{kind}-{key}", "ABOUT", CITY, {}) for key in STOOD for kind in ("no", "weak", "made")),
    *((f"statement/m-no-{key}", "ABOUT", f"segment/m/{key}", {}) for key in STOOD),
    *((f"statement/m-weak-{key}", "ABOUT", f"segment/m/{key}", {}) for key in STOOD),
    *((f"statement/m-made-{key}", "ABOUT", f"segment/m/{key}-made", {}) for key in STOOD),
    *((f"firm/m-{key}", "OPERATES", f"site/m-{key}", UNTIL if key == "firm" else {}) for key in STOOD),
    ("site/m-place", "LOCATED_IN", CITY, UNTIL),
    ("site/m-park", "IN_PARK", SUB, UNTIL),
    ("site/m-within", "LOCATED_IN", "place/360198", {}),
    ("place/360198", "WITHIN", CITY, UNTIL),
    ("firm/m-firm", "LOCATED_IN", CITY, {}),
    ("firm/m-home", "LOCATED_IN", CITY, UNTIL),
    ("site/m-closed", "LOCATED_IN", CITY, {}),
    ("demand/moved", "ABOUT", "segment/m/place", {}),
    ("demand/moved", "POSTED_BY", "firm/moved-asking", {}),
    ("firm/moved-asking", "LOCATED_IN", CITY, UNTIL),
    (MOVED, "HAS_SEGMENT", "segment/m/use", {}),
    ("site/f", "WORKS_IN", "segment/m/use", _WORKS),
    ("firm/f", "FLAGSHIP_IN", MOVED, {"called": "龙头"}),
    *(
        (f"segment/m/{key}", "INPUT_TO", "segment/m/use", {"input": key, "criticality": "required"})
        for key in STOOD
    ),
    ("firm/stopped", "SUPPLIES", "firm/m-place", {"what": "盐"}),
    *((FILLED, "HAS_SEGMENT", f"segment/f/{key}", {}) for key in FILLINGS),
    *(("site/f", "WORKS_IN", f"segment/f/{key}", _WORKS) for key in FILLINGS),
    ("firm/f", "OPERATES", "site/f", {}),
    ("site/f", "LOCATED_IN", CITY, {}),
    *(
        (f"statement/f-{kind}-{key}", "ABOUT", about, {})
        for key in FILLINGS
        for kind in ("missing", "weak", "made")
        for about in (CITY, f"segment/f/{key}")
    ),
]  # fmt: skip


def finding_members() -> list[Node | Relation]:
    """The members of the graph, each on a source of grade B."""
    return [
        *(node(key, {**KNOWN, **props}) for key, props in _NODES),
        *(relation(source, cls, target, {**KNOWN, **props}) for source, cls, target, props in _RELATIONS),
    ]
