"""What the park or place offers: factors 要素, positioning, its properties, policies, who looks after it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import Final

from graph.gaps.dossier.areas import Areas
from graph.gaps.dossier.lines import Props, fact_of, joined, line, missing_properties, part, property_lines
from graph.gaps.dossier.models import DossierLine, DossierPart
from graph.gaps.index import Index
from graph.gaps.words import fact_ref
from graph.repository.models import Text
from graph.repository.reader import Reader, Row, ref

_PARK: Final = ("type", "level", "established", "area", "positioning")
_FACTORS: Final = ("land", "plant", "power", "water", "environmental_capacity", "labour")
#: Rows read of factors, policies and posts; policies and positions told.
_MOST: Final = 300
_POLICIES: Final = 10
_POSITIONS: Final = 12


async def offers(
    reader: Reader, index: Index, areas: Areas, place: Props, suited: Sequence[str]
) -> DossierPart:
    """The part on what is offered.

    Parameters
    ----------
    place : stored properties of the park or place. suited : ids of segments that would suit the firm; what is
        about these, the groups above them and their chains goes first.
    """
    key, day = str(place["id"]), index.day
    around = index.around(key)
    about = _about(index, suited)
    factors, policies, posts = await asyncio.gather(
        reader.rows("dossier_about", {"ids": areas.ids, "limit": _MOST}, CLASS="Factor"),
        reader.rows(
            "deliver_policies",
            {"places": list(around), "about": sorted(about), "day": day, "limit": _MOST},
        ),
        reader.incoming([key], "GUIDES", day=day, most=_MOST),
    )
    is_park = place["cls"] == "Park"
    lines = property_lines(reader, "Park", place, day, _PARK) if is_park else []
    zones = [one for one in around if one in index.facts.zones]
    positions = _positions(index, [*areas.ids, *zones], about)
    held = [one for row in _once(factors) for one in _factor(reader, row, day)]
    known = [one for row in sorted(policies, key=_order) for one in _policy(row, day)]
    lines += positions[:_POSITIONS] + held + known[:_POLICIES]
    for row in posts:
        fact = fact_of(row["link"], day, "GUIDES", joined(row["node"]["caption"]), ref(row["node"]))
        lines += line(Text(zh="挂点", en="Looked after by"), fact)
    missing = missing_properties(reader, "Park", place, ("area", "positioning")) if is_park else []
    kinds = {row["node"].get("kind") for row in factors}
    missing += [word for kind in _FACTORS if kind not in kinds and (word := _kind(reader, kind))]
    if not known:
        missing.append(Text(zh="适用的政策", en="Policies that apply"))
    return part(lines, missing)


def _about(index: Index, suited: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for segment in suited:
        found |= {segment, *index.parents_all(segment), *index.chains_of(segment)}
    return found


def _positions(index: Index, subjects: Collection[str], about: Collection[str]) -> list[DossierLine]:
    """Who here is positioned for what; the narrowest area first, and what suits the firm first of all."""
    order = {key: at for at, key in enumerate(subjects)}
    facts = [fact for fact in index.facts.positions if fact.subject in order]
    facts.sort(key=lambda f: (f.about not in about, order[f.subject], f.about))
    label = Text(zh="产业定位", en="Positioned for")
    return [DossierLine(label=label, fact=fact_ref(index, fact)) for fact in facts]


def _once(rows: Sequence[Row]) -> list[Row]:
    return list({row["node"]["id"]: row for row in rows}.values())


def _kind(reader: Reader, kind: str | None) -> Text | None:
    return reader.word("Factor", "kind", kind)


def _factor(reader: Reader, row: Row, day: str) -> list[DossierLine]:
    node = row["node"]
    told = {"available": ("可供", "available"), "total": ("总量", "total"), "price": ("价格", "price")}
    figures = [
        Text(zh=f"{zh} {node[name]}", en=f"{en} {node[name]}")
        for name, (zh, en) in told.items()
        if node.get(name)
    ]
    note = None if node.get("note") is None else str(node["note"])
    says = joined(node["caption"], *figures, note)
    word = _kind(reader, node.get("kind"))
    label = Text(zh=f"要素·{word.zh}", en=f"Factor: {word.en}") if word else Text(zh="要素", en="Factor")
    return line(label, fact_of(node, day, "Factor", says, ref(node), "as_of"))


def _order(row: Row) -> tuple[bool, bool, str]:
    """What is about the links that suit goes first, then what says whom it supports and how."""
    node = row["node"]
    return not row["about"], not (node.get("supports") or node.get("means")), str(node["id"])


def _policy(row: Row, day: str) -> list[DossierLine]:
    node = row["node"]
    end = node.get("validity_max") or node.get("valid_to_max")
    if end is not None and str(end) < day:
        return []
    told = (("supports", "支持对象", "for"), ("means", "支持方式", "means"), ("window", "申报", "apply"),
            ("payer", "兑现", "paid by"))  # fmt: skip
    more = [Text(zh=f"{zh}：{node[n]}", en=f"{en}: {node[n]}") for n, zh, en in told if node.get(n)]
    where = "、".join(one["caption"] for one in row["places"])
    says = joined(node["caption"], node.get("doc_no"), where, *more)
    return line(Text(zh="政策", en="Policy"), fact_of(node, day, "Policy", says, ref(node), "issued"))
