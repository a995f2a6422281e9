"""实力: titles, listing, capacity. Where nothing is recorded it is unknown, not weak. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from graph.gaps.candidates.citing import Evidence
from graph.gaps.candidates.details import Detail
from graph.gaps.candidates.homes import Home
from graph.gaps.candidates.parts import Part, Setting, names_of
from graph.gaps.index import PRESENT
from graph.gaps.words import fact_ref
from graph.repository.models import Ref, Text


@dataclass(frozen=True, slots=True)
class _Sign:
    value: float
    zh: str
    en: str
    facts: Sequence[Evidence]


def strength_part(setting: Setting, home: Home, detail: Detail) -> Part:
    """The best of what is recorded, and a little for each other thing."""
    scores = setting.scores
    found = _titles(setting, detail)
    if home.stock_codes:
        codes = "、".join(home.stock_codes)
        found.append(_Sign(scores.number("strength_listed"), f"上市 {codes}", f"listed {codes}", [home.fact]))
    if able := [w for w in detail.works if w.capacity and w.status in PRESENT]:
        zh, en = f"产能 {able[0].capacity}", f"capacity {able[0].capacity}"
        found.append(_Sign(scores.number("strength_capacity"), zh, en, [w.fact for w in able]))
    if not found:
        nothing = Text(zh="没有记录资质、上市或产能", en="no title, listing or capacity is recorded")
        return Part("strength", None, lambda: nothing)
    found.sort(key=lambda sign: -sign.value)
    value = min(1.0, found[0].value + scores.number("strength_each_more") * (len(found) - 1))

    def because() -> Text:
        return Text(zh="；".join(sign.zh for sign in found), en="; ".join(sign.en for sign in found))

    return Part("strength", value, because, [fact for sign in found for fact in sign.facts])


def _titles(setting: Setting, detail: Detail) -> list[_Sign]:
    """Titles that hold, by the level."""
    scores = setting.scores
    statuses = scores.texts("title_statuses")
    titles = [title for title in detail.titles if title.status in statuses]
    if not titles:
        return []
    national, provincial = scores.texts("national_levels"), scores.texts("provincial_levels")
    found = []
    for name, held in (
        ("strength_national", [t for t in titles if t.level in national]),
        ("strength_provincial", [t for t in titles if t.level in provincial]),
        ("strength_titled", [t for t in titles if t.level not in (*national, *provincial)]),
    ):
        if held:
            names = names_of([Ref(id=t.key, cls="Title", caption=t.name) for t in held])
            facts = [partial(fact_ref, setting.index, title) for title in held]
            found.append(_Sign(scores.number(name), names.zh, names.en, facts))
    return found
