"""Facts by segment and place: who is where, what is around what. Pure; every question is a look-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Final, TypeVar

from graph.gaps.areas import Areas
from graph.gaps.facts import (
    GONE,
    Declaration,
    Facts,
    FirmFact,
    Input,
    Lead,
    ParkFact,
    Positioned,
    ProjectFact,
    Rate,
    Remark,
    SegmentFact,
    TitleFact,
    Work,
)
from graph.gaps.places import PlaceFact
from graph.gaps.segments import Segments
from graph.repository.models import Ref

#: Status of work that counts as at work; where none is recorded it is ``unknown``.
AT_WORK: Final = ("operating", "unknown")
#: Status of work by which somebody is there, at work or for the time being not.
PRESENT: Final = (*AT_WORK, "suspended")

_CLASSES: Final = {
    "chain": "Chain",
    "segment": "Segment",
    "firm": "Firm",
    "site": "Site",
    "park": "Park",
    "place": "Place",
    "zone": "Zone",
    "project": "Project",
    "statement": "Statement",
    "coverage": "Coverage",
    "title": "Title",
    "observation": "Observation",
}
_FIRMS: Final = attrgetter("firms")
_T = TypeVar("_T")


class Index:
    """What the verdicts ask of the facts.

    Parameters
    ----------
    facts : Facts
        Kept as ``facts``, never changed. ``place`` may below be a place, a park or a zone.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.day = facts.day
        self.areas = Areas(facts)
        self.segments = Segments(facts)
        self._gone = frozenset(key for key, firm in facts.firms.items() if firm.status in GONE)
        self._works: dict[tuple[str, str], list[Work]] = defaultdict(list)
        self._recorded_at: dict[tuple[str, str], list[Work]] = defaultdict(list)
        spots: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Work]] = defaultdict(list)
        for work in facts.works:
            spots[work.segment, work.places, work.parks].append(work)
        leaders = {lead.firm for lead in facts.leads}
        self._led: dict[tuple[str, str], list[Work]] = defaultdict(list)
        self._unplaced: dict[str, list[Work]] = defaultdict(list)
        for (segment, places, parks), works in spots.items():
            led = [w for w in works if not leaders.isdisjoint(w.firms)]
            for area in self.areas.of(places, parks):
                self._works[segment, area] += works
                if led:
                    self._led[segment, area] += led
            finest = self.areas.finest(places, parks)
            for place in finest:
                self._recorded_at[segment, place] += works
            if not finest:
                self._unplaced[segment] += works
        self._at_work: dict[tuple[str, str], Sequence[Work]] = {}
        self._present: dict[tuple[str, str], Sequence[Work]] = {}
        self._remarks = _by(facts.remarks, lambda r: r.segments)
        self._projects = _by(facts.projects, lambda p: p.segments)
        self._rates = _by(facts.rates, lambda r: r.segments)
        self._titles = _by(facts.titles, lambda t: (t.firm,))
        self._inputs = _by(facts.inputs, lambda i: (i.target,))
        self._users = _by(facts.inputs, lambda i: (i.source,))
        self._leads = _by([lead for lead in facts.leads if lead.stated], lambda lead: (lead.about,))
        self._hearsay = _by([lead for lead in facts.leads if not lead.stated], lambda lead: (lead.about,))
        self._positions = _by(facts.positions, lambda p: (p.about,))
        self._declared = _by(facts.declarations, lambda d: (*d.segments, *d.chains))
        self._leaders: dict[str, dict[str, tuple[Lead, ...]]] = {}
        self._captions: dict[str, str] | None = None

    # Segments

    def leaves(self, segment: str) -> tuple[str, ...]:
        """The leaf segments below ``segment``; of a leaf, itself."""
        return self.segments.leaves(segment)

    def is_leaf(self, segment: str) -> bool:
        """Whether no segment is part of ``segment``."""
        return self.segments.is_leaf(segment)

    def below(self, segment: str) -> tuple[str, ...]:
        """``segment`` and all that is part of it, groups and leaves."""
        return self.segments.below(segment)

    def parents_all(self, segment: str) -> tuple[str, ...]:
        """The groups above ``segment``, the nearest first."""
        return self.segments.above(segment)

    def chains_of(self, segment: str) -> tuple[str, ...]:
        """The chains that have ``segment`` or a group above it."""
        return self.segments.chains_of(segment)

    def segments_of(self, chain: str) -> tuple[str, ...]:
        """The segments of ``chain``, ordered by position, parent and id."""
        return self.segments.of_chain(chain)

    def inputs(self, segment: str) -> Sequence[Input]:
        """What goes into ``segment``."""
        return self._inputs.get(segment, ())

    def users(self, segment: str) -> Sequence[Input]:
        """What ``segment`` goes into."""
        return self._users.get(segment, ())

    # Who is there

    def works(self, segment: str, place: str) -> Sequence[Work]:
        """Work in this very segment, in ``place`` or below, of any status."""
        return self._works.get((segment, place), ())

    def cells(self) -> Iterable[tuple[str, str]]:
        """Each segment and place (park, zone) with work recorded there, of any status."""
        return self._works.keys()

    def at_work(self, segment: str, place: str) -> Sequence[Work]:
        """Of these, who is at work: operating or of unknown status, by a firm that is not gone."""
        return self._kept(self._at_work, self.is_at_work, segment, place)

    def present(self, segment: str, place: str) -> Sequence[Work]:
        """Of these, who is at work or suspended."""
        return self._kept(self._present, self.is_present, segment, place)

    def _kept(
        self,
        known: dict[tuple[str, str], Sequence[Work]],
        test: Callable[[Work], bool],
        segment: str,
        place: str,
    ) -> Sequence[Work]:
        """The works that pass ``test``, found once; those of the cell itself where all do."""
        works = self._works.get((segment, place))
        if works is None:
            return ()
        found = known.get((segment, place))
        if found is None:
            some = list(filter(test, works))
            found = known[segment, place] = works if len(some) == len(works) else some
        return found

    def is_at_work(self, work: Work) -> bool:
        """Whether ``work`` counts as at work."""
        return work.status in AT_WORK and self._has_live_firm(work)

    def is_present(self, work: Work) -> bool:
        """Whether ``work`` counts as at work or suspended."""
        return work.status in PRESENT and self._has_live_firm(work)

    def possible(self, segment: str, place: str) -> list[Work]:
        """Who is present, but recorded only for a place around ``place`` or for none: here or not."""
        wide = (self._recorded_at.get((segment, around), ()) for around in self.areas.outside(place))
        return [
            work
            for work in _once(chain(chain.from_iterable(wide), self._unplaced.get(segment, ())))
            if self.is_present(work) and self.areas.may_hold(place, work.places, work.parks)
        ]

    def vague(self, segment: str, place: str) -> list[Work]:
        """Who is present in ``place``, or may be, recorded for a group above ``segment``: in it or not."""
        groups = self.parents_all(segment)
        return [w for g in groups for w in (*self.present(g, place), *self.possible(g, place))]

    def not_lower(self, segment: str, place: str) -> list[Work]:
        """Who is at work in ``place`` but recorded in none of the places below it (未落到下级)."""
        below = set(self.areas.children(place))
        if not below:
            return []
        return [w for w in self.at_work(segment, place) if below.isdisjoint(self.areas.of(w.places, w.parks))]

    def firms(self, works: Iterable[Work]) -> list[str]:
        """The firms behind ``works`` that are not gone, each once, by id."""
        return sorted(set(chain.from_iterable(map(_FIRMS, works))) - self._gone)

    def count_firms(self, works: Iterable[Work]) -> int:
        """How many ``firms`` gives."""
        return len(set(chain.from_iterable(map(_FIRMS, works))) - self._gone)

    def makers(self, works: Iterable[Work]) -> list[str]:
        """As ``firms``; a site of which no firm is recorded stands for itself."""
        found = list(works)
        return sorted({*self.firms(found), *(w.site for w in found if not w.firms)})

    def is_live(self, firm: str) -> bool:
        """Whether the firm is not recorded as ceased or merged."""
        return firm not in self._gone

    def _has_live_firm(self, work: Work) -> bool:
        return not work.firms or not self._gone.issuperset(work.firms)

    # What is said

    def remarks(self, segment: str) -> Sequence[Remark]:
        """Statements about this very segment, wherever."""
        return self._remarks.get(segment, ())

    def declarations(self, segment: str) -> list[Declaration]:
        """Coverage declarations for ``segment``, a group above it or its chain, wherever."""
        keys = (segment, *self.parents_all(segment), *self.chains_of(segment))
        return _once(d for key in keys for d in self._declared.get(key, ()))

    def projects(self, segment: str, place: str) -> list[ProjectFact]:
        """Projects that fill this very segment, in ``place`` or below."""
        return [p for p in self._projects.get(segment, ()) if self.inside(p.places, p.parks, place)]

    def rates(self, segment: str, place: str) -> list[Rate]:
        """Local supply rates recorded for this very segment and this very place."""
        return [r for r in self._rates.get(segment, ()) if place in r.places]

    def leads(self, segment: str, place: str) -> list[Lead]:
        """Why firms at work there are called 链主 or 龙头 of the segment, a group above it or its chain."""
        led = self._led.get((segment, place))
        if led is None:
            return []
        leaders = self.leaders(segment)
        here = {f for w in filter(self.is_at_work, led) for f in w.firms if f in leaders and self.is_live(f)}
        return [lead for firm in sorted(here) for lead in leaders[firm]]

    def hearsay(self, segment: str, place: str) -> list[Lead]:
        """Firms at work there put down as 龙头 without a source that says so: shown, not counted."""
        here = {f for w in self.at_work(segment, place) for f in w.firms if self.is_live(f)}
        heads = (segment, *self.parents_all(segment), *self.chains_of(segment))
        return [lead for key in heads for lead in self._hearsay.get(key, ()) if lead.firm in here]

    def leaders(self, segment: str) -> dict[str, tuple[Lead, ...]]:
        """The firms that lead the segment, a group above it or its chain, wherever, and by which facts.

        Of these only what a source states (``Lead.stated``).
        """
        found = self._leaders.get(segment)
        if found is None:
            by_firm: dict[str, list[Lead]] = defaultdict(list)
            for key in (segment, *self.parents_all(segment), *self.chains_of(segment)):
                for lead in self._leads.get(key, ()):
                    by_firm[lead.firm].append(lead)
            found = self._leaders[segment] = {firm: tuple(leads) for firm, leads in by_firm.items()}
        return found

    def titles(self, firm: str) -> Sequence[TitleFact]:
        """The titles that ``firm`` holds."""
        return self._titles.get(firm, ())

    def positions(self, about: str) -> Sequence[Positioned]:
        """Who is positioned for this very segment or chain."""
        return self._positions.get(about, ())

    # Places and names

    def inside(self, fact_places: Sequence[str], fact_parks: Sequence[str], place: str) -> bool:
        """Whether what is recorded at these places and parks lies in ``place``."""
        return place in self.areas.of(tuple(fact_places), tuple(fact_parks))

    def around(self, place: str) -> tuple[str, ...]:
        """``place`` and all that surely holds the whole of it (parks, places, zones), the nearest first."""
        return self.areas.around(place)

    def ref(self, key: str) -> Ref:
        """The entity ``key`` with its name; what no fact names stands with its id."""
        f = self.facts
        known: FirmFact | SegmentFact | PlaceFact | ParkFact | None = (
            f.segments.get(key) or f.firms.get(key) or f.places.nodes.get(key) or f.parks.get(key)
        )
        caption = known.name if known is not None else f.chains.get(key) or self._name(key)
        return Ref(id=key, cls=_CLASSES.get(key.partition("/")[0], "Entity"), caption=caption or key)

    def _name(self, key: str) -> str | None:
        if self._captions is None:
            f = self.facts
            names = dict(f.other_chains)
            names.update({w.site: w.site_name for w in f.works})
            names.update({p.subject: p.subject_name for p in f.positions})
            for facts in (f.remarks, f.declarations, f.projects, f.titles, f.rates):
                names.update({fact.key: fact.name for fact in facts})
            self._captions = names
        return self._captions.get(key)


def _by(facts: Iterable[_T], keys: Callable[[_T], Iterable[str]]) -> dict[str, list[_T]]:
    found: dict[str, list[_T]] = defaultdict(list)
    for fact in facts:
        for key in dict.fromkeys(keys(fact)):
            found[key].append(fact)
    return dict(found)


def _once(facts: Iterable[_T]) -> list[_T]:
    return list({id(fact): fact for fact in facts}.values())
