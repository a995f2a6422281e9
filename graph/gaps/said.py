"""What is said of a segment in a place: which statements stand, which were filled, which only go beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.gaps.facts import Remark, Span, Work
from graph.gaps.index import Index


@dataclass(frozen=True, slots=True)
class Said:
    """Statements about a segment in a place.

    Attributes
    ----------
    missing, weak : those that stand: no later filling is told.
    strength : of the place, or of a firm that is at work there.
    filled : tells that a gap was filled, the latest; ``None`` where none does.
    ended : what stands no more by a filling.
    """

    missing: tuple[Remark, ...] = ()
    weak: tuple[Remark, ...] = ()
    strength: tuple[Remark, ...] = ()
    filled: Remark | None = None
    ended: tuple[Remark, ...] = ()

    @property
    def any(self) -> bool:
        """Whether something is said that counts."""
        return bool(self.missing or self.weak or self.strength or self.filled)


_NOTHING = Said()


def said_of(index: Index, segment: str, place: str, here: Callable[[], Sequence[Work]]) -> Said:
    """The statements about ``segment`` in ``place``; ``here``: who is at work there, asked only if needed."""
    remarks = index.remarks(segment)
    if not remarks:
        return _NOTHING
    around = set(index.around(place))
    gaps = [r for r in remarks if r.kind != "strength" and is_of_place(r)]
    filling = [r for r in gaps if is_filling(r, index.day) and not around.isdisjoint(areas_of(r))]
    missing = [r for r in gaps if r.gap_kind == "missing" and not around.isdisjoint(areas_of(r))]
    weak = [r for r in gaps if r.gap_kind == "weak" and place in areas_of(r)]
    ended = {r.key: by for r in (*missing, *weak) if (by := ends(index, r, filling, around))}
    told = {by.key: by for some in ended.values() for by in some}
    told.update({r.key: r for r in filling if place in areas_of(r)})
    return Said(
        tuple(r for r in missing if r.key not in ended),
        tuple(r for r in weak if r.key not in ended),
        tuple(_strengths(remarks, place, here)),
        max(told.values(), key=_when, default=None),
        tuple(r for r in (*missing, *weak) if r.key in ended),
    )


def is_of_place(remark: Remark) -> bool:
    """Whether it speaks of a place (or does not say of whom), not of a firm or the nation."""
    return remark.subject_kind in ("place", None)


def areas_of(remark: Remark) -> tuple[str, ...]:
    """The places, parks and zones that it is about."""
    return (*remark.places, *remark.parks, *remark.zones)


def is_filling(remark: Remark, day: str) -> bool:
    """Whether it tells of a gap that somebody had filled by ``day``."""
    told = remark.gap_kind == "filled" or remark.filled_by is not None or remark.filled_on is not None
    return told and (remark.filled_on is None or remark.filled_on.first <= day)


def filled_when(remark: Remark) -> Span | None:
    """When the gap was filled; where that is not told, the date of the statement."""
    return remark.filled_on or remark.date


def ends(index: Index, gap: Remark, filling: Sequence[Remark], around: set[str]) -> list[Remark]:
    """Which of ``filling`` end ``gap``.

    They tell of the place or of one that holds it, within what the gap is about, and not surely of a time
    before the gap was stated.
    """
    about = areas_of(gap)
    return [
        by
        for by in filling
        if by is gap
        or (
            not _is_newer(gap.date, filled_when(by))
            and any(a in around and not set(index.around(a)).isdisjoint(about) for a in areas_of(by))
        )
    ]


def _is_newer(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one.first > other.last


def _when(remark: Remark) -> tuple[str, str]:
    when = filled_when(remark)
    return when.last if when else "", remark.key


def _strengths(remarks: Sequence[Remark], place: str, here: Callable[[], Sequence[Work]]) -> list[Remark]:
    found = [r for r in remarks if r.kind == "strength"]
    if not found:
        return []
    of_firms = [r for r in found if r.subject_kind == "firm"]
    firms = {f for w in here() for f in (*w.firms, w.site)} if of_firms else set()
    return [
        r
        for r in found
        if (is_of_place(r) and place in areas_of(r))
        or (r.subject_kind == "firm" and not firms.isdisjoint(r.firms))
    ]
