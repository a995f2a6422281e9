"""Quantities: number or span, multiplier, unit, qualifier; as given and normalised."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.values import Bilingual, Property, ValueFault, clean_cell, flat_names, flatten_value, show_value
from graph.values.units import dimension, read_unit

SIZE = Property(name="size", type="quantity", label=Bilingual(zh="规模", en="Size"))
MONEY = SIZE.model_copy(update={"unit": "亿元"})


def test_a_full_width_number_is_shown_in_half_width() -> None:
    assert clean_cell(SIZE, "约８，５００．５万元")["given"] == "约8,500.5万元"


@pytest.mark.parametrize(
    ("raw", "value", "unit", "qualifier"),
    [
        ("135亿元", 135.0, "亿元", None),
        ("1.08万亿元", 10800.0, "亿元", None),
        ("5000万元", 0.5, "亿元", None),
        ("3 亿美元", 3.0, "亿美元", None),
        ("超14万吨", 140000.0, "吨", "超"),
        ("205.88万吨", 2058800.0, "吨", None),
        ("９％左右", 9.0, "%", "左右"),
        ("28%以上", 28.0, "%", "以上"),
        ("500亿元（以上）", 500.0, "亿元", "以上"),
        ("300多亿元", 300.0, "亿元", "余"),
        ("1000余家", 1000.0, "家", "余"),
        ("2800多家", 2800.0, "家", "余"),
        ("100+家", 100.0, "家", "以上"),
        ("不足5%", 5.0, "%", "不足"),
        ("力争超过4500亿元", 4500.0, "亿元", "力争、超"),
        ("近7000亿元", 7000.0, "亿元", "近"),
        ("10Gwh", 10.0, "GWh", None),
        ("20亿千瓦时", 2000.0, "GWh", None),
        ("30万千瓦", 0.3, "GW", None),
        ("10.87万标箱", 108700.0, "标箱", None),
        ("1.2亿部", 120000000.0, "部", None),
        ("1,234.5万元", 0.12345, "亿元", None),
        ("８，５００万元", 0.85, "亿元", None),
        ("８，５００．５ 万元", 0.85005, "亿元", None),
        ("3万㎡", 30000.0, "平方米", None),
        ("3亩", 2000.0, "平方米", None),
        ("150万吨/年", 1500000.0, "吨/年", None),
        ("-0.3%", -0.3, "%", None),
        ("第4位", 4.0, "位", None),
        ("6万", 60000.0, "", None),
        ("约1/4", 25.0, "%", "约"),
        ("2.3万亩桑园", 2.3, "万亩桑园", None),
    ],
)
def test_single(raw: str, value: float, unit: str, qualifier: str | None) -> None:
    cleaned = clean_cell(SIZE, raw)
    assert cleaned["value"] == pytest.approx(value, rel=1e-12)
    assert cleaned["unit"] == unit
    assert cleaned.get("qualifier") == qualifier
    assert "low" not in cleaned


@pytest.mark.parametrize(
    ("raw", "low", "high", "unit"),
    [
        ("3500—4500亿元", 3500.0, 4500.0, "亿元"),
        ("3.2~4万吨", 32000.0, 40000.0, "吨"),
        ("3万-4万吨", 30000.0, 40000.0, "吨"),
        ("1000亿至1500亿元", 1000.0, 1500.0, "亿元"),
        ("3000万元到1亿元", 0.3, 1.0, "亿元"),
        ("５％－６％", 5.0, 6.0, "%"),
        ("-3~-1%", -3.0, -1.0, "%"),
        ("1至2个", 1.0, 2.0, "个"),
    ],
)
def test_span(raw: str, low: float, high: float, unit: str) -> None:
    cleaned = clean_cell(SIZE, raw)
    assert (cleaned["low"], cleaned["high"], cleaned["unit"]) == (
        pytest.approx(low, rel=1e-12),
        pytest.approx(high, rel=1e-12),
        unit,
    )
    assert "value" not in cleaned


@pytest.mark.parametrize(
    "raw",
    [
        "翻番",
        "亿元",
        "12.3.4吨",
        "4500-3500亿元",
        "100亿元2023",
        "1e5元",
        "1 200亿元",
        "3吨-4亿元",
        "5/4",
        "1,23元",
        "约",
        "第4家",
        "9" * 30 + "元",
        "3亿元;4亿元",
    ],
)
def test_refused(raw: str) -> None:
    with pytest.raises(ValueFault):
        clean_cell(SIZE, raw)


def test_dimension_of_the_property() -> None:
    assert clean_cell(MONEY, "3亿美元")["unit"] == "亿美元"
    for raw in ("135", "135万吨", "135亿贝壳"):
        with pytest.raises(ValueFault, match="亿元"):
            clean_cell(MONEY, raw)
    assert dimension("亩") == dimension("平方公里") == "area"


def test_flattened() -> None:
    assert flatten_value(SIZE, clean_cell(SIZE, "约3500—4500亿元")) == {
        "size": "约3500—4500亿元",
        "size_low": 3500.0,
        "size_high": 4500.0,
        "size_unit": "亿元",
        "size_qualifier": "约",
    }
    assert flatten_value(SIZE, clean_cell(SIZE, "12")) == {"size": "12", "size_value": 12.0}
    assert set(flat_names(SIZE)) == {
        "size",
        "size_value",
        "size_low",
        "size_high",
        "size_unit",
        "size_qualifier",
    }


@pytest.mark.parametrize(
    ("raw", "english"),
    [
        ("135亿元", "13.5 billion CNY"),
        ("力争超过4500亿元", "450 billion CNY (striving for, over)"),
        ("3.2~4万吨", "32,000–40,000 t"),
        ("9%左右", "9% (or so)"),
        ("5万吨/年", "50,000 t/year"),
        ("2.3万亩桑园", "2.3 万亩桑园"),
    ],
)
def test_shown(raw: str, english: str) -> None:
    value = clean_cell(SIZE, raw)
    assert show_value(SIZE, value) == raw
    assert show_value(SIZE, value, "en") == english


NUMBERS = st.decimals(0, 99999, places=2, allow_nan=False, allow_infinity=False)
UNITS = st.sampled_from(["亿元", "万元", "万吨", "吨", "GWh", "%", "家", "万台", "亩", ""])
TIMES = {
    "亿元": "1",
    "万元": "0.0001",
    "万吨": "10000",
    "吨": "1",
    "GWh": "1",
    "%": "1",
    "家": "1",
    "万台": "10000",
    "亩": "2000/3",
    "": "1",
}


@given(NUMBERS, UNITS, st.sampled_from(["", "约", "超", "近", "力争", "不足"]))
def test_number_times_unit(number: Decimal, unit: str, word: str) -> None:
    raw = f"{word}{number}{unit}"
    value = clean_cell(SIZE, raw)
    assert value["value"] == float(Fraction(number) * Fraction(TIMES[unit]))
    assert value.get("qualifier", "") == word
    assert clean_cell(SIZE, show_value(SIZE, value)) == value


@given(NUMBERS, NUMBERS, UNITS, st.sampled_from(["—", "~", "-", "至", "～", "–"]))
def test_span_keeps_its_order(one: Decimal, two: Decimal, unit: str, dash: str) -> None:
    low, high = sorted((one, two))
    value = clean_cell(SIZE, f"{low}{dash}{high}{unit}")
    assert value["low"] <= value["high"]
    assert value["high"] == float(Fraction(high) * Fraction(TIMES[unit]))
    assert clean_cell(SIZE, show_value(SIZE, value)) == value
    if low < high:
        with pytest.raises(ValueFault):
            clean_cell(SIZE, f"{high}{dash}{low}{unit}")


def test_units_convert_to_themselves() -> None:
    """A base unit read again is that base with factor 1."""
    for text in ("亿元", "吨", "GWh", "GW", "平方米", "米", "立方米", "%", "百分点", "家", "吨/年"):
        unit = read_unit(text)
        assert unit is not None
        assert (unit.base, unit.factor) == (text, 1)
