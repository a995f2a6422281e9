"""Pairs of neighbouring characters, and which texts have them: an inverted index in flat arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

_BATCH = 100_000
#: A code point has at most 21 bits.
_SHIFT = 21


def grams(text: str) -> list[int]:
    """The distinct pairs of ``text`` as numbers, in the order of the text; one of a text of one character."""
    codes = [ord(c) for c in text]
    if len(codes) == 1:
        return [codes[0]]
    return list(dict.fromkeys(a << _SHIFT | b for a, b in pairwise(codes)))


class Postings:
    """Which rows have a pair, by pair: ``of(gram)`` is a sorted array of row numbers.

    Built from texts in row order, in batches, so that memory is eight bytes a pair and a passing copy.
    ``owners`` tells for each row whose text it is, in ascending order; what is counted are owners.
    """

    def __init__(self, texts: Iterable[str], owners: Rows) -> None:
        parts: list[tuple[Ints, Rows]] = []
        self.rows = 0
        for batch in _batches(texts):
            parts.append(_pairs(batch, self.rows))
            self.rows += len(batch)
        keys = np.concatenate([p[0] for p in parts]) if parts else np.empty(0, np.int64)
        rows = np.concatenate([p[1] for p in parts]) if parts else np.empty(0, np.int32)
        parts.clear()
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        self._rows: Rows = rows[order]
        self._keys, starts = np.unique(keys, return_index=True)
        self._starts: Ints = np.append(starts, len(keys)).astype(np.int64)
        self.owners = int(owners[-1]) + 1 if len(owners) else 0
        whose = owners[self._rows]
        first = np.ones(len(keys), bool)
        first[1:] = (keys[1:] != keys[:-1]) | (whose[1:] != whose[:-1])
        self._counts: Ints = np.diff(np.append(0, np.cumsum(first))[self._starts])

    def of(self, gram: int) -> Rows:
        """Rows whose text has the pair."""
        at = self._at(gram)
        return self._rows[self._starts[at] : self._starts[at + 1]] if at >= 0 else self._rows[:0]

    def count(self, gram: int) -> int:
        """How many owners have the pair in a text."""
        at = self._at(gram)
        return int(self._counts[at]) if at >= 0 else 0

    def sums(self) -> Floats:
        """For each row the sum over its pairs of ``weight(count)``."""
        weights = np.repeat(weight(self._counts, self.owners), np.diff(self._starts))
        return np.bincount(self._rows, weights=weights, minlength=self.rows).astype(np.float32)

    def _at(self, gram: int) -> int:
        at = int(np.searchsorted(self._keys, gram))
        return at if at < len(self._keys) and self._keys[at] == gram else -1


def weight(count: npt.ArrayLike, total: int) -> npt.NDArray[np.float64]:
    """How much a pair tells that ``count`` of ``total`` owners have (inverse document frequency, in nats)."""
    return np.log((total + 1) / np.maximum(np.asarray(count, dtype=np.float64), 1)) + 0.1


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _pairs(texts: Sequence[str], first: int) -> tuple[Ints, Rows]:
    """Distinct (pair, row) of some texts, the first being row ``first``."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, np.uint32).astype(np.int64)
    rows = np.repeat(np.arange(len(texts)), lengths)
    together = rows[:-1] == rows[1:]
    keys = (codes[:-1] << _SHIFT | codes[1:])[together]
    owners = rows[:-1][together]
    alone = np.flatnonzero(lengths == 1)
    if len(alone):
        at = np.cumsum(lengths)[alone] - 1
        keys, owners = np.append(keys, codes[at]), np.append(owners, alone)
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    new = np.ones(len(keys), bool)
    new[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
    return keys[new], (owners[new] + first).astype(np.int32)
