"""Reading the text of a date: the forms in use, and the first and last day each stands for."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from graph.values.tidy import compact

YEARS = (1000, 2100)

_POINT = re.compile(
    r"(?P<year>\d{4})(?:"
    r"年?"
    r"|(?:年|-|\.|/)(?P<month>\d{1,2})月?"
    r"|(?:年|-|\.|/)(?P<month2>\d{1,2})(?:月|-|\.|/)(?P<day>\d{1,2})[日号]?"
    r"|(?P<month3>\d{2})(?P<day3>\d{2})"
    r"|年?-?H(?P<half>[12])|年?(?P<half_zh>[上下])半年"
    r"|年?-?Q(?P<quarter>[1-4])|年?第?(?P<quarter_zh>[一二三四1-4])季度?"
    r")",
    re.ASCII | re.IGNORECASE,
)
_FIRST_QUARTERS = re.compile(r"(\d{4})年?前([二两三23])季度?", re.ASCII)
#: The beginning, middle or end of a year, half, quarter or month: no days of their own, so the whole of it.
_VAGUE = re.compile(r"[初中末底]")
_PART_OF = re.compile(r"(.*(?:年|月|季度?|\d))[初中末底]")
_TEN_DAYS = re.compile(r"(\d{4})(?:年|-|\.|/)(\d{1,2})月?([上中下])旬", re.ASCII)
_MIDNIGHT = re.compile(r"T?00:00(?::00(?:\.0+)?)?$")
_DASH = re.compile(r"[\u2010-\u2015\u2212~〜]+|--+|至|到")
#: Spans written with a plain hyphen, which otherwise parts year, month and day.
_HYPHEN = (
    re.compile(r"(\d{4}年?)-(\d{4}年?)", re.ASCII),
    re.compile(r"(\d{4}年\d{1,2}月?)-(\d{1,2}月)", re.ASCII),
    re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日?)-((?:\d{1,2}月)?\d{1,2}日)", re.ASCII),
)
_SLASH = re.compile(r"(\d{4}[^/]*)/(\d{4}[^/]*)", re.ASCII)
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})月", re.ASCII)
_DAY = re.compile(r"(\d{1,2})日", re.ASCII)
_NUMBER = re.compile(r"(\d{1,2})", re.ASCII)
_CHINESE = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class Span:
    """A date: its canonical ``text``, first day ``low``, last day ``high`` and, of a span, the ``ends``."""

    text: str
    low: date
    high: date
    ends: tuple[str, str] | None = None


def date_min(text: str) -> str:
    """The first day (ISO) of a cleaned date; ``ValueError`` if ``text`` is none."""
    return _known(text).low.isoformat()


def date_max(text: str) -> str:
    """The last day (ISO) of a cleaned date; ``ValueError`` if ``text`` is none."""
    return _known(text).high.isoformat()


def _known(text: str) -> Span:
    span = read_date(text)
    if span is None:
        message = f"not a date: {text!r}"
        raise ValueError(message)
    return span


@lru_cache(maxsize=8192)
def read_date(text: str) -> Span | None:
    """The date in ``text`` (NFKC, without spaces), or ``None`` when it is not one."""
    text = _MIDNIGHT.sub("", text)
    if match := _TEN_DAYS.fullmatch(text):
        return _ten_days(read_point(f"{match.group(1)}-{match.group(2)}"), match.group(3))
    point = read_point(text)
    if point is not None:
        return point
    if match := _FIRST_QUARTERS.fullmatch(text):
        last = 3 * _digit(match.group(2))
        return _span(read_point(f"{match.group(1)}-01"), read_point(f"{match.group(1)}-{last:02}"))
    ends = _split(text)
    if ends is None:
        return None
    first = read_point(ends[0])
    return _span(first, first and (read_point(ends[1]) or _short_end(first, ends[1])))


def read_point(text: str) -> Span | None:
    """A single year, month, day, half or quarter, or ``None``; the end of a month is that month."""
    if match := _PART_OF.fullmatch(text):
        whole = read_point(match.group(1).replace("年年", "年"))
        return None if whole is None or whole.low == whole.high else whole
    match = _POINT.fullmatch(text)
    if match is None or not YEARS[0] <= int(match["year"]) <= YEARS[1]:
        return None
    part = match.groupdict()
    year = int(part["year"])
    if half := part["half"] or part["half_zh"]:
        number = 2 if half in ("2", "下") else 1
        return _months(f"{year}H{number}", year, 6 * number - 5, 6 * number)
    if quarter := part["quarter"] or part["quarter_zh"]:
        number = _digit(quarter)
        return _months(f"{year}Q{number}", year, 3 * number - 2, 3 * number)
    month, day = part["month"] or part["month2"] or part["month3"], part["day"] or part["day3"]
    if month is None:
        return _months(f"{year}", year, 1, 12)
    return _day(year, int(month), int(day)) if day else _month(year, int(month))


def _month(year: int, month: int) -> Span | None:
    return _months(f"{year}-{month:02}", year, month, month) if 1 <= month <= 12 else None


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        found = date(year, month, day)
    except ValueError:  # no such day in the calendar
        return None
    return Span(found.isoformat(), found, found)


def _ten_days(month: Span | None, which: str) -> Span | None:
    """上旬, 中旬 or 下旬: the first ten days of a month, the next ten, or the rest."""
    if month is None:
        return None
    first = {"上": 1, "中": 11, "下": 21}[which]
    last = month.high if which == "下" else month.low.replace(day=first + 9)
    low = month.low.replace(day=first)
    return _span(Span(low.isoformat(), low, low), Span(last.isoformat(), last, last))


def says_more(raw: str) -> bool:
    """Whether a cell that is a date tells a part that has no days of its own: 2024年底, 2024年6月初."""
    if not _VAGUE.search(raw):
        return False
    text = compact(raw)
    return bool(_PART_OF.fullmatch(text) or any(_PART_OF.fullmatch(end) for end in _split(text) or ()))


def _months(text: str, year: int, first: int, last: int) -> Span:
    return Span(text, date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _split(text: str) -> tuple[str, str] | None:
    for form in (*_HYPHEN, _SLASH):
        if match := form.fullmatch(text):
            return match.group(1), match.group(2)
    parts = _DASH.split(text)
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else None


def _short_end(first: Span, text: str) -> Span | None:
    """The end of a span that leaves out what it shares with its start: 2023年1月至11月."""
    year, month = first.low.year, first.low.month
    if match := _MONTH_DAY.fullmatch(text):
        return _day(year, int(match.group(1)), int(match.group(2)))
    if match := _MONTH.fullmatch(text) or (_NUMBER.fullmatch(text) if len(first.text) == 7 else None):
        return read_point(f"{year}-{match.group(1)}")
    if match := _DAY.fullmatch(text):
        return _day(year, month, int(match.group(1)))
    return None


def _span(first: Span | None, last: Span | None) -> Span | None:
    if first is None or last is None or first.low > last.low or first.high > last.high:
        return None
    if first == last:
        return first
    years = len(first.text) == len(last.text) == 4
    text = f"{first.text}{'-' if years else '/'}{last.text}"
    return Span(text, first.low, last.high, (first.text, last.text))


def _digit(text: str) -> int:
    return _CHINESE[text] if text in _CHINESE else int(text)
