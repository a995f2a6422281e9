"""Titles of firms, as recognised, announced, stated by the firm or only called so by the press."""

from dataclasses import dataclass

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.faults import GatherFault
from tools.gather.firm_names import firm_name
from tools.gather.gathered import Gathered, GatheredRow, chain_ref
from tools.gather.notes import clean_note
from tools.gather.tables import Tables
from tools.gather.trust import provenance

_LEVELS = {"国家": "国家级", "省": "省级", "县": "县级", "区县": "县级", "园区": "园区级"}
_STATUS = {
    "called": "called",
    "designated": "recognised",
    "认定": "recognised",
    "认证": "recognised",
    "获评": "recognised",
    "获奖": "recognised",
    "入选": "recognised",
    "公示": "announced",
    "陈述": "called",
}
_OWN_WORDS = ("自述", "网站称")
_FLAGSHIP_WORDS = ("链主", "龙头企业")


@dataclass(frozen=True)
class Kind:
    """A kind of title: its `name`, the `slug` in ids, and who gives it where the kind itself tells."""

    name: str
    slug: str
    authority: str


def build(tables: Tables, gathered: Gathered) -> None:
    """Add titles; what the press calls 链主 or 龙头 is also FLAGSHIP_IN, never a designation."""
    kinds = {
        row["text"]: Kind(row["kind"], row["slug"], row["authority"])
        for _, row in read_csv(FOLDER / "title_kinds.csv")
    }
    for table, column in (("titles", "title"), ("tiers", "tier")):
        for row in gathered.rows(table):
            kind = kinds.get(row[column])
            if kind is None:
                raise GatherFault(f"{row.origin}: column {column}: {row[column]!r} is not in title_kinds.csv")
            _add(tables, gathered, row, kind)


def _add(tables: Tables, gathered: Gathered, row: GatheredRow, kind: Kind) -> None:
    raw = gathered.firm_refs(row, "firm")[0]
    firm = gathered.decisions.final(raw)
    kept = gathered.firms[gathered.decisions.merged(raw).removeprefix("firm/")]
    level = _LEVELS.get(row["level"], row["level"])
    status = _STATUS[row["status"]]
    if any(words in row["evidence"] for words in _OWN_WORDS):
        status = "self_stated"
    subjects = [chain_ref(row["chain"])]
    if row.get("segment"):
        subjects.append(f"segment/{row['segment']}")
    cited = provenance(gathered, row)
    tables.add(
        "titles",
        row,
        id="-".join(filter(None, (f"title/{firm.removeprefix('firm/')}", kind.slug, row["year"]))),
        name=f"{kept['short_name'] or firm_name(kept).name}：{kind.name}",
        kind=kind.name,
        level=level,
        authority=row.get("authority") or kind.authority,
        batch=row.get("batch"),
        doc_no=row.get("document"),
        status=status,
        year=row["year"],
        holder=firm,
        chain=subjects,
        note=clean_note(row["evidence"]),
        **cited,
    )
    if status == "called" and row["chain"] and any(word in kind.name for word in _FLAGSHIP_WORDS):
        note = clean_note(row["evidence"])
        tables.relate(
            "flagship_in", row, firm, subjects[-1], called=kind.name, level=level, note=note, **cited
        )
