"""现状: a second implementation agrees, and what must hold of any facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.gaps.crowds import crowds_of
from graph.gaps.facts import Declaration, Facts, ParkFact, Work
from graph.gaps.index import Index
from graph.gaps.matrix import statuses
from graph.gaps.presence import presence_of
from graph.gaps.status import status_of
from graph.gaps.turning import turning_areas, turning_firms
from tests.gaps import naive
from tests.gaps import strategies as made
from tests.gaps.builders import CITY, COUNTY, OTHER, PROVINCE, RULES, A, declared, remark, value, work, world
from tests.gaps.strategies import AREAS, CHAIN, LEAVES, PLACES, SEGMENTS

ORDER = ("missing", "weak", "unknown", "strong")  # recorded ranks with unknown


def rank(status: str) -> int:
    return ORDER.index("unknown" if status in ("recorded", "partly_unknown") else status)


slow = settings(max_examples=200, deadline=None)


@slow
@given(made.status_facts, made.cells)
def test_a_second_implementation_agrees(facts: Facts, cell: tuple[str, str]) -> None:
    assert status_of(Index(facts), RULES, *cell).value == naive.status(facts, *cell)


@slow
@given(made.declared_facts, made.cells)
def test_a_second_implementation_agrees_where_lists_are_declared(facts: Facts, cell: tuple[str, str]) -> None:
    assert status_of(Index(facts), RULES, *cell).value == naive.status(facts, *cell)


@settings(max_examples=100, deadline=None)
@given(made.status_facts | made.declared_facts)
def test_the_table_of_all_places_agrees(facts: Facts) -> None:
    """Also where only the work on which a status can turn is known one by one, and all else is counted."""
    index = Index(facts)
    own = [s for s in SEGMENTS if CHAIN in SEGMENTS[s].chains]
    expected = {(s, p): status_of(index, RULES, s, p).value for s in own for p in AREAS}
    for known in (facts, turning_only(facts)):
        table = statuses(Index(known), RULES, AREAS, crowds_of(index))
        found = {(row.segment, row.place): row.status for row in table.itertuples()}
        assert len(found) == len(table)
        assert set(found) <= set(expected)
        assert {cell: found.get(cell, "unknown") for cell in expected} == expected


@pytest.mark.parametrize("park_places", [(), (COUNTY,)])
def test_work_in_a_park_called_empty_is_known_wherever_it_stands(park_places: tuple[str, ...]) -> None:
    """The park has no place, or the site's own place is another one."""
    there = OTHER if park_places else CITY
    facts = world(
        works=(work(places=(there,), parks=("park/n",)),),
        remarks=(remark("s", "missing", "2020", places=(), parks=("park/n",)),),
    )
    facts = replace(facts, parks={**facts.parks, "park/n": ParkFact("park/n", "新园", places=park_places)})
    index = Index(facts)
    table = statuses(Index(turning_only(facts)), RULES, ["park/n"], crowds_of(index))
    assert status_of(index, RULES, A, "park/n").value == "recorded"
    assert table[table.segment == A].status.tolist() == ["recorded"]


def turning_only(facts: Facts) -> Facts:
    """The facts with that work alone on which a status can turn."""
    areas, firms = turning_areas(facts), turning_firms(facts)
    works = [
        w
        for w in facts.works
        if not firms.isdisjoint({*w.firms, w.site})
        or (w.segment in areas and (not w.places or not areas[w.segment].isdisjoint((*w.places, *w.parks))))
    ]
    return replace(facts, works=tuple(works))


def test_the_table_has_what_is_inherited_and_nothing_of_what_no_fact_speaks_of() -> None:
    for facts in (
        world(remarks=(remark("s", "missing", places=(PROVINCE,)),)),
        world(declarations=(declared(places=(PROVINCE,)),)),
    ):
        table = table_of(facts, list(PLACES.nodes))
        leaf = table[table.segment == A]
        assert dict(zip(leaf.place, leaf.status, strict=True)) == dict.fromkeys(
            PLACES.subtree(PROVINCE), "missing"
        )
        assert set(table.segment) == {A, "segment/t/g"}
    nothing = table_of(world(), list(PLACES.nodes))
    assert nothing.empty
    assert set(nothing[nothing["leaf"]].columns) == set(nothing.columns)
    counted = table_of(world(works=(work(), work("v", status="unknown"))), [CITY])
    assert counted[counted.leaf][["firms", "operating"]].to_numpy().tolist() == [[2, 1]]


def table_of(facts: Facts, places: list[str]) -> pd.DataFrame:
    index = Index(facts)
    return statuses(index, RULES, places, crowds_of(index))


