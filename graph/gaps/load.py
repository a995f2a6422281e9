"""Facts about some chains on a day, read in a handful of queries however many places they lie in."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from graph.gaps import rows as made
from graph.gaps.facts import Fact, Facts, TitleFact
from graph.gaps.turning import turning_areas, turning_firms
from graph.gaps.where import Gazetteer, gazetteer
from graph.gaps.works import work
from graph.repository.reader import Reader, Row

#: Ids that one query names, by query: more are asked for in several.
_MOST_AT_ONCE: Final = 1000
_AT_ONCE: Final = {"gap_works": 100}
_LOCAL_RATE: Final = "local_rate"
_LEADS: Final = "DESIGNATED_CHAIN_LEADER|FLAGSHIP_IN"
#: By what a lead is stated, as in ``Lead.stated``.
_STATED: Final = {"designation": "DESIGNATED_CHAIN_LEADER", "verified": "verified"}

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class _Ask:
    """Queries about lists of ids, however long."""

    reader: Reader

    async def __call__(
        self, name: str, ids: Iterable[str], params: Mapping[str, Any] | None = None, /, **words: str | int
    ) -> list[Row]:
        """The rows of the query ``name`` about ``ids``, some of them at a time; ``params`` besides these."""
        listed, size = sorted(ids), _AT_ONCE.get(name, _MOST_AT_ONCE)
        parts = await asyncio.gather(
            *(
                self.rows(name, {"ids": listed[at : at + size], **(params or {})}, **words)
                for at in range(0, len(listed), size)
            )
        )
        return [row for part in parts for row in part]

    async def rows(self, name: str, params: Mapping[str, Any], **words: str | int) -> list[Row]:
        """The rows of the query ``name``."""
        return await self.reader.rows(name, params, most=self.reader.limits.facts, **words)


async def load_facts(
    reader: Reader,
    chains: Sequence[str],
    day: str,
    where: Gazetteer | None = None,
    *,
    turning: bool = False,
) -> Facts:
    """All facts that verdicts about ``chains`` rest on, as they were known on ``day``.

    Parameters
    ----------
    reader : asks the queries; each may answer at most ``limits.facts`` rows.
    chains : ids of chains; one that is not recorded is not among those of the answer.
    where : the places and parks there are on ``day``, if they were read before.
    day : ISO day. A fact whose date begins after it, or that held no longer, is left out. Which firm operates
        a site and where it stands are as on that day where that is recorded, else as they are known.
    turning : of work only that on which a status of the chains can turn (``graph.gaps.turning``), and of
        leaders only those that a source calls so: what a table of all statuses needs besides counts.

    Returns
    -------
    Facts
        With the segments of the chains, and all that is part of them, there are those that go into them or
        take from them, and the groups and leaders above these; all with everybody at work there, in
        whatever place.

    Raises
    ------
    ReadTooLarge, ReadTimeout, EngineUnavailable
        From the store.
    """
    ask, depth, on_day = _Ask(reader), reader.limits.depth, {"day": day}
    named, own, flows, zone_rows, known = await asyncio.gather(
        ask("entities", chains),
        ask("gap_segments", chains, DEPTH=depth),
        ask("gap_inputs", chains, DEPTH=depth),
        ask.rows("gap_zones", {}),
        _known(reader, day, where),
    )
    inputs = _facts(flows, lambda row: made.input_(row, day))
    segments = {s.id: s for s in map(made.segment, own)}
    ends = {end for i in inputs for end in (i.source, i.target)} - set(segments)
    others = await ask("gap_segments", ends, DEPTH=depth)
    segments |= {s.id: s for s in map(made.segment, others) if s.id not in segments}
    beside = {c for s in segments.values() for c in s.chains} - set(chains)
    subjects = {*segments, *chains, *beside}
    all_works = [] if turning else segments
    work_rows, statements, coverages, rates, projects, lead_rows, positions, also = await asyncio.gather(
        ask("gap_works", all_works, on_day),
        ask("gap_about", subjects, CLASS="Statement", REL="ABOUT"),
        ask("gap_about", subjects, CLASS="Coverage", REL="COVERS"),
        ask("gap_rates", subjects, {"metric": _LOCAL_RATE}),
        ask("gap_projects", segments),
        ask("gap_leads", subjects, {"hearsay": not turning, **_STATED}, RELS=_LEADS),
        ask("gap_positions", subjects),
        ask("entities", beside),
    )
    parks, zones = known.by_park, _grouped((r["zone"], r["place"]) for r in zone_rows)
    operators = await _operators(ask, day, work_rows, statements)
    leads = _facts(lead_rows, lambda row: made.lead(row, day))
    remarks = _facts(statements, lambda row: made.remark(row, day, operators))
    declarations = _facts(coverages, lambda row: made.declaration(row, day))
    if turning:
        said = Facts(
            day=day, chains={}, places=known.tree, segments=segments, parks=parks, zones=zones,
            remarks=remarks, declarations=declarations, leads=leads,
        )  # fmt: skip
        work_rows = await _turning_works(ask, said, [row["node"]["id"] for row in own])
        operators |= {row["site"]["id"]: tuple(row["firms"]) for row in work_rows}
    built = _facts(projects, lambda row: made.project(row, day, parks))
    at_work = {f for row in work_rows for f in row["firms"]} | {x.firm for x in leads}
    named_too = {f for x in remarks for f in x.firms} | {f for x in built for f in x.firms}
    firm_rows, titles = await asyncio.gather(
        ask("gap_firms", at_work | named_too, on_day),
        _titles(ask, day, at_work, operators),
    )
    firms = {f.id: f for f in sorted((made.firm(row, day) for row in firm_rows), key=lambda f: f.id)}
    return Facts(
        day=day,
        chains=_captions(named),
        other_chains=_captions(also),
        places=known.tree,
        segments=dict(sorted(segments.items())),
        firms=firms,
        parks=parks,
        zones=zones,
        works=_facts(work_rows, lambda row: work(row, day, firms, parks)),
        remarks=remarks,
        declarations=declarations,
        inputs=inputs,
        projects=built,
        leads=leads,
        titles=titles,
        positions=_facts(positions, lambda row: made.positioned(row, day, parks, zones)),
        rates=_facts(rates, lambda row: made.rate(row, day)),
    )


async def _known(reader: Reader, day: str, where: Gazetteer | None) -> Gazetteer:
    return await gazetteer(reader, day) if where is None else where


async def _turning_works(ask: _Ask, said: Facts, segments: Iterable[str]) -> list[Row]:
    """The work in ``segments`` on which a status can turn by what is ``said``."""
    on_day = {"day": said.day}
    asked = [{"id": s, "within": sorted(within)} for s, within in turning_areas(said).items()]
    firms, sites = (set(made.of_class(turning_firms(said), cls)) for cls in ("firm", "site"))
    standing, operated = await asyncio.gather(
        ask.rows("gap_standing", {"asked": asked, **on_day}), ask("gap_operated", firms, on_day)
    )
    sites |= {str(row["site"]) for row in (*standing, *operated)}
    return await ask("gap_site_works", sites, {"segments": sorted(segments), **on_day})


async def _operators(
    ask: _Ask, day: str, works: Iterable[Row], statements: Iterable[Row]
) -> dict[str, tuple[str, ...]]:
    """The firms of every site that is at work or of which a statement speaks."""
    known = {row["site"]["id"]: tuple(row["firms"]) for row in works}
    spoken_of = {a for row in statements for a in made.of_class(row["about"], "site")} - set(known)
    found = await ask("gap_operators", spoken_of, {"day": day})
    return known | _grouped((row["site"], row["firm"]) for row in found)


async def _titles(
    ask: _Ask, day: str, firms: Iterable[str], operators: Mapping[str, tuple[str, ...]]
) -> tuple[TitleFact, ...]:
    """The titles of firms; one that a site holds is held by the firms that operate it."""
    found = await ask("gap_titles", {*firms, *operators})
    held = {
        (str(row["node"]["id"]), firm): made.title(row, firm, day)
        for row in found
        for firm in operators.get(row["holder"], (row["holder"],))
    }
    return tuple(fact for _, fact in sorted(held.items()) if fact is not None)


def _facts(rows: Iterable[Row], make: Callable[[Row], F | None]) -> tuple[F, ...]:
    """The facts of the rows that speak of the day, each once, by key."""
    found = {fact.key: fact for row in rows if (fact := make(row)) is not None}
    return tuple(fact for _, fact in sorted(found.items()))


def _captions(rows: Iterable[Row]) -> dict[str, str]:
    return {row["node"]["id"]: row["node"]["caption"] for row in rows}


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: tuple(sorted(values)) for key, values in sorted(found.items())}
