"""The candidates for a gap, with the form of their weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, get_args

from pydantic import BaseModel, Field

from graph.errors import NotFound
from graph.gaps.candidate_models import CandidateList, Order, Origin, PartName
from graph.gaps.candidates.words import AFFILIATE, GROUP_LABELS, PART_LABELS
from graph.repository.models import Ref
from graph.search import LiveSearch
from graph.search.named import called, the_one
from viz.pages.asked import Asked

#: Names of the sliders begin with this.
WEIGHT = "w_"
PARTS: tuple[PartName, ...] = get_args(PartName)


class CandidatesQuery(BaseModel):
    """Parameters of the page; the weights stand beside them, each under ``w_`` and the name of its part.

    ``why`` names a firm of which it is asked why it is not among the candidates.
    """

    as_of: Annotated[str, Field(max_length=20)] = ""
    origin: Annotated[list[Origin], Field(max_length=10)] = []
    order: Order = "middle"
    why: Annotated[str, Field(max_length=200)] = ""

    @property
    def day(self) -> str | None:
        """The day if one was asked for."""
        return self.as_of or None


def weights_of(query: Mapping[str, str]) -> dict[str, str]:
    """The weights that the form sent, by the name of the part; what is no part is left to be refused."""
    return {k.removeprefix(WEIGHT): v for k, v in query.items() if k.startswith(WEIGHT) and v}


async def firm_called(search: LiveSearch, name: str, *, most: int) -> str | None:
    """The id of the firm that goes by ``name`` (or has that id), ``None`` for an empty one.

    The firm that has the name, else the only one that a search finds (``most`` hits are looked at).

    Raises
    ------
    BadInput
        Several are found; they are named.
    NotFound
        There is none.
    """
    name = name.strip()
    if not name or name.startswith("firm/"):
        return name or None
    found = (await search.find(name, cls="Firm", limit=most)).hits.items
    if not found:
        raise NotFound(f"没有企业 {name[:40]!r} · there is no firm {name[:40]!r}", found=name[:40])
    any_hit = [Ref(id=hit.id, cls=hit.cls, caption=hit.caption) for hit in found]
    return the_one(name, called(found) or any_hit).id


def candidates_context(
    asked: Asked, gap_id: str, found: CandidateList, query: CandidatesQuery
) -> dict[str, Any]:
    """What ``_gap_candidates.html`` needs."""
    lang = asked.show.lang
    return {
        "found": found,
        "groups": [
            {
                "name": group,
                "label": label.text(lang),
                "total": found.groups[group],
                "items": [one for one in found.items if one.group == group],
            }
            for group, label in GROUP_LABELS.items()
        ],
        "affiliate": AFFILIATE.text(lang),
        "slider": WEIGHT,
        "part_labels": [{"name": p, "label": PART_LABELS[p].text(lang)} for p in PARTS],
        "origins": get_args(Origin),
        "orders": get_args(Order),
        "why": query.why,
        "self_link": asked.links.gap(gap_id),
    }
