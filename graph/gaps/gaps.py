"""Every question about the links of chains in places: panorama, gaps, what to ask whom, what if."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from graph.errors import NotFound
from graph.gaps import rows as made
from graph.gaps.counted import counted
from graph.gaps.findings import Found, findings
from graph.gaps.gap_ids import gap_id
from graph.gaps.index import Index
from graph.gaps.kept import Kept
from graph.gaps.list_models import Lists
from graph.gaps.lists import lists_of
from graph.gaps.look import Look, Looks
from graph.gaps.models import Cell, Gap, GapList, Panorama, Status, Worklist
from graph.gaps.panorama import cell_of, gap_cells, panorama_of
from graph.gaps.panorama_notes import undated_notes
from graph.gaps.resilience import resilience
from graph.gaps.rules import Rules, load_rules
from graph.gaps.statuses import Statuses, read_statuses
from graph.gaps.tasks import tasks_of
from graph.gaps.whatif import STEPS, Supposed, what_if
from graph.gaps.whatif_models import Resilience, WhatIf
from graph.limits import Limits
from graph.office_time import office_today
from graph.ontology import Ontology
from graph.repository.days import Today
from graph.repository.models import Citing, Ref, Text
from graph.repository.neighbours import existing
from graph.repository.reader import Reader
from graph.repository.sources import cited, sources_in
from graph.search import LiveSearch
from graph.store import Store

_C = TypeVar("_C", bound=Citing)
#: Statuses by which it is not known whether a link is missing or weak.
_UNDECIDED: Final = ("unknown", "partly_unknown", "recorded")


@dataclass(frozen=True, slots=True)
class _Ranked:
    """All gaps of a look, in their order, and what the answer cannot know."""

    gaps: list[Gap]
    notes: list[Text]


class Gaps:
    """The questions.

    Parameters
    ----------
    store, ontology : the engine's graph and its classes.
    limits : bounds on every answer.
    today : the day that an answer without ``as_of`` speaks of.
    rules : the rules, with the user's own thresholds.
    search : by which candidates of gaps are also counted that are found by names of products.

    A chain is named by slug, id or Chinese name, a place by id, division code or name, a park by id or name
    (``graph.gaps.where``). All questions raise ``BadInput`` for what is no date or id, for a name of several
    places, and for a chain or place of the user's rules that is not recorded, ``NotFound`` for what is asked
    of and not recorded (with near names), and ``ReadTooLarge``,
    ``ReadTimeout`` or ``EngineUnavailable`` from the store.
    """

    def __init__(
        self,
        store: Store,
        ontology: Ontology,
        limits: Limits | None = None,
        today: Today = office_today,
        *,
        rules: Rules | None = None,
        search: LiveSearch | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.reader = Reader(store, ontology, self.limits)
        self._search, self._today = search, today
        self._looks = Looks(self.reader, today, load_rules() if rules is None else rules)
        self._ranked: Kept[_Ranked] = Kept(lambda kept: len(kept.gaps), self.limits.export)
        self._tables: Kept[Statuses] = Kept(lambda kept: len(kept.table), self.limits.export)
        self._found: Kept[Found] = Kept(lambda kept: len(kept.items), self.limits.export)

    @property
    def rules(self) -> Rules:
        """The rules, with the user's own values under the ids that the graph has for what they name."""
        return self._looks.rules

    async def panorama(self, chain: str, place: str, *, as_of: str | None = None) -> Panorama:
        """Every segment of a chain in a place with its verdicts, and what the rules found besides."""
        look = await self.look(place, chain=chain, as_of=as_of)
        (answer,), found = await asyncio.gather(self._panoramas(look), self._findings_of(look))
        earlier = look.index.day < self._today().isoformat()
        undated = undated_notes(look.index, answer.cells, look.place.id, earlier=earlier)
        notes = [*answer.notes, *undated, *found.notes]
        return await self._citing(answer.model_copy(update={"findings": found.items, "notes": notes}))

    async def statuses(
        self, places: Sequence[str], *, chain: str | None = None, as_of: str | None = None
    ) -> Statuses:
        """The status of every segment of one chain or all in each of ``places`` (ids), as a table.

        It is read by counting, however many firms there are.
        """
        asked = await self._looks.asked(chain, as_of)

        async def make() -> Statuses:
            return await read_statuses(self.reader, self.rules, asked, places)

        return await self._tables.get(asked.stamp, (asked.day, *asked.chains, *places), make)

    async def gaps(
        self,
        place: str,
        *,
        chain: str | None = None,
        status: Status | None = None,
        rule: str | None = None,
        as_of: str | None = None,
        limit: int | None = None,
    ) -> GapList:
        """The gaps of one chain or all in a place, in their order.

        ``status`` and ``rule`` (id of a rule that one of the verdicts rests on) choose among them; ranks are
        those among all. ``limit`` is at most ``limits.export``.
        """
        if rule is not None:
            self.rules.rule(rule)
        look = await self.look(place, chain=chain, as_of=as_of)
        found = await self._gaps_of(look)
        chosen = [
            gap
            for gap in found.gaps
            if (status is None or gap.cell.status.value == status)
            and (rule is None or rule in _rules_of(gap.cell))
        ]
        return await self._citing(
            GapList(
                chain=look.named,
                place=look.place,
                as_of=look.index.day,
                items=chosen[: self._length(limit)],
                total=len(chosen),
                notes=found.notes,
            )
        )

    async def gap(self, gap: str, *, as_of: str | None = None) -> Gap:
        """A gap by its id or ``SEGMENT@PLACE``, ranked among those of its chain and place.

        Raises ``NotFound`` for what is none; where nobody knows, it names the list of what to ask.
        """
        look, segment = await self.look_at(gap, as_of)
        key = gap_id(segment, look.place.id)
        found = next((one for one in (await self._gaps_of(look)).gaps if one.id == key), None)
        if found is None:
            cell = await self.cell(gap, as_of=as_of)
            zh, en = cell.status.label.zh, cell.status.label.en
            ask_zh, ask_en = _to_ask(look, cell)
            raise NotFound(
                f"{gap} 不是缺口：{cell.segment.caption}在{cell.place.caption}现状为{zh}，没有风险{ask_zh} · "
                f"{gap} is no gap: its status is {en} and it is at no risk{ask_en}",
                found=gap,
                status=cell.status.value,
            )
        return found

    async def cell(self, gap: str, *, as_of: str | None = None) -> Cell:
        """The verdicts on a link in a place, a gap or not, by its id or ``SEGMENT@PLACE``."""
        look, segment = await self.look_at(gap, as_of)
        return await asyncio.to_thread(
            cell_of, look.index, self.rules, segment, look.place.id, chain=look.chains[0]
        )

    async def worklist(
        self, place: str, *, chain: str | None = None, as_of: str | None = None, limit: int | None = None
    ) -> Worklist:
        """What to ask whom where a link that matters is unknown or undecided, most important first."""
        look = await self.look(place, chain=chain, as_of=as_of)
        tasks = tasks_of(look.index, await self._panoramas(look))
        return await self._citing(
            Worklist(
                chain=look.named,
                place=look.place,
                as_of=look.index.day,
                items=tasks[: self._length(limit)],
                total=len(tasks),
            )
        )

    async def what_if(
        self,
        chain: str,
        place: str,
        supposed: Supposed,
        *,
        steps: int = STEPS,
        as_of: str | None = None,
    ) -> WhatIf:
        """A chain in a place before and after what is supposed; ``NotFound`` for ids not recorded."""
        supposed.check()
        await asyncio.gather(*(existing(self.reader, one) for one in supposed.named))
        look = await self.look(place, chain=chain, as_of=as_of)
        index = await self._with_firms(look.index, [firm for firm, _ in supposed.added])
        return await asyncio.to_thread(
            what_if, index, self.rules, look.chains[0], look.place.id, supposed, steps=steps
        )

    async def _with_firms(self, index: Index, firms: Sequence[str]) -> Index:
        """The index with what is known of ``firms`` besides: none of its facts may name them."""
        strangers = sorted(set(firms) - index.facts.firms.keys())
        if not strangers:
            return index
        rows = await self.reader.rows("gap_firms", {"ids": strangers, "day": index.day})
        more = {row["node"]["id"]: made.firm(row, index.day) for row in rows}
        return await asyncio.to_thread(Index, replace(index.facts, firms={**index.facts.firms, **more}))

    async def resilience(self, chain: str, place: str, *, as_of: str | None = None) -> Resilience:
        """How the supply net of a chain in a place hangs together."""
        look = await self.look(place, chain=chain, as_of=as_of)
        return await asyncio.to_thread(resilience, look.index, look.chains[0], look.place.id)

    async def lists(self, chain: str, place: str, *, as_of: str | None = None) -> Lists:
        """The facts of the lists that an office hands in."""
        look = await self.look(place, chain=chain, as_of=as_of)
        return await lists_of(self.reader, look.index, look.chains[0], look.place.id)

    async def look(self, place: str, *, chain: str | None = None, as_of: str | None = None) -> Look:
        """What is meant by a place and a chain (``None``: all chains that have segments), with the facts."""
        return await self._looks.at(place, chain, as_of)

    async def look_at(self, gap: str, as_of: str | None = None) -> tuple[Look, str]:
        """What is meant by the id of a gap: its chain and place with the facts, and its segment (id)."""
        return await self._looks.at_gap(gap, as_of)

    async def chains(self) -> list[Ref]:
        """The chains that have segments, by id."""
        return await self._looks.chains()

    async def index(self, chains: Sequence[str], day: str) -> Index:
        """The facts about chains (ids) on a day (ISO), read once while the graph stays as it is."""
        return await self._looks.index(chains, day)

    async def _gaps_of(self, look: Look) -> _Ranked:
        """All gaps of the chains in the place, counted and ranked; kept while the graph stays as it is."""

        async def make() -> _Ranked:
            panoramas = await self._panoramas(look)
            cells = [cell for answer in panoramas for cell in gap_cells(answer)]
            gaps = await counted(self.reader, look.index, self.rules, cells, self._search)
            return _Ranked(gaps, _notes(panoramas))

        return await self._ranked.get(look.stamp, (*look.chains, look.place.id, look.index.day), make)

    async def _findings_of(self, look: Look) -> Found:
        """What the rules found in the chain and place; kept while the graph stays as it is."""

        async def make() -> Found:
            around, day = look.index.around(look.place.id), look.index.day
            return await findings(self.reader, self.rules, look.chains[0], _inside(look), day, around=around)

        return await self._found.get(look.stamp, (look.chains[0], look.place.id, look.index.day), make)

    async def _panoramas(self, look: Look) -> list[Panorama]:
        """The panorama of each chain, without what is read from the graph besides."""

        def make() -> list[Panorama]:
            return [panorama_of(look.index, self.rules, chain, look.place.id) for chain in look.chains]

        return await asyncio.to_thread(make)

    def _length(self, limit: int | None) -> int:
        return max(1, min(self.limits.list_size if limit is None else limit, self.limits.export))

    async def _citing(self, answer: _C) -> _C:
        return answer.model_copy(update={"cited": await cited(self.reader, sources_in(answer))})


