"""Changes that are only thought of, and the local net."""

from __future__ import annotations

import itertools
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.gaps.facts import Facts, FirmFact, Input, Remark, SegmentFact, Work
from graph.gaps.index import Index
from graph.gaps.net import Net
from graph.gaps.places import PlaceFact, PlaceTree
from graph.gaps.resilience import resilience
from graph.gaps.rules import load_rules
from graph.gaps.whatif import Supposed, what_if

CITY, OTHER = "place/1", "place/2"
PLACES = PlaceTree(
    {
        "place/0": PlaceFact("place/0", "省", "province", None),
        CITY: PlaceFact(CITY, "甲市", "city", "place/0", 115.0, 28.0),
        OTHER: PlaceFact(OTHER, "乙市", "city", "place/0", 116.0, 28.0),
    }
)
RULES = load_rules()


def facts(
    works: list[tuple[str, str, str]], inputs: list[tuple[str, str, str | None]], segments: str = "abcde"
) -> Facts:
    """Facts of ``chain/x``: works as (firm, segment, place), required inputs as (from, to, group)."""
    return Facts(
        day="2026-01-01",
        chains={"chain/x": "链"},
        places=PLACES,
        segments={f"segment/{s}": SegmentFact(f"segment/{s}", s, chains=("chain/x",)) for s in segments},
        firms={f"firm/{f}": FirmFact(f"firm/{f}", f, places=(p,)) for f, _, p in works},
        works=tuple(
            Work(f"w{n}", site=f"site/{f}-{s}", site_name=f, segment=f"segment/{s}", firms=(f"firm/{f}",),
                 status="operating", places=(p,))
            for n, (f, s, p) in enumerate(works)
        ),
        inputs=tuple(
            Input(f"i{n}", source=f"segment/{a}", target=f"segment/{b}", criticality="required", group=g)
            for n, (a, b, g) in enumerate(inputs)
        ),
    )  # fmt: skip


def ask(index: Index, **supposed: tuple[object, ...]) -> dict[str, set[str]]:
    answer = what_if(index, RULES, "chain/x", CITY, Supposed(**supposed), steps=5)  # type: ignore[arg-type]
    return {
        "lost": {one.id for one in answer.lost},
        "reached": {one.segment.id for one in answer.reached},
        "changed": {one.segment.id for one in answer.changed},
    }


LINE = facts([("f", "a", CITY), ("g", "b", CITY), ("h", "c", CITY), ("k", "a", OTHER)],
             [("a", "b", None), ("b", "c", None)])  # fmt: skip


def test_a_site_of_which_no_firm_is_recorded_is_part_of_the_net() -> None:
    bare = replace(
        LINE, works=tuple(replace(w, firms=()) if w.key in ("w1", "w3") else w for w in LINE.works)
    )
    answer = resilience(Index(bare), "chain/x", CITY)
    assert (answer.links, answer.edges, answer.unrecorded) == (3, 2, 0)
    assert {one.firm.id for one in answer.losses} == {"firm/f", "site/g-b", "firm/h"}
    assert [(one.segment.id, one.firm.id) for one in answer.alternatives] == [("segment/a", "site/k-a")]


def test_the_loss_of_the_only_maker_is_followed_downstream() -> None:
    answer = what_if(Index(LINE), RULES, "chain/x", CITY, Supposed(firms=("firm/f",)))
    assert [one.id for one in answer.lost] == ["segment/a"]
    assert [(one.segment.id, one.steps) for one in answer.reached] == [("segment/b", 1), ("segment/c", 2)]
    assert ["上一步" in one.because.zh for one in answer.reached] == [False, True]
    assert [(c.segment.id, c.firms_before, c.firms_after) for c in answer.changed] == [("segment/a", 1, 0)]
    assert (answer.changed[0].status_before, answer.changed[0].status_after) == ("recorded", "unknown")


def strong(key: str, *segments: str, kind: str = "strength", place: str = CITY) -> Remark:
    gap = {"gap_kind": kind, "kind": "gap"} if kind != "strength" else {"kind": kind}
    ids = tuple(f"segment/{s}" for s in segments)
    return Remark(key, subject_kind="place", segments=ids, places=(place,), **gap)


def test_a_stated_strength_goes_with_the_last_who_was_at_work() -> None:
    """``a`` and ``b`` lose their only firm, ``c`` keeps one; ``d`` never had any; ``e`` is weak besides."""
    known = facts(
        [("f", "a", CITY), ("f", "b", CITY), ("f", "c", CITY), ("h", "c", CITY), ("f", "e", CITY)], []
    )
    said = (strong("s", "a", "b", "c", "d"), strong("e", "e"), strong("w", "e", kind="weak"))
    answer = what_if(Index(replace(known, remarks=said)), RULES, "chain/x", CITY, Supposed(firms=("firm/f",)))
    found = {one.segment.caption: (one.status_before, one.status_after) for one in answer.changed}
    assert found == {
        "a": ("strong", "unknown"), "b": ("strong", "unknown"), "c": ("strong", "strong"),
        "e": ("recorded", "weak"),
    }  # fmt: skip
    (note,) = [one.zh for one in answer.notes if "不再算数" in one.zh]
    assert note.startswith("a、b、e：")


