"""Segments with their chain, parent and position."""

import re

from tools.gather.decisions import Decisions
from tools.gather.gathered import CHAIN_NAMES, Gathered, GatheredRow, chain_ref
from tools.gather.notes import clean_note
from tools.gather.tables import Tables
from tools.gather.trust import provenance

_POSITIONS = {"upstream": "上游", "midstream": "中游", "downstream": "下游", "support": "配套"}
_POINTS_AT_COPY = re.compile(r"\boverlaps\b|\bsame link as\b")


def build(tables: Tables, gathered: Gathered) -> None:
    """Add segments; one that two chains list is one, of both chains, placed as the kept one."""
    decisions = gathered.decisions
    for row in gathered.rows("segments"):
        _add(tables, gathered, decisions, row)


def _add(tables: Tables, gathered: Gathered, decisions: Decisions, row: GatheredRow) -> None:
    raw = f"segment/{row['id']}"
    merged = decisions.merged(raw)
    kept = gathered.segments[merged.removeprefix("segment/")]
    tables.add(
        "segments",
        row,
        id=raw,
        name=kept["name"],
        name_en=kept["name_en"],
        position=kept["tier"],
        nature=kept["kind"],
        products=row.many("products"),
        gb4754=row.many("gb4754"),
        chain=chain_ref(row["chain"]),
        parent=f"segment/{row['parent']}" if row["parent"] else "",
        note=_note(row, kept, shared=merged in decisions.merges.values()),
        **provenance(gathered, row),
    )


def _note(row: GatheredRow, kept: GatheredRow, *, shared: bool) -> str:
    pieces = re.split("[;；]", row["note"])
    notes = [piece for piece in pieces if not (shared and _POINTS_AT_COPY.search(piece))]
    if kept["tier"] != row["tier"]:
        notes.append(f"在{CHAIN_NAMES[row['chain']]}链中列为{_POSITIONS[row['tier']]}")
    if kept["name"] != row["name"]:
        notes.append(f"在{CHAIN_NAMES[row['chain']]}链中称“{row['name']}”")
    return clean_note(*notes)
