"""The firms that are known, made ready to be asked about: names, codes, and candidates for a name."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from ingest.match.grams import Postings, Rows, grams, weight
from ingest.match.normal import NameParts, name_parts
from ingest.match.record import FirmRecord
from ingest.match.texts import Texts
from ingest.places.records import PlaceRecord, city_of, level_of, province_of
from ingest.places.words import PlaceWords, words_of

#: Rows taken in for one pair when better ones gave candidates already, and at most.
_COMMON, _MOST = 3_000, 60_000
#: What the same place adds to the likeness (0 to 1) by which candidates are chosen.
_SAME_CITY, _SAME_COUNTY = 0.05, 0.1


class MatchIndex:
    """Built with ``MatchIndex.build``; asked with ``Matcher`` of ``ingest.match.matcher``, by one thread.

    A million firms of one name each take about half a GB. Names are kept as texts and taken apart again when
    they are candidates; what is searched are flat arrays.
    """

    words: PlaceWords

    def __init__(self, words: PlaceWords) -> None:
        self.words = words
        self._ids, self._names = Texts(), Texts()
        self._owner = array("i")
        self._first = array("i", [0])
        self._places: list[tuple[str, ...]] = []
        self._products: dict[int, tuple[str, ...]] = {}
        self._codes: dict[int, tuple[str, ...]] = {}
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._fulls = array("Q")
        self._usccs: npt.NDArray[np.bytes_] = np.empty(0, "S18")

    @classmethod
    def build(cls, records: Iterable[FirmRecord], places: Iterable[PlaceRecord] | PlaceWords) -> MatchIndex:
        """Take in ``records`` once, in order; ``places`` are those whose names may stand in a firm's name."""
        index = cls(places if isinstance(places, PlaceWords) else words_of(tuple(places)))
        keys = Texts()
        usccs = bytearray()
        known: dict[tuple[str, ...], tuple[str, ...]] = {}
        for number, record in enumerate(records):
            index._ids.append(record.id)
            usccs += record.uscc.encode("ascii", "replace")[:18].ljust(18, b"\0")
            index._places.append(known.setdefault(record.places, record.places))
            if record.products:
                index._products[number] = record.products
            if record.stock_codes:
                index._codes[number] = record.stock_codes
                for code in record.stock_codes:
                    index._by_code[code].append(number)
            for name in dict.fromkeys((record.name, *record.names)):
                parts = name_parts(name, index.words)
                index._names.append(name)
                index._owner.append(number)
                index._fulls.append(_hash(parts.full))
                keys.append(parts.key)
            index._first.append(len(index._owner))
        index._finish(keys, bytes(usccs))
        return index

    def _finish(self, keys: Texts, usccs: bytes) -> None:
        self._postings = Postings((keys[i] for i in range(len(keys))), np.array(self._owner, np.int32))
        self._sums = self._postings.sums()
        self._found = np.zeros(len(keys), np.float32)
        fulls = np.frombuffer(self._fulls, np.uint64) if len(self._fulls) else np.empty(0, np.uint64)
        self._owners = np.array(self._owner, np.int32)
        self._main_place = np.array([_number(places) for places in self._places], np.int32)
        self._placed = sum(map(bool, self._places))
        self._in_place = Counter(
            outer for places in self._places for outer in {o for code in places for o in _around(code)}
        )
        self._full_order = np.argsort(fulls, kind="stable").astype(np.int32)
        self._full_sorted = fulls[self._full_order]
        self._usccs = np.frombuffer(usccs, "S18")
        self._uscc_order = np.argsort(self._usccs, kind="stable").astype(np.int32)
        self._uscc_sorted = self._usccs[self._uscc_order]

    def __len__(self) -> int:
        """Number of firms."""
        return len(self._ids)

    def record(self, number: int) -> FirmRecord:
        """The firm of that number, counted from 0 in the order they were taken in."""
        names = [self._names[i] for i in range(self._first[number], self._first[number + 1])]
        return FirmRecord(
            id=self._ids[number],
            name=names[0],
            names=tuple(names[1:]),
            uscc=bytes(self._usccs[number]).decode("ascii"),
            stock_codes=self._codes.get(number, ()),
            places=self._places[number],
            products=self._products.get(number, ()),
        )

    def with_uscc(self, uscc: str) -> list[int]:
        """Firms with that credit code."""
        if not uscc:
            return []
        wanted = np.bytes_(uscc.encode("ascii", "replace"))
        return _equal(self._uscc_sorted, self._uscc_order, wanted)

    def with_code(self, stock_code: str) -> list[int]:
        """Firms with that stock code."""
        return self._by_code.get(stock_code, [])

    def with_name(self, parts: NameParts) -> list[int]:
        """Firms one of whose names is the same in full."""
        rows = _equal(self._full_sorted, self._full_order, np.uint64(_hash(parts.full)))
        return list(dict.fromkeys(self._owner[row] for row in rows))

    def share(self, place: str) -> float:
        """Which part of the firms whose place is known lies in ``place``; 1 if none does."""
        return self._in_place[place] / self._placed if self._in_place[place] else 1.0

    def near(self, parts: NameParts, places: Sequence[str], most: int) -> list[int]:
        """At most ``most`` firms whose names share rare pairs of characters with ``parts``, likeliest first.

        The pairs of the name's key are taken from the rarest to the commonest; each adds its weight to the
        rows that have it; rows are ranked by what they share as a part of what both have (weighted Jaccard),
        those in the city or county of ``places`` before others that are alike.
        """
        pairs = sorted((self._postings.count(g), g) for g in grams(parts.key))
        pairs = [pair for pair in pairs if pair[0]]
        touched: list[Rows] = []
        total = float(weight([count for count, _ in pairs], self._postings.owners).sum()) if pairs else 0.0
        taken = 0
        for count, gram in pairs:
            if count > (_COMMON if taken >= most else _MOST) and touched:
                break
            rows = self._postings.of(gram)[:_MOST]
            self._found[rows] += float(weight(count, self._postings.owners))
            touched.append(rows)
            taken += len(rows)
        if not touched:
            return []
        rows = np.concatenate(touched)
        shared = self._found[rows]
        likeness = shared / (total + self._sums[rows] - shared + 1.0)
        self._found[rows] = 0
        if wanted := _number(tuple(places)):
            there = self._main_place[self._owners[rows]]
            likeness += _SAME_CITY * (there // 100 == wanted // 100) + _SAME_COUNTY * (there == wanted)
        keep = min(len(rows), 4 * most)
        best = np.argpartition(-likeness, keep - 1)[:keep]
        best = best[np.lexsort((rows[best], -likeness[best]))]
        owners = dict.fromkeys(self._owner[int(row)] for row in rows[best])
        return list(owners)[:most]

    def commonness(self, pairs: Sequence[int]) -> list[int]:
        """For each pair, how many firms have it in a name."""
        return [self._postings.count(gram) for gram in pairs]


def _around(code: str) -> tuple[str, ...]:
    """The code and those of the city and province it lies in."""
    if level_of(code) == "country":
        return (code,)
    return tuple(dict.fromkeys((code, city_of(code), province_of(code))))


def _number(places: tuple[str, ...]) -> int:
    """The first place as a number, 0 if there is none in China."""
    first = places[0][:6] if places else ""
    return int(first) if first.isascii() and first.isdigit() else 0


def _hash(full: str) -> int:
    digest = hashlib.blake2b(full.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _equal(ordered: npt.NDArray[np.generic], order: npt.NDArray[np.int32], wanted: np.generic) -> list[int]:
    start, end = (
        np.searchsorted(ordered, [wanted, wanted], "left")[0],
        np.searchsorted(ordered, wanted, "right"),
    )
    return [int(i) for i in order[start:end]]
