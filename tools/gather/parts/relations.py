"""Relations between firms: ownership, supply, cooperation, succession, and who brought whom."""

import re

from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.notes import clean_note
from tools.gather.tables import Tables
from tools.gather.trust import UNVERIFIED, provenance

_TABLES = {
    "subsidiary_of": "subsidiary_of",
    "invests_in": "invests_in",
    "joint_venture_of": "owns",
    "supplies": "supplies",
    "customer_of": "supplies",
    "cooperates_with": "cooperates_with",
    "successor_of": "successor_of",
}
_REVERSED = {"joint_venture_of", "customer_of"}
_OWNERSHIP = {"subsidiary_of", "invests_in", "owns"}
_FOLLOWED = re.compile(r"^随.*(?:落户|进驻|集聚)")
_NOT_READ = re.compile(r"未读到|未显示|摘录未见")
_INTENDED = re.compile(r"^拟|[(（]拟[)）]|拟设立|若竞买|未完成|规划|选址|在商")
_ENDED = re.compile(r"已终止|^原持")
_SHARE = re.compile(r"(?:约|超过|近)?\d+(?:\.\d+)?%")
_NO_SHARE = re.compile(r"表决权|挂牌|收购.*香港|20%–40%")


def build(tables: Tables, gathered: Gathered) -> None:
    """Add relations; the ends are turned round where the folders say it from the other side."""
    for row in gathered.rows("relations"):
        firm, other = gathered.firm_refs(row, "firm")[0], gathered.firm_refs(row, "other")[0]
        if row["rel"] == "located_near":
            if _FOLLOWED.search(row["what"]):
                note = clean_note(row["what"], row["evidence"])
                tables.relate("brought_in_by", row, firm, other, note=note, **_cited(gathered, row))
            else:
                tables.drop(row, "相邻不是一种关系，两企业的所在地与园区已各自记载")
            continue
        source, target = (other, firm) if row["rel"] in _REVERSED else (firm, other)
        _add(tables, gathered, row, source, target)


def _add(tables: Tables, gathered: Gathered, row: GatheredRow, source: str, target: str) -> None:
    table = _TABLES[row["rel"]]
    what = "" if _NOT_READ.search(row["what"]) else row["what"].replace("|", "、")
    notes = [row["evidence"], row["what"] if not what else ""]
    cells: dict[str, str | bool] = {}
    if table == "successor_of":
        notes.append(what)
    else:
        cells["what"] = what
    intended = any(_INTENDED.search(text) for text in (what, row["evidence"]))
    if table in _OWNERSHIP and not intended:
        cells["share"] = share_of(what)
    if row["rel"] == "joint_venture_of":
        cells["joint_venture"] = True
    if _ENDED.search(what):
        cells["valid_to"] = row["as_of"]
    cited = _cited(gathered, row)
    if intended:
        cited["standing"] = UNVERIFIED
        notes.append("来源所述为拟议，是否完成未见")
    tables.relate(table, row, source, target, note=clean_note(*notes), **cells, **cited)


def share_of(what: str) -> str:
    """The share held, as the text gives it; "" when it speaks of votes or of an offer."""
    if _NO_SHARE.search(what):
        return ""
    found = _SHARE.search(what)
    return found.group() if found else ""


def _cited(gathered: Gathered, row: GatheredRow) -> dict[str, str | list[str]]:
    return provenance(gathered, row, own=row["as_of"])
