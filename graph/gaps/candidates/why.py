"""“Why not this firm?”: which condition keeps it out, or where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import NotFound
from graph.gaps.candidate_models import Asked, Candidate, CandidateList, Excluded, Standing
from graph.gaps.candidates.details import read_details
from graph.gaps.candidates.homes import Home
from graph.gaps.candidates.words import GROUP_LABELS
from graph.repository.models import Text
from graph.repository.reader import Reader
from graph.repository.sources import sources_in


@dataclass(frozen=True, slots=True)
class Listed:
    """Candidates on a day, ``total`` of the group in which the firm stands; the first ``limit`` are shown."""

    reader: Reader
    day: str
    total: int
    limit: int


async def asked_about(
    listed: Listed, firm_id: str, home: Home | None, excluded: Excluded | None, stands: Candidate | None
) -> Asked:
    """The answer for the firm ``firm_id``: why it is kept out, or where it stands, or what it makes instead.

    Raises
    ------
    NotFound
        No firm has that id: ``home`` is ``None``.
    """
    if home is None:
        shown = firm_id[:80]
        raise NotFound(f"没有企业 {shown} · there is no firm {shown}", found=shown, expected="firm/…")
    if excluded is not None:
        because = Text(
            zh=f"被排除：{excluded.label.zh}。{excluded.because.zh}",
            en=f"kept out: {excluded.label.en}; {excluded.because.en}",
        )
        return Asked(firm=home.firm, standing="kept_out", because=because, excluded=excluded)
    if stands is not None:
        group = GROUP_LABELS[stands.group]
        because = Text(
            zh=f"在“{group.zh}”里排第 {stands.rank}，共 {listed.total} 家",
            en=f"ranked {stands.rank} of {listed.total} of the group: {group.en}",
        )
        standing: Standing = "ranked" if stands.rank <= listed.limit else "below"
        return Asked(firm=home.firm, standing=standing, because=because, rank=stands.rank, candidate=stands)
    detail = (await read_details(listed.reader, [firm_id], listed.day)).get(firm_id)
    works = [] if detail is None else [w.name for w in detail.works]
    makes = list(dict.fromkeys((*home.products, *works)))
    if makes:
        known = "、".join(makes[:8])
        because = Text(
            zh=f"没有记录它产出所要的产品；记录的有 {known}",
            en=f"it is not recorded as making what is wanted; recorded are {known}",
        )
    else:
        because = Text(zh="没有记录它产出什么", en="what it makes is not recorded")
    return Asked(firm=home.firm, standing="no_match", because=because, makes=makes)


def only_asked(answer: CandidateList) -> CandidateList:
    """The answer with nothing but what it says of the firm that was asked about, and the sources of that."""
    asked = answer.asked
    one = None if asked is None else asked.candidate
    out = None if asked is None else asked.excluded
    alone = answer.model_copy(
        update={"items": [one] if one else [], "excluded": [out] if out else [], "cited": {}}
    )
    wanted = sources_in(alone)
    return alone.model_copy(update={"cited": {k: v for k, v in answer.cited.items() if k in wanted}})
