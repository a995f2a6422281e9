"""An investor is here: which links it could fill, which parks suit, whom to meet, what forbids."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from graph.errors import BadInput, NotFound
from graph.gaps.candidate_models import How, Match
from graph.gaps.candidates.citing import Evidence, both, of_props, shown
from graph.gaps.candidates.details import WorkElsewhere, read_details
from graph.gaps.candidates.fit_models import Fit, FitList, ParkFit, Partner
from graph.gaps.candidates.homes import Home, read_homes
from graph.gaps.candidates.scores import Scores
from graph.gaps.candidates.texts import how_alike
from graph.gaps.candidates.words import HOW_LABELS
from graph.gaps.index import Index
from graph.gaps.models import Role, Status
from graph.gaps.role import role_of
from graph.gaps.rules import Rules
from graph.gaps.status import status_of
from graph.gaps.words import fact_ref
from graph.repository.models import Ref
from graph.repository.reader import Reader
from graph.repository.sources import cited, sources_in
from graph.search.normal import normal

#: Products of an investor that are looked at, and characters of the name of one.
MOST_MADE: Final = 100
_MOST_CHARS: Final = 100
_MOST_PRODUCTS: Final = 10_000
#: Names that are merely similar would suit half a chain: they do not count here.
_NEVER_SIMILAR: Final = 2.0
_ROLES: Final[tuple[Role, ...]] = ("main", "support", "listed", "none", "unfit")
_STATUSES: Final[tuple[Status, ...]] = ("missing", "weak", "partly_unknown", "unknown", "recorded", "strong")


@dataclass(frozen=True, slots=True)
class _Made:
    """Something that the investor makes: ``product`` is its id, ``segment`` one that it works in."""

    name: str
    facts: tuple[Evidence, ...] = ()
    product: str | None = None
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    how: How
    wanted: str
    made: _Made


async def fit(
    reader: Reader,
    index: Index,
    rules: Rules,
    place: str,
    *,
    firm: str | None = None,
    product: str | None = None,
    limit: int | None = None,
) -> FitList:
    """The segments of the index's chains that a firm, or the maker of a product, could fill in ``place``.

    Parameters
    ----------
    firm : id of a firm. product : what is made, by its name; one of the two is needed, both may be given.
    place : id of a place, park or zone.

    Raises
    ------
    BadInput
        Neither a firm nor a product.
    NotFound
        No firm has that id.
    ReadTooLarge, ReadTimeout, EngineUnavailable
        From the store.
    """
    if firm is None and not (product or "").strip():
        raise BadInput(
            "要写企业或产品 · a firm or a product is needed",
            field="firm",
            found=None,
            expected="firm, product",
        )
    home, made = await _made(reader, index, firm, product)
    wanted = await _wanted(reader, index)
    found = {
        s: best for s in index.facts.segments if (best := _best(index, rules, s, wanted.get(s, {}), made))
    }
    fits = await asyncio.to_thread(_fits, index, rules, place, found)
    answer = FitList(
        firm=None if home is None else home.firm,
        makes=list(dict.fromkeys(one.name for one in made)),
        place=index.ref(place),
        as_of=index.day,
        items=fits[: reader.limits.list_length(limit)],
        total=len(fits),
    )
    return answer.model_copy(update={"cited": await cited(reader, sources_in(answer))})


async def _made(
    reader: Reader, index: Index, firm: str | None, product: str | None
) -> tuple[Home | None, list[_Made]]:
    """What the firm is recorded to make, and what it is said to make."""
    said = [] if product is None or not product.strip() else [_Made(product.strip()[:_MOST_CHARS])]
    if firm is None:
        return None, said
    homes, details, rows = await asyncio.gather(
        read_homes(reader, [firm], index.day),
        read_details(reader, [firm], index.day),
        reader.outgoing([firm], "MAKES", day=index.day, most=min(MOST_MADE, reader.limits.rows)),
    )
    home = homes.get(firm)
    if home is None:
        raise NotFound(f"没有企业 {firm[:80]} · there is no firm {firm[:80]}", found=firm[:80])
    recorded = []
    for row in rows:
        name = str(row["node"]["caption"])
        if fact := of_props(row["link"], index.day, "MAKES", partial(both, name)):
            recorded.append(_Made(name, (fact,), product=row["node"]["id"]))
    recorded += [_Made(text, (home.fact,)) for text in home.products]
    recorded += [_worked(work) for work in (details[firm].works if firm in details else ())]
    return home, [*said, *recorded[:MOST_MADE]]


def _worked(work: WorkElsewhere) -> _Made:
    return _Made(work.name, (work.fact,), segment=work.segment)


async def _wanted(reader: Reader, index: Index) -> Mapping[str, Mapping[str, str]]:
    """The products that each segment makes, id to name."""
    params = {"ids": sorted(index.facts.segments), "limit": _MOST_PRODUCTS}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in await reader.rows("candidate_products", params, most=_MOST_PRODUCTS):
        if of_props(row["link"], index.day, "MAKES", partial(both, row["name"])):
            found[row["segment"]][row["product"]] = row["name"]
    return found


def _best(
    index: Index, rules: Rules, segment: str, products: Mapping[str, str], made: Iterable[_Made]
) -> _Found | None:
    """What of ``made`` suits the segment best."""
    scores = Scores(rules, (), ())
    known = index.facts.segments[segment]
    terms = dict.fromkeys((known.name, *known.products, *products.values()))
    found: list[_Found] = []
    for one in made:
        if one.segment is not None:
            if one.segment == segment:
                found.append(_Found("segment", known.name, one))
            continue
        if one.product is not None and one.product in products:
            found.append(_Found("product", products[one.product], one))
        text = normal(one.name)
        ways = ((term, how_alike(normal(term), text, _NEVER_SIMILAR)) for term in terms)
        found += [_Found(how, term, one) for term, how in ways if how is not None]
    order = {how: at for at, how in enumerate(HOW_LABELS)}
    return min(found, key=lambda f: (-scores.match(f.how), order[f.how], f.made.name), default=None)


def _fits(index: Index, rules: Rules, place: str, found: Mapping[str, _Found]) -> list[Fit]:
    fits = [_fit(index, rules, segment, place, best) for segment, best in found.items()]

    def key(one: Fit) -> tuple[bool, float, int, int, str]:
        role, status = one.role.value, one.status.value
        at = (_ROLES.index(role), _STATUSES.index(status))
        return (role == "unfit", -one.match.value, *at, one.segment.id)

    return sorted(fits, key=key)


def _fit(index: Index, rules: Rules, segment: str, place: str, best: _Found) -> Fit:
    scores = Scores(rules, index.chains_of(segment), index.around(place))
    return Fit(
        segment=index.ref(segment),
        chains=[index.ref(chain) for chain in index.chains_of(segment)],
        match=Match(
            how=best.how,
            label=HOW_LABELS[best.how],
            value=scores.match(best.how),
            wanted=best.wanted,
            found=best.made.name,
            facts=shown(best.made.facts),
        ),
        status=status_of(index, rules, segment, place),
        role=role_of(index, rules, segment, place),
        here=[index.ref(f) for f in index.firms(index.at_work(segment, place))],
        partners=_partners(index, segment, place),
        parks=_parks(index, segment, place),
    )


def _partners(index: Index, segment: str, place: str) -> list[Partner]:
    """The segments on the other side of INPUT_TO with somebody at work in the place."""
    found = []
    flows = [("feeds", flow, flow.target) for flow in index.users(segment)]
    flows += [("buys", flow, flow.source) for flow in index.inputs(segment)]
    for way, flow, other in flows:
        if firms := index.firms(index.at_work(other, place)):
            found.append(
                Partner(
                    way="feeds" if way == "feeds" else "buys",
                    segment=index.ref(other),
                    firms=[index.ref(firm) for firm in firms],
                    fact=fact_ref(index, flow),
                )
            )
    return found


def _parks(index: Index, segment: str, place: str) -> list[ParkFit]:
    """The parks in the place, or the place itself where it is a park, that are positioned for the segment."""
    about: Sequence[str] = (segment, *index.parents_all(segment), *index.chains_of(segment))
    found: dict[str, ParkFit] = {}
    for key in about:
        for fact in index.positions(key):
            park = index.facts.parks.get(fact.subject)
            if park is not None and index.inside(park.places, (park.id,), place):
                ref: Ref = index.ref(park.id)
                found.setdefault(park.id, ParkFit(park=ref, role=fact.role, fact=fact_ref(index, fact)))
    return list(found.values())
