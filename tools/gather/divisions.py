"""Administrative divisions: names, levels and points by GB/T 2260 code."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tools.gather.csvfile import read_csv
from tools.gather.faults import GatherFault

COUNTRY = "100000"
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})


@dataclass(frozen=True)
class Division:
    """One division; `lon` and `lat` are a point inside its boundary (WGS84, degrees), "" if unknown."""

    code: str
    name: str
    level: str
    parent: str
    lon: str = ""
    lat: str = ""


class Divisions:
    """Divisions by six-digit code.

    `folder` holds jiangxi_divisions.csv (all of Jiangxi, with points) and cpca_adcodes.csv (names elsewhere).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def jiangxi(self) -> dict[str, Division]:
        """The province, its cities and counties."""
        return {
            row["code"]: Division(
                row["code"], row["name"], row["level"], row["parent_code"], row["rep_lon"], row["rep_lat"]
            )
            for _, row in read_csv(self._folder / "jiangxi_divisions.csv")
        }

    @cached_property
    def _names_elsewhere(self) -> dict[str, str]:
        return {row["adcode"][:6]: row["name"] for _, row in read_csv(self._folder / "cpca_adcodes.csv")}

    def get(self, code: str) -> Division:
        """The division of a code. Raises GatherFault when no list has it."""
        if code == COUNTRY:
            return Division(COUNTRY, "中国", "country", "")
        if code in self.jiangxi:
            return self.jiangxi[code]
        name = self._names_elsewhere.get(code)
        if name is None:
            raise GatherFault(f"place code {code}: in no list of divisions in {self._folder}")
        level, parent = _above(code)
        return Division(code, name, level, parent)

    def with_all_above(self, code: str) -> Iterator[Division]:
        """The division of a code and everything it lies within, up to the country."""
        while code:
            division = self.get(code)
            yield division
            code = division.parent


def _above(code: str) -> tuple[str, str]:
    """Level of a code outside Jiangxi and the code above; districts of a municipality lie in it directly."""
    province = f"{code[:2]}0000"
    if code == province:
        return "province", COUNTRY
    city = f"{code[:4]}00"
    if code == city:
        return "city", province
    return "county", province if province in MUNICIPALITIES else city
