"""Clues 线索: reasons to think that a firm makes what is wanted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from graph.gaps.candidate_models import How
from graph.gaps.candidates.citing import Evidence
from graph.gaps.facts import Work
from graph.gaps.index import Index
from graph.repository.models import Text


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a segment, those that are part of it (``anchors``), and names of products."""

    segment: str
    anchors: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason.

    ``status`` is that of the work by which the firm was found, ``work`` that work where it is in a segment
    wanted. ``by_name``: the firm's own list of products says so; what stands for the firm stands for this.
    """

    how: How
    wanted: str
    found: str
    facts: tuple[Evidence, ...] = ()
    status: str | None = None
    work: Work | None = None
    by_name: bool = False


@dataclass(slots=True)
class Gathered:
    """Clues by firm, for one segment wanted; ``cut`` says what a bound left out."""

    clues: dict[str, list[Clue]] = field(default_factory=lambda: defaultdict(list))
    cut: list[Text] = field(default_factory=list)


def wanted_of(index: Index, segment: str) -> Wanted:
    """What a segment of the facts wants: its products and those of its parts, by their names and its own."""
    anchors = index.segments.below(segment)
    known = [index.facts.segments[key] for key in anchors if key in index.facts.segments]
    return Wanted(
        segment, anchors, tuple(dict.fromkeys(text for s in known for text in (s.name, *s.products)))
    )
