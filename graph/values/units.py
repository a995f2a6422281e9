"""Units of quantities and their base units; the table itself is ``units.yml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

import yaml

_RATE = re.compile(r"(?P<unit>.+?)(?:/|每)(?P<per>年|月|周|日|天|小时|a|y|d|h)", re.IGNORECASE)
_PER = {"a": "年", "y": "年", "d": "日", "天": "日", "h": "小时"}
#: What the name of a unit that the table does not know may consist of.
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[/%‰·°()]){0,19}|[%‰°]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as read.

    ``base`` is the unit the value is stored in, ``factor`` converts to it, ``dimension`` is what it
    measures; of an unknown unit ``base`` is its name as given, ``factor`` 1 and ``dimension`` ``None``.
    """

    base: str
    factor: Fraction
    dimension: str | None


@dataclass(frozen=True, slots=True)
class EnglishUnit:
    """How a base unit is written for English readers: value times ``factor``, then ``label``."""

    label: str
    factor: Fraction


@dataclass(frozen=True, slots=True)
class _Table:
    multipliers: dict[str, int]
    units: dict[str, Unit]
    english: dict[str, EnglishUnit]


@cache
def _table() -> _Table:
    data = yaml.safe_load(files("graph.values").joinpath("units.yml").read_text("utf-8"))
    units: dict[str, Unit] = {}
    english: dict[str, EnglishUnit] = {}
    for base, entry in data["bases"].items():
        english[base] = EnglishUnit(entry["en"], Fraction(entry.get("en_factor", 1)))
        for spelling, factor in entry["from"].items():
            units[spelling.lower()] = Unit(base, Fraction(factor), entry["dimension"])
    longest_first = sorted(data["multipliers"].items(), key=lambda item: -len(item[0]))
    return _Table(dict(longest_first), units, english)


def multiplier(text: str) -> tuple[int, str]:
    """The multiplier that ``text`` starts with (1 if none) and the rest: ``万吨`` is (10000, 吨)."""
    for word, times in _table().multipliers.items():
        if text.startswith(word):
            return times, text[len(word) :]
    return 1, text


def read_unit(text: str) -> Unit | None:
    """The unit in ``text`` (NFKC, no spaces; may be empty), or ``None`` when it cannot be a unit.

    Known: ``万吨`` gives base 吨 and factor 10000, ``万吨/年`` base 吨/年. Unknown units keep their name,
    with any multiplier in it, and factor 1: nothing is converted that is not understood.
    """
    if not text:
        return Unit("", Fraction(1), "")
    if known := _known(text):
        return known
    if (match := _RATE.fullmatch(text)) and (unit := _known(match["unit"])):
        per = _PER.get(match["per"].lower(), match["per"])
        return Unit(f"{unit.base}/{per}", unit.factor, f"{unit.dimension}/{per}")
    return Unit(text, Fraction(1), None) if _NAME.fullmatch(text) else None


def dimension(unit: str) -> str | None:
    """The dimension of a unit named in the ontology, or ``None`` when the table has no such unit."""
    found = read_unit(unit)
    return found.dimension if found else None


def english(base: str) -> EnglishUnit:
    """The English writing of a base unit; an unknown one keeps its name."""
    name, slash, per = base.partition("/")
    found = _table().english.get(name)
    if found is None:
        return EnglishUnit(base, Fraction(1))
    words = {"年": "year", "月": "month", "周": "week", "日": "day", "小时": "hour"}
    return EnglishUnit(f"{found.label}{slash}{words.get(per, per)}", found.factor)


def _known(text: str) -> Unit | None:
    table = _table()
    if exact := table.units.get(text.lower()):
        return exact
    times, rest = multiplier(text)
    if times == 1:
        return None
    if not rest:
        return Unit("", Fraction(times), "")
    unit = table.units.get(rest.lower())
    return Unit(unit.base, unit.factor * times, unit.dimension) if unit else None
