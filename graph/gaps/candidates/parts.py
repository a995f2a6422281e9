"""The parts of a score, each 0–1 or unknown, from what is recorded. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.gaps.candidate_models import Origin, PartName, RelationPath
from graph.gaps.candidates.citing import Evidence
from graph.gaps.candidates.clues import Clue
from graph.gaps.candidates.details import Sign, WorkElsewhere
from graph.gaps.candidates.flows import Flows
from graph.gaps.candidates.homes import Home, Spots, kilometres, same_city
from graph.gaps.candidates.scores import Scores
from graph.gaps.candidates.ties import Locals, facts_of
from graph.gaps.candidates.words import HOW_LABELS, ORIGIN_LABELS
from graph.gaps.index import Index
from graph.repository.models import Ref, Text

#: Names in a sentence.
_NAMED: Final = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """What all candidates of a list share; ``here`` are the places of ``place``."""

    index: Index
    scores: Scores
    weights: Mapping[PartName, float]
    segment: str
    place: str
    here: tuple[str, ...]
    spots: Spots
    locals: Locals
    flows: Flows


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a score; why it is so is told only of candidates that are shown."""

    name: PartName
    value: float | None
    because: Callable[[], Text]
    facts: Sequence[Evidence] = ()


def product_part(setting: Setting, best: Clue, facts: Sequence[Evidence]) -> Part:
    """产品匹配: what the best clue is worth."""

    def because() -> Text:
        label, differs = HOW_LABELS[best.how], best.wanted != best.found
        return Text(
            zh=f"{label.zh}：{best.found}" + (f"（要的是 {best.wanted}）" if differs else ""),
            en=f"{label.en}: {best.found}" + (f" (wanted: {best.wanted})" if differs else ""),
        )

    return Part("product", setting.scores.clue(best.how, best.status), because, facts)


def relation_part(setting: Setting, paths: Sequence[RelationPath]) -> Part:
    """与本地链主/龙头的关系: the best path; unknown where none is recorded."""
    if not setting.locals:
        return _unknown("relation", *_NOBODY)
    if not paths:
        return _unknown(
            "relation",
            "没有记录它与本地链上企业的往来",
            "no relation to a firm of the chain here is recorded",
        )
    best = paths[0]
    steps = max(1, len(best.steps))
    value = setting.scores.number(f"relation_leader_{steps}" if best.leader else "relation_local_1")

    def because() -> Text:
        to = best.to.caption
        if not best.steps:
            return Text(zh=f"它自己就是本地龙头 {to}", en=f"it is the leading firm {to} here itself")
        zh = "；".join(f"{s.source.caption} —{s.label.zh}→ {s.target.caption}" for s in best.steps)
        en = "; ".join(f"{s.source.caption} —{s.label.en}→ {s.target.caption}" for s in best.steps)
        who = ("链主或龙头", "leading firm") if best.leader else ("企业", "firm")
        return Text(zh=f"通到本地{who[0]} {to}：{zh}", en=f"leads to the {who[1]} {to} here: {en}")

    return Part("relation", value, because, facts_of(paths))


def synergy_part(setting: Setting, works: Iterable[WorkElsewhere]) -> Part:
    """产业协同: segments at work in the place that it would feed or buy from."""
    if not setting.locals:
        return _unknown("synergy", *_NOBODY)
    flows = setting.flows
    segments = dict.fromkeys((setting.segment, *(w.segment for w in works if w.status != "ceased")))
    if not any(flows.known(s) for s in segments):
        return _unknown(
            "synergy", "没有记录这一环节的上下游", "no input or output of the segment is recorded"
        )
    local = {key: fact for s in segments for key, fact in flows.local(s).items() if key not in segments}

    def because() -> Text:
        if not local:
            return Text(
                zh="上下游环节在本地都没有在产记录",
                en="none of the segments it feeds or needs is recorded at work here",
            )
        names = names_of([setting.index.ref(key) for key in local])
        return Text(
            zh=f"本地在产的上下游环节 {len(local)} 个：{names.zh}",
            en=f"{len(local)} segments at work here that feed it or buy from it: {names.en}",
        )

    value = min(1.0, len(local) / setting.scores.number("synergy_full"))
    return Part("synergy", value, because, list(local.values()))


def expansion_part(setting: Setting, home: Home, signs: Iterable[Sign]) -> Part:
    """扩张信号: projects and subsidiaries away from home, dated within some years before the day."""
    years, day = int(setting.scores.number("expansion_years")), setting.index.day
    since = f"{int(day[:4]) - years:04d}{day[4:]}"
    tree = setting.index.facts.places
    dated = [
        (sign.date.last, sign.fact)
        for sign in signs
        if sign.date and sign.places and home.places and not same_city(tree, sign.places, home.places)
    ]
    recent = [fact for last, fact in sorted(dated, key=lambda d: d[0], reverse=True) if last >= since]
    if not dated:
        return _unknown(
            "expansion",
            "没有记录在外地、有日期、有地点的项目或子公司",
            "no project or subsidiary away from its home is recorded with a date and a place",
        )
    if not recent:
        zh, en = (
            f"外地的项目和子公司都在 {years} 年以前",
            f"what it has elsewhere is older than {years} years",
        )
        value = setting.scores.number("expansion_none")
        return Part("expansion", value, lambda: Text(zh=zh, en=en), [fact for _, fact in dated])
    name = ("expansion_one", "expansion_two", "expansion_more")[min(len(recent), 3) - 1]
    zh = f"{years} 年内在外地有 {len(recent)} 个项目或子公司"
    en = f"{len(recent)} projects or subsidiaries elsewhere within {years} years"
    return Part("expansion", setting.scores.number(name), lambda: Text(zh=zh, en=en), recent)


def proximity_part(setting: Setting, home: Home, origin: Origin) -> tuple[Part, float | None]:
    """距离, and the kilometres if they are known."""
    scores, tree = setting.scores, setting.index.facts.places
    km = kilometres(setting.spots, home.places, setting.here)
    if origin == "unknown":
        return _unknown("proximity", "没有记录它在哪里", "where it is is not recorded"), km
    if origin == "province" and same_city(tree, home.places, setting.here):
        value, zh, en = scores.number("proximity_city"), "同市", "same city"
    elif km is not None:
        value = max(0.0, 1 - km / scores.number("proximity_zero_km"))
        zh, en = f"大圆距离 {km:.0f} 公里", f"{km:.0f} km by great circle"
    else:
        label = ORIGIN_LABELS[origin]
        value, zh, en = scores.number(_FAR[origin]), label.zh, label.en

    def because() -> Text:
        where = names_of([setting.index.ref(place) for place in home.places])
        return Text(zh=f"{zh}：{where.zh}", en=f"{en}: {where.en}")

    return Part("proximity", value, because, [home.fact]), km


_NOBODY: Final = ("本地没有记录链上的企业", "no firm of the chain is recorded here")
_FAR: Final[dict[Origin, str]] = {
    "province": "proximity_province",
    "elsewhere": "proximity_country",
    "abroad": "proximity_abroad",
}


def names_of(refs: Sequence[Ref]) -> Text:
    """The captions, the first few."""
    first = [ref.caption for ref in refs[:_NAMED]]
    more = len(refs) - len(first)
    return Text(
        zh="、".join(first) + (f" 等 {len(refs)} 个" if more else ""),
        en=", ".join(first) + (f" and {more} more" if more else ""),
    )


def _unknown(name: PartName, zh: str, en: str) -> Part:
    return Part(name, None, lambda: Text(zh=zh, en=en))
