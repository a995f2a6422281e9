"""Putting a visiting pack together."""

from __future__ import annotations

import asyncio

from graph.errors import BadInput, NotFound
from graph.gaps.dossier.areas import Areas
from graph.gaps.dossier.firm import here, makes, read_firm, unfinished, who
from graph.gaps.dossier.gaps import suited
from graph.gaps.dossier.lines import Props
from graph.gaps.dossier.models import Dossier, DossierPart
from graph.gaps.dossier.offers import offers
from graph.gaps.dossier.questions import questions
from graph.gaps.dossier.ties import MOST_TOLD, read_dealings
from graph.gaps.gaps import Gaps
from graph.repository.models import Text
from graph.repository.reader import Reader, ref
from graph.repository.sources import cited, sources_in
from graph.search import LiveSearch


async def dossier(
    gaps: Gaps, firm: str, park: str, *, as_of: str | None = None, search: LiveSearch | None = None
) -> Dossier:
    """The visiting pack of a firm for a park.

    Parameters
    ----------
    firm : id. park : a park or place by id, code or name, as in every question about gaps.
    as_of : the day that it speaks of. search : by which names of products are found.

    Raises
    ------
    BadInput
        ``firm`` is the id of something else; ``park`` is the name of several.
    NotFound
        There is no such firm or park.
    ReadTooLarge, ReadTimeout, EngineUnavailable, TruthStoreError
        From the store and the search index.
    """
    look = await gaps.look(park, as_of=as_of)
    index, reader, rules = look.index, gaps.reader, gaps.rules
    areas = Areas(index, look.place.id)
    node = await _node(reader, firm)
    if node["cls"] != "Firm":
        raise BadInput(f"{firm} 不是企业 · {firm} is no firm", found=firm, expected="firm/…")
    me, place = ref(node), await _node(reader, look.place.id)
    read, dealings, links = await asyncio.gather(
        read_firm(reader, node, index.day),
        read_dealings(reader, index, areas, me),
        suited(reader, index, rules, areas, firm=me.id, search=search),
    )
    offered = await offers(reader, index, areas, place, links.segments)
    about, made = who(reader, read, index.day), makes(reader, read, index.day)
    at_hand = here(reader, read, areas, index.day)
    answer = Dossier(
        firm=me,
        park=look.place,
        areas=areas.refs,
        as_of=index.day,
        who=about,
        makes=made,
        here=at_hand,
        dealings=dealings[:MOST_TOLD],
        dealing_count=len(dealings),
        gaps=links.gaps,
        gap_count=links.gap_count,
        suits=links.suits,
        suit_count=links.suit_count,
        offers=offered,
        questions=questions(
            index,
            (about, made, offered),
            links.gaps,
            (look.place, len(dealings)),
            unfinished(reader, read, index.day),
        ),
        notes=[note for part in (about, made, offered) for note in _cut(part)],
    )
    return answer.model_copy(update={"cited": await cited(reader, sources_in(answer))})


async def _node(reader: Reader, key: str) -> Props:
    found = await reader.node(key)
    if found is None:
        raise NotFound(f"没有 {key[:80]} · there is no {key[:80]}", found=key[:80])
    return found.props


def _cut(part: DossierPart) -> list[Text]:
    shown = len(part.lines)
    if part.total <= shown:
        return []
    zh, en = f"只列 {shown} 条，共有 {part.total} 条", f"{shown} lines of {part.total} are shown"
    return [Text(zh=zh, en=en)]
