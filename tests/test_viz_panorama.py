"""How cells become a board, places a list to choose from, and gaps a sorted table; all made by hand."""

from __future__ import annotations

import pytest

from graph.errors import BadInput
from graph.gaps.facts import ParkFact
from graph.gaps.models import (
    Basis,
    Cell,
    Gap,
    Panorama,
    Presence,
    Priority,
    RiskVerdict,
    RoleVerdict,
    Status,
    StatusVerdict,
)
from graph.gaps.places import PlaceFact, PlaceTree
from graph.gaps.rules import load_rules
from graph.ontology import Ontology
from graph.repository.models import Ref, Text
from viz.links import Links
from viz.pages.asked import Asked
from viz.pages.gaps import GapsQuery, chosen_gaps
from viz.pages.panorama import board, panorama_context
from viz.pages.places import place_chooser
from viz.show import Show
from viz.words import Lang

WORD = Text(zh="词", en="word")
BASIS = Basis(rule="status", rule_name=WORD, because=WORD, as_of="2024-06-30")
CITY = Ref(id="place/360900", cls="Place", caption="宜春市")
CHAIN = Ref(id="chain/x", cls="Chain", caption="链")


def cell(
    key: str,
    status: Status = "unknown",
    *,
    position: str | None = "upstream",
    parents: tuple[str, ...] = (),
    leaf: bool = True,
    risky: bool = False,
    priority: float | None = None,
) -> Cell:
    risks = [RiskVerdict(value="single", label=WORD, basis=BASIS)] if risky else []
    return Cell(
        segment=Ref(id=f"segment/x/{key}", cls="Segment", caption=key),
        chain=CHAIN,
        parents=[f"segment/x/{p}" for p in parents],
        position=position,
        leaf=leaf,
        place=CITY,
        status=StatusVerdict(value=status, label=WORD, basis=BASIS),
        role=RoleVerdict(value="none", label=WORD, basis=BASIS),
        risks=risks,
        presence=Presence(),
        priority=Priority(value=priority, known=1.0, parts=[]),
    )


def panorama(*cells: Cell) -> Panorama:
    counts: dict[Status, int] = {}
    for one in cells:
        if one.leaf:
            counts[one.status.value] = counts.get(one.status.value, 0) + 1
    return Panorama(chain=CHAIN, place=CITY, as_of="2024-06-30", cells=list(cells), counts=counts)


def asked(ontology: Ontology, lang: Lang = "zh") -> Asked:
    return Asked(Show(ontology, lang, Links()), Links(), load_rules(), "x", CITY.id)


def test_cells_stand_by_position_below_the_path_of_their_groups(ontology: Ontology) -> None:
    shown = panorama(
        cell("outer", position="midstream", leaf=False),
        cell("inner", position="midstream", leaf=False, parents=("outer",)),
        cell("a", parents=("inner",)),
        cell("b", position="midstream", parents=("inner", "outer")),
        cell("c", position=None),
        cell("d", position="support", parents=("elsewhere",)),
    )
    columns = {c.position: c for c in board(asked(ontology), shown, "")}
    assert list(columns) == ["upstream", "midstream", "support", "unknown"]
    (upstream,) = columns["upstream"].blocks
    assert [r.caption for r in upstream.path] == ["outer", "inner"]
    assert upstream.head is None and upstream.anchor == "cell-x-inner"
    inner = columns["midstream"].blocks[1]
    assert inner.head and inner.head.cell.segment.caption == "inner" and inner.anchor is None
    assert [c.cell.segment.caption for c in inner.cards] == ["b"]
    assert [r.caption for r in inner.cards[0].also] == ["outer"]
    assert columns["support"].blocks[0].path == [] and columns["midstream"].total == 1


def test_each_cell_stands_once_even_where_groups_run_in_a_circle(ontology: Ontology) -> None:
    shown = panorama(
        cell("a", leaf=False, parents=("b",)),
        cell("b", leaf=False, parents=("a",)),
        cell("c", parents=("a",)),
    )
    (column,) = board(asked(ontology), shown, "")
    heads = [b.head.anchor for b in column.blocks if b.head]
    assert heads == ["cell-x-a", "cell-x-b"] and [len(b.cards) for b in column.blocks] == [1, 0]


