"""Where Jiangxi's cities and counties lie, from the built-in table of places."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_PROVINCE = "place/360000"
#: What a county's name ends in and its short name leaves out.
_ENDINGS = ("县", "区", "市")


@dataclass(frozen=True, slots=True)
class Spot:
    """A city or county: ``within`` is the city (or the province), ``lon`` and ``lat`` are in degrees."""

    id: str
    name: str
    name_en: str
    level: str
    within: str
    lon: float
    lat: float


@cache
def spots() -> dict[str, Spot]:
    """Cities and counties by id. Raises ``ValueError`` for a position that is no number."""
    text = (files("data") / "jiangxi" / "places.csv").read_text(encoding="utf-8")
    found = {}
    cities: set[str] = set()
    for row in csv.DictReader(io.StringIO(text)):
        if row["within"] == _PROVINCE:
            cities.add(row["id"])
        elif row["within"] not in cities:
            continue
        found[row["id"]] = Spot(
            row["id"], row["name"], row["name_en"] or row["name"], row["level"], row["within"],
            float(row["lon"]), float(row["lat"]),
        )  # fmt: skip
    return found


@cache
def short_names() -> dict[str, str]:
    """Names for small tiles: without 县, 区, 市 where at least two characters stay and no two are alike."""
    cut = {s.id: _cut(s.name) for s in spots().values()}
    cities = {cut[s.id] for s in spots().values() if s.level == "city"}
    return {
        s.id: s.name if s.level == "county" and cut[s.id] in cities else cut[s.id] for s in spots().values()
    }


def _cut(name: str) -> str:
    return name[:-1] if len(name) > 2 and name.endswith(_ENDINGS) else name
