"""重点企业: the firms recorded in a chain and place, those that lead it first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.gaps.facts import Fact, Lead, TitleFact, Work
from graph.gaps.index import Index
from graph.gaps.list_lines import newest, refs
from graph.gaps.list_models import FirmLine, Tie, WorkLine
from graph.repository.models import Ref, Text
from graph.repository.reader import Reader, Row

#: Firms asked for in one query.
_BATCH: Final = 2_000
#: A title in this state is not told.
_TITLE_GONE: Final = "revoked"
_LEADS: Final = {
    "DESIGNATED_CHAIN_LEADER": Text(zh="链主", en="chain leader"),
    "FLAGSHIP_IN": Text(zh="龙头", en="flagship"),
}
_GRADES: Final = ("A", "B", "C")
_STANDINGS: Final = ("candidate", "unverified", "verified")


async def firm_lines(
    reader: Reader, index: Index, chain: str, place: str, *, most: int
) -> tuple[list[FirmLine], int]:
    """The firms with a site in a segment of ``chain`` in ``place``, whatever its status, and their number.

    At most ``most`` are given.
    """
    works: dict[str, list[Work]] = defaultdict(list)
    for segment in index.segments_of(chain):
        for work in index.works(segment, place):
            for firm in work.firms:
                works[firm].append(work)
    leaders = _leaders(index, chain)
    ids = sorted(works, key=lambda firm: _order(index, firm, leaders.get(firm, ()), works[firm]))
    rows = await _rows(reader, ids[:most], sorted(leaders))
    made = _Making(reader, index)
    lines = [made.line(rows[f], works[f], leaders.get(f, ())) for f in ids[:most] if f in rows]
    return lines, len(ids)


async def _rows(reader: Reader, ids: Sequence[str], leaders: list[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for start in range(0, len(ids), _BATCH):
        part = list(ids[start : start + _BATCH])
        rows = await reader.rows("deliver_firms", {"ids": part, "leaders": leaders, "limit": _BATCH})
        found |= {row["node"]["id"]: row for row in rows}
    return found


def _leaders(index: Index, chain: str) -> dict[str, list[Lead]]:
    """Who is called 链主 or 龙头 of the chain or one of its segments."""
    about = {chain, *index.segments_of(chain)}
    found: dict[str, list[Lead]] = defaultdict(list)
    for lead in index.facts.leads:
        if lead.about in about:
            found[lead.firm].append(lead)
    return dict(found)


def _order(index: Index, firm: str, leads: Sequence[Lead], works: Sequence[Work]) -> tuple[Any, ...]:
    known = index.facts.firms.get(firm)
    return (
        not any(lead.cls == "DESIGNATED_CHAIN_LEADER" for lead in leads),
        not leads,
        not (known and known.stock_codes),
        -len(_titles(index, firm)),
        -len({work.segment for work in works}),
        firm,
    )


def _titles(index: Index, firm: str) -> list[TitleFact]:
    return [t for t in index.titles(firm) if t.status != _TITLE_GONE]


@dataclass(frozen=True, slots=True)
class _Making:
    reader: Reader
    index: Index

    def line(self, row: Row, works: Sequence[Work], leads: Sequence[Lead]) -> FirmLine:
        """The line of the firm of ``row``."""
        node, index = row["node"], self.index
        firm = str(node["id"])
        titles = _titles(index, firm)
        facts: list[Fact] = [*works, *leads, *titles]
        made = [w.product for w in works if w.product]
        return FirmLine(
            key=firm,
            date=newest(f.date.given if f.date else None for f in facts),
            standing=_weakest(w.standing for w in works),
            grade=min((f.grade for f in works if f.grade in _GRADES), default=None),
            sources=list(dict.fromkeys([*(s for f in facts for s in f.sources), *_tie_sources(row)])),
            firm=Ref(id=firm, cls="Firm", caption=str(node.get("name") or node["caption"])),
            uscc=node.get("uscc"),
            stock_codes=list(node.get("stock_code") or ()),
            leads=_unique(_lead(index, lead) for lead in leads),
            chain_leader=any(lead.cls == "DESIGNATED_CHAIN_LEADER" for lead in leads),
            titles=list(dict.fromkeys(_title(self.reader, t) for t in titles)),
            places=refs(index, (p for w in works for p in w.places)),
            parks=refs(index, (p for w in works for p in w.parks)),
            works=_works(index, works),
            products=list(dict.fromkeys([*made, *(node.get("products") or ())])),
            ties=[_tie(self.reader, tie) for tie in row["ties"]],
        )


def _works(index: Index, works: Sequence[Work]) -> list[WorkLine]:
    made = [
        WorkLine(segment=index.ref(w.segment), status=w.status, product=w.product, capacity=w.capacity)
        for w in works
    ]
    return _unique(made)


def _lead(index: Index, lead: Lead) -> Text:
    what, about = _LEADS[lead.cls], index.ref(lead.about).caption
    called = f"，称“{lead.called}”" if lead.called else ""
    return Text(zh=f"{about}{what.zh}{called}", en=f"{what.en} of {about}{called}")


def _title(reader: Reader, title: TitleFact) -> str:
    status = reader.word("Title", "status", title.status)
    words = [w for w in (title.level, None if status is None else status.zh) if w]
    return f"{title.kind or title.name}（{'，'.join(words)}）" if words else (title.kind or title.name)


def _tie(reader: Reader, tie: Row) -> Tie:
    cls = reader.ontology.relation(tie["type"])
    return Tie(
        label=Text.of(cls.label if tie["out"] else cls.inverse),
        leader=Ref(id=tie["id"], cls=tie["cls"], caption=tie["caption"]),
        what=tie["what"],
    )


def _tie_sources(row: Row) -> list[str]:
    return [source for tie in row["ties"] for source in tie["sources"] or ()]


def _weakest(standings: Iterable[str | None]) -> str | None:
    return min((s for s in standings if s in _STANDINGS), key=_STANDINGS.index, default=None)


def _unique(made: Iterable[Any]) -> list[Any]:
    return list({m.model_dump_json(): m for m in made}.values())
