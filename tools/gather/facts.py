"""Facts about places: the decisions of each gathered row, and what every row made from it carries."""

import re
from collections.abc import Iterator
from pathlib import Path

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.faults import GatherFault
from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.notes import clean_note
from tools.gather.trust import UNVERIFIED, VERIFIED, grade, provenance

TABLE = "places_facts"
_DOUBTED = re.compile(r"待核|存疑|慎用|疑有误|不确定")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_AHEAD = re.compile(r"目标|预测|预期|规划")

Cells = dict[str, str | list[str]]
Decision = dict[str, str]


def row_key(row: GatheredRow) -> str:
    """How decisions name a gathered row: "folder:line"."""
    return f"{row.folder}:{row.line}"


def decided(
    gathered: Gathered, file: str, *, table: str = TABLE, folder: Path = FOLDER
) -> Iterator[tuple[GatheredRow, Decision]]:
    """The decisions of one file with the gathered row of each, in the order of the file.

    A row may be decided several times: it then gives several things. The column `found` (or `value`) repeats
    the gathered value, so that a decision is never taken for another row.

    Raises GatherFault when a decision names no row or its row's value has changed.
    """
    rows = {row_key(row): row for row in gathered.rows(table)}
    for line, decision in read_csv(folder / file):
        row = rows.get(decision["row"])
        if row is None:
            raise GatherFault(f"{file}:{line}: column row: {decision['row']!r} is no row of {table}")
        guard = "found" if "found" in decision else "value"
        if decision[guard] != row["value"]:
            raise GatherFault(
                f"{file}:{line}: column {guard}: found {decision[guard]!r}, expected {row['value']!r}"
            )
        yield row, decision


def carried(gathered: Gathered, row: GatheredRow, *notes: str) -> Cells:
    """The common cells of whatever is made from `row`: sources, standing, seen_at, note.

    Doubt that the gathered row itself expresses makes it unverified; where no source is dated the row's
    period tells when it was seen, unless it lies ahead: a target's year is not when it was set.
    """
    common: Cells = dict(provenance(gathered, row))
    if any(_DOUBTED.search(row.get(column)) for column in ("evidence", "note", "basis")):
        common["standing"] = UNVERIFIED
    ahead = row.get("predicate") == "target" or _AHEAD.search(row.get("basis"))
    if not common["seen_at"] and not ahead and _DATE.fullmatch(row.get("period")):
        common["seen_at"] = row["period"]
    common["note"] = clean_note(*notes, _beyond_value(row), row.get("note"))
    return common


def _beyond_value(row: GatheredRow) -> str:
    """The evidence, unless it only says subject, value and unit once more."""
    value, unit, evidence = row.get("value"), row.get("unit"), row.get("evidence")
    return "" if evidence.removeprefix(row.get("subject")) in (value, f"{value}{unit}") else evidence


def standing_by_grade(gathered: Gathered, row: GatheredRow) -> str:
    """Standing by the grades of the sources alone, for what the row's own inference does not touch."""
    grades = {grade(gathered, source) for source in gathered.sources_of(row)}
    return VERIFIED if grades & {"A", "B"} else UNVERIFIED


def cited(gathered: Gathered, row: GatheredRow) -> Cells:
    """The common cells of a row that only adds its sources to what is stated elsewhere."""
    common = carried(gathered, row)
    return {name: common[name] for name in ("sources", "seen_at")}


def parts(cell: str) -> list[str]:
    """The values of a decision's cell, joined by | there."""
    return [part for part in cell.split("|") if part]


def segment_refs(cell: str) -> list[str]:
    """Raw ids of the gathered segments in a cell."""
    return [f"segment/{part}" for part in parts(cell)]


def chain_refs(chains: str, segments: str = "") -> list[str]:
    """Ids of the chains in a cell; where there are segments, of the chains those belong to."""
    named = parts(chains) or [part.split("/")[0] for part in parts(segments)]
    return list(dict.fromkeys(f"chain/{chain}" for chain in named))
