"""The table of all statuses, read by counting: no fact is needed of everybody who is present."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.gaps.crowds import load_crowds
from graph.gaps.index import Index
from graph.gaps.load import load_facts
from graph.gaps.look import Asked
from graph.gaps.rules import Rules
from graph.gaps.segments import Segments
from graph.repository.reader import Reader

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Statuses:
    """``table`` as ``graph.gaps.matrix.statuses`` gives it; ``index`` has the facts that decided it."""

    index: Index
    table: pd.DataFrame


async def read_statuses(reader: Reader, rules: Rules, asked: Asked, places: Collection[str]) -> Statuses:
    """The statuses of all segments of the chains asked for in ``places`` (ids).

    Errors as those of ``load_facts``.
    """
    from graph.gaps.matrix import statuses  # with pandas, which other questions need not wait for

    facts = await load_facts(reader, asked.chains, asked.day, asked.where, turning=True)
    segments = Segments(facts)
    own = {s for one in facts.chains for s in segments.of_chain(one)}
    crowds = await load_crowds(reader, own, asked.day, facts.parks)

    def make() -> Statuses:
        index = Index(facts)
        return Statuses(index, statuses(index, rules, places, crowds))

    return await asyncio.to_thread(make)