@pytest.mark.parametrize(("kind", "after"), [("missing", "missing"), ("weak", "weak")])
def test_what_is_said_to_lack_stays_so(kind: str, after: str) -> None:
    known = replace(facts([("f", "a", CITY)], []), remarks=(strong("s", "a", kind=kind),))
    answer = what_if(Index(known), RULES, "chain/x", CITY, Supposed(firms=("firm/f",)))
    assert [one.status_after for one in answer.changed] == [after]
    assert not [one for one in answer.notes if "不再算数" in one.zh]


def test_a_newcomer_or_a_strength_stated_elsewhere_keeps_what_was_said() -> None:
    known = replace(facts([("f", "a", CITY), ("k", "a", OTHER)], []), remarks=(strong("s", "a"),))
    both = Supposed(firms=("firm/f",), added=(("firm/k", "segment/a"),))
    assert what_if(Index(known), RULES, "chain/x", CITY, both).changed == []
    wide = replace(known, remarks=(strong("s", "a", place="place/0"),))
    answer = what_if(Index(wide), RULES, "chain/x", "place/0", Supposed(firms=("firm/f",)))
    assert [(one.status_before, one.status_after) for one in answer.changed] == [("strong", "strong")]


def test_an_alternative_that_is_still_made_here_cuts_nothing() -> None:
    with_other = facts(
        [("f", "a", CITY), ("g", "b", CITY), ("h", "c", CITY)], [("a", "c", "x"), ("b", "c", "x")]
    )
    assert ask(Index(with_other), firms=("firm/f",))["reached"] == set()
    assert ask(Index(with_other), firms=("firm/f", "firm/g"))["reached"] == {"segment/c"}


def test_a_place_a_stopped_link_and_a_newcomer() -> None:
    index = Index(LINE)
    assert ask(index, places=(CITY,))["lost"] == {"segment/a", "segment/b", "segment/c"}
    assert ask(index, segments=("segment/b",)) == {
        "lost": {"segment/b"}, "reached": {"segment/c"}, "changed": {"segment/b"}
    }  # fmt: skip
    assert ask(index, added=(("firm/k", "segment/d"),)) == {
        "lost": set(), "reached": set(), "changed": {"segment/d"}
    }  # fmt: skip
    assert ask(index, firms=("firm/f",), added=(("firm/k", "segment/a"),))["lost"] == set()


def test_nothing_supposed_and_wrong_steps_are_refused_and_a_stranger_is_told() -> None:
    index = Index(LINE)
    with pytest.raises(BadInput):
        what_if(index, RULES, "chain/x", CITY, Supposed())
    with pytest.raises(BadInput):
        what_if(index, RULES, "chain/x", CITY, Supposed(firms=("firm/f",)), steps=0)
    told = what_if(index, RULES, "chain/x", CITY, Supposed(firms=("firm/k",)))
    assert not told.changed
    assert "k" in told.notes[0].zh


@pytest.mark.parametrize(
    "supposed",
    [
        Supposed(firms=("place/1",)),
        Supposed(places=("firm/f",)),
        Supposed(segments=("chain/x",)),
        Supposed(added=(("segment/a", "firm/f"),)),
        Supposed(firms=tuple(f"firm/{n}" for n in range(101))),
    ],
)
def test_ids_of_another_class_and_too_many_are_refused(supposed: Supposed) -> None:
    with pytest.raises(BadInput):
        what_if(Index(LINE), RULES, "chain/x", CITY, supposed)


def test_who_is_gone_does_not_come_and_links_of_other_chains_are_told() -> None:
    gone = replace(LINE.firms["firm/k"], status="ceased")
    index = Index(replace(LINE, firms={**LINE.firms, "firm/k": gone}))
    told = what_if(index, RULES, "chain/x", CITY, Supposed(added=(("firm/k", "segment/d"),)))
    assert (told.changed, told.notes[0].en) == ([], "k has ceased or was merged: it changes nothing")
    told = what_if(index, RULES, "chain/x", CITY, Supposed(added=(("firm/f", "segment/far"),)))
    assert (told.changed, told.notes[0].en.split(" is ")[0]) == ([], "segment/far")


def test_without_everything_nothing_is_left_and_that_is_no_error() -> None:
    answer = what_if(Index(LINE), RULES, "chain/x", CITY, Supposed(places=("place/0",)))
    assert {c.firms_after for c in answer.changed} == {0}


