"""Dates of year, month, day, half, quarter and span: canonical text, first and last day."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.values import (
    Bilingual,
    Property,
    ValueFault,
    clean_cell,
    date_max,
    date_min,
    flatten_value,
    show_value,
)

WHEN = Property(name="when", type="date", label=Bilingual(zh="日期", en="Date"))
DAYS = st.dates(date(1000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("raw", "text", "first", "last"),
    [
        ("2024", "2024", "2024-01-01", "2024-12-31"),
        ("２０２４年", "2024", "2024-01-01", "2024-12-31"),
        ("2024年2月", "2024-02", "2024-02-01", "2024-02-29"),
        ("2023.2", "2023-02", "2023-02-01", "2023-02-28"),
        ("2024-6-1", "2024-06-01", "2024-06-01", "2024-06-01"),
        ("2024/06/27", "2024-06-27", "2024-06-27", "2024-06-27"),
        ("2024 年 6 月 27 日", "2024-06-27", "2024-06-27", "2024-06-27"),
        ("20240627", "2024-06-27", "2024-06-27", "2024-06-27"),
        ("2024-06-27 00:00:00", "2024-06-27", "2024-06-27", "2024-06-27"),
        ("2024H1", "2024H1", "2024-01-01", "2024-06-30"),
        ("2024年下半年", "2024H2", "2024-07-01", "2024-12-31"),
        ("2024Q3", "2024Q3", "2024-07-01", "2024-09-30"),
        ("2024年第一季度", "2024Q1", "2024-01-01", "2024-03-31"),
        ("2023-2026", "2023-2026", "2023-01-01", "2026-12-31"),
        ("2023—2026年", "2023-2026", "2023-01-01", "2026-12-31"),
        ("2023/2026", "2023-2026", "2023-01-01", "2026-12-31"),
        ("2023-2023", "2023", "2023-01-01", "2023-12-31"),
        ("2023年1-11月", "2023-01/2023-11", "2023-01-01", "2023-11-30"),
        ("2023年1月至11月", "2023-01/2023-11", "2023-01-01", "2023-11-30"),
        ("2022-01至11", "2022-01/2022-11", "2022-01-01", "2022-11-30"),
        ("2023前三季度", "2023-01/2023-09", "2023-01-01", "2023-09-30"),
        ("2024年6月27日—7月2日", "2024-06-27/2024-07-02", "2024-06-27", "2024-07-02"),
        ("2024年6月27-29日", "2024-06-27/2024-06-29", "2024-06-27", "2024-06-29"),
        ("2025年6月底", "2025-06", "2025-06-01", "2025-06-30"),
        ("2025年6月初", "2025-06", "2025-06-01", "2025-06-30"),
        ("2025年6月上旬", "2025-06-01/2025-06-10", "2025-06-01", "2025-06-10"),
        ("2025年6月中旬", "2025-06-11/2025-06-20", "2025-06-11", "2025-06-20"),
        ("2024年2月下旬", "2024-02-21/2024-02-29", "2024-02-21", "2024-02-29"),
        ("2025 年 2 月 下 旬", "2025-02-21/2025-02-28", "2025-02-21", "2025-02-28"),
        ("2025年底", "2025", "2025-01-01", "2025-12-31"),
        ("2025年年初", "2025", "2025-01-01", "2025-12-31"),
        ("2025年上半年", "2025H1", "2025-01-01", "2025-06-30"),
        ("2025年三季度末", "2025Q3", "2025-07-01", "2025-09-30"),
        ("2024年底至2025年6月底", "2024/2025-06", "2024-01-01", "2025-06-30"),
        ("2022—2025上半年", "2022/2025H1", "2022-01-01", "2025-06-30"),
    ],
)
def test_forms(raw: str, text: str, first: str, last: str) -> None:
    value = clean_cell(WHEN, raw)
    assert value == text
    assert flatten_value(WHEN, value) == {"when": text, "when_min": first, "when_max": last}
    assert (date_min(text), date_max(text)) == (first, last)


@pytest.mark.parametrize(
    "raw",
    [
        "20240",
        "0999",
        "2101",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2023-02-29",
        "24-06",
        "2026-2023",
        "十四五",
        "2024年13月底",
        "2024年6月27日底",
        "2024-06-27底",
        "6月底",
        "2024年13月上旬",
        "底",
        "2024-06-27 09:30",
        "2024H3",
        "2024Q5",
        "2024~",
        "~2024",
        "2023-2024-2025",
        "2024-06-27-28",
    ],
)
def test_refused(raw: str) -> None:
    with pytest.raises(ValueFault, match="2024-06-27") as caught:
        clean_cell(WHEN, raw)
    assert caught.value.found == raw


@pytest.mark.parametrize("raw", ["今年", "去年", "去年底", "明年6月", "本年度", "上月", "目前"])
def test_a_date_that_depends_on_today_is_refused_with_the_reason(raw: str) -> None:
    with pytest.raises(ValueFault, match="2024-06-27") as caught:
        clean_cell(WHEN, raw)
    assert f"「{raw}」" in caught.value.expected("zh")
    assert "年份" in caught.value.expected("zh")
    assert "year" in caught.value.expected("en")


def test_first_and_last_day_refuse_what_is_no_date() -> None:
    for bound in (date_min, date_max):
        with pytest.raises(ValueError, match="20240"):
            bound("20240")


def test_shown_in_both_languages() -> None:
    assert show_value(WHEN, "2024-06-27") == "2024年6月27日"
    assert show_value(WHEN, "2024Q2") == "2024年第二季度"
    assert show_value(WHEN, "2023-2026") == "2023年至2026年"
    assert show_value(WHEN, "2023-2026", "en") == "2023 – 2026"
    assert show_value(WHEN, "2024H1", "en") == "2024H1"


@given(
    DAYS, st.sampled_from(["{0:04}-{1}-{2}", "{0:04}年{1}月{2}日", "{0:04}.{1:02}.{2:02}", "{0:04}/{1}/{2}"])
)
def test_a_day_is_itself(day: date, form: str) -> None:
    value = clean_cell(WHEN, form.format(day.year, day.month, day.day))
    assert value == date_min(value) == date_max(value) == day.isoformat()


@given(st.integers(1000, 2100), st.integers(1, 12))
def test_a_month_is_its_days(year: int, month: int) -> None:
    value = clean_cell(WHEN, f"{year}年{month}月")
    last = calendar.monthrange(year, month)[1]
    assert (date_min(value), date_max(value)) == (f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{last}")


POINTS = st.one_of(
    st.integers(1000, 2100).map(str),
    st.builds("{}H{}".format, st.integers(1000, 2100), st.integers(1, 2)),
    st.builds("{}Q{}".format, st.integers(1000, 2100), st.integers(1, 4)),
    st.builds("{}-{:02}".format, st.integers(1000, 2100), st.integers(1, 12)),
    DAYS.map(date.isoformat),
)


@given(POINTS, POINTS)
def test_a_span_runs_from_the_first_day_to_the_last(first: str, last: str) -> None:
    low, high = sorted((first, last), key=lambda text: (date_min(text), date_max(text)))
    if date_max(low) > date_max(high):  # one lies inside the other
        with pytest.raises(ValueFault):
            clean_cell(WHEN, f"{low}至{high}")
        return
    value = clean_cell(WHEN, f"{low}至{high}")
    assert (date_min(value), date_max(value)) == (date_min(low), date_max(high))
    assert date_min(value) <= date_max(value)
    for lang in ("zh", "en"):
        assert clean_cell(WHEN, show_value(WHEN, value, lang)) == value