def test_filters_count_what_they_show_and_those_that_show_nothing_are_left_out(ontology: Ontology) -> None:
    shown = panorama(cell("a", "weak"), cell("b", "strong", risky=True), cell("c"))
    context = panorama_context(asked(ontology), shown, "risk")
    assert {f["code"]: f["n"] for f in context["filters"]} == {
        "weak": 1,
        "strong": 1,
        "unknown": 1,
        "risk": 1,
    }
    cards = [c for column in context["columns"] for block in column.blocks for c in block.cards]
    assert {c.cell.segment.caption for c in cards if c.shown} == {"b"}
    with pytest.raises(BadInput):
        panorama_context(asked(ontology), shown, "x")


def test_only_the_longest_column_is_wide_and_only_if_it_is_long(ontology: Ontology) -> None:
    few, many = (panorama(*(cell(f"s{n}") for n in range(n))) for n in (16, 17))
    assert panorama_context(asked(ontology), few, "")["long"] == ""
    assert panorama_context(asked(ontology), many, "")["long"] == "upstream"


def test_nothing_is_said_only_where_nothing_is_recorded_of_the_place(ontology: Ontology) -> None:
    assert panorama_context(asked(ontology), panorama(cell("a")), "")["nothing"]
    assert not panorama_context(asked(ontology), panorama(cell("a", "missing")), "")["nothing"]
    assert not panorama_context(asked(ontology), panorama(cell("a", risky=True)), "")["nothing"]


def test_gaps_are_sorted_with_what_is_not_known_last() -> None:
    gaps = [
        Gap(id="a", rank=1, cell=cell("a", "weak", priority=0.5)),
        Gap(id="b", rank=2, cell=cell("b", "missing")),
        Gap(id="c", rank=3, cell=cell("c", "missing", priority=0.9)),
    ]

    def order(**query: str) -> str:
        return "".join(g.id for g in chosen_gaps(gaps, GapsQuery(**query)))

    assert order() == "abc" and order(sort="-rank") == "cba"
    assert order(sort="priority") == "cab" and order(sort="-priority") == "acb"
    assert order(sort="status") == "bca" and order(status="weak") == "a" and order(q="C") == "c"


TREE = PlaceTree(
    {
        p.id: p
        for p in (
            PlaceFact("place/cn", "中国", "country"),
            PlaceFact("place/jx", "江西省", "province", "place/cn"),
            PlaceFact("place/yc", "宜春市", "city", "place/jx"),
            PlaceFact("place/yz", "袁州区", "county", "place/yc"),
            PlaceFact("place/zj", "浙江省", "province", "place/cn"),
            PlaceFact("place/gz", "赣州市", "city", "place/jx"),
        )
    }
)
JIANGXI = {"place/jx", "place/yc", "place/yz", "place/gz"}
PARKS = {p.id: p for p in (ParkFact("park/a", "甲园", places=("place/yz",)), ParkFact("park/b", "乙园"))}


@pytest.mark.parametrize(
    ("place", "path", "offered"),
    [
        ("place/jx", ["江西省"], {*JIANGXI, "park/a"}),
        ("place/yz", ["江西省", "宜春市", "袁州区"], {*JIANGXI, "park/a"}),
        ("place/gz", ["江西省", "赣州市"], JIANGXI),
        ("park/a", ["江西省", "宜春市", "袁州区", "甲园"], {*JIANGXI, "park/a"}),
        ("place/zj", ["浙江省"], {"place/zj"}),
        ("park/b", ["乙园"], {"park/b"}),
    ],
)  # fmt: skip
def test_a_place_is_chosen_among_those_of_its_province_and_the_parks_of_its_city(
    ontology: Ontology, place: str, path: list[str], offered: set[str]
) -> None:
    name = PARKS[place].name if place in PARKS else TREE.nodes[place].name
    made = place_chooser(Show(ontology, "zh", Links()), TREE, PARKS, Ref(id=place, cls="", caption=name))
    assert [r.caption for r in made.path] == path
    assert name in {c.name.split()[-1] for group in made.groups for c in group.items}
    ids = [c.id for group in made.groups for c in group.items]
    assert set(ids) == offered and len(ids) == len(offered)
