"""Addresses and place names: county codes of GB/T 2260, parks, and what is left open."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.places import Gazetteer, ParkRecord, PlaceRecord, china, place_of
from ingest.places.stems import stem


def _table(name: str) -> list[dict[str, str]]:
    text = files("data").joinpath("jiangxi", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(part.removeprefix("place/") for part in cell.split("|") if part)


PLACES = [PlaceRecord(r["code"], r["name"], r["within"].removeprefix("place/")) for r in _table("places.csv")]
PARKS = [
    ParkRecord(r["id"], r["name"], tuple(filter(None, r["aliases"].split("|"))), _codes(r["place"]))
    for r in _table("parks.csv")
]
BUILTIN = Gazetteer.build(PLACES, PARKS)
NATION = Gazetteer.build(china(), PARKS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("江西省宜春市袁州区", "360902"),
        ("江西省宜春市樟树市葛玄路6号", "360982"),
        ("江西南昌", "360100"),
        ("南昌", "360100"),
        ("南昌市", "360100"),
        ("南昌县", "360121"),
        ("南昌市南昌县", "360121"),
        ("吉安", "360800"),
        ("吉安县", "360821"),
        ("共青城", "360482"),
        ("九江市共青城市", "360482"),
        ("上饶县", "361104"),  # since 2019 广信区
        ("上饶市", "361100"),
        ("江西省九江市九江县", "360404"),
        ("星子县", "360483"),
        ("中国", "100000"),
        ("庐山区", "360402"),
        ("赣县", "360704"),
        ("龙南县", "360783"),
        ("江西省南昌市湾里区红湾大道300号", "360112"),
        ("（江西）（南昌）青山湖区", "360111"),
        ("江 西 省 宜 春 市 丰 城 市", "360981"),
        ("江西省南昌市迎宾北大道509号", "360100"),
        ("上海市北京东路1号", "310000"),
        ("南昌市井冈山大道8号", "360100"),
        ("江西省南昌市望城新区", "360100"),  # not 望城区 of Changsha
    ],
)
@pytest.mark.parametrize("gazetteer", [BUILTIN, NATION], ids=["built-in", "nation"])
def test_the_place_of_a_text(text: str, code: str, gazetteer: Gazetteer) -> None:
    assert place_of(text, gazetteer).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("南京市鼓楼区", "320106"),
        ("福建省福州市鼓楼区", "350102"),
        ("福建省鼓楼区", "350102"),
        ("浙江省杭州市余杭区", "330110"),
        ("恩施土家族苗族自治州利川市", "422802"),
        ("广西桂林", "450300"),
        ("内蒙古自治区包头市", "150200"),
        ("东莞市厚街镇", "441900"),
    ],
)
def test_places_outside_jiangxi(text: str, code: str) -> None:
    assert place_of(text, NATION).code == code


@pytest.mark.parametrize("text", ["鼓楼区", "朝阳区", "市中区"])
def test_a_name_of_many_counties_stays_open_and_says_which(text: str) -> None:
    answer = place_of(text, NATION)
    assert answer.code is None
    assert [d.code for d in answer.doubts] == ["ambiguous"]
    assert text in answer.doubts[0].zh


@pytest.mark.parametrize(
    ("text", "code", "park"),
    [
        ("井冈山经开区", "360800", "park/jinggangshan-etdz"),
        ("江西省吉安市井冈山经济技术开发区", "360800", "park/jinggangshan-etdz"),
        ("江西省景德镇市高新区长虹路1号", "360200", "park/jingdezhen-hitech"),
        ("江西省南昌市高新技术开发区火炬大街199号", "360100", "park/nanchang-hitech"),
        ("江西省赣州市经济技术开发区迎宾大道中段", "360700", "park/ganzhou-etdz"),
        ("江西省南昌市南昌县小蓝经济技术开发区金沙三路1888号", "360121", "park/xiaolan"),
        ("南昌小蓝经开区", "360121", "park/xiaolan"),
        ("共青城高新区", "360482", "park/gongqingcheng-hitech"),
        ("信丰县工业园", "360722", "park/xinfeng-hitech"),
        ("江西省宜春市奉新县江西奉新高新技术产业园区", "360921", "park/fengxin-hitech"),
        ("九江经济技术开发区城西港区", "360400", "park/jiujiang-chengxi"),
        ("九江市共青城市赣江新区", "360482", "park/ganjiang-new-area"),
    ],
)
def test_parks(text: str, code: str, park: str) -> None:
    answer = place_of(text, BUILTIN)
    assert (answer.code, answer.park) == (code, park)


def test_a_park_named_after_a_county_does_not_lie_there_by_its_name() -> None:
    answer = place_of("江西省井冈山市井冈山经开区", BUILTIN)
    assert (answer.code, answer.park) == ("360800", "park/jinggangshan-etdz")
    assert "named-after" in {d.code for d in answer.doubts}


def test_an_unknown_park_named_after_a_county_gives_its_city_only() -> None:
    answer = place_of("井冈山经开区", Gazetteer.build(PLACES))
    assert (answer.code, answer.park) == ("360800", None)
    assert {d.code for d in answer.doubts} == {"park-unknown", "no-county"}


def test_a_park_of_two_cities_leaves_the_place_open() -> None:
    answer = place_of("赣江新区", BUILTIN)
    assert (answer.code, answer.park) == (None, "park/ganjiang-new-area")
    assert {d.code for d in answer.doubts} == {"park-in-many"}


def test_a_park_of_the_same_name_elsewhere_is_not_taken() -> None:
    answer = place_of("天津市河东工业园区", NATION)
    assert (answer.code, answer.park) == ("120000", None)
    assert "park-elsewhere" in {d.code for d in answer.doubts}


def test_a_park_of_another_county_of_the_same_city_is_taken_with_a_doubt() -> None:
    answer = place_of("南昌市东湖区小蓝经开区", BUILTIN)
    assert (answer.code, answer.park) == ("360102", "park/xiaolan")
    assert {d.code for d in answer.doubts} == {"park-elsewhere"}


def test_contradicting_names_are_told_and_the_first_stands() -> None:
    answer = place_of("广东省南昌市", NATION)
    assert answer.code == "440000"
    assert "contradiction" in {d.code for d in answer.doubts}


@pytest.mark.parametrize("text", ["", "不详", "Ohio", "　", "\x00", "\ud800"])
def test_nothing_is_invented(text: str) -> None:
    answer = place_of(text, NATION)
    assert (answer.code, answer.park, answer.doubts) == (None, None, ())


@pytest.mark.parametrize("park", [p for p in PARKS if len(p.places) == 1], ids=lambda p: p.id)
def test_every_built_in_park_is_found_by_its_name(park: ParkRecord) -> None:
    """A park whose compared name equals another's (工业园 and 工业园(化工)) may be left open, never wrong."""
    answer = place_of(park.name, BUILTIN)
    found = {p.id: p for p in PARKS}
    assert answer.park is None or answer.park == park.id or found[answer.park].places == park.places
    assert answer.code in (None, *park.places)


