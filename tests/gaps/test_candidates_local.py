"""Firms that are here already stand in a group of their own; firms of their family are marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.model import Node, Relation
from graph.store import Store
from tests.gaps.candidate_sample import SEGMENT, asked_of, by_firm, part
from tests.support.chain_sample import node, relation

PRODUCT = "动力电池电解液"
#: A county beside 袁州区 in the same city, a park of the city, and a site of a firm from 深圳 in that park.
NEARBY: list[Node | Relation] = [
    node("place/360981", {"name": "丰城市", "level": "county"}),
    relation("place/360981", "WITHIN", "place/360900", {}),
    node("park/yc", {"name": "宜春经开区"}),
    relation("park/yc", "LOCATED_IN", "place/360900", {}),
    node("site/a-yichun", {"name": "甲宜春基地"}),
    relation("firm/a-maker", "OPERATES", "site/a-yichun", {}),
    relation("site/a-yichun", "IN_PARK", "park/yc", {}),
    relation("site/a-yichun", "WORKS_IN", "segment/new-energy/salt", {"status": "operating"}),
    relation("firm/d-text", "LOCATED_IN", "place/360981", {}),
]


@pytest.mark.parametrize(
    ("place", "local"),
    [
        ("place/360900", {"a-maker", "d-text"}),  # a site in a park of the city; a county of it
        ("place/360902", {"a-maker", "d-text", "coming"}),  # in the city, not known in the county
        ("park/yc", {"a-maker", "d-text", "coming", "here"}),  # at work in the city, not in the park
        ("place/360600", {"b-narrow", "h-work"}),  # 鹰潭: its own
        ("place/360000", {"a-maker", "d-text", "b-narrow", "h-work", "f-head"}),
        ("place/440300", {"a-maker"}),
    ],
)
async def test_who_is_in_the_place_or_its_city_is_local(
    store: Store, tmp_path: Path, place: str, local: set[str]
) -> None:
    answer = await (await asked_of(store, tmp_path, NEARBY))(place=place)
    found = by_firm(answer)
    assert {key for key, c in found.items() if c.group == "local"} == local
    assert answer.groups == {"outside": len(found) - len(local), "local": len(local)}
    groups = [c.group for c in answer.items]
    assert groups == sorted(groups, key=("outside", "local").index)
    for group in ("outside", "local"):
        ranks = [c.rank for c in answer.items if c.group == group]
        assert ranks == list(range(1, len(ranks) + 1))


#: What a firm has in 宜春 only before or after the day that is asked about, 2024-07-01, and on it.
BEFORE, AFTER, THEN = (
    {"valid_to": "2019"},
    {"valid_from": "2026-10"},
    {"valid_from": "2020", "valid_to": "2025"},
)


@pytest.mark.parametrize(("when", "group"), [(BEFORE, "outside"), (AFTER, "outside"), (THEN, "local")])
@pytest.mark.parametrize(
    "way",
    [
        ("firm OPERATES site", "site LOCATED_IN place"),
        ("site LOCATED_IN place", "firm OPERATES site"),
        ("firm OPERATES site", "site IN_PARK park", "park LOCATED_IN place"),
        ("site IN_PARK park", "firm OPERATES site", "park LOCATED_IN place"),
        ("park LOCATED_IN place", "firm OPERATES site", "site IN_PARK park"),
        ("firm IN_PARK park", "park LOCATED_IN place"),
        ("park LOCATED_IN place", "firm IN_PARK park"),
    ],
)
async def test_what_a_firm_has_here_on_another_day_makes_it_no_local_one(
    store: Store, tmp_path: Path, way: tuple[str, ...], when: dict[str, str], group: str
) -> None:
    """The first relation of the way holds ``when``, the others always."""
    ends = {"firm": "firm/a-maker", "site": "site/a", "park": "park/a", "place": "place/360900"}
    more: list[Node | Relation] = [node("site/a", {"name": "甲基地"}), node("park/a", {"name": "某园"})]
    for at, step in enumerate(way):
        source, relation_, target = step.split()
        more.append(relation(ends[source], relation_, ends[target], {} if at else when))
    found = by_firm(await (await asked_of(store, tmp_path, more))())
    assert found["a-maker"].group == group


async def test_each_group_is_cut_by_itself_and_counted_whole(store: Store, tmp_path: Path) -> None:
    ask = await asked_of(store, tmp_path, NEARBY)
    answer = await ask(limit=1, asked="firm/d-text")
    assert [(c.group, c.rank) for c in answer.items] == [("outside", 1), ("local", 1)]
    assert (answer.total, answer.groups) == (11, {"outside": 9, "local": 2})
    assert answer.asked is not None
    assert (answer.asked.standing, answer.asked.rank) == ("below", 2)
    assert "本地企业可延伸" in answer.asked.because.zh and "共 2 家" in answer.asked.because.zh


async def test_who_is_at_work_in_the_segment_here_is_neither(store: Store, tmp_path: Path) -> None:
    answer = await (await asked_of(store, tmp_path, NEARBY))()
    assert {"here", "coming"}.isdisjoint(by_firm(answer))


async def test_a_firm_from_outside_is_marked_by_whom_it_owns_or_is_owned_by_here(
    store: Store, tmp_path: Path
) -> None:
    more = [
        relation("firm/here", "SUBSIDIARY_OF", "firm/e-ends", {}),  # its subsidiary is here
        relation("firm/lead", "OWNS", "firm/c-broad", {"share": "60%"}),  # its owner leads here
        relation("firm/mother", "OWNS", "firm/g-contains", {}),  # the owner is not recorded here
        relation("firm/b-narrow", "COOPERATES_WITH", "firm/lead", {"what": "研发"}),  # no ownership
        relation("firm/j-ceased", "SUBSIDIARY_OF", "firm/f-head", {}),  # here once, and gone
        relation("firm/j-ceased", "LOCATED_IN", "place/360900", {}),
        relation("firm/here", "SUBSIDIARY_OF", "firm/d-text", {"valid_to": "2020"}),  # over
    ]
    answer = await (await asked_of(store, tmp_path, more))()
    found = by_firm(answer)
    marked = {key: [path.to.id for path in c.affiliates] for key, c in found.items() if c.affiliates}
    assert marked == {"e-ends": ["firm/here"], "c-broad": ["firm/lead"]}
    (path,) = found["c-broad"].affiliates
    (step,) = path.steps
    assert (step.source.id, step.relation, step.target.id) == ("firm/lead", "OWNS", "firm/c-broad")
    assert path.leader
    assert {c.group for c in answer.items} == {"outside"}
    assert set(step.fact.sources) <= set(answer.cited)


async def test_a_firm_put_down_as_leading_without_a_source_leads_nothing(
    store: Store, tmp_path: Path
) -> None:
    """No name given, not verified: its owner is tied to a firm here, and to no leading one."""
    more = [
        node("firm/unsaid", {"name": "某厂"}),
        relation("firm/unsaid", "LOCATED_IN", "place/360900", {}),
        relation("firm/unsaid", "FLAGSHIP_IN", "chain/new-energy", {"standing": "reported"}),
        relation("firm/unsaid", "SUBSIDIARY_OF", "firm/e-ends", {}),
    ]
    maker = by_firm(await (await asked_of(store, tmp_path, more))())["e-ends"]
    assert (part(maker, "relation").value, maker.paths) == (None, [])
    assert [(path.to.id, path.leader) for path in maker.affiliates] == [("firm/unsaid", False)]


async def test_a_local_firm_is_not_marked_by_its_own_family(store: Store, tmp_path: Path) -> None:
    more = [*NEARBY, relation("firm/here", "SUBSIDIARY_OF", "firm/a-maker", {})]
    maker = by_firm(await (await asked_of(store, tmp_path, more))())["a-maker"]
    assert (maker.group, maker.affiliates) == ("local", [])
    assert maker.notes and part(maker, "product").value == 1.0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, ("先列外地企业", "居中分", "一半", "产品匹配 0.35", "规则的默认值")),
        ({"order": "score"}, ("总分", "规则的默认值")),
        ({"order": "low"}, ("最低分", "按零计")),
        ({"weights": {"product": 0.5}}, ("产品匹配 0.5", "所给的")),
        ({"weights": {"product": 0.35}}, ("产品匹配 0.35", "规则的默认值")),
    ],
)
async def test_the_order_is_told_in_words(
    store: Store, tmp_path: Path, options: dict[str, Any], says: tuple[str, ...]
) -> None:
    told = (await (await asked_of(store, tmp_path))(SEGMENT, **options)).ordered
    assert all(word in told.zh for word in says)
    assert told.en.isascii()
