"""Gaps and strengths: what a source says of a place, a firm or the nation, each read and given its kind."""

from graph.values import date_min
from tools.gather.fact_subjects import split_refs, subject_refs
from tools.gather.facts import Cells, Decision, carried, chain_refs, cited, decided, parts, segment_refs
from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.tables import Tables


def build(tables: Tables, gathered: Gathered) -> None:
    """Add statements by gap_kinds.csv and strengths.csv; rows that say the same are one statement.

    A decision without a name means a statement that is curated: the row only adds its sources there.
    """
    for file, kind in (("gap_kinds.csv", "gap"), ("strengths.csv", "strength")):
        told: dict[str, tuple[str, str]] = {}  # what the first row of a statement says, and when
        for row, decision in decided(gathered, file):
            statement = f"statement/{decision['statement']}"
            if not decision["name"]:
                tables.add("statements", row, id=statement, **cited(gathered, row))
                continue
            text, when = told.setdefault(statement, (decision["text"] or row["value"], period(row["period"])))
            cells = _cells(gathered, row, decision, kind=kind)
            if cells["note"] == text:
                cells["note"] = ""
            tables.add("statements", row, id=statement, text=text, period=when, **cells)


def _cells(gathered: Gathered, row: GatheredRow, decision: Decision, *, kind: str) -> Cells:
    firm = decision.get("firm", "")
    refs = [f"firm/{firm}"] if firm else _places(row, decision)
    inside, others = split_refs(refs)
    segment = decision["segment"] or row["segment"]
    subject = decision.get("subject_kind") or ("firm" if others and not inside else "place")
    cells: Cells = {
        "name": decision["name"],
        "kind": kind,
        "gap_kind": decision.get("gap_kind", ""),
        "subject_kind": subject,
        "filled_by": decision.get("filled_by", ""),
        "filled_on": decision.get("filled_on", ""),
        "place": inside,
        "chain": chain_refs("" if segment else row["chain"], segment),
        "segment": segment_refs(segment),
        "firm": [ref for ref in others if ref.startswith("firm/")],
    }
    return cells | carried(gathered, row, decision.get("reason", ""))


def _places(row: GatheredRow, decision: Decision) -> list[str]:
    """The nation's statements are about no place of ours."""
    if decision.get("subject_kind") == "nation":
        return []
    return parts(decision.get("about") or decision.get("place") or "") or subject_refs(row)


def period(text: str) -> str:
    """The period of a statement, "" where it is no date: the source says only "before", or nothing."""
    try:
        date_min(text)
    except ValueError:
        return ""
    return text
