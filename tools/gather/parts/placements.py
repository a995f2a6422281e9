"""Who works in which segment, and whom the press calls its flagship."""

from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.notes import clean_note
from tools.gather.tables import Tables
from tools.gather.trust import provenance

_STATUS = {"under-construction": "under_construction", "": "unknown"}
FLAGSHIP = "龙头"  # the press word for what the folders call a leader


def build(tables: Tables, gathered: Gathered) -> None:
    """Add placements (the reader finds the site of a firm) and, for leaders, the press word as a relation."""
    for row in gathered.rows("firm_segments"):
        firm = gathered.firm_refs(row, "firm")[0]
        if firm in gathered.organisations:
            tables.drop(row, "高校或科研院所不是企业，不在环节中设基地")
        else:
            _add(tables, gathered, row, firm)


def _add(tables: Tables, gathered: Gathered, row: GatheredRow, firm: str) -> None:
    segment = f"segment/{row['segment']}"
    cited = provenance(gathered, row, own=row["as_of"])
    tables.relate(
        "works_in",
        row,
        firm,
        segment,
        product=row["product"].replace("|", "、"),
        role=row["role"],
        capacity=row["capacity"],
        status=_STATUS.get(row["status"], row["status"]),
        as_of=row["as_of"],
        note=clean_note(row["evidence"]),
        **cited,
    )
    if row["role"] == "leader":
        tables.relate("flagship_in", row, firm, segment, called=FLAGSHIP, **cited)
