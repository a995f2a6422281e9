"""The worklist: what to ask whom about links that matter and are unknown or undecided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.gaps.basis import names
from graph.gaps.index import Index
from graph.gaps.models import Cell, Panorama, Task
from graph.gaps.panorama import urgency_key
from graph.gaps.supply import uncovered, wanted
from graph.ontology import load_ontology
from graph.repository.models import Ref, Text

_OPEN: Final = ("unknown", "recorded")
#: Columns of the sheet: those of the class Coverage that an office fills or that are filled for it.
_COLUMNS: Final = ("name", "by", "complete", "as_of", "segment", "place")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to fill: its name, its headings, and rows of cells (empty: to be filled)."""

    table: str
    headings: list[str]
    rows: list[list[str]]


def tasks_of(index: Index, panoramas: Iterable[Panorama]) -> list[Task]:
    """What to ask, the most important first; each segment and place once.

    A leaf that is unknown or undecided matters where the place is positioned for it (主攻), or where what
    operates here requires it and no alternative is here. ``index`` holds the facts of the panoramas.
    """
    found: dict[tuple[str, str], tuple[tuple[object, ...], Task]] = {}
    for panorama in panoramas:
        for cell in panorama.cells:
            key = cell.segment.id, cell.place.id
            if key in found or not cell.leaf or cell.status.value not in _OPEN:
                continue
            users = _users(index, *key)
            if users or cell.role.value == "main":
                order = (not (users and cell.role.value == "main"), not users, *urgency_key(cell), *key)
                found[key] = (order, _task(index, cell, users))
    return [task for _, task in sorted(found.values(), key=lambda item: item[0])]


def worklist_sheet(tasks: Sequence[Task], lang: str = "zh") -> Sheet:
    """The tasks as rows of the table of coverage declarations (覆盖声明), to be filled and loaded back.

    ``by``, ``complete`` and ``as_of`` are empty: only who has looked can fill them. A declaration speaks of
    places, so tasks of parks have no row.
    """
    coverage = load_ontology().entity("Coverage")
    labels = {name: Text.of(one.label) for name, one in coverage.properties.items()}
    labels |= {name: Text.of(one.label) for name, one in coverage.columns.items()}
    rows = [
        [f"{task.place.caption}·{task.segment.caption}", "", "", "", task.segment.id, task.place.id]
        for task in tasks
        if task.place.cls == "Place"
    ]
    return Sheet(
        table=coverage.table.en if lang == "en" else coverage.table.zh,
        headings=[labels[name].text(lang) for name in _COLUMNS],
        rows=rows,
    )


def _users(index: Index, segment: str, place: str) -> list[Ref]:
    needs = uncovered(index, wanted(index, segment, place), place)
    return [index.ref(target) for target in dict.fromkeys(one.target for one in needs)]


def _task(index: Index, cell: Cell, users: list[Ref]) -> Task:
    return Task(
        segment=cell.segment,
        place=cell.place,
        status=cell.status,
        reason=_reason(cell, users),
        ask=_ask(cell),
        whom=_whom(index, cell.place),
    )


def _reason(cell: Cell, users: list[Ref]) -> Text:
    zh: list[str] = []
    en: list[str] = []
    if cell.role.value == "main":
        by = names(list({fact.about.id: fact.about for fact in cell.role.basis.facts if fact.about}.values()))
        zh.append(f"{by.zh} 定位为主攻")
        en.append(f"main for {by.en}")
    if users:
        who = names(users)
        zh.append(f"本地在产的{who.zh}必需它")
        en.append(f"required by {who.en}, operating here")
    return Text(zh="；".join(zh), en="; ".join(en))


def _ask(cell: Cell) -> Text:
    """The question, by what is recorded already."""
    what, where, who = cell.segment.caption, cell.place.caption, cell.presence.who
    last_zh = "名单查全了没有、截至哪一天"
    last_en = "is the list complete, and as of which day"
    if cell.status.conflict:
        return Text(
            zh=f"{where}的{what}：记录不一（{cell.status.basis.because.zh}），现在怎样；{last_zh}？",
            en=f"{what} in {where}: records differ ({cell.status.basis.because.en}); how is it now; "
            f"{last_en}?",
        )
    if who:
        shown = names(who)
        return Text(
            zh=f"{where}的{what}：已记{shown.zh}；是否还在做、产能多少，还有没有别家；{last_zh}？",
            en=f"{what} in {where}: recorded are {shown.en}; still at work, with which capacity, who else; "
            f"{last_en}?",
        )
    return Text(
        zh=f"{where}有没有企业做{what}：有的写全称、基地、产品、产能、状态，没有的也写明；{last_zh}？",
        en=f"Does anybody make {what} in {where}: full name, site, product, capacity, status, or nobody; "
        f"{last_en}?",
    )


def _whom(index: Index, place: Ref) -> Text:
    """Whom one may ask, by the level of the place. A suggestion: who answers for a chain is a fact apart."""
    name = place.caption
    if place.id in index.facts.parks:
        return Text(zh=f"建议问：{name}管委会", en=f"Suggestion: the management committee of {name}")
    known = index.facts.places.nodes.get(place.id)
    if known is not None and known.level == "province":
        return Text(
            zh=f"建议问：{name}产业链链长办、省工信厅", en=f"Suggestion: chain chiefs' office of {name}"
        )
    return Text(
        zh=f"建议问：{name}产业链链办、工信部门",
        en=f"Suggestion: the chain office or the industry department of {name}",
    )
