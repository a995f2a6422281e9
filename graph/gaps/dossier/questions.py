"""What is not recorded, as questions: to the firm that is visited, and to the park."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from graph.gaps.dossier.models import DossierGap, DossierPart, Question
from graph.gaps.index import Index
from graph.gaps.models import FactRef
from graph.repository.models import Ref, Text

#: Parts of a score that are no question to the firm, or asked for already.
_NOT_ASKED: Final = ("proximity", "relation")


def questions(
    index: Index, parts: tuple[DossierPart, DossierPart, DossierPart], gaps: Iterable[DossierGap],
    places: tuple[Ref, int], unfinished: Iterable[FactRef],
) -> list[Question]:  # fmt: skip
    """One question for each thing that is not recorded.

    Parameters
    ----------
    parts : who the firm is, what it makes, what is offered. unfinished : what was being built when last heard
        of. places : the park or place, and with how many parties there the firm is recorded to deal.
    """
    park, dealings = places
    who, makes, offers = parts
    found = [
        _firm(f"{label.zh}（没有记录）", f"{label.en} (not recorded)")
        for label in (*who.missing, *makes.missing)
    ]
    for fact in unfinished:
        zh, en = (f"记录截至 {fact.date}", f"as of {fact.date}") if fact.date else ("没有日期", "undated")
        found.append(
            _firm(f"现在到哪一步：{fact.says.zh}（{zh}）", f"How far is it now: {fact.says.en} ({en})")
        )
    if not dealings:
        found.append(
            _firm(
                f"在{park.caption}及所在县、市有没有客户、供应商或合作方？（没有记录）",
                f"Does it have customers, suppliers or partners in {park.caption} or the county and city? "
                "None is recorded",
            )
        )
    for gap in gaps:
        found += _of_gap(index, gap)
    found += [
        Question(
            whom="park",
            ask=Text(
                zh=f"{park.caption}：{label.zh}（没有记录）",
                en=f"{park.caption}: {label.en} (not recorded)",
            ),
        )
        for label in offers.missing
    ]
    return list({(one.whom, one.ask.zh): one for one in found}.values())


def _of_gap(index: Index, gap: DossierGap) -> list[Question]:
    """What a score of the firm leaves unknown, and which inputs nobody here is known to make."""
    found = []
    name = gap.fit.segment.caption
    candidate = None if gap.asked is None else gap.asked.candidate
    for part in () if candidate is None else candidate.parts:
        if part.value is None and part.name not in _NOT_ASKED:
            zh, en = part.because.zh, part.because.en
            found.append(_firm(f"{part.label.zh}：{zh}", f"{part.label.en}: {en}"))
    for flow in index.inputs(gap.fit.segment.id):
        if flow.criticality == "required" and not index.at_work(flow.source, gap.place.id):
            source = index.ref(flow.source).caption
            found.append(
                _firm(
                    f"做{name}所需的{source}从哪里来？（{gap.place.caption}没有企业生产它的记录）",
                    f"Where would the {source} for {name} come from? No maker in {gap.place.caption} "
                    "is recorded",
                )
            )
    return found


def _firm(zh: str, en: str) -> Question:
    return Question(whom="firm", ask=Text(zh=zh, en=en))
