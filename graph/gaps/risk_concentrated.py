"""Concentration by capacity: the Herfindahl-Hirschman index, the sum of squared shares in per cent.

Bands: U.S. Department of Justice and Federal Trade Commission, Merger Guidelines (2023), section 2.1.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.gaps.facts import Work
from graph.values.fault import ValueFault
from graph.values.quantity_text import read_quantity
from graph.values.tidy import figure

#: Words by which a capacity is an aim and not what stands there.
_AIMS: Final = frozenset(("力争", "预计"))


@dataclass(frozen=True, slots=True)
class Concentration:
    """Shares of capacity in one unit: ``known`` and ``share`` are 0–1, ``hhi`` 0–10,000.

    ``known`` is the share of the firms (not of all capacity) whose capacity is ``counted``; ``share`` that
    of the ``largest`` in the capacity of these.
    """

    hhi: float
    known: float
    counted: int
    unit: str
    largest: str
    share: float


def concentration_of(makers: Sequence[str], operating: Iterable[Work]) -> Concentration | None:
    """How concentrated the capacity of ``makers`` is.

    Parameters
    ----------
    makers : all firms (or sites without one) at work. operating : their work recorded as operating.

    Returns
    -------
    The index over the firms whose capacities read in the unit that most of them share; ``None`` where no
    capacity reads. A firm with several works counts with their sum, and not at all where one of them does
    not read in that unit, or is of a site that several of ``makers`` operate: whose part is how large is not
    told.
    """
    read: dict[str, list[tuple[float, str] | None]] = defaultdict(list)
    known = set(makers)
    for work in operating:
        for maker in work.firms or (work.site,):
            shared = len(known.intersection(work.firms)) > 1
            read[maker].append(None if shared else capacity_of(work.capacity))
    units = Counter(
        next(iter(found))
        for maker in makers
        if len(found := {None if one is None else one[1] for one in read.get(maker, ())}) == 1
    )
    units.pop(None, None)
    if not units:
        return None
    unit = min(units, key=lambda one: (-units[one], str(one)))
    amount = {
        maker: sum(one[0] for one in read[maker] if one is not None)
        for maker in makers
        if read.get(maker) and all(one is not None and one[1] == unit for one in read[maker])
    }
    total = sum(amount.values())
    largest = min(amount, key=lambda maker: (-amount[maker], maker))
    return Concentration(
        hhi=sum((100 * one / total) ** 2 for one in amount.values()),
        known=len(amount) / len(makers),
        counted=len(amount),
        unit=str(unit),
        largest=largest,
        share=amount[largest] / total,
    )


def capacity_of(text: str | None) -> tuple[float, str] | None:
    """Amount and base unit of a capacity: one number in a known unit; ``None`` for anything else."""
    if not text:
        return None
    try:
        found = read_quantity(figure(text))
    except ValueFault:
        return None
    if found is None or not found.single or not found.unit.dimension or _AIMS & set(found.qualifiers):
        return None
    return (float(found.low), found.unit.base) if found.low > 0 else None