NAMES = "abcde"
networks = st.builds(
    facts,
    st.lists(
        st.tuples(st.sampled_from("fghk"), st.sampled_from(NAMES), st.sampled_from([CITY, OTHER])), max_size=9
    ),
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from([None, "x"])).filter(
            lambda i: i[0] != i[1]
        ),
        max_size=8,
        unique=True,
    ),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(networks, st.sampled_from("fghk"))
def test_what_is_reached_is_what_repeated_cutting_takes_away(some: Facts, firm: str) -> None:
    """By plain repetition: a link stops when a required input did and none of its alternatives is left."""
    made = {s for s in some.segments if any(w.segment == s and CITY in w.places for w in some.works)}
    stays = {
        s for s in made
        if any(w.segment == s and CITY in w.places and w.firms != (f"firm/{firm}",) for w in some.works)
    }  # fmt: skip
    lost = made - stays
    gone = set(lost)
    while True:
        more = set()
        for segment in made - gone:
            needs = [i for i in some.inputs if i.target == segment]
            for one in needs:
                rest = [o for o in needs if o.group is not None and o.group == one.group] or [one]
                if one.source in gone and not any(o.source in made - gone for o in rest):
                    more.add(segment)
        if not more:
            break
        gone |= more
    if lost:
        found = ask(Index(some), firms=(f"firm/{firm}",))
        assert (found["lost"], found["reached"]) == (lost, gone - lost)


def test_the_net_of_a_line_has_its_middle_as_cut_and_all_its_inputs_as_bridges() -> None:
    answer = resilience(Index(LINE), "chain/x", CITY)
    assert [one.id for one in answer.cut_links] == ["segment/b"]
    assert [(a.id, b.id) for a, b in answer.bridges] == [
        ("segment/a", "segment/b"),
        ("segment/b", "segment/c"),
    ]
    assert [one.id for one in answer.longest] == ["segment/a", "segment/b", "segment/c"]
    assert [(one.firm.id, one.reached) for one in answer.losses] == [
        ("firm/f", 2),
        ("firm/g", 1),
        ("firm/h", 0),
    ]
    (other,) = answer.alternatives
    # a degree of longitude at 28° N: 111.19 km × cos 28° = 98.2 km
    assert (other.firm.id, other.near, other.km) == ("firm/k", "province", pytest.approx(98.2, abs=0.1))


def test_inputs_with_an_alternative_left_are_not_cut_by_a_loss() -> None:
    two = [("a", "c", "x"), ("b", "c", "x"), ("a", "d", None)]
    some = facts([("f", "a", CITY), ("g", "b", CITY), ("h", "c", CITY), ("h", "d", CITY)], two)
    found = resilience(Index(some), "chain/x", CITY)
    losses = {one.firm.id: (one.cut_inputs, one.reached) for one in found.losses}
    assert losses == {"firm/f": (1, 1), "firm/g": (0, 0), "firm/h": (0, 0)}


def test_who_is_gone_stands_in_for_nobody_and_a_province_is_at_no_distance() -> None:
    wide = facts([("f", "a", CITY), ("k", "a", OTHER), ("g", "a", "place/0"), ("h", "a", "place/0")], [])
    shared = Work("w", site="site/s", segment="segment/a", firms=("firm/k", "firm/g"), status="operating",
                  places=(OTHER,))  # fmt: skip
    gone = replace(wide.firms["firm/k"], status="merged")
    some = replace(wide, works=(*wide.works, shared), firms={**wide.firms, "firm/k": gone})
    found = {one.firm.id: one.km for one in resilience(Index(some), "chain/x", CITY).alternatives}
    assert found == {"firm/g": pytest.approx(98.2, abs=0.1), "firm/h": None}


@settings(max_examples=100, deadline=None)
@given(networks)
def test_cut_links_and_bridges_are_those_whose_removal_parts_the_net(some: Facts) -> None:
    answer = resilience(Index(some), "chain/x", CITY)
    net = Net.of(Index(some), CITY, some.segments).graph().to_undirected()
    parts = nx.number_connected_components(net) if net else 0

    def parted(without: nx.Graph[str]) -> int:
        return nx.number_connected_components(without) if without else 0

    cut = {s for s in net if parted(net.subgraph(set(net) - {s})) > parts}
    assert {one.id for one in answer.cut_links} == cut
    bridges = set()
    for a, b in net.edges:
        smaller = nx.Graph(net)
        smaller.remove_edge(a, b)
        if parted(smaller) > parts:
            bridges.add(frozenset((a, b)))
    assert {frozenset((a.id, b.id)) for a, b in answer.bridges} == bridges
    edges = {(i.source, i.target) for i in some.inputs if i.source in net and i.target in net}
    for one, after in itertools.pairwise(answer.longest):
        assert one.id != after.id
    assert len(answer.longest) >= (
        2 if edges and nx.is_directed_acyclic_graph(nx.DiGraph(list(edges))) else 0
    )
