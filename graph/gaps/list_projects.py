"""重点项目: the projects of a chain in a place, the largest investment first, then the latest status."""

from __future__ import annotations

from typing import Final

from graph.gaps.facts import ProjectFact
from graph.gaps.index import Index
from graph.gaps.list_lines import amount_of, date_of, evidence_of, refs
from graph.gaps.list_models import ProjectLine
from graph.repository.models import Ref, Text
from graph.repository.reader import Reader, Row
from graph.values.quantity_text import read_quantity
from graph.values.tidy import figure

_BATCH: Final = 2_000
#: Problems in these states are no longer in the way.
_SETTLED: Final = ("resolved", "dropped")


async def project_lines(
    reader: Reader, index: Index, chain: str, place: str, *, most: int
) -> tuple[list[ProjectLine], int]:
    """The projects that fill a segment of ``chain`` in ``place``, and their number.

    At most ``most`` are given, those with the largest investment, of equal ones the latest.
    """
    segments = index.segments_of(chain)
    facts = {fact.key: fact for segment in segments for fact in index.projects(segment, place)}
    latest = sorted(sorted(facts), key=lambda key: _day(facts[key]), reverse=True)
    ids = sorted(latest, key=lambda key: -_size(facts[key]))[:most]
    rows: dict[str, Row] = {}
    for start in range(0, len(ids), _BATCH):
        found = await reader.rows("deliver_projects", {"ids": ids[start : start + _BATCH], "limit": _BATCH})
        rows |= {row["node"]["id"]: row for row in found}
    own = set(segments)
    return [_line(reader, index, facts[key], rows[key], own) for key in ids if key in rows], len(facts)


def _day(fact: ProjectFact) -> str:
    return fact.date.last if fact.date else ""


def _size(fact: ProjectFact) -> float:
    """The investment in 亿元, the lower end of a range; less than any where none is recorded."""
    found = read_quantity(figure(fact.investment)) if fact.investment else None
    return float(found.low) if found and found.unit.base == "亿元" else -1.0


def _line(reader: Reader, index: Index, fact: ProjectFact, row: Row, own: set[str]) -> ProjectLine:
    node = row["node"]

    def word(prop: str) -> Text | None:
        return reader.word("Project", prop, node.get(prop))

    return ProjectLine(
        **evidence_of(node, extra=fact.sources),
        date=date_of(node, "status_date"),
        project=Ref(id=node["id"], cls="Project", caption=str(node.get("name") or node["caption"])),
        firms=refs(index, fact.firms),
        segments=refs(index, [s for s in fact.segments if s in own]),
        places=refs(index, fact.places),
        parks=refs(index, fact.parks),
        nature=word("nature"),
        status=word("status"),
        status_date=node.get("status_date"),
        investor_origin=node.get("investor_origin"),
        investment=amount_of(node, "investment"),
        contract_capital=amount_of(node, "contract_capital"),
        paid_in=amount_of(node, "paid_in"),
        invested=amount_of(node, "invested"),
        progress=node.get("progress"),
        land=node.get("land"),
        energy_review=word("energy_review"),
        environment_review=word("environment_review"),
        responsible=sorted(row["responsible"]),
        guides=sorted(row["guides"]),
        problems=sorted(p["name"] for p in row["problems"] if p["status"] not in _SETTLED),
        next_step=node.get("next_step"),
    )
