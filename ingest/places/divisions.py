"""Divisions of China by GB/T 2260 code, with former names.

The table is python-stdnum's (``stdnum/cn/loc.dat``, from Wikipedia's 中华人民共和国行政区划代码, with the
years of each name): a kept library that is here already for credit codes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from ingest.places.records import PlaceRecord, city_of, level_of, province_of
from ingest.places.stems import stem

_PROVINCE = re.compile(r'(\d\d) province="(.+)"')
_LINE = re.compile(r'\s+(\d{4}) county="(.+)"')
_NAME = re.compile(r"(?:\[(?P<first>\d*)-(?P<last>\d*)\])?(?P<name>[^,\[\]]+)")
_NOT_A_PLACE = re.compile(r"市辖区|^县$|^市区$|^郊区$|直辖|^市$")
#: Former county → the county it went into, where neither code nor stem tells. Years: 上饶县 2019,
#: 九江县 2017, 星子县 2016, 湾里区 2019, 宁冈县 2000, 清江县 1988, 临川市 2000.
_SUCCESSORS = {
    "上饶县": "361104", "九江县": "360404", "星子县": "360483", "湾里区": "360112", "宁冈县": "360881",
    "清江县": "360982", "临川市": "361002",
}  # fmt: skip

#: Codes whose end the table lacks: 神农架林区 is 429021 now, 随州市 the city 421300.
_ENDED = frozenset({"422921", "429001"})


@cache
def china() -> tuple[PlaceRecord, ...]:
    """Provinces, cities and counties as they are now; former names of the same unit are aliases."""
    names: dict[str, str] = {"100000": "中国"}
    former: list[tuple[str, str]] = []
    for code, name, current in _entries():
        if current:
            names[code] = name
        else:
            former.append((code, name))
    aliases: dict[str, set[str]] = defaultdict(set)
    counties = _by_stem(names)
    taken = {(province_of(code), name) for code, name in names.items()}
    for code, name in former:
        heir = _heir(code, name, names, counties)
        if heir and (province_of(code), name) not in taken:
            aliases[heir].add(name)
    return tuple(
        PlaceRecord(code, name, _within(code, names), tuple(sorted(aliases[code])))
        for code, name in sorted(names.items())
    )


def _entries() -> Iterator[tuple[str, str, bool]]:
    province = ""
    for line in files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8").splitlines():
        if found := _PROVINCE.match(line):
            province = found[1]
        elif found := _LINE.match(line):
            for part in _NAME.finditer(found[2]):
                if not _NOT_A_PLACE.search(part["name"]):
                    code = province + found[1]
                    yield code, part["name"], not part["last"] and code not in _ENDED


def _by_stem(names: dict[str, str]) -> dict[tuple[str, str], list[str]]:
    """(city code, stem) and (province code, stem) → counties."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, name in names.items():
        if level_of(code) == "county":
            for above in {city_of(code), province_of(code)}:
                found[above, stem(name)].append(code)
    return found


def _heir(
    code: str, name: str, names: dict[str, str], counties: dict[tuple[str, str], list[str]]
) -> str | None:
    """The unit of today that bears the code, or alone bears the stem in the same city or province."""
    if code.startswith("36") and name in _SUCCESSORS:
        return _SUCCESSORS[name]
    if code in names or level_of(code) != "county":
        return code if code in names else None
    for above in (city_of(code), province_of(code)):
        if len(same := counties.get((above, stem(name)), [])) == 1:
            return same[0]
    return None


def _within(code: str, names: dict[str, str]) -> str:
    level = level_of(code)
    if level == "county":
        return city_of(code) if city_of(code) in names else province_of(code)
    return {"city": province_of(code), "province": "100000"}.get(level, "")
