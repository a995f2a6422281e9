"""What passes from one segment to another, and where one of several inputs is enough."""

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.faults import GatherFault
from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.notes import clean_note
from tools.gather.tables import Tables
from tools.gather.trust import provenance


def build(tables: Tables, gathered: Gathered) -> None:
    """Add inputs; alternatives.csv tells which inputs of a segment can stand for one another."""
    groups = _alternatives()
    for row in gathered.rows("inputs"):
        _add(tables, gathered, row, groups.pop((row["from"], row["to"], row["input"]), ""))
    if groups:
        raise GatherFault(f"alternatives.csv: no such inputs: {sorted(groups)}")


def _add(tables: Tables, gathered: Gathered, row: GatheredRow, group: str) -> None:
    for end in ("from", "to"):
        if row[end] not in gathered.segments:
            raise GatherFault(f"{row.origin}: column {end}: found {row[end]!r}, expected a segment id")
    tables.relate(
        "input_to",
        row,
        f"segment/{row['from']}",
        f"segment/{row['to']}",
        input=row["input"].replace("|", "、"),
        criticality=row["criticality"],
        alternative_group=group,
        note=clean_note(row.get("note")),
        **provenance(gathered, row),
    )


def _alternatives() -> dict[tuple[str, str, str], str]:
    rows = (row for _, row in read_csv(FOLDER / "alternatives.csv"))
    return {(row["from"], row["to"], row["input"]): row["group"] for row in rows}
