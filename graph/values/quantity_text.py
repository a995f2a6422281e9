"""Reading the text of a quantity: number or span, multiplier, unit, and words such as 约, 超, 力争."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from graph.values.units import Unit, multiplier, read_unit

#: The words kept as qualifiers, with their English.
QUALIFIERS = {
    "力争": "striving for", "预计": "expected", "约": "about", "左右": "or so", "近": "nearly", "超": "over",
    "余": "somewhat over", "不足": "less than", "以上": "or more", "以下": "or less",
}  # fmt: skip
#: What may stand before the number, and the qualifier it means ("" says nothing more).
_BEFORE = {
    "力争": "力争", "争取": "力争", "预计": "预计", "约": "约", "大约": "约", "近": "近", "接近": "近",
    "超": "超", "超过": "超", "逾": "超", "突破": "超", "过": "超", ">": "超", "不足": "不足", "不到": "不足",
    "<": "不足", "不低于": "以上", "不少于": "以上", "至少": "以上", "≥": "以上", "不超过": "以下",
    "不高于": "以下", "至多": "以下", "≤": "以下", "达": "", "达到": "", "第": "",
}  # fmt: skip
_AFTER = {"以上": "以上", "及以上": "以上", "以下": "以下", "以内": "以下", "左右": "左右", "上下": "左右",
          "余": "余", "多": "余"}  # fmt: skip
_PREFIX = re.compile(
    r"第(?=\d+位$)|" + "|".join(sorted(map(re.escape, _BEFORE.keys() - {"第"}), key=len, reverse=True))
)
_SUFFIX = re.compile(rf"(?P<rest>.*?)\(?(?P<word>{'|'.join(_AFTER)})\)?")
_MIDDLE = re.compile(r"(?P<times>[十百千万亿]*)(?P<word>[余多+])(?P<rest>.*)")
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,20})(?:\.\d{1,12})?"
_DASH = re.compile(r"[\u2010-\u2015~〜]+|--+|至|到")
_SPAN = re.compile(rf"(?P<low>{_NUMBER})(?P<unit>[^\d~-]*)[~-](?P<high>{_NUMBER})(?P<unit2>.*)", re.ASCII)
_SINGLE = re.compile(rf"(?P<low>{_NUMBER})(?P<unit>.*)", re.ASCII)
_PART = re.compile(r"(\d{1,3})/(\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in its base unit: ``low`` equals ``high`` when a single number was given."""

    low: Fraction
    high: Fraction
    single: bool
    unit: Unit
    qualifiers: tuple[str, ...]


def read_quantity(text: str) -> Quantity | None:
    """The quantity in ``text`` (NFKC, no spaces), or ``None`` when it is not one."""
    text = text.replace("\u2212", "-")
    found: list[str] = []
    while match := _PREFIX.match(text):
        found.append(_BEFORE[match.group()])
        text = text[match.end() :]
    if part := _PART.fullmatch(text):
        return _part(int(part[1]), int(part[2]), found)
    text = _DASH.sub("~", text)
    span = _SPAN.fullmatch(text)
    match = span or _SINGLE.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    last_unit = _strip_words(parts["unit2"] if span else parts["unit"], found)
    unit = read_unit(last_unit)
    first = read_unit(_full_unit(parts["unit"], last_unit)) if span else unit
    if unit is None or first is None or first.base != unit.base:
        return None
    low = _number(parts["low"]) * first.factor
    high = _number(parts["high"]) * unit.factor if span else low
    if low > high:
        return None
    return Quantity(low, high, not span, unit, _unique(found))


def _part(part: int, whole: int, found: list[str]) -> Quantity | None:
    """A share given as a fraction, 1/3: it is stored as per cent."""
    unit = read_unit("%")
    if unit is None or not 0 < part <= whole:
        return None
    share = Fraction(100 * part, whole)
    return Quantity(share, share, True, unit, _unique(found))


def _full_unit(first: str, last: str) -> str:
    """The unit of a span's start: what it leaves out (all, or all but 万, 亿 …) stands at the end."""
    times, rest = multiplier(first)
    if not first:
        return last
    return first + multiplier(last)[1] if times > 1 and not rest else first


def _strip_words(unit: str, found: list[str]) -> str:
    if match := _MIDDLE.fullmatch(unit):
        found.append("以上" if match["word"] == "+" else "余")
        unit = match["times"] + match["rest"]
    if match := _SUFFIX.fullmatch(unit):
        found.append(_AFTER[match["word"]])
        unit = match["rest"]
    return unit


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _unique(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
