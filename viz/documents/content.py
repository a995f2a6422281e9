"""What the documents are made from: answers only; nothing is counted or decided anew for a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from graph.gaps.candidate_models import Candidate, CandidateList
from graph.gaps.list_models import Lists
from graph.gaps.models import FactRef, Gap, GapList, Panorama, Worklist
from graph.gaps.rules import Rules
from graph.ontology import Ontology
from graph.repository.models import Cited, Citing, Ref
from graph.targets import Target
from viz.show import Show
from viz.sources import SourceList


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Of a gap: other cities of the province with somebody at work in it, and the firms here that need it."""

    elsewhere: Sequence[Ref] = ()
    affected: Sequence[Ref] = ()


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry of the target list 招商目标, and how its firm fits, where it is still a candidate."""

    target: Target
    firm: Ref
    segment: Ref
    place: Ref
    park: Ref | None = None
    places: Sequence[Ref] = ()
    fit: Candidate | None = None


@dataclass(frozen=True)
class Content:
    """The answers about one chain in one place on one day.

    Attributes
    ----------
    gaps : all gaps of the place in the chain, ranked. booked : the target list of the place and chain.
    targets : candidates of the first gaps for which nobody is on the target list yet.
    fits : the answers that tell how those of the target
    list fit. more : sources that the answers cite beyond those that each of them holds.
    around : surroundings by gap id. made_at : when the documents are made. revision : of the facts.
    areas : the place and all that surely holds it, the nearest first: whose thresholds hold; without it the
    place alone. visibility : the highest level among the facts and decisions of the data
    directory that are shown, in Chinese.
    """

    ontology: Ontology
    rules: Rules
    panorama: Panorama
    gaps: GapList
    worklist: Worklist
    lists: Lists
    made_at: str
    revision: int
    visibility: str
    booked: Sequence[Booked] = ()
    targets: Sequence[CandidateList] = ()
    fits: Sequence[CandidateList] = ()
    more: Cited = field(default_factory=dict)
    around: dict[str, Surroundings] = field(default_factory=dict)
    areas: Sequence[str] = ()

    @property
    def chain(self) -> str:
        """Name of the chain."""
        return self.panorama.chain.caption

    @property
    def place(self) -> str:
        """Name of the place."""
        return self.panorama.place.caption

    @property
    def title(self) -> str:
        """Place and chain, as the documents are titled."""
        return f"{self.place} · {self.chain}产业链"

    @property
    def as_of(self) -> str:
        """The day of the answers."""
        return self.panorama.as_of

    @property
    def answers(self) -> list[Citing]:
        """All answers that the documents are made from."""
        return [self.panorama, self.gaps, self.worklist, self.lists, *self.targets, *self.fits]

    def cited(self) -> Cited:
        """All sources that the answers cite, by id."""
        return {**self.more, **{key: source for one in self.answers for key, source in one.cited.items()}}


class Sourced(Protocol):
    """What a document is made from: it says in which ontology it speaks and what it cites."""

    @property
    def ontology(self) -> Ontology:
        """The classes and words."""

    def cited(self) -> Cited:
        """All sources, by id."""


class Numbers:
    """The numbers of the sources, from 1, in the order in which the documents use them."""

    def __init__(self, content: Sourced) -> None:
        self._list = SourceList(Show(content.ontology, "zh"), content.cited())

    def of(self, sources: Iterable[str]) -> tuple[int, ...]:
        """The numbers of ``sources``, ascending, each once."""
        return tuple(n + 1 for n in self._list.numbers(sources))

    def mark(self, numbers: Iterable[int]) -> str:
        """``[3]A [7]C``: numbers with the grade of each; 无来源 where there is none."""
        return " ".join(f"[{n}]{self._list.grade(n - 1)}" for n in numbers) or "无来源"

    def views(self) -> list[tuple[int, str, str, str, str, str]]:
        """Number, title, publisher, date, grade and address of all sources used so far."""
        return [
            (n, v.title, v.publisher, v.date, v.grade, v.url or "")
            for n, v in enumerate(self._list.views(), 1)
        ]


def sources_of(facts: Iterable[FactRef]) -> list[str]:
    """The sources of some facts, each once."""
    return list(dict.fromkeys(source for fact in facts for source in fact.sources))


def facts_of(gap: Gap) -> list[FactRef]:
    """All facts that the verdicts of a gap name."""
    cell = gap.cell
    bases = [cell.status.basis, *(r.basis for r in cell.risks), cell.role.basis]
    filled = [cell.status.filled] if cell.status.filled else []
    return [*filled, *(fact for basis in bases for fact in basis.facts)]
