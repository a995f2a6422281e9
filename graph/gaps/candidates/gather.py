"""Who makes what a segment makes: by products, kinds of products, product names, and work elsewhere.

Every question starts from the products and segments wanted; no class of entities is looked through.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from graph.gaps.candidate_models import How
from graph.gaps.candidates.citing import Evidence, both, of_props
from graph.gaps.candidates.clues import Clue, Gathered, Wanted
from graph.gaps.candidates.lookup import TextHits, look_up_terms
from graph.gaps.index import Index
from graph.gaps.models import FactRef
from graph.gaps.words import fact_ref
from graph.repository.models import Text
from graph.repository.reader import Reader, Row
from graph.search import LiveSearch

#: Products of segments, kinds of these, and makers of each product, that are looked at.
MOST_PRODUCTS: Final = 5_000
MOST_KINDS: Final = 2_000
MOST_MAKERS: Final = 2_000
#: Sites in other segments that make a product wanted.
MOST_SITES: Final = 5_000
_STEPS: Final = 2
#: Ids that one query names.
_AT_ONCE: Final = 500
_EXACT: Final[tuple[How, ...]] = ("product", "product_text")
_KINDS: Final[tuple[How, How]] = ("narrower", "broader")


@dataclass(frozen=True, slots=True)
class _Lead:
    """Why the makers of a product are wanted, and for which segment."""

    segment: str
    how: How
    wanted: str
    name: str
    facts: tuple[Evidence, ...] = ()


async def gather(
    reader: Reader,
    index: Index,
    wanted: Sequence[Wanted],
    *,
    search: LiveSearch | None,
    similar_from: float,
) -> dict[str, Gathered]:
    """The firms that make what is wanted, with why, by segment wanted.

    Parameters
    ----------
    search : where names of products are looked up; without it only relations count.
    similar_from : see ``how_alike``.

    Raises
    ------
    ReadTooLarge, ReadTimeout, EngineUnavailable, TruthStoreError
        From the store and the search index.
    """
    gathering = _Gathering(reader, index, wanted)
    return await gathering.run(search, similar_from)


class _Gathering:
    def __init__(self, reader: Reader, index: Index, wanted: Sequence[Wanted]) -> None:
        self.reader, self.index, self.day = reader, index, index.day
        self.found = {w.segment: Gathered() for w in wanted}
        self.by_anchor: dict[str, list[str]] = defaultdict(list)
        self.by_term: dict[str, list[str]] = defaultdict(list)
        for w in wanted:
            for anchor in w.anchors:
                self.by_anchor[anchor].append(w.segment)
            for term in w.terms:
                self.by_term[term].append(w.segment)
        self.leads: dict[str, list[_Lead]] = defaultdict(list)
        self.names: dict[str, str] = {}

    async def run(self, search: LiveSearch | None, similar_from: float) -> dict[str, Gathered]:
        texts, _ = await asyncio.gather(
            look_up_terms(search, list(self.by_term), similar_from), self._products()
        )
        self._take_texts(texts)
        await self._kinds()
        await self._makers()
        self._take_works()
        return self.found

    async def _products(self) -> None:
        """Leads by what the segments wanted make."""
        rows = await self._rows("candidate_products", self.by_anchor, limit=MOST_PRODUCTS)
        for row in rows:
            segment, name = self.index.ref(row["segment"]), str(row["name"])
            says = partial(_makes, f"{segment.caption} ", name)
            if fact := of_props(row["link"], self.day, "MAKES", says, segment):
                for root in self.by_anchor[row["segment"]]:
                    self._lead(row["product"], _Lead(root, "product", name, name, (fact,)))
        if len(rows) >= MOST_PRODUCTS:
            self._cut(self.found, "环节的产品", "products of the segments")

    def _take_texts(self, texts: TextHits) -> None:
        """Leads by the names of products, and firms in whose own list of products such a name stands."""
        for hit in texts.hits:
            for root in self.by_term[hit.term]:
                if hit.cls == "Product":
                    self._lead(hit.id, _Lead(root, hit.how, hit.term, hit.text))
                else:
                    self.found[root].clues[hit.id].append(Clue(hit.how, hit.term, hit.text, by_name=True))
        for term in texts.cut:
            self._cut(self.by_term[term], f"名称近于“{term}”的产品", f"products with names like {term}")

    async def _kinds(self) -> None:
        """Leads by kinds of the very products, and by what these are kinds of."""
        exact = {p: [x for x in leads if x.how in _EXACT] for p, leads in self.leads.items()}
        ids = [p for p, leads in exact.items() if leads]
        answers = await asyncio.gather(
            *(self._rows(f"candidate_{how}", ids, limit=MOST_KINDS, DEPTH=_STEPS) for how in _KINDS)
        )
        for how, rows in zip(_KINDS, answers, strict=True):
            for row in rows:
                steps = tuple(partial(_kind_of, rid, str(row["name"])) for rid in row["rids"])
                for lead in exact[row["id"]]:
                    self._lead(row["product"], _Lead(lead.segment, how, lead.wanted, row["name"], steps))
            if len(rows) >= MOST_KINDS:
                self._cut(self.found, "产品的细分或上位", "kinds of products")

    async def _makers(self) -> None:
        """Firms that make a product of the leads, themselves, by a site, or by another segment."""
        rows = await self._rows("candidate_makers", self.leads, limit=MOST_MAKERS)
        made = [(row["product"], maker) for row in rows for maker in row["makers"]]
        operators = await self._operators(maker["maker"] for _, maker in made)
        elsewhere: dict[str, list[_Lead]] = defaultdict(list)
        for product, row in made:
            leads, maker = self.leads[product], str(row["maker"])
            if maker.startswith("segment/"):
                elsewhere[maker] += [x for x in leads if x.how in _EXACT]
                self.names[maker] = row["name"]
            else:
                firms = operators[maker] if maker.startswith("site/") else [maker]
                self._take_maker(row["link"], leads, firms)
        for row in rows:
            if row["total"] > MOST_MAKERS:
                leads = self.leads[row["product"]]
                self._cut(
                    {x.segment for x in leads}, f"{leads[0].name}的生产者", f"makers of {leads[0].name}"
                )
        await self._other_segments(elsewhere)

    async def _operators(self, makers: Iterable[str]) -> dict[str, list[str]]:
        """The firms that operate those makers that are sites."""
        found: dict[str, list[str]] = defaultdict(list)
        sites = [maker for maker in makers if maker.startswith("site/")]
        for row in await self._rows("gap_operators", sites, day=self.day):
            found[row["site"]].append(row["firm"])
        return found

    def _take_maker(self, link: Mapping[str, Any], leads: Iterable[_Lead], firms: Iterable[str]) -> None:
        for lead in leads:
            if fact := of_props(link, self.day, "MAKES", partial(_makes, "", lead.name)):
                for firm in firms:
                    clue = Clue(lead.how, lead.wanted, lead.name, (fact, *lead.facts))
                    self.found[lead.segment].clues[firm].append(clue)

    async def _other_segments(self, leads: dict[str, list[_Lead]]) -> None:
        """Firms at work in segments that make a product wanted and are not wanted themselves."""
        wanted = {
            s: [x for x in found if x.segment not in self.by_anchor.get(s, ())] for s, found in leads.items()
        }
        ids = [s for s, found in wanted.items() if found]
        rows = await self._rows("candidate_sites", ids, day=self.day, limit=MOST_SITES)
        if len(rows) >= MOST_SITES:
            self._cut(self.found, "也出此产品的环节里的基地", "sites in segments that make the product too")
        for row in rows:
            segment, name = row["segment"], self.names[row["segment"]]
            status = row["link"].get("status") or "unknown"
            says = partial(both, f"{row['site']} · {name}")
            fact = of_props(row["link"], self.day, "WORKS_IN", says, own=("as_of",))
            if fact is None:
                continue
            for lead in {(x.segment, x.wanted): x for x in wanted[segment]}.values():
                facts = (fact, *lead.facts)
                clue = Clue("segment_product", lead.wanted, name, facts, status)
                for firm in row["firms"]:
                    self.found[lead.segment].clues[firm].append(clue)

    def _take_works(self) -> None:
        """Firms at work in the segments wanted, wherever."""
        for work in self.index.facts.works:
            for root in self.by_anchor.get(work.segment, ()):
                name = self.index.ref(work.segment).caption
                facts = (partial(fact_ref, self.index, work),)
                clue = Clue("segment", name, work.product or name, facts, work.status, work)
                for firm in work.firms:
                    self.found[root].clues[firm].append(clue)

    def _lead(self, product: str, lead: _Lead) -> None:
        """Keep the best way to a product for each segment and product name wanted."""
        if not any(x.segment == lead.segment and x.wanted == lead.wanted for x in self.leads[product]):
            self.leads[product].append(lead)

    def _cut(self, segments: Iterable[str], zh: str, en: str) -> None:
        note = Text(zh=f"{zh}太多，只看了前面的", en=f"there are more {en} than were looked at")
        for segment in segments:
            if note not in self.found[segment].cut:
                self.found[segment].cut.append(note)

    async def _rows(
        self, name: str, ids: Iterable[str], *, DEPTH: int | None = None, **params: Any
    ) -> list[Row]:
        listed = sorted(set(ids))
        words = {} if DEPTH is None else {"DEPTH": DEPTH}
        parts = await asyncio.gather(
            *(
                self.reader.rows(
                    name,
                    {"ids": listed[at : at + _AT_ONCE], **params},
                    self.reader.limits.facts,
                    **words,
                )
                for at in range(0, len(listed), _AT_ONCE)
            )
        )
        return [row for part in parts for row in part]


def _makes(who: str, name: str) -> Text:
    return Text(zh=f"{who}产出 {name}", en=f"{who}makes {name}")


def _kind_of(rid: str, name: str) -> FactRef:
    return FactRef(key=rid, kind="KIND_OF", says=both(name))
