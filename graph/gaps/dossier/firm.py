"""Who the firm is and what it makes, wherever it is; and what of it is here already."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.gaps.candidates.details import Detail, read_details
from graph.gaps.dossier.areas import Areas
from graph.gaps.dossier.lines import (
    Props,
    fact_of,
    joined,
    line,
    missing_properties,
    part,
    property_lines,
)
from graph.gaps.dossier.models import DossierLine, DossierPart
from graph.gaps.facts import TitleFact
from graph.gaps.models import FactRef
from graph.gaps.words import value_label
from graph.repository.models import Ref, Text
from graph.repository.reader import Reader, Row, ref

_NAMES: Final = ("name", "short_name", "name_en", "aliases", "former_names", "uscc", "stock_code", "founded",
                 "status", "name_standing")  # fmt: skip
_ASKED: Final = ("uscc", "founded", "status")
_OWN: Final = "LOCATED_IN|IN_PARK|MAKES|OPERATES|BUILDS|DESIGNATED_CHAIN_LEADER|FLAGSHIP_IN|SUBSIDIARY_OF"
_OWNERS: Final = "OWNS|INVESTS_IN|SUBSIDIARY_OF"
#: Status of a project that is not at its end.
_OPEN: Final = ("planned", "negotiating", "signed", "started", "building", "suspended")
#: Kinds of a site that tell something.
_KINDS: Final = ("base", "headquarters", "mine", "rnd")
#: Relations read of each kind, and titles, statements and events told.
_MOST: Final = 400
_TOLD: Final = 8


@dataclass(frozen=True, slots=True)
class FirmRead:
    """What was read of the firm: its properties, its relations out, its owners and subsidiaries, details,
    the relations of its sites and projects, statements and events about it."""

    node: Props
    out: tuple[Row, ...]
    owners: tuple[Row, ...]
    detail: Detail
    placed: dict[str, list[Row]]
    said: tuple[tuple[str, Props], ...]

    def of(self, *types: str) -> list[Row]:
        """The relations of these classes that leave the firm."""
        return [row for row in self.out if row["type"] in types]


async def read_firm(reader: Reader, node: Props, day: str) -> FirmRead:
    """Everything that the parts on the firm tell; a handful of bounded queries."""
    key = str(node["id"])
    most = min(_MOST, reader.limits.rows)
    out, owners, details, statements, events = await asyncio.gather(
        reader.outgoing([key], _OWN, day=day, most=most),
        reader.incoming([key], _OWNERS, day=day, most=most),
        read_details(reader, [key], day),
        reader.rows("dossier_about", {"ids": [key], "limit": _TOLD}, CLASS="Statement"),
        reader.rows("dossier_about", {"ids": [key], "limit": _TOLD}, CLASS="Event"),
    )
    below = sorted({row["node"]["id"] for row in out if row["type"] in ("OPERATES", "BUILDS")})
    placed: dict[str, list[Row]] = defaultdict(list)
    for row in await reader.outgoing(below, "LOCATED_IN|IN_PARK|FILLS", day=day, most=most):
        placed[row["id"]].append(row)
    said = [("Statement", row["node"]) for row in statements] + [("Event", row["node"]) for row in events]
    return FirmRead(node, tuple(out), tuple(owners), details.get(key) or Detail(), dict(placed), tuple(said))


def who(reader: Reader, read: FirmRead, day: str) -> DossierPart:
    """Names, codes, status, places, owners, titles, what the sources call it."""
    node, me = read.node, ref(read.node)
    lines = property_lines(reader, "Firm", node, day, _NAMES)
    for row in read.of("LOCATED_IN", "IN_PARK"):
        lines += line(_label(reader, row["type"]), _linked(row, day, ref(row["node"])))
    for row in read.of("SUBSIDIARY_OF"):
        lines += line(Text(zh="母公司", en="Parent"), _linked(row, day, ref(row["node"]), "share", "what"))
    for row in read.owners:
        if row["type"] != "SUBSIDIARY_OF":
            lines += line(Text(zh="股东", en="Owner"), _linked(row, day, ref(row["node"]), "share", "what"))
    for row in read.of("DESIGNATED_CHAIN_LEADER", "FLAGSHIP_IN"):
        label = (
            Text(zh="链主", en="Chain leader") if row["type"][0] == "D" else Text(zh="龙头", en="Flagship")
        )
        lines += line(label, _linked(row, day, ref(row["node"]), "called", "authority", "batch"))
    titles = [_title(title, me) for title in sorted(read.detail.titles, key=lambda one: one.key)]
    lines += titles
    for cls, props in read.said:
        says = joined(str(props.get("name") or props["caption"]), str(props.get("text") or "") or None)
        label = Text(zh="表述", en="Statement") if cls == "Statement" else Text(zh="事件", en="Event")
        lines += line(label, fact_of(props, day, cls, says, ref(props), "date", "period"))
    missing = missing_properties(reader, "Firm", node, _ASKED)
    if not read.of("LOCATED_IN"):
        missing.append(Text(zh="所在地", en="Place"))
    if not titles:
        missing.append(Text(zh="认定与称号", en="Titles"))
    return part(lines, missing)


def makes(reader: Reader, read: FirmRead, day: str) -> DossierPart:
    """Products, segments with capacity, sites and projects, wherever they are."""
    lines = property_lines(reader, "Firm", read.node, day, ("products",))
    product = Text(zh="产品", en="Product")
    for row in read.of("MAKES"):
        lines += line(product, _linked(row, day, ref(row["node"])))
    known = bool(lines)
    works = [work.fact() for work in read.detail.works]
    lines += [DossierLine(label=Text(zh="环节与产能", en="Link and capacity"), fact=fact) for fact in works]
    lines += sites_of(read, day) + projects_of(reader, read, day)
    missing = []
    if not known and not works:
        missing.append(Text(zh="产品", en="Products"))
    if not works:
        missing.append(Text(zh="在产业链的哪个环节", en="Which link of a chain it works in"))
    if not any(work.capacity for work in read.detail.works):
        missing.append(Text(zh="产能", en="Capacity"))
    if not read.of("BUILDS"):
        missing.append(Text(zh="项目", en="Projects"))
    return part(lines, missing)


def here(reader: Reader, read: FirmRead, areas: Areas, day: str) -> DossierPart:
    """Its own seat, sites and projects that lie in the areas."""
    found: list[DossierLine] = []
    for row in read.of("LOCATED_IN", "IN_PARK"):
        if areas.of_rows([row]) is not None:
            found += line(_label(reader, row["type"]), _linked(row, day, ref(row["node"])))
    inside = {key for key, rows in read.placed.items() if areas.of_rows(rows) is not None}
    found += sites_of(read, day, inside) + projects_of(reader, read, day, inside)
    return part(found)


def sites_of(read: FirmRead, day: str, only: Iterable[str] | None = None) -> list[DossierLine]:
    """The sites that it operates, with where they are."""
    lines: list[DossierLine] = []
    for row in read.of("OPERATES"):
        node = row["node"]
        if only is None or node["id"] in only:
            kind = value_label("Site", "kind", node["kind"]) if node.get("kind") in _KINDS else None
            says = joined(node["caption"], kind, node.get("phase"), node.get("address"), _where(read, node))
            fact = fact_of(row["link"], day, "OPERATES", says, ref(node))
            lines += line(Text(zh="基地", en="Site"), fact)
    return lines


def projects_of(
    reader: Reader, read: FirmRead, day: str, only: Iterable[str] | None = None
) -> list[DossierLine]:
    """The projects that it builds: status, investment, capacity, segments, where."""
    lines: list[DossierLine] = []
    for row in read.of("BUILDS"):
        node = row["node"]
        if only is None or node["id"] in only:
            fills = [r["node"]["caption"] for r in read.placed.get(node["id"], ()) if r["type"] == "FILLS"]
            status = reader.word("Project", "status", node.get("status"))
            says = joined(
                str(node.get("name") or node["caption"]), status, node.get("investment"),
                node.get("capacity"), "、".join(fills), _where(read, node),
            )  # fmt: skip
            fact = fact_of(node, day, "Project", says, ref(node), "status_date")
            lines += line(Text(zh="项目", en="Project"), fact)
    return lines


def unfinished(reader: Reader, read: FirmRead, day: str) -> list[FactRef]:
    """Work and projects that were planned or being built when last heard of."""
    facts = [work.fact() for work in read.detail.works if work.status in ("planned", "under_construction")]
    built = [row["node"]["id"] for row in read.of("BUILDS") if row["node"].get("status") in _OPEN]
    return facts + [one.fact for one in projects_of(reader, read, day, built)]


def _where(read: FirmRead, node: Props) -> str | None:
    rows = [row for row in read.placed.get(node["id"], ()) if row["type"] != "FILLS"]
    return "、".join(row["node"]["caption"] for row in rows) or None


def _title(title: TitleFact, me: Ref) -> DossierLine:
    status = value_label("Title", "status", title.status) if title.status else None
    fact = FactRef(
        key=title.key,
        kind="title",
        says=joined(title.name, title.level, status),
        about=me,
        date=None if title.date is None else title.date.given,
        standing=title.standing,
        grade=title.grade,
        sources=list(title.sources),
    )
    return DossierLine(label=Text(zh="认定", en="Title"), fact=fact)


def _linked(row: Row, day: str, other: Ref, *told: str) -> FactRef | None:
    """A relation, by its other end and some of its properties."""
    link = row["link"]
    says = joined(other.caption, *(str(link[name]) for name in told if link.get(name)))
    return fact_of(link, day, row["type"], says, other)


def _label(reader: Reader, cls: str) -> Text:
    return Text.of(reader.ontology.relation(cls).label)