def _inside(look: Look) -> list[str]:
    """The place, then all places and parks in it."""
    index, here = look.index, look.place.id
    covered = index.facts.zones.get(here, (here,))
    found = {place for one in covered for place in index.facts.places.subtree(one)}
    found |= {key for key, park in index.facts.parks.items() if index.inside(park.places, (key,), here)}
    return [here, *sorted(found - {here})]


def _to_ask(look: Look, cell: Cell) -> tuple[str, str]:
    """Where nobody knows how a link stands: the command that lists what to ask, in Chinese and English."""
    if cell.status.value not in _UNDECIDED:
        return "", ""
    chain, place = look.chains[0].partition("/")[2], look.place.id.removeprefix("place/")
    command = f"lianpu worklist --chain {chain} --place {place}"
    return f"；不知道不等于没有缺口，该问谁见 {command}", f"; that is not the same as no gap, see {command}"


def _rules_of(cell: Cell) -> set[str]:
    """The rules that the verdicts on a cell rest on."""
    bases = [cell.status.basis, cell.role.basis]
    bases += [risk.basis for risk in cell.risks] + [action.basis for action in cell.actions]
    return {basis.rule for basis in bases}


def _notes(panoramas: Sequence[Panorama]) -> list[Text]:
    """What several answers cannot know, each told once."""
    return list({note.zh: note for answer in panoramas for note in answer.notes}.values())
