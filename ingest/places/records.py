"""What the matcher of addresses works with: places, parks, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["country", "province", "city", "county", "town"]


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place 地区.

    Parameters
    ----------
    code : GB/T 2260 code of six digits, or what the caller uses for a place abroad.
    name : full name, such as 南昌市.
    within : code of the place above, empty if unknown (then the code itself tells).
    aliases : other names, among them former ones (上饶县 of 广信区).
    """

    code: str
    name: str
    within: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParkRecord:
    """A park 园区: its id, names, and the codes of the places it lies in."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at; ``code`` is stable, the texts are in both languages."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """Where a text says something is.

    ``code`` is the finest place that is certain (a county where the text gives one), ``None`` if there is
    none; ``park`` the id of the park named; ``why`` the words of the text that decided, in their order.
    """

    code: str | None
    park: str | None
    why: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def level_of(code: str) -> Level:
    """The level that a code tells: by its zeros, or a country for letters."""
    if not code[:6].isdigit() or code == "100000":
        return "country"
    if len(code) > 6:
        return "town"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def province_of(code: str) -> str:
    """``360902`` → ``360000``."""
    return code[:2] + "0000"


def city_of(code: str) -> str:
    """``360902`` → ``360900``."""
    return code[:4] + "00"


def contains(outer: str, inner: str) -> bool:
    """Whether ``inner`` is ``outer`` or lies in it, as GB/T 2260 codes tell."""
    if outer in (inner, "100000"):
        return True
    level = level_of(outer)
    if level == "province":
        return inner[:2] == outer[:2] and inner[:6].isdigit()
    return level in ("city", "county") and inner.startswith(outer[:4] if level == "city" else outer)
