"""The facts that cite a source, as its page lists them."""

from __future__ import annotations

from dataclasses import dataclass

from graph.repository import CitingFact, Ref, Repository
from viz.show import Show

#: Facts at first, and on each further page.
FIRST, MOST = 25, 100


@dataclass(frozen=True, slots=True)
class CitingRow:
    """A fact: the entity, or the ends of a relation, that the graph shows, and the name of its class."""

    ends: list[Ref]
    cls_label: str


@dataclass(frozen=True, slots=True)
class CitingList:
    """A page of the facts. ``more`` is the address of the next page."""

    rows: list[CitingRow]
    total_text: str
    more: str | None
    shown_text: str


async def citing_list(show: Show, repository: Repository, source_id: str, after: str | None) -> CitingList:
    """The facts that cite ``source_id``, from the key ``after`` on."""
    limit = FIRST if after is None else MOST
    facts = (await repository.source_facts(source_id, limit=limit, after=after)).facts
    more = show.links.entity(source_id, after=facts.next) if show.links and facts.next else None
    return CitingList(
        rows=[CitingRow(_ends(fact), fact.label.text(show.lang)) for fact in facts.items if _ends(fact)],
        total_text=facts.total_text,
        more=f"{more}#citing" if more else None,
        shown_text=show.t("common.shown_of", shown=len(facts.items), total=facts.total_text),
    )


def _ends(fact: CitingFact) -> list[Ref]:
    return [end for end in (fact.entity, fact.source, fact.target) if end is not None]
