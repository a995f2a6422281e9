"""Which place is meant by what a person writes."""

from __future__ import annotations

import pytest

from graph.errors import BadInput, NotFound
from graph.gaps.where import Gazetteer, resolve_place
from graph.repository.reader import Reader, Row


def place(code: str, name: str, level: str, parent: str | None = None) -> Row:
    node = {"id": f"place/{code}", "caption": name, "name": name, "code": code, "level": level}
    return {"node": node, "parents": [] if parent is None else [f"place/{parent}"]}


def park(key: str, name: str, *aliases: str, of: str) -> Row:
    node = {"id": f"park/{key}", "caption": name, "name": name, "aliases": list(aliases), "level": None}
    return {"node": node | {"type": None}, "places": [f"place/{of}"], "parents": []}


KNOWN = Gazetteer(
    [
        place("360000", "江西省", "province"),
        place("360100", "南昌市", "city", "360000"),
        place("360121", "南昌县", "county", "360100"),
        place("360700", "赣州市", "city", "360000"),
        place("360731", "于都县", "county", "360700"),
        place("360900", "宜春市", "city", "360000"),
        place("430000", "湖南省", "province"),
        place("430100", "长沙市", "city", "430000"),
        place("360102", "东湖区", "county", "360100"),
        place("430102", "东湖区", "county", "430100"),
        place("us", "美国", "country"),
    ],
    [
        park("xiaolan", "小蓝经济技术开发区", "小蓝经开区", of="360121"),
        park("yichun", "宜春经济技术开发区", of="360900"),
    ],
    [{"zone": "zone/core", "name": "宜春锂电“一核”", "place": "place/360900"}],
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("place/360900", "place/360900"),
        ("360900", "place/360900"),
        ("宜春市", "place/360900"),
        ("宜春", "place/360900"),
        (" 宜 春 ", "place/360900"),
        ("江西", "place/360000"),
        ("南昌", "place/360100"),  # the city, not the county
        ("南昌县", "place/360121"),
        ("于都县", "place/360731"),
        ("赣州市于都县", "place/360731"),
        ("江西省赣州市于都县", "place/360731"),
        ("江西于都", "place/360731"),
        ("湖南省东湖区", "place/430102"),
        ("us", "place/us"),
        ("park/xiaolan", "park/xiaolan"),
        ("小蓝经开区", "park/xiaolan"),
        ("宜春经济技术开发区", "park/yichun"),
        ("zone/core", "zone/core"),
        ("宜春锂电一核", "zone/core"),
    ],
)
def test_a_place_by_id_code_or_name(asked: str, found: str) -> None:
    assert KNOWN.find(asked).id == found


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("宜春县", "place/360900"),
        ("于都镇区", "place/360731"),
        ("小蓝开发区", "park/xiaolan"),
        ("湖南省于都县", "place/360731"),
        ("place/360901", "place/360900"),
    ],
)
def test_near_names_are_told(asked: str, near: str) -> None:
    with pytest.raises(NotFound) as error:
        KNOWN.find(asked)
    assert near in error.value.extra["expected"]


@pytest.mark.parametrize("asked", ["", " ", "' OR 1=1 //", "火星", "x" * 10_000, "。。"])
def test_what_names_no_place_is_told(asked: str) -> None:
    with pytest.raises(NotFound):
        KNOWN.find(asked)


def test_a_name_of_two_places_is_refused_with_both() -> None:
    with pytest.raises(BadInput, match="长沙市") as error:
        KNOWN.find("东湖区")
    assert set(error.value.extra["expected"]) == {"place/360102", "place/430102"}


def test_nothing_recorded_says_how_to_look() -> None:
    with pytest.raises(NotFound, match="lianpu find"):
        Gazetteer([], []).find("宜春")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("赣州市于都县", ("place/360731", "Place", "于都县")),
        ("宜春经开区", ("park/etdz", "Park", "宜春经济技术开发区")),
        ("西部板块", ("zone/west", "Zone", "西部板块")),
    ],
)
async def test_places_of_the_graph(reader: Reader, asked: str, found: tuple[str, str, str]) -> None:
    ref = await resolve_place(reader, asked, "2024-07-01")
    assert (ref.id, ref.cls, ref.caption) == found
