"""Segments as a tree (or a forest with shared branches): what is part of what, and of which chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from graph.gaps.facts import Facts

_POSITIONS: Final = ("upstream", "midstream", "downstream", "support")


class Segments:
    """Look-ups along PART_OF. A parent that is not among the facts counts as none."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._children: dict[str, list[str]] = defaultdict(list)
        for key, segment in sorted(facts.segments.items()):
            for parent in segment.parents:
                if parent in facts.segments and parent != key:
                    self._children[parent].append(key)
        self._above: dict[str, tuple[str, ...]] = {}
        self._below: dict[str, tuple[str, ...]] = {}
        self._chains: dict[str, tuple[str, ...]] = {}

    def is_leaf(self, segment: str) -> bool:
        """Whether nothing is part of ``segment``."""
        return segment not in self._children

    def above(self, segment: str) -> tuple[str, ...]:
        """The groups above, the nearest first."""
        if segment not in self._above:
            self._above[segment] = self._walk(segment, self._parents)[1:]
        return self._above[segment]

    def below(self, segment: str) -> tuple[str, ...]:
        """``segment`` and all that is part of it."""
        if segment not in self._below:
            self._below[segment] = self._walk(segment, lambda key: self._children.get(key, ()))
        return self._below[segment]

    def leaves(self, segment: str) -> tuple[str, ...]:
        """Those below of which nothing is part; of a leaf, itself."""
        return tuple(key for key in self.below(segment) if self.is_leaf(key))

    def chains_of(self, segment: str) -> tuple[str, ...]:
        """The chains that have ``segment`` or a group above it, by id."""
        if segment not in self._chains:
            known = self._facts.segments
            keys = (segment, *self.above(segment))
            self._chains[segment] = tuple(sorted({c for k in keys if k in known for c in known[k].chains}))
        return self._chains[segment]

    def of_chain(self, chain: str) -> tuple[str, ...]:
        """The segments of ``chain``, with all that is part of them: upstream first, then by parent and id."""
        own = [s for key, s in self._facts.segments.items() if chain in self.chains_of(key)]

        def order(key: str) -> tuple[int, tuple[str, ...], str]:
            segment = self._facts.segments[key]
            at = _POSITIONS.index(segment.position) if segment.position in _POSITIONS else len(_POSITIONS)
            return at, segment.parents, key

        return tuple(sorted((s.id for s in own), key=order))

    def _parents(self, key: str) -> tuple[str, ...]:
        segment = self._facts.segments.get(key)
        return () if segment is None else tuple(p for p in segment.parents if p in self._facts.segments)

    @staticmethod
    def _walk(start: str, step: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
        found = [start]
        for key in found:  # grows while it is read: breadth first
            found += [near for near in dict.fromkeys(step(key)) if near not in found]
        return tuple(found)
