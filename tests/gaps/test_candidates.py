"""Candidates for a link: who is found by what, scored by which parts, kept out by which condition."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from typing import Any

import pytest

from graph.engine import EngineConfig
from graph.errors import BadInput, NotFound
from graph.gaps.candidates import count_candidates
from graph.gaps.candidates.fit import fit
from graph.ontology import Ontology
from graph.store import open_store
from tests.gaps.candidate_sample import CELL, SEGMENT, YICHUN, YINGTAN, Asked, asked_of, by_firm, part
from tests.support.databases import empty


@pytest.fixture(scope="module")
async def ask(
    engine_config: EngineConfig, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Asked]:
    """Asks over the sample, which is written once for this module."""
    await empty(engine_config)
    async with open_store(engine_config, ontology) as store:
        yield await asked_of(store, tmp_path_factory.mktemp("candidates"))


async def test_each_firm_is_found_in_its_own_way(ask: Asked) -> None:
    """The best match of each firm, worth what the rule says of it; who makes something else is not there."""
    answer = await ask()
    found = {key: (c.matches[0].how, c.matches[0].value) for key, c in by_firm(answer).items()}
    assert found == {
        "a-maker": ("product", 1.0),
        "l-site": ("product", 1.0),
        "d-text": ("product_text", 1.0),
        "b-narrow": ("narrower", 0.9),
        "e-ends": ("ends_with", 0.7),
        "h-work": ("segment", 0.6),  # suspended there
        "i-other": ("segment_product", 0.6),
        "c-broad": ("broader", 0.5),
        "f-head": ("head", 0.5),
        "g-contains": ("contains", 0.4),
        "m-similar": ("similar", 0.3),
    }
    assert answer.total == len(found)
    assert answer.matches == {"product": 2, "product_text": 1, "narrower": 1, "ends_with": 1, "segment": 1,
                              "segment_product": 1, "broader": 1, "head": 1, "contains": 1,
                              "similar": 1}  # fmt: skip
    assert answer.complete and not answer.notes


async def test_who_is_kept_out_is_told_by_the_condition(ask: Asked) -> None:
    answer = await ask(exclude=["firm/d-text"])
    assert {(e.firm.id, e.reason) for e in answer.excluded} == {
        ("firm/here", "here"),
        ("firm/coming", "coming"),
        ("firm/j-ceased", "ceased"),
        ("firm/k-merged", "merged"),
        ("firm/d-text", "excluded"),
    }
    assert answer.found == answer.total + 5
    merged = next(e for e in answer.excluded if e.reason == "merged")
    assert "龙头电池" in merged.because.zh and "本地" in merged.because.zh
    assert {e.firm.id for e in answer.excluded}.isdisjoint(c.firm.id for c in answer.items)


async def test_parts_of_one_candidate_add_up(ask: Asked) -> None:
    """Figures worked out by hand from the weights and values of the rule."""
    maker = by_firm(await ask())["a-maker"]
    values = {p.name: p.value for p in maker.parts}
    assert values == {
        "product": 1.0,
        "relation": 1.0,  # supplies the leading firm
        "synergy": pytest.approx(1 / 3, abs=1e-6),  # of three: cells are made here, no salt
        "expansion": None,
        "strength": 0.8,  # listed
        "proximity": 0.3,  # elsewhere in China, without coordinates
    }
    got = 0.35 + 0.15 + 0.15 / 3 + 0.15 * 0.8 + 0.1 * 0.3
    assert maker.score == pytest.approx(got / 0.9, abs=1e-6)
    assert (maker.known, maker.low, maker.high) == (
        pytest.approx(0.9), pytest.approx(got, abs=1e-6), pytest.approx(got + 0.1, abs=1e-6),
    )  # fmt: skip
    assert maker.middle == pytest.approx(got + 0.05, abs=1e-6)


async def test_every_known_part_has_reason_and_facts(ask: Asked) -> None:
    answer = await ask()
    cited = set(answer.cited)
    for candidate in answer.items:
        for p in candidate.parts:
            assert p.because.zh and p.because.en
            if p.value is None:
                continue
            assert p.facts or p.name == "synergy"
            assert all(f.key and f.says.zh for f in p.facts)
            assert {s for f in p.facts for s in f.sources} <= cited


async def test_a_relation_is_shown_as_its_path(ask: Asked) -> None:
    found = by_firm(await ask())
    one, two = found["a-maker"].paths[0], found["b-narrow"].paths[0]
    assert [(s.source.id, s.relation, s.target.id) for s in one.steps] == [
        ("firm/a-maker", "SUPPLIES", "firm/lead")
    ]
    assert [(s.source.id, s.relation, s.target.id) for s in two.steps] == [
        ("firm/b-narrow", "SUBSIDIARY_OF", "firm/mother"),
        ("firm/mother", "SUPPLIES", "firm/lead"),
    ]
    assert [s.source.caption for s in two.steps] == ["乙", "某集团"]
    assert (part(found["b-narrow"], "relation").value, two.leader, two.to.caption) == (0.7, True, "龙头电池")
    assert part(found["d-text"], "relation").value is None


async def test_signs_of_expansion_are_dated_and_elsewhere(ask: Asked) -> None:
    """One project in three years, another of 2015; both away from where the firm is."""
    sign = part(by_firm(await ask())["h-work"], "expansion")
    assert (sign.value, [f.key for f in sign.facts]) == (0.7, ["project/h-new"])


async def test_strength_counts_titles_that_hold(ask: Asked) -> None:
    """A national title 0.9, and the capacity of a site besides; what was only applied for counts nothing."""
    strong = part(by_firm(await ask())["h-work"], "strength")
    assert strong.value == pytest.approx(0.95)
    assert "title/h-applied" not in {f.key for f in strong.facts}


async def test_distance_by_great_circle_where_both_are_known(ask: Asked) -> None:
    """By the spherical law of cosines, which is another formula than the one at work."""
    (lon1, lat1), (lon2, lat2) = (tuple(map(math.radians, p)) for p in (YICHUN, YINGTAN))
    angle = math.acos(
        math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon2 - lon1)
    )
    km = angle * 6371.0088
    found = by_firm(await ask())
    assert found["b-narrow"].distance_km == pytest.approx(km, abs=0.1)
    assert part(found["b-narrow"], "proximity").value == pytest.approx(1 - km / 1500, abs=1e-3)
    assert found["a-maker"].distance_km is None
    assert part(found["f-head"], "proximity").value == 0.8  # somewhere in the province: no distance
    assert part(found["c-broad"], "proximity").value == 0.0
    assert part(found["d-text"], "proximity").value is None


@pytest.mark.parametrize(
    ("origin", "firms"),
    [
        ("province", {"b-narrow", "f-head", "h-work"}),
        ("elsewhere", {"a-maker"}),
        ("abroad", {"c-broad", "e-ends"}),
        ("unknown", {"d-text", "g-contains", "i-other", "l-site", "m-similar"}),
    ],
)
async def test_origin_chooses_and_an_unknown_place_is_its_own(
    ask: Asked, origin: str, firms: set[str]
) -> None:
    answer = await ask(origin=[origin])
    assert set(by_firm(answer)) == firms
    assert answer.origins == {origin: len(firms)}
    assert answer.excluded_counts["origin"] == 11 - len(firms)


@pytest.mark.parametrize("wrong", ["firm/nobody", "place/360900"])
async def test_who_is_excluded_must_be_a_firm_on_record(ask: Asked, wrong: str) -> None:
    with pytest.raises(NotFound) as refused:
        await ask(exclude=["firm/d-text", wrong])
    assert refused.value.extra["found"] == [wrong]


async def test_origins_together_are_all(ask: Asked) -> None:
    all_of_them = await ask(origin=["province", "elsewhere", "abroad", "unknown"])
    assert by_firm(all_of_them).keys() == by_firm(await ask()).keys()


@pytest.mark.parametrize(
    ("firm", "standing", "says"),
    [
        ("firm/here", "kept_out", "已在本地"),
        ("firm/j-ceased", "kept_out", "停业"),
        ("firm/a-maker", "ranked", "排第"),
        ("firm/z-fridge", "no_match", "冰箱"),
        ("firm/n-later", "no_match", "没有记录它产出什么"),
        ("firm/lead", "no_match", "电芯环节"),
    ],
)
async def test_why_not_this_firm(ask: Asked, firm: str, standing: str, says: str) -> None:
    told = (await ask(asked=firm)).asked
    assert told is not None
    assert (told.firm.id, told.standing) == (firm, standing)
    assert says in told.because.zh and told.because.en


async def test_why_tells_the_rank_of_a_firm_that_is_not_shown(ask: Asked) -> None:
    everyone = await ask()
    last = everyone.items[-1]
    answer = await ask(asked=last.firm.id, limit=1)
    assert (len(answer.items), answer.total) == (1, 11)
    assert answer.asked is not None
    assert (answer.asked.standing, answer.asked.rank) == ("below", 11)
    assert answer.asked.candidate == last


async def test_why_refuses_a_firm_that_is_not_there(ask: Asked) -> None:
    with pytest.raises(NotFound):
        await ask(asked="firm/nobody")


async def test_weights_change_the_order_and_only_that(ask: Asked) -> None:
    near = await ask(weights={"产品匹配": "0", "relation": 0, "synergy": 0, "expansion": 0, "strength": 0})
    assert set(near.weights.values()) == {0, 0.1}
    assert near.items[0].firm.id in ("firm/b-narrow", "firm/h-work")  # both in 鹰潭
    assert near.items[-1].firm.id in ("firm/c-broad", "firm/e-ends")  # both abroad
    assert by_firm(near).keys() == by_firm(await ask()).keys()
    unknown = by_firm(near)["d-text"]
    assert (unknown.score, unknown.known, unknown.low, unknown.high) == (None, 0, 0, 1)


async def test_makers_are_read_once_for_all_places_and_weights(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await ask()
    monkeypatch.setattr("graph.gaps.candidates.makers.gather", None)
    assert await ask() == first
    near = await ask(place="place/360600", weights={"proximity": 1})
    assert (near.found, near.groups) != (0, first.groups)
    assert near.found == first.found


async def test_orders_differ_by_what_unknown_parts_count(ask: Asked) -> None:
    for order in ("score", "middle", "low"):
        figures = [getattr(c, order) for c in (await ask(order=order)).items]
        assert figures == sorted(figures, reverse=True)


@pytest.mark.parametrize(
    "weights",
    [{"product": -1}, {"product": "much"}, {"product": float("nan")}, {"product": float("inf")},
     {"product": True}, {"product": None}, {"looks": 1},
     dict.fromkeys(("product", "relation", "synergy", "expansion", "strength", "proximity"), 0)],
)  # fmt: skip
async def test_weights_that_are_none_are_refused(ask: Asked, weights: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as refused:
        await ask(weights=weights)
    assert refused.value.extra["expected"]


async def test_unknown_segments_and_places_name_what_is_near(ask: Asked) -> None:
    with pytest.raises(NotFound) as segment:
        await ask("segment/new-energy/electrolite")
    assert segment.value.extra["near"][0] == SEGMENT
    with pytest.raises(NotFound) as place:
        await ask(place="place/36090")
    assert "place/360900" in place.value.extra["near"]


async def test_without_the_search_index_only_relations_count(ask: Asked) -> None:
    answer = await ask(search=None)
    assert {c.matches[0].how for c in answer.items} == {
        "product", "narrower", "broader", "segment", "segment_product",
    }  # fmt: skip
    assert answer.notes


async def test_counts_are_those_of_the_lists(ask: Asked) -> None:
    """Those whose product names are only alike are counted too."""
    cells = [(SEGMENT, "place/360900"), (SEGMENT, "place/360600"), (CELL, "place/360600")]
    told = await count_candidates(ask.reader, ask.index, ask.rules, cells, search=ask.search)
    assert not any(count.at_least for count in told.values())
    counts = {cell: count.number for cell, count in told.items()}
    assert counts == {
        (SEGMENT, "place/360900"): 11,
        (SEGMENT, "place/360600"): 13,  # those at work and building in 宜春 are candidates for 鹰潭
        (CELL, "place/360600"): 1,
    }
    assert counts == {cell: (await ask(*cell)).total for cell in cells}


async def test_an_investor_fits_where_its_product_is_wanted(ask: Asked) -> None:
    """The reverse: what it makes, whom it would deal with here, who is here already."""
    answer = await fit(ask.reader, ask.index, ask.rules, "place/360900", firm="firm/a-maker")
    assert answer.firm is not None and answer.firm.id == "firm/a-maker"
    (one,) = answer.items
    assert (one.segment.id, one.match.how, one.match.value) == (SEGMENT, "product", 1.0)
    assert [(p.way, p.segment.id, [f.id for f in p.firms]) for p in one.partners] == [
        ("feeds", CELL, ["firm/lead"])
    ]
    assert [f.id for f in one.here] == ["firm/here"]
    assert "source/press" in answer.cited


@pytest.mark.parametrize(
    ("product", "found"),
    [
        ("动力电池电解液", [(SEGMENT, "product_text")]),
        ("高压动力电池电解液", [(SEGMENT, "ends_with")]),
        ("冰箱", []),
    ],
)
async def test_a_product_fits_by_its_name(ask: Asked, product: str, found: list[tuple[str, str]]) -> None:
    answer = await fit(ask.reader, ask.index, ask.rules, "place/360900", product=product)
    assert [(one.segment.id, one.match.how) for one in answer.items] == found
    assert answer.makes == [product]


async def test_a_firm_at_work_elsewhere_fits_its_segment(ask: Asked) -> None:
    answer = await fit(ask.reader, ask.index, ask.rules, "place/440300", firm="firm/h-work")
    assert [(one.segment.id, one.match.how) for one in answer.items] == [(SEGMENT, "segment")]
    assert answer.items[0].partners == []


async def test_fit_needs_somebody(ask: Asked) -> None:
    with pytest.raises(BadInput):
        await fit(ask.reader, ask.index, ask.rules, "place/360900", product=" ")
    with pytest.raises(NotFound):
        await fit(ask.reader, ask.index, ask.rules, "place/360900", firm="firm/nobody")