@st.composite
def openings(draw: st.DrawFn) -> Work:
    """A new site that operates, by a firm known or new, dated or not."""
    firm = draw(st.sampled_from(["firm/new", *made.FIRMS]))
    where = draw(st.sampled_from([(COUNTY,), (CITY,), (OTHER,), (PROVINCE,)]))
    opened = work("new", segment=draw(st.just(A) | st.sampled_from(LEAVES)), firms=(firm,), places=where)
    return replace(opened, date=draw(made.dates))


@slow
@given(made.status_facts | made.declared_facts, openings(), made.areas)
def test_one_more_operating_firm_never_makes_it_worse(facts: Facts, more: Work, place: str) -> None:
    segment = more.segment
    before = value(facts, segment, place)
    after = value(replace(facts, works=(*facts.works, more)), segment, place)
    assert rank(after) >= rank(before)


@slow
@given(made.declared_facts, made.cells, st.sampled_from([True, False, None]))
def test_what_is_declared_of_a_wider_place_changes_nothing_where_the_city_is_declared(
    facts: Facts, cell: tuple[str, str], complete: bool | None
) -> None:
    segment, place = cell
    if CITY not in Index(facts).around(place) or CHAIN not in Index(facts).chains_of(segment):
        return
    wider = Declaration(
        "coverage/w", made.span("2025-03"), chains=(CHAIN,), places=(PROVINCE,), complete=complete
    )
    more = replace(facts, declarations=(*facts.declarations, wider))
    assert value(more, segment, place) == value(facts, segment, place)


@slow
@given(made.status_facts, made.cells)
def test_without_declaration_and_statement_nothing_is_missing_or_weak(
    facts: Facts, cell: tuple[str, str]
) -> None:
    silent = replace(facts, remarks=(), declarations=())
    assert value(silent, *cell) not in ("missing", "weak")


@slow
@given(made.status_facts, made.cells)
def test_missing_and_weak_name_a_statement_or_a_declaration(facts: Facts, cell: tuple[str, str]) -> None:
    verdict = status_of(Index(facts), RULES, *cell)
    leaf = Index(facts).is_leaf(cell[0])
    if leaf and verdict.value in ("missing", "weak"):
        assert {"statement", "coverage"} & {f.kind for f in verdict.basis.facts}


@slow
@given(made.status_facts, made.cells, st.integers(0, 6), st.sampled_from(["ceased", "suspended"]))
def test_closing_and_opening_again_returns_the_former_verdict(
    facts: Facts, cell: tuple[str, str], which: int, closed: str
) -> None:
    if which >= len(facts.works):
        return
    former = facts.works[which]
    shut = with_status(facts, former.key, closed)
    assert value(shut, *cell) == naive.status(shut, *cell)
    again = with_status(shut, former.key, former.status)
    assert status_of(Index(again), RULES, *cell) == status_of(Index(facts), RULES, *cell)


@slow
@given(made.status_facts, made.cells, st.sampled_from(made.FIRMS))
def test_a_firm_that_closes_and_opens_again_likewise(facts: Facts, cell: tuple[str, str], firm: str) -> None:
    former = facts.firms[firm]
    shut = replace(facts, firms={**facts.firms, firm: replace(former, status="ceased")})
    assert not [w for w in shut.works if w.firms == (firm,) and Index(shut).is_present(w)]
    assert value(shut, *cell) == naive.status(shut, *cell)
    again = replace(shut, firms={**shut.firms, firm: former})
    assert status_of(Index(again), RULES, *cell) == status_of(Index(facts), RULES, *cell)


def with_status(facts: Facts, key: str, status: str) -> Facts:
    return replace(facts, works=tuple(replace(w, status=status) if w.key == key else w for w in facts.works))


@slow
@given(made.status_facts, st.sampled_from(tuple(SEGMENTS)), st.sampled_from(["place/cn", PROVINCE, CITY]))
def test_a_place_has_the_sites_of_those_below_and_what_is_recorded_no_lower(
    facts: Facts, segment: str, place: str
) -> None:
    index = Index(facts)

    def sites(at: str) -> set[str]:
        return {w.site for one in index.below(segment) for w in index.at_work(one, at)}

    lower = {child: sites(child) for child in PLACES.children(place)}
    found = presence_of(index, RULES, segment, place)
    own = {w.site for one in index.below(segment) for w in index.not_lower(one, place)}
    assert found.not_lower == len(own)
    assert len(sites(place)) == sum(map(len, lower.values())) + found.not_lower
    assert sites(place) == own.union(*lower.values())


@slow
@given(made.status_facts, made.cells)
def test_every_verdict_has_words_for_its_basis(facts: Facts, cell: tuple[str, str]) -> None:
    verdict = status_of(Index(facts), RULES, *cell)
    for text in texts(verdict.model_dump()):
        assert text.strip()
        assert "{" not in text
        assert "None" not in text
    assert verdict.basis.fact_count >= len(verdict.basis.facts)


def texts(value: Any) -> Iterator[str]:
    """All Chinese and English texts in a model that was dumped."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            yield from value.values()
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