def test_every_county_of_jiangxi_is_found_by_its_full_name() -> None:
    for place in PLACES:
        if place.code.startswith("36"):
            assert place_of(place.name, BUILTIN).code == place.code


def test_the_national_table_has_what_the_built_in_one_has() -> None:
    names = {p.code: p.name for p in china()}
    assert {p.code: names.get(p.code) for p in PLACES if p.code.isdigit()} == {
        p.code: p.name for p in PLACES if p.code.isdigit()
    }


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("南昌市", "南昌"),
        ("邱县", "邱县"),
        ("赣县区", "赣县"),
        ("共青城市", "共青城"),
        ("恩施土家族苗族自治州", "恩施"),
        ("广西壮族自治区", "广西"),
        ("内蒙古自治区", "内蒙古"),
        ("香港特别行政区", "香港"),
    ],
)
def test_stems(name: str, short: str) -> None:
    assert stem(name) == short


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    answer = place_of(text, BUILTIN)
    assert answer.code is None or answer.code in BUILTIN.names
    assert answer.park is None or answer.park in BUILTIN.parks


COUNTIES = [p for p in china() if p.code[2:] != "0000" and p.code[4:] != "00"]


def address(place: PlaceRecord) -> str:
    above = (place.code[:2] + "0000", place.code[:4] + "00")
    return "".join(NATION.names[c] for c in above if c in NATION.names) + place.name


def test_every_county_is_found_by_its_full_address() -> None:
    assert {p.code for p in COUNTIES if place_of(address(p), NATION).code != p.code} == set()


@given(st.sampled_from(COUNTIES), st.text("号栋楼层室0123456789", max_size=8))
def test_a_full_address_gives_its_county(place: PlaceRecord, rest: str) -> None:
    assert place_of(address(place) + rest, NATION).code == place.code
