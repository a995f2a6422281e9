"""Segments at work in a place that a segment feeds or buys from, by INPUT_TO. Pure."""

from __future__ import annotations

from functools import partial

from graph.gaps.candidates.citing import Evidence
from graph.gaps.index import Index
from graph.gaps.words import fact_ref


class Flows:
    """Look-ups for one place, each made once."""

    def __init__(self, index: Index, place: str) -> None:
        self._index, self._place = index, place
        self._local: dict[str, dict[str, Evidence]] = {}
        self._at_work: dict[str, bool] = {}

    def known(self, segment: str) -> bool:
        """Whether any input or output of the segment, or of its parts, is recorded."""
        return any(self._index.inputs(s) or self._index.users(s) for s in self._index.segments.below(segment))

    def local(self, segment: str) -> dict[str, Evidence]:
        """The segments on the other side that are at work in the place, each with the relation."""
        if segment not in self._local:
            found: dict[str, Evidence] = {}
            for part in self._index.segments.below(segment):
                ends = [(flow, flow.source) for flow in self._index.inputs(part)]
                ends += [(flow, flow.target) for flow in self._index.users(part)]
                for flow, other in ends:
                    if self._is_at_work(other):
                        found.setdefault(other, partial(fact_ref, self._index, flow))
            self._local[segment] = found
        return self._local[segment]

    def _is_at_work(self, segment: str) -> bool:
        if segment not in self._at_work:
            below = self._index.segments.below(segment)
            self._at_work[segment] = any(self._index.at_work(s, self._place) for s in below)
        return self._at_work[segment]
