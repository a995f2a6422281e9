"""The tables themselves: sources, places, products, firms, and six kinds of relations between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import numpy as np

from bench.generated.ends import Ends, Ints, draw_ends, zipf
from bench.generated.rows import Columns, Made, TableWriter, pieces, places_of_faults
from bench.generated.texts import credit_codes, days, firm_names, pick, product_names, short_name

_FIRM_FAULTS = ("no such day", "wrong check character", "unknown place", "no such year")
_RELATION_FAULTS = ("unknown id", "no such year", "no id", "self-loop")
#: What tells apart relations between the same two things.
_TEXTS = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """A relation table: its name, its share of all relations, and what its rows hold.

    ``detail`` is the column beside the common ones, "" for none; ``keyed``: it tells relations apart.
    """

    table: str
    share: float
    detail: str = ""
    keyed: bool = False
    to_products: bool = False


KINDS = (
    Kind("supplies", 0.45, "what", keyed=True),
    Kind("makes", 0.25, to_products=True),
    Kind("owns", 0.12, "share"),
    Kind("cooperates_with", 0.1, "what", keyed=True),
    Kind("invests_in", 0.05, "what"),
    Kind("subsidiary_of", 0.03, "share"),
)


@dataclass(slots=True)
class Generated:
    """What was written: rows by table, relations (those of the firms' place column among them), faults."""

    rows: dict[str, int] = field(default_factory=dict)
    relations: int = 0
    faults: list[Made] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is asked for."""

    firms: int
    relations: int
    faults: float

    @property
    def hub(self) -> int:
        """Relations that meet in one thing: 200,000 of 5,000,000."""
        return self.relations // 25

    @property
    def places(self) -> int:
        return max(3, min(3000, self.firms // 300))

    @property
    def products(self) -> int:
        return max(20, self.firms // 50)


def write_tables(folder: Path, size: Size, seed: int) -> Generated:
    """Write all tables into ``folder``; the same size and seed give the same bytes.

    Raises
    ------
    ValueError
        More relations are asked for than there can be between so few firms, or less than one a firm.
    """
    rest = size.relations - size.firms
    if rest < 0:
        raise ValueError(f"{size.firms} firms have a place each: ask for {size.firms} relations at least")
    writing = _Writing(folder, size, np.random.default_rng(seed))
    writing.entities()
    sound = writing.firms()
    counts = [int(rest * kind.share) for kind in KINDS]
    counts[0] += rest - sum(counts)
    for kind, count in zip(KINDS, counts, strict=True):
        writing.relations(kind, writing.ends(kind, count, sound))
    return writing.done


class _Writing:
    """One run: where to, how much, the numbers drawn, and what was written so far."""

    def __init__(self, folder: Path, size: Size, rng: np.random.Generator) -> None:
        self._folder, self._size, self._rng = folder, size, rng
        self._sources = [f"source/generated-{i:02}" for i in range(20)]
        self._goods = product_names(size.products)
        self.done = Generated()

    def entities(self) -> None:
        """Sources, places and products; none has a fault."""
        names = [f"生成的来源 {i:02}" for i in range(20)]
        grades = [("A", "B", "C")[i % 3] for i in range(20)]
        dates = [f"{2015 + i % 10}-06" for i in range(20)]
        self._whole("sources", {"id": self._sources, "name": names, "grade": grades, "date": dates})
        places = range(self._size.places)
        self._whole(
            "places", {"id": [_place(i) for i in places], "name": [f"生成的地方{i:04}" for i in places]}
        )
        goods = [f"product/g{i}" for i in range(self._size.products)]
        self._whole("products", {"id": goods, "name": self._goods})

    def firms(self) -> Ints:
        """The firms; returns the numbers of those without a fault, to which relations may refer."""
        size, rng = self._size, self._rng
        faulty = places_of_faults(rng, size.firms, size.faults)
        table = TableWriter(self._folder, "firms", list(zip(faulty, cycle(_FIRM_FAULTS), strict=False)))
        names = firm_names(rng, size.firms)
        place = zipf(rng, size.places, size.firms, 0.6)
        place[rng.permutation(size.firms)[: min(size.hub, size.firms // 3)]] = 0
        for part in pieces(size.firms):
            table.write(self._firms(part, names[part], place[part].tolist()))
        self._finish(table)
        self.done.relations += size.firms
        sound = np.ones(size.firms, dtype=bool)
        sound[faulty] = False
        return np.flatnonzero(sound).astype(np.int64)

    def _firms(self, part: slice, names: list[str], places: list[int]) -> Columns:
        rng, goods, count = self._rng, self._goods, len(names)
        codes, coded = credit_codes(rng, count, part.start), (rng.random(count) < 0.8).tolist()
        short = (rng.random(count) < 0.3).tolist()
        made = rng.integers(0, len(goods), (count, 2)).tolist()
        return {
            "id": [_firm(i) for i in range(part.start, part.stop)],
            "name": names,
            "short_name": [short_name(n) if s else "" for n, s in zip(names, short, strict=True)],
            "uscc": [c if has else "" for c, has in zip(codes, coded, strict=True)],
            "founded": days(rng, 1985, 2023, count),
            "products": [f"{goods[a]}|{goods[b]}" for a, b in made],
            "status": pick(rng, ("operating", "operating", "operating", "ceased", ""), count),
            "place": [_place(i) for i in places],
            **self._common(count),
        }

    def ends(self, kind: Kind, count: int, sound: Ints) -> Ends:
        """What the relations of one table run between: ``sound`` firms, and products numbered after them."""
        size, rng = self._size, self._rng
        sources, targets = rng.permutation(sound), rng.permutation(sound)
        hub = min(size.hub, count // 3)
        if kind.to_products:
            return draw_ends(rng, count, sources, size.firms + np.arange(size.products), hub=hub)
        if not kind.keyed:
            return draw_ends(rng, count, sources, targets)
        pairs, repeats = max(1, count // 20_000), max(2, count // 100)
        return draw_ends(rng, count, sources, targets, texts=_TEXTS, hub=hub, pairs=pairs, repeats=repeats)

    def relations(self, kind: Kind, ends: Ends) -> None:
        """One table of relations."""
        rng, first = self._rng, self._size.firms
        kinds = _RELATION_FAULTS[:-1] if kind.to_products else _RELATION_FAULTS
        faulty = places_of_faults(rng, len(ends), self._size.faults)
        table = TableWriter(self._folder, kind.table, list(zip(faulty, cycle(kinds), strict=False)))
        details = self._details(kind)
        chosen = ends.text if kind.keyed else rng.integers(0, _TEXTS, len(ends))
        for part in pieces(len(ends)):
            sources, targets = ends.source[part].tolist(), ends.target[part].tolist()
            columns = {"from": [_firm(i) for i in sources]}
            columns["to"] = [_firm(i) if i < first else f"product/g{i - first}" for i in targets]
            if details:
                columns[kind.detail] = [details[i] for i in chosen[part].tolist()]
            table.write({**columns, **self._common(len(targets))})
        self._finish(table)
        self.done.relations += table.rows

    def _details(self, kind: Kind) -> list[str]:
        """The texts that may stand in the column beside the common ones; none if there is no such column."""
        if kind.detail == "share":
            return [f"{1 + i % 100}%" if i % 3 else f"{1 + i % 99}.{i % 90 + 10}%" for i in range(_TEXTS)]
        goods = self._goods
        texts = [goods[i % len(goods)] + ("" if i < len(goods) else f" 规格{i}") for i in range(_TEXTS)]
        return texts if kind.detail else []

    def _common(self, count: int) -> Columns:
        rng = self._rng
        return {
            "sources": pick(rng, self._sources, count),
            "standing": pick(rng, ("verified", "unverified", "unverified", ""), count),
            "seen_at": days(rng, 2018, 2025, count),
        }

    def _whole(self, table: str, columns: Columns) -> None:
        writer = TableWriter(self._folder, table, ())
        writer.write(columns)
        self._finish(writer)

    def _finish(self, table: TableWriter) -> None:
        table.close()
        self.done.rows[table.path.name] = table.rows
        self.done.faults += table.made


def _firm(number: int) -> str:
    return f"firm/g{number}"


def _place(number: int) -> str:
    return f"place/g{number}"
