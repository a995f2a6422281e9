"""Who works in which segment, and whom the press calls its flagship."""

import re

from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.notes import clean_note
from tools.gather.tables import Tables
from tools.gather.trust import UNVERIFIED, provenance

_STATUS = {"under-construction": "under_construction", "": "unknown"}
_CALLED = re.compile(r"龙头|链主|领军|头部|骨干")
_NOT_SAID = "列为龙头，摘录中未见来源如此称呼"
_NO_CAPACITY = re.compile(r"亿元|万元|亿美元|万美元|累计|产量|销量|年销|出栏|标箱|占|承载|自给率|出口")


def build(tables: Tables, gathered: Gathered) -> None:
    """Add placements (the reader finds the site of a firm) and, for leaders, the press word as a relation.

    A leader whose evidence has no such word is one by the gatherer's reading: unverified, and called nothing.
    What stands in the column of capacity but is revenue, investment, output or a share goes into the note.
    """
    for row in gathered.rows("firm_segments"):
        firm = gathered.firm_refs(row, "firm")[0]
        if firm in gathered.organisations:
            tables.drop(row, "高校或科研院所不是企业，不在环节中设基地")
        else:
            _add(tables, gathered, row, firm)


def _add(tables: Tables, gathered: Gathered, row: GatheredRow, firm: str) -> None:
    segment = f"segment/{row['segment']}"
    cited = provenance(gathered, row, own=row["as_of"])
    told = bool(_NO_CAPACITY.search(row["capacity"]))
    tables.relate(
        "works_in",
        row,
        firm,
        segment,
        product=row["product"].replace("|", "、"),
        role=row["role"],
        capacity="" if told else row["capacity"],
        status=_STATUS.get(row["status"], row["status"]),
        as_of=row["as_of"],
        note=clean_note(row["evidence"], row["capacity"] if told else ""),
        **cited,
    )
    if row["role"] == "leader":
        _add_flagship(tables, row, firm, segment, cited)


def _add_flagship(
    tables: Tables, row: GatheredRow, firm: str, segment: str, cited: dict[str, str | list[str]]
) -> None:
    word = _CALLED.search(row["evidence"])
    if word:
        note = clean_note(row["evidence"])
        tables.relate("flagship_in", row, firm, segment, called=word.group(), note=note, **cited)
    else:
        tables.relate("flagship_in", row, firm, segment, note=_NOT_SAID, **(cited | {"standing": UNVERIFIED}))
