"""Firm names taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.match import name_parts
from ingest.match.industry import segmented, split
from ingest.places import PlaceWords, china

WORDS = PlaceWords.of(china())
PIECES = (
    *(
        "江西",
        "江西省",
        "吉林",
        "吉林市",
        "南昌市",
        "南昌县",
        "深圳市",
        "市",
        "省",
        "县",
        "区",
        "永丰",
        "昆山",
    ),
    *(
        "华兴",
        "赣锋",
        "江铜",
        "铜业",
        "锂业",
        "科技",
        "股份",
        "集团",
        "控股",
        "有限",
        "责任",
        "公司",
        "有限公司",
    ),
    *("有限责任公司", "股份有限公司", "分公司", "总公司", "总厂", "厂", "二期", "第二", "（", "）", "(", ")"),
    *("*ST", "ST", "-U", "A", "Ｂ", " ", "銅", "TCL"),
)
made_up = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("江西铜业股份有限公司", "江西銅業股份有限公司"),
        ("宁波金田铜业（集团）股份有限公司", "宁波金田铜业(集团)股份有限公司"),
        ("深圳市瑞凌实业集团股份有限公司", "深圳瑞凌实业集团股份有限公司"),
        ("江西省江铜铜箔科技股份有限公司", "江西江铜铜箔科技股份有限公司"),
        ("江西晶科能源有限责任公司", "江西晶科能源有限公司"),
        ("ＴＣＬ中环新能源科技股份有限公司", "TCL中环新能源科技股份有限公司"),
        (" 江西 铜业 股份有限公司", "江西铜业股份有限公司"),
        ("*ST天微", "天微"),
        ("埃夫特-U", "埃夫特"),
        ("万科Ａ", "万科"),
    ],
)
def test_spellings_of_one_name_are_equal_in_full(one: str, other: str) -> None:
    assert name_parts(one, WORDS).full == name_parts(other, WORDS).full


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("江西铜业集团有限公司", "江西铜业股份有限公司"),  # the parent and the listed firm
        ("南昌县华兴有限公司", "南昌市华兴有限公司"),
        ("吉林华兴有限公司", "吉林市华兴有限公司"),  # the province and the city
        ("江西铜业股份有限公司", "江西铜业股份有限公司贵溪冶炼厂"),
        ("江西赣锋锂业股份有限公司", "江西赣锋锂业股份有限公司（二期）"),
        ("江西第一化肥厂", "江西第二化肥厂"),
    ],
)
def test_different_firms_stay_apart(one: str, other: str) -> None:
    assert name_parts(one, WORDS).full != name_parts(other, WORDS).full


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("浙江星华新材料集团股份有限公司", ("浙江", "星华", ("新材料",), "股份有限公司", "")),
        ("江西铜业股份有限公司贵溪冶炼厂", ("江西", "", ("铜业",), "股份有限公司", "贵溪冶炼厂")),
        ("江西赣锋锂业股份有限公司（二期）", ("江西", "赣锋", ("锂业",), "股份有限公司", "二期")),
        ("亚钾国际投资(广州)股份有限公司", ("", "亚钾", ("国际", "投资"), "股份有限公司", "")),
        ("永丰科技有限公司", ("", "永丰", ("科技",), "有限公司", "")),  # a county's name as a brand
        ("江西永丰博源实业有限公司", ("江西永丰", "博源", ("实业",), "有限公司", "")),
        ("赣锋锂业", ("", "赣锋", ("锂业",), "", "")),
        ("中国直升机设计研究所", ("中国", "直升机", ("设计研究所",), "研究所", "")),
        ("国力股份", ("", "国力", (), "", "")),
    ],
)
def test_parts(name: str, expected: tuple[object, ...]) -> None:
    """Place, brand, words of trade, legal form, branch."""
    p = name_parts(name, WORDS)
    assert (p.place_prefix, p.brand, p.trade, p.legal_form, p.branch) == expected


def test_places_of_a_name_are_codes() -> None:
    assert name_parts("江西永丰博源实业有限公司", WORDS).places == ("360825",)
    assert name_parts("亚钾国际投资(广州)股份有限公司", WORDS).places == ("440100",)


def test_words_of_trade() -> None:
    assert segmented("新材料科技") == ("新材料", "科技")
    assert segmented("星华") is None
    assert split("科技") == ("", ("科技",))


@given(made_up)
def test_normalising_twice_changes_nothing(name: str) -> None:
    once = name_parts(name, WORDS)
    assert name_parts(once.full, WORDS).full == once.full


@given(st.text(max_size=200))
def test_any_text_is_taken_apart(name: str) -> None:
    parts = name_parts(name, WORDS)
    assert name_parts(parts.full, WORDS).full == parts.full
    assert "".join(parts.full.split()) == parts.full
