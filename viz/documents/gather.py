"""Asking for all that the documents of a chain in a place are made from."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.decisions import Decision
from graph.gaps.candidate_models import CandidateList
from graph.gaps.candidates import candidates
from graph.gaps.gap_ids import ends_of
from graph.gaps.gaps import Gaps
from graph.gaps.list_gaps import affected, elsewhere
from graph.gaps.look import Look
from graph.gaps.models import Gap
from graph.office_time import office_day
from graph.repository.models import Cited
from graph.repository.reader import Reader
from graph.repository.sources import MOST, cited, sources_in
from graph.search import LiveSearch
from graph.targets import STATUSES, Book, Names, Target, names_of
from viz.documents.content import Booked, Content, Surroundings

#: Gaps for which candidates are looked for, the first ones; candidates of each that are suggested.
GAPS, EACH = 20, 3
#: Entries of the target list of which it is asked how they fit.
FITS = 100
#: Gaps and entries of which candidates are asked at a time.
AT_ONCE: Final = 4
#: Steps told to ``report``: answers, lists, then the candidates of each gap.
STEPS: Final = 4


async def gather(
    gaps: Gaps,
    chain: str,
    place: str,
    *,
    made_at: str,
    revision: int,
    visibility: str,
    decisions: Iterable[Decision] = (),
    as_of: str | None = None,
    search: LiveSearch | None = None,
    report: Callable[[int, int], None] | None = None,
) -> Content:
    """The content of the documents.

    Parameters
    ----------
    chain, place : named as in every question about gaps. made_at, revision, visibility : told in the
        documents.
    decisions : those of the truth store, of which the target list is made.
    search : by it candidates are also found by names of products.
    report : told how many of all steps are done.

    Raises what the questions of ``Gaps`` raise.
    """
    steps = _Steps(report)
    look = await gaps.look(place, chain=chain, as_of=as_of)
    ids = (look.chains[0], look.place.id)
    day, most = look.index.day, gaps.limits.export
    panorama = await gaps.panorama(*ids, as_of=day)
    steps.next()
    found = await gaps.gaps(ids[1], chain=ids[0], as_of=day, limit=most)
    steps.next()
    worklist = await gaps.worklist(ids[1], chain=ids[0], as_of=day, limit=most)
    steps.next()
    lists = await gaps.lists(*ids, as_of=day)
    asking = _Asking(gaps, look, search)
    entries = asking.entries(decisions)
    taken = {one.entry.gap for one in entries}
    first = [gap for gap in found.items if gap.id not in taken][:GAPS]

    turn = asyncio.Semaphore(AT_ONCE)

    async def one_done(answer: Awaitable[CandidateList]) -> CandidateList:
        async with turn:
            made = await answer
        steps.next()
        return made

    named = await names_of(gaps.reader, entries)
    known = [one for one in entries if not named.gone(one)][:FITS]
    steps.next(more=len(first) + len(known))
    fits = await asyncio.gather(*(one_done(asking.fit(one)) for one in known))
    targets = await asyncio.gather(*(one_done(asking.best(gap)) for gap in first))
    content = Content(
        ontology=gaps.reader.ontology,
        rules=gaps.rules,
        panorama=panorama,
        gaps=found,
        worklist=worklist,
        lists=lists,
        booked=asking.booked(entries, named, dict(zip((one.key for one in known), fits, strict=True))),
        fits=fits,
        targets=targets,
        around={
            gap.id: Surroundings(elsewhere(look.index, gap), affected(look.index, gap)) for gap in found.items
        },
        areas=look.index.around(look.place.id),
        made_at=made_at,
        revision=revision,
        visibility=visibility,
    )
    return replace(content, more=await _more(gaps.reader, content))


async def _more(reader: Reader, content: Content) -> Cited:
    """The sources beyond those that an answer may hold."""
    wanted = set().union(*map(sources_in, content.answers)) - content.cited().keys()
    ids = sorted(wanted)
    batches = [ids[start : start + MOST] for start in range(0, len(ids), MOST)]
    found = await asyncio.gather(*(cited(reader, batch) for batch in batches))
    return {key: source for batch in found for key, source in batch.items()}


@dataclass(frozen=True, slots=True)
class _Asking:
    gaps: Gaps
    look: Look
    search: LiveSearch | None

    def entries(self, decisions: Iterable[Decision]) -> list[Target]:
        """The target list of the place and chain as it was on the day, in the order of the work."""
        index, place = self.look.index, self.look.place.id
        inside = {place, *index.facts.places.subtree(place)}
        segments = set(index.segments_of(self.look.chains[0]))
        book = Book(_as_on(decisions, index.day))
        found = []
        for one in book.all():
            segment, where = ends_of(one.entry.gap)
            if segment in segments and (where in inside or place in index.around(where)):
                found.append(one)
        order = list(STATUSES)
        return sorted(
            found, key=lambda one: (order.index(one.entry.status), one.entry.due or "9999", one.key)
        )

    async def best(self, gap: Gap) -> CandidateList:
        """The best candidates of a gap."""
        return await self._candidates((gap.cell.segment.id, gap.cell.place.id))

    async def fit(self, one: Target) -> CandidateList:
        """How the firm of an entry fits."""
        return await self._candidates(ends_of(one.entry.gap), asked=one.entry.firm)

    async def _candidates(self, ends: tuple[str, str], asked: str | None = None) -> CandidateList:
        index, reader = self.look.index, self.gaps.reader
        return await candidates(
            reader, index, self.gaps.rules, *ends, index.day, limit=EACH, search=self.search, asked=asked
        )

    def booked(
        self, entries: Sequence[Target], named: Names, fits: Mapping[str, CandidateList]
    ) -> list[Booked]:
        """The entries with the names of what they name; what is gone by its last name, else its id."""
        index, made = self.look.index, []
        for one in entries:
            entry = one.entry
            segment, place = ends_of(entry.gap)
            asked = fits[one.key].asked if one.key in fits else None
            fit = None if asked is None else asked.candidate
            firm = index.facts.firms.get(entry.firm)
            own = [index.ref(where) for where in firm.places] if firm else []
            made.append(
                Booked(
                    target=one,
                    firm=named.ref(entry.firm),
                    segment=named.ref(segment),
                    place=named.ref(place),
                    park=named.ref(entry.park) if entry.park else None,
                    places=fit.places if fit else own,
                    fit=fit,
                )
            )
        return made


def _as_on(decisions: Iterable[Decision], day: str) -> Iterator[Decision]:
    """The decisions that were made by an ISO day of the office; what was undone later held on that day."""
    for one in decisions:
        if office_day(one.created_at) <= day:
            later = one.undone_at is not None and office_day(one.undone_at) > day
            yield replace(one, undone_at=None, undone_by=None) if later else one


class _Steps:
    def __init__(self, report: Callable[[int, int], None] | None) -> None:
        self._report, self._done, self._total = report, 0, STEPS

    def next(self, *, more: int = 0) -> None:
        """One is done; ``more`` have been found to do."""
        self._done += 1
        self._total += more
        if self._report is not None:
            self._report(self._done, self._total)
