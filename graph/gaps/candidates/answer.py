"""Candidates for a segment in a place: found, kept out, scored, ranked."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.errors import BadInput
from graph.gaps.candidate_models import Candidate, CandidateList, Excluded, Group, Order, Origin, Reason
from graph.gaps.candidates.clues import Gathered, wanted_of
from graph.gaps.candidates.details import Detail, read_details, read_successors
from graph.gaps.candidates.flows import Flows
from graph.gaps.candidates.homes import Home, Origins, places_of_area, read_homes, read_spots
from graph.gaps.candidates.keepouts import Keepouts, here_of
from graph.gaps.candidates.known import check_asked, check_firms
from graph.gaps.candidates.local import Ground, read_affiliates
from graph.gaps.candidates.makers import makers_of
from graph.gaps.candidates.matching import best_of
from graph.gaps.candidates.parts import Setting
from graph.gaps.candidates.ranking import rank_key
from graph.gaps.candidates.scores import RULE, Scores
from graph.gaps.candidates.scoring import Known, Scored, score, told
from graph.gaps.candidates.ties import Ties, locals_of, read_ties
from graph.gaps.candidates.weights import Weights, read_weights
from graph.gaps.candidates.why import Listed, asked_about
from graph.gaps.candidates.words import GROUP_LABELS, ORIGIN_LABELS, REASON_LABELS, ordered_by
from graph.gaps.gap_ids import gap_id
from graph.gaps.index import Index
from graph.gaps.role import role_of
from graph.gaps.rules import Rules
from graph.repository.models import Text
from graph.repository.reader import Reader
from graph.repository.sources import cited, sources_in
from graph.search import LiveSearch

#: Firms of each group that are scored for one list: those that promise most by what is known of all.
MOST_SCORED: Final = 200
_REASONS: Final[list[Reason]] = list(REASON_LABELS)
#: What a firm promises by where it is, before it is known how far that is.
_NEAR: Final[dict[Origin, float]] = {"province": 0.9, "elsewhere": 0.4, "abroad": 0.1, "unknown": 0.5}


async def candidates(  # noqa: PLR0917 - where and when, as every question about a gap has it
    reader: Reader,
    index: Index,
    rules: Rules,
    segment: str,
    place: str,
    day: str,
    *,
    weights: Mapping[str, Any] | None = None,
    origin: Collection[Origin] = (),
    exclude: Collection[str] = (),
    limit: int | None = None,
    order: Order = "middle",
    search: LiveSearch | None = None,
    asked: str | None = None,
) -> CandidateList:
    """The firms that could fill ``segment`` in ``place``: from outside, then those here already; best first.

    Parameters
    ----------
    reader : asks the graph. index : the facts of the segment's chains on ``day``, which is the index's own.
    segment, place : ids; ``place`` may be a park or zone.
    weights : of the parts (see ``read_weights``); the others are those of the rule ``candidates``.
    origin : only firms from there; all if empty. exclude : ids of firms not wanted; each must be recorded.
    limit : items of each group, and firms kept out that are named. order : what ranks in a group: the middle
        of what is possible, by which unknown parts count half; the score of the known parts alone; or the
        least that is possible.
    search : the search index, by which names of products are found; without it they do not count.
    asked : id of a firm of which it is asked why it is not among them, or where it stands.

    Raises
    ------
    BadInput
        Weights that are none; another day than the index's.
    NotFound
        Segment, place, the firm asked about or one that is excluded are not recorded.
    ReadTooLarge, ReadTimeout, EngineUnavailable, TruthStoreError
        From the store and the search index.
    """
    if day != index.day:
        raise BadInput(f"facts of {index.day} were read, {day} is asked for", found=day, expected=index.day)
    check_asked(index, segment, place)
    await check_firms(reader, exclude)
    base = rules.weights(RULE)
    weighed = read_weights(weights, base)
    choice = _Choice(
        weights=weighed,
        own=weighed != base,
        origins=frozenset(origin),
        exclude=frozenset(exclude),
        limit=reader.limits.list_length(limit),
        order=order,
        asked=asked,
    )
    return await _Listing(reader, index, rules, segment, place).run(choice, search)


@dataclass(frozen=True, slots=True)
class _Choice:
    weights: Weights
    own: bool
    origins: frozenset[Origin]
    exclude: frozenset[str]
    limit: int
    order: Order
    asked: str | None


class _Listing:
    def __init__(self, reader: Reader, index: Index, rules: Rules, segment: str, place: str) -> None:
        self.reader, self.index, self.segment, self.place = reader, index, segment, place
        self.role = role_of(index, rules, segment, place)
        self.scores = Scores(rules, index.chains_of(segment), index.around(place))
        self.wanted = wanted_of(index, segment)
        self.here = places_of_area(index, place)
        self.ground = Ground(index, place, self.here)

    async def run(self, choice: _Choice, search: LiveSearch | None) -> CandidateList:
        index, asked = self.index, choice.asked
        similar_from = self.scores.number("similar_from")
        makers, ties = await asyncio.gather(
            makers_of(self.reader, index, self.wanted, search=search, similar_from=similar_from),
            read_ties(self.reader, index, locals_of(index, self.segment, self.place)),
        )
        gathered, homes = makers.gathered, makers.homes
        if asked is not None and asked not in homes:
            homes = {**homes, **await read_homes(self.reader, [asked], index.day)}
        keepouts = await self._keepouts(choice, homes, ties)
        able: list[Known] = []
        out: dict[str, Excluded] = {}
        origins = Origins(index.facts.places, self.here)
        for key in sorted(gathered.clues.keys() & homes.keys()):
            home, clues = homes[key], gathered.clues[key]
            origin = origins.of(home.places)
            if kept := keepouts.of(home, origin):
                out[key] = kept
            else:
                group: Group = "local" if self.ground.holds(home.everywhere) else "outside"
                able.append(Known(home, origin, group, clues, best_of(self.scores, clues)))
        setting, scored = await self._scored(able, ties, choice)
        items = await self._told(setting, scored, ties, choice)
        shown = [one for one in items if one.rank <= choice.limit]
        answer = self._answer(choice, able, out, gathered, left_out=len(able) - len(scored))
        answer = answer.model_copy(update={"items": shown})
        if search is None:
            note = Text(zh="没有查产品名，只按记录的关系找", en="names of products were not looked up")
            answer = answer.model_copy(update={"notes": [*answer.notes, note]})
        if asked is not None:
            stands = next((one for one in items if one.firm.id == asked), None)
            same = sum(stands is not None and one.firm.group == stands.group for one in scored)
            listed = Listed(self.reader, index.day, total=same, limit=choice.limit)
            why = await asked_about(listed, asked, homes.get(asked), out.get(asked), stands)
            answer = answer.model_copy(update={"asked": why})
        return answer.model_copy(update={"cited": await cited(self.reader, sources_in(answer))})

    async def _told(
        self, setting: Setting, scored: Sequence[Scored], ties: Ties, choice: _Choice
    ) -> list[Candidate]:
        """The best of each group in words, and the firm that is asked about wherever it stands."""
        chosen: list[tuple[int, Scored]] = []
        for group in GROUP_LABELS:
            same = [one for one in scored if one.firm.group == group]
            same.sort(key=lambda one: rank_key(one.total, one.firm.home.firm.id, choice.order))
            ranked = enumerate(same, 1)
            chosen += [
                (rank, one)
                for rank, one in ranked
                if rank <= choice.limit or one.firm.home.firm.id == choice.asked
            ]
        outside = [one.firm.home.firm for _, one in chosen if one.firm.group == "outside"]
        affiliates = await read_affiliates(
            self.reader, self.ground, {firm.id: firm for firm in outside}, ties.here, self.index.day
        )
        return [
            told(setting, ties, one, rank, affiliates.get(one.firm.home.firm.id, ())) for rank, one in chosen
        ]

    async def _keepouts(self, choice: _Choice, homes: Mapping[str, Home], ties: Ties) -> Keepouts:
        merged = sorted(key for key, home in homes.items() if home.status == "merged")
        return Keepouts(
            index=self.index,
            here=here_of(self.index, self.wanted.anchors, self.place),
            successors=await read_successors(self.reader, merged, self.index.day),
            local=ties.here.leaders | ties.here.others,
            unfit=self.role if self.role.value == "unfit" else None,
            exclude=choice.exclude,
            origins=choice.origins,
        )

    async def _scored(self, able: list[Known], ties: Ties, choice: _Choice) -> tuple[Setting, list[Scored]]:
        """Those of each group that promise most, scored; the firm asked about among them in any case."""
        by_promise = sorted(able, key=lambda k: (-self._promise(k, ties, choice), k.home.firm.id))
        taken: list[Known] = []
        for group in GROUP_LABELS:
            same = [k for k in by_promise if k.group == group]
            taken += same[:MOST_SCORED]
            taken += [k for k in same[MOST_SCORED:] if k.home.firm.id == choice.asked]
        details, spots = await asyncio.gather(
            read_details(self.reader, (k.home.firm.id for k in taken), self.index.day),
            read_spots(
                self.reader,
                self.index.facts.places,
                {*self.here, *(place for k in taken for place in k.home.places)},
            ),
        )
        setting = Setting(
            index=self.index,
            scores=self.scores,
            weights=choice.weights,
            segment=self.segment,
            place=self.place,
            here=self.here,
            spots=spots,
            locals=ties.here,
            flows=Flows(self.index, self.place),
        )
        return setting, [score(setting, ties, k, details.get(k.home.firm.id) or Detail()) for k in taken]

    def _promise(self, firm: Known, ties: Ties, choice: _Choice) -> float:
        """The score as far as it is told by what was read of all firms: product, ties, listing, origin."""
        weights = choice.weights
        promise = weights["product"] * self.scores.clue(firm.best.how, firm.best.status)
        promise += weights["relation"] * (1.0 if ties.is_tied(firm.home.firm.id) else 0.5)
        promise += weights["strength"] * (1.0 if firm.home.stock_codes else 0.5)
        return promise + weights["proximity"] * _NEAR[firm.origin]

    def _answer(
        self,
        choice: _Choice,
        able: Sequence[Known],
        out: Mapping[str, Excluded],
        gathered: Gathered,
        *,
        left_out: int,
    ) -> CandidateList:
        kept_out = sorted(out.values(), key=lambda e: (_REASONS.index(e.reason), e.firm.id))
        cut = Text(
            zh=f"另有 {left_out} 家按产品、关系、上市、来源地看更弱，没有评分",
            en=f"{left_out} more firms promise less by product, ties, listing and origin: not scored",
        )
        return CandidateList(
            gap=gap_id(self.segment, self.place),
            segment=self.index.ref(self.segment),
            place=self.index.ref(self.place),
            as_of=self.index.day,
            weights=choice.weights,
            order=choice.order,
            ordered=ordered_by(choice.order, choice.weights, own=choice.own),
            origin=[origin for origin in ORIGIN_LABELS if origin in choice.origins],
            wanted=list(self.wanted.terms),
            items=[],
            total=len(able),
            found=len(out) + len(able),
            complete=not (left_out or gathered.cut),
            groups={group: sum(k.group == group for k in able) for group in GROUP_LABELS},
            origins=dict(Counter(k.origin for k in able)),
            matches=dict(Counter(k.best.how for k in able)),
            excluded=kept_out[: choice.limit],
            excluded_counts=dict(Counter(e.reason for e in kept_out)),
            unfit=self.role if self.role.value == "unfit" else None,
            notes=[*gathered.cut, *([cut] if left_out else [])],
        )
